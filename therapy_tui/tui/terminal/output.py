"""What is sent to the terminal, and what it does to its cursor and its pen."""

from collections.abc import Sequence

from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.cells import Cell, is_erasable, is_sure
from therapy_tui.tui.terminal.moves import across, every_stop, move
from therapy_tui.tui.terminal.pens import PLAIN, SEEN_ON_BLANKS, Pen, change

_GAP = 6
"""So many cells may be drawn again instead of moving over them."""


class Output:
    """Orders and text on their way to the terminal.

    Args:
        abilities: what the terminal can do.
        width: of the screen in cells.
        before: what was sent so far to a terminal that now shows anything; None for a new one.
    """

    def __init__(self, abilities: Abilities, width: int, before: "Output | None" = None) -> None:
        self.abilities = abilities
        self.width = width
        self.size = 0
        """How many bytes have been sent since the last `take`."""
        self.y, self.x = -1, -1
        """Where the cursor is; -1 for what is not known."""
        self.pen: Pen | None = None
        self._kept: tuple[tuple[int, int], Pen | None] = (self.y, self.x), self.pen
        self.is_inserting: bool = before is not None and before.is_inserting
        """Whether text pushes what stands on its right."""
        self.own_stops: set[int] = before.own_stops if before is not None else set()
        """The columns of the tab stops that were set, each in place of those on its left; the last one stands."""
        self.stops = every_stop(width) if abilities.tabs and not self.own_stops else ()
        """Where a tab stops, as far as it is known: another size may have brought the first ones back."""
        self._stop_at = -1
        self._parts: list[str] = []

    def take(self) -> str:
        """Give what there is to send."""
        sent, self._parts, self.size, self._stop_at = "".join(self._parts), [], 0, -1
        return sent

    def send(self, order: str) -> None:
        """Send an order, which is ASCII."""
        if order:
            self._parts.append(order)
            self.size += len(order)

    # the pen

    def wear(self, pen: Pen) -> None:
        """Change the pen."""
        if self.pen is None:
            self.send("\x1b[m")
            self.pen = PLAIN
        if self.pen != pen:
            self.send(change(self.pen, pen))
            self.pen = pen

    def wear_for(self, cell: Cell) -> None:
        """Change the pen as far as a cell needs it: any ink will do for a blank."""
        self.wear(self.pen_for(cell))

    def pen_for(self, cell: Cell) -> Pen:
        """Give the pen for a cell that is nearest to the present one."""
        pen = self.pen
        if pen is None or not is_erasable(cell):
            return cell[1]
        return Pen(pen.attributes & ~SEEN_ON_BLANKS, pen.ink, cell[1].ground)

    def can_erase_into(self, cell: Cell) -> bool:
        """Whether erasing leaves this cell behind."""
        return is_erasable(cell) and (self.abilities.bce or not cell[1].ground)

    # the cursor

    def keep(self) -> None:
        """Let the terminal remember the cursor's place and the pen."""
        self.send("\x1b7")
        self._kept = (self.y, self.x), self.pen

    def come_back(self) -> None:
        """Go back to the place and the pen that were kept last."""
        self.send("\x1b8")
        (self.y, self.x), self.pen = self._kept

    def forget_place(self) -> None:
        """Take the cursor as being anywhere."""
        self.y = self.x = -1

    def go(self, y: int, x: int, row: Sequence[Cell] | None = None) -> None:
        """Move the cursor; where `row` stands in the terminal already, a few of its cells may be drawn again."""
        if (y, x) == (self.y, self.x):
            return
        order = self._move(y, x)
        if row is not None and row[x][0] and y == self.y and 0 <= self.x < x <= self.x + _GAP:
            again = self._again(row[self.x : x])
            if again and len(again.encode()) <= len(order):
                self.write(again, x - self.x)
                return
        self.send(order)
        self.y, self.x = y, x
        if x == self._stop_at:
            self.send(self.stop_order(x))
            self.own_stops.add(x)
            self.stops, self._stop_at = (x,), -1

    def stop_at(self, x: int) -> None:
        """Let the first move to a column leave a tab stop there, and none on its left from then on.

        Those on its right stay, for nobody could bring back the ones that lie beyond the window.
        """
        self._stop_at = x

    def stop_order(self, x: int) -> str:
        """Give what leaves a tab stop at the cursor, which is in that column, and none on its left."""
        return self._over({*every_stop(x), *self.own_stops} - {x}, "\x1b[g", x) + "\x1bH"

    def give_stops_back(self) -> str:
        """Give what sets the tab stops that every terminal begins with, where there is need."""
        own, usual = set(self.own_stops), set(every_stop(self.width))
        self.own_stops.clear()
        if not own:
            return ""
        if max(own) >= self.width:  # out of reach in a window that has become narrower
            return "\x1b[3g" + self._over(usual, "\x1bH", 0)
        return self._over(own - usual, "\x1b[g", 0) + self._over({x for x in usual if x <= max(own)}, "\x1bH", 0)

    def _over(self, columns: set[int], order: str, end: int) -> str:
        """Give an order at each of these columns, and the way from the last to the end."""
        way, at = "", -1
        for x in sorted(each for each in columns if each < self.width):
            way += across(at, x, ()) + order
            at = x
        return way + (across(at, end, ()) if at >= 0 else "")

    def _move(self, y: int, x: int) -> str:
        return move((self.y, self.x) if self.y >= 0 else None, y, x, self.stops)

    def _again(self, cells: Sequence[Cell]) -> str:
        """Give the text of cells that can be drawn with the present pen, or nothing."""
        if not all(cell[0] and self.pen in {cell[1], self.pen_for(cell)} for cell in cells):
            return ""
        text = "".join(cell[0] for cell in cells)
        return text if len(text) == len(cells) and all(map(is_sure, text)) else ""

    # text

    def write(self, text: str, cells: int) -> None:
        """Write text of a known width at the cursor with the present pen."""
        if self.is_inserting:
            self.send("\x1b[4l")
            self.is_inserting = False
        self._write(text, cells)

    def write_inserting(self, text: str, cells: int) -> None:
        """Write text that pushes what stands on its right."""
        if not self.is_inserting:
            self.send("\x1b[4h")
            self.is_inserting = True
        self._write(text, cells)

    def _write(self, text: str, cells: int) -> None:
        self._parts.append(text)
        self.size += len(text) if text.isascii() else len(text.encode())
        # In the last column terminals differ in where the cursor is said to be.
        self.x = self.x + cells if 0 <= self.x < self.width - cells else -1
