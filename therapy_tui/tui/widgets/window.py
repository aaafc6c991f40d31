"""The view into a conversation: where it ends, which lines it shows, and which letter is chosen in it."""

from therapy_tui.core.messages import Message
from therapy_tui.tui.widgets.held import Held
from therapy_tui.tui.widgets.letters import Line

_ALL = 1 << 30


class LetterWindow:
    """The lines of a view of a given size.

    The view hangs on its last line, the foot: a letter, and how many of its lines are shown. So it stays where it is
    while letters come, are read or are let go, and when the width changes. Beside the newest letter it has no foot and
    stays with what comes.
    """

    def __init__(self, held: Held) -> None:
        self.held = held
        self.selected = -1
        """The row of the chosen letter; -1 for none."""
        self._foot: tuple[int, int] | None = None
        self._wanted = -1
        self._width = self._height = 0
        held.newest()

    @property
    def chosen(self) -> Message | None:
        """The chosen letter, or None."""
        return next((each for each in self.held.letters if each.row == self.selected), None)

    def go_to_end(self) -> None:
        """Show the newest letter's last line at the bottom, and choose it."""
        self.held.newest()
        self._foot = None
        self.selected = self.held.letters[-1].row if self.held.letters else -1

    def go_to_begin(self) -> None:
        """Show the oldest letter's first line at the top, and choose it."""
        self.held.oldest()
        self.selected = self.held.letters[0].row if self.held.letters else -1
        self._foot = (self.selected, 1) if self.held.letters else None

    def go_to(self, message: Message) -> None:
        """Show a letter among its neighbours, and choose it."""
        self.held.around(message)
        self.selected = self._wanted = message.row
        self._foot = (message.row, _ALL)

    def read_again(self) -> None:
        """Read again what is held, because something changed; the view stays where it is."""
        if self._foot is not None:
            self.held.again()
            if self.held.place(self._foot[0]) >= 0:
                return
        self._foot = None
        self.held.newest()

    # lines

    def lines(self, width: int, height: int) -> list[Line]:
        """Give the rows of the view: `height` of them, or all there are."""
        self.held.fit(width, height)
        self._width, self._height = width, height
        if not self.held.letters or height <= 0:
            return []
        if self._wanted >= 0:
            self._bring(self._wanted)
            self._wanted = -1
        shown = self._upwards()
        if len(shown) < height and self._foot is not None:
            self.scroll(len(shown) - height)  # the first line of all is in view: hang lower
            shown = self._upwards()
        return shown

    def _standing(self) -> tuple[int, int]:
        """Give the place of the letter at the foot, and how many of its lines are shown."""
        held = self.held
        place, count = (-1, _ALL) if self._foot is None else (held.place(self._foot[0]), self._foot[1])
        if place < 0:
            place, count = len(held.letters) - 1, _ALL
        return place, max(1, min(count, len(held.block(place))))

    def _upwards(self) -> list[Line]:
        place, count = self._standing()
        foot = self.held.letters[place].row
        shown = self.held.block(place)[:count]
        while len(shown) < self._height:
            place = self.held.earlier(place, foot)
            if place < 0:
                break
            shown = self.held.block(place) + shown
        return shown[max(0, len(shown) - self._height) :]

    def _below(self, place: int) -> int:
        """Count the lines of the view below a letter; negative for lines of its own that are below the view."""
        foot, count = self._standing()
        if place > foot:
            return -_ALL
        if place == foot:
            return count - len(self.held.block(place))
        return count + sum(len(self.held.block(each)) for each in range(place + 1, foot))

    # moving

    def scroll(self, lines: int) -> None:
        """Move the view up by `lines`, or down when they are negative, as far as there are lines."""
        if not self.held.letters or not self._height:
            return
        held = self.held
        place, count = self._standing()
        count -= lines
        while count < 1:
            earlier = held.earlier(place, held.letters[place].row)
            if earlier < 0:
                count = 1
                break
            place, count = earlier, count + len(held.block(earlier))
        while count > (own := len(held.block(place))):
            later = held.later(place)
            if later < 0:
                count = own
                break
            place, count = later, count - own
        self._hang(place, count)

    def _hang(self, place: int, count: int) -> None:
        held = self.held
        is_last = place + 1 == len(held.letters) and not held.more_after
        at_end = is_last and count >= len(held.block(place))
        self._foot = None if at_end else (held.letters[place].row, count)

    def _bring(self, row: int) -> None:
        """Move the view as little as need be to show a letter whole, or its first lines if it is too long."""
        place = self.held.place(row)
        if place < 0:
            return
        own, below = len(self.held.block(place)), self._below(place)
        if own >= self._height:
            self._hang(place, self._height)
        elif below < 0:
            self._hang(place, own)
        elif below + own > self._height:
            self.scroll(below + own - self._height)

    def page(self, pages: int) -> None:
        """Move by pages, up or (negative) down, two lines less so that the eye finds its place."""
        self.scroll(pages * max(1, self._height - 2))
        self.choose_shown(newest=pages > 0)

    def choose_shown(self, *, newest: bool) -> None:
        """Choose the newest or the oldest letter of the view, unless the chosen one is in it."""
        rows = [line.letter for line in self.lines(self._width, self._height) if line.letter >= 0]
        if rows and self.selected not in rows:
            self.selected = rows[-1] if newest else rows[0]

    def step(self, step: int) -> None:
        """Choose the letter above (-1) or below (1); in one that is longer than the view go on by a line first."""
        rows = {line.letter for line in self.lines(self._width, self._height)}
        place = self.held.place(self.selected)
        if place < 0 or self.selected not in rows:
            self.choose_shown(newest=step < 0)
            return
        if self._is_cut(place, step):
            self.scroll(-step)
            return
        place = self.held.earlier(place, self._foot_row()) if step < 0 else self.held.later(place)
        if place < 0:
            self.scroll(-step)  # what stands above the first letter, such as its day
            return
        self.selected = self.held.letters[place].row
        self._bring(self.selected)

    def _foot_row(self) -> int:
        return self.held.letters[self._standing()[0]].row

    def _is_cut(self, place: int, step: int) -> bool:
        """Tell whether a letter that is longer than the view goes on in this direction."""
        block, below = self.held.block(place), self._below(place)
        own = sum(line.letter >= 0 for line in block)  # what stands above it need not be seen
        if own <= self._height:
            return False
        return below + own > self._height if step < 0 else below < 0
