"""Keeps what the terminal shows, and draws what is wanted instead, as much at a time as the line takes."""

from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.canvas import Canvas, plain_row
from therapy_tui.tui.terminal.cells import Row
from therapy_tui.tui.terminal.margins import draw_hints, draw_margins
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.pens import PLAIN, Pen
from therapy_tui.tui.terminal.pushes import push_row
from therapy_tui.tui.terminal.rows import draw_row
from therapy_tui.tui.terminal.scrolls import PRICE, best_scroll, scroll
from therapy_tui.tui.terminal.stops import best_stop

_LARGE = 160
"""From so many bytes on the cursor is hidden while a frame is drawn, for it would jump about."""


class Painter:
    """Draws a canvas on a terminal.

    Args:
        canvas: what is wanted.
        abilities: what the terminal can do.
        scroll_price: the bytes that a scroll has to save; below nothing, two could undo each other for ever.
    """

    def __init__(self, canvas: Canvas, abilities: Abilities, scroll_price: int = PRICE) -> None:
        self.abilities = abilities
        self.canvas = canvas
        self._price = scroll_price
        self.out = Output(abilities, canvas.width)
        self.forget()

    def forget(self, *, is_shown: bool | None = None) -> None:
        """Take the terminal as showing anything: the next frame draws everything.

        Args:
            is_shown: whether its cursor is shown; None for not known.
        """
        self.out = Output(self.abilities, self.canvas.width, self.out)
        self._have: list[Row] = []
        self._is_shown = is_shown

    def able(self, abilities: Abilities) -> None:
        """Take the terminal as able to do something else from now on."""
        self.abilities = self.out.abilities = abilities

    def resize(self, width: int, height: int) -> None:
        """Take another size of the screen; the next frame draws everything."""
        self.canvas = self.canvas.resized(width, height)
        self.forget(is_shown=self._is_shown)

    @property
    def is_done(self) -> bool:
        """Whether the terminal shows all that is wanted, but perhaps the cursor."""
        return bool(self._have) and not self._changed()

    def _changed(self) -> list[int]:
        rows = self.canvas.rows
        changed = [y for y in sorted(self.canvas.touched) if self._have[y] != rows[y]]
        self.canvas.touched.intersection_update(changed)
        return changed

    def draw(self, budget: int, cursor: tuple[int, int] | None) -> str:
        """Give what to send: the cursor's row in any case, then from top to bottom until the budget is spent.

        Args:
            budget: bytes; a row that was begun is drawn to its end.
            cursor: the row and column where the person writes, or None to hide the cursor.
        """
        if not self._have:
            self._begin()
        changed = self._changed()
        is_large = self._is_large(changed) and budget > 0
        if is_large:
            changed = self._prepare(changed)
        if cursor is not None and cursor[0] in changed:
            changed.remove(cursor[0])
            self._draw_row(cursor[0], has_hints=not is_large)
        last = self.canvas.height - 1  # the keys have looks of their own, and nobody waits for them
        if is_large:
            draw_margins(self.out, self._have, self.canvas.rows, [y for y in changed if y != last], budget)
            self.out.stop_at(best_stop(self.out, self._have, self.canvas.rows, changed))
        while changed and self.out.size < budget:
            y = changed.pop(0)
            self._draw_row(y, has_hints=y == last or not is_large)
        if not changed:
            self._show(cursor)
        elif cursor is not None and self.out.size:
            self.out.go(*cursor)
        return self.out.take()

    def _prepare(self, changed: list[int]) -> list[int]:
        """Begin a larger frame: hide the cursor, and move the rows that only moved; give the rows that still differ."""
        self._show(None)
        self.out.forget_place()  # another program may have moved it: such a frame begins with an absolute move
        fill = self._fill()
        can = self.abilities.scroll
        how = best_scroll(self._have, self.canvas.rows, changed, fill, self._price) if can else None
        if how is not None:
            scroll(self.out, self._have, how, fill)
            self.canvas.touched.update(range(how.top, how.bottom))
            return self._changed()
        return changed

    def _is_large(self, changed: list[int]) -> bool:
        return len(changed) > 2 and len(changed) * 20 > _LARGE  # noqa: PLR2004 - more than a line that wraps

    def _draw_row(self, y: int, *, has_hints: bool) -> None:
        have, want = self._have[y], self.canvas.rows[y]
        if not push_row(self.out, y, have, want):
            if has_hints:
                draw_hints(self.out, self._have, self.canvas.rows, y)
            draw_row(self.out, y, have, want)
        self._have[y] = list(want)
        self.canvas.touched.discard(y)

    def _show(self, cursor: tuple[int, int] | None) -> None:
        if cursor is not None:
            self.out.go(*cursor, self._have[cursor[0]])
        if self._is_shown is not (cursor is not None):
            self.out.send("\x1b[?25h" if cursor is not None else "\x1b[?25l")
            self._is_shown = cursor is not None

    def _begin(self) -> None:
        """Empty the whole screen in the ground that most of it has."""
        self.out.send("\x1b[m\x1b[H")
        self.out.pen, self.out.y, self.out.x = PLAIN, 0, 0
        ground = self.canvas.rows[-1][-1][1].ground if self.abilities.bce else ""
        fill = plain_row(self.canvas.width, Pen(0, "", ground))
        if ground and not self.abilities.bce_rows:
            self.out.send("\x1b[2J")
            self.out.wear_for(fill[0])
            self.out.send("\n".join(["\x1b[K"] * self.canvas.height))
            self.out.y = self.canvas.height - 1
        else:
            self.out.wear_for(fill[0])
            self.out.send("\x1b[2J")
        self._have = [list(fill) for _ in range(self.canvas.height)]
        self.canvas.touched = set(range(self.canvas.height))

    def _fill(self) -> Row:
        """Give the row that moves in where others move out."""
        ground = self.canvas.rows[-1][-1][1].ground if self.abilities.bce_rows else ""
        return plain_row(self.canvas.width, Pen(0, "", ground))
