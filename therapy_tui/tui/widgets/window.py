"""A window over the letters with one contact: what is held, where the view ends, and which letter is chosen."""

from collections.abc import Callable, Sequence

from therapy_tui.core.messages import Message
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.letters import Frame, Line, lines_of

STEP = 12
"""How many letters are read at a time."""
MOST = 120
"""How many letters are held at once; those farthest from the view are let go. A higher view holds as many as it shows."""
_ALL = 1 << 30
_BEFORE_ALL = (-1, -1, -1)


class LetterWindow:
    """Gives the lines of a view, and reads and wraps only the letters that the view touches.

    The view hangs on its last line, `foot`: a letter and how many of its lines are shown. So it stays where it is while
    letters come, are read from the store or are let go, and when the width changes. At the newest letter it has no foot
    and stays with what comes.

    The first letter that is held is not shown while there are more before it: it only tells the next one its day.
    """

    def __init__(self, vault: Vault, contact: Contact, now: Callable[[], int]) -> None:
        self.vault = vault
        self.contact = contact
        self.selected = -1
        """The row of the chosen letter; -1 for none."""
        self._now = now
        self._letters: list[Message] = []
        self._more_before = self._more_after = False
        self._foot: tuple[int, int] | None = None
        self._wanted = -1
        self._blocks: dict[int, list[Line]] = {}
        self._width = self._height = 0
        self._gaps: frozenset[int] = frozenset()
        unread = conversation.first_unread(vault, contact.id)
        self._first_new = unread.row if unread else 0
        self.go_to_end()

    # what is held

    @property
    def letters(self) -> Sequence[Message]:
        """The letters that are held, in order."""
        return self._letters

    @property
    def chosen(self) -> Message | None:
        """The chosen letter, or None."""
        return next((each for each in self._letters if each.row == self.selected), None)

    @property
    def is_at_end(self) -> bool:
        """Whether the view stays with what comes."""
        return self._foot is None

    def go_to_end(self) -> None:
        """Hold the newest letters, with the last line of the last one at the bottom."""
        found = conversation.newest(self.vault, self.contact.id, STEP)
        self._hold(list(found.letters), before=found.more_before, after=False)
        self._foot = None

    def go_to_begin(self) -> None:
        """Hold the oldest letters, with the first line of the first one at the top."""
        found = conversation.since(self.vault, self.contact.id, _BEFORE_ALL, STEP)
        self._hold(list(found.letters), before=False, after=found.more_after)
        self._foot = (self._letters[0].row, 1) if self._letters else None

    def go_to(self, message: Message) -> None:
        """Hold a letter with its neighbours, and choose it."""
        place = conversation.place_of(message)
        earlier = conversation.before(self.vault, self.contact.id, place, STEP)
        later = conversation.since(self.vault, self.contact.id, place, STEP)
        self._hold([*earlier.letters, message, *later.letters], before=earlier.more_before, after=later.more_after)
        self.selected = self._wanted = message.row
        self._foot = (message.row, _ALL)

    def read_again(self) -> None:
        """Read again what is held, because something changed; the view stays where it is."""
        if self._foot is None or not self._letters:
            self.go_to_end()
            return
        first = conversation.place_of(self._letters[0])
        place = (first[0], first[1], first[2] - 1)
        # What came later is read when the view gets there.
        found = conversation.since(self.vault, self.contact.id, place, len(self._letters))
        self._hold(list(found.letters), before=self._more_before, after=found.more_after)
        if all(each.row != self._foot[0] for each in self._letters):
            self.go_to_end()

    def _hold(self, letters: list[Message], *, before: bool, after: bool) -> None:
        self._letters, self._more_before, self._more_after = letters, before, after
        self._gaps = conversation.gaps(self.vault, self.contact)
        self._blocks = {}

    @property
    def _start(self) -> int:
        """The place of the first letter that may be shown."""
        return 1 if self._more_before and self._letters else 0

    def _read_earlier(self, keep: int) -> int:
        """Read letters before those that are held, let go of those behind `keep`; give how many came."""
        place = conversation.place_of(self._letters[0])
        found = conversation.before(self.vault, self.contact.id, place, STEP)
        self._letters[:0] = found.letters
        self._more_before = found.more_before
        most = max(MOST, keep + len(found.letters) + 1)
        if len(self._letters) > most:
            self._let_go(self._letters[most:])
            del self._letters[most:]
            self._more_after = True
        return len(found.letters)

    def _read_later(self) -> bool:
        """Read letters after those that are held and let go of the first ones; give whether any came."""
        if not self._more_after or not self._letters:
            return False
        place = conversation.place_of(self._letters[-1])
        found = conversation.since(self.vault, self.contact.id, place, STEP)
        self._letters += found.letters
        self._more_after = found.more_after
        too_many = len(self._letters) - max(MOST, self._height + 2 * STEP)
        if too_many > 0:
            self._let_go(self._letters[: too_many + 1])  # the next one may have a day line now
            del self._letters[:too_many]
            self._more_before = True
        return bool(found.letters)

    def _let_go(self, letters: Sequence[Message]) -> None:
        for each in letters:
            self._blocks.pop(each.row, None)

    # lines

    def _block(self, place: int) -> list[Line]:
        """Give the lines of one letter, wrapped when they are first looked at."""
        message = self._letters[place]
        known = self._blocks.get(message.row)
        if known is None:
            known = self._blocks[message.row] = lines_of(message, self._frame(place))
        return known

    def _frame(self, place: int) -> Frame:
        message, grid, now = self._letters[place], measure(self._width), self._now()
        earlier = self._letters[place - 1] if place else None
        new_day = earlier is None or times.day_of(earlier.arrived_at) != times.day_of(message.arrived_at)
        answered = conversation.answered(self.vault, message)
        return Frame(
            them=self.contact.name,
            now=now,
            column=grid.prose,
            note=grid.note,
            parted=times.day(message.arrived_at, now) if new_day else "",
            is_first_new=message.row == self._first_new,
            after_gap=message.row in self._gaps,
            answers=answered.text if answered else "an earlier letter" if message.answers else "",
        )

    def lines(self, width: int, height: int) -> list[Line]:
        """Give the rows of a view; fewer than `height` when there are no more, and the first may be cut."""
        if width != self._width:
            self._blocks = {}
        self._width, self._height = width, height
        if not self._letters or height <= 0:
            return []
        if self._wanted >= 0:
            self._bring(self._wanted)
            self._wanted = -1
        place, count = self._standing()
        shown = self._up(place, count)
        if len(shown) < height and self._foot is not None:
            self.scroll(len(shown) - height)  # the first letter is at the top: the view hangs as low as it can
            shown = self._up(*self._standing())
        return shown

    def _standing(self) -> tuple[int, int]:
        """Give the place of the letter at the foot and how many of its lines are shown."""
        if self._foot is not None:
            row, count = self._foot
            for place, each in enumerate(self._letters):
                if each.row == row:
                    return place, max(1, min(count, len(self._block(place))))
        last = len(self._letters) - 1
        return last, len(self._block(last))

    def _up(self, place: int, count: int) -> list[Line]:
        """Collect the lines of the view from its foot upwards, reading earlier letters as far as it reaches."""
        shown = self._block(place)[:count]
        while len(shown) < self._height:
            place = self._earlier(place)
            if place < 0:
                break
            shown = self._block(place) + shown
        return shown[max(0, len(shown) - self._height) :]

    def _earlier(self, place: int) -> int:
        """Give the place of the letter before `place`, read if need be, or -1; places may have moved by that."""
        if place <= self._start and self._more_before:
            place += self._read_earlier(self._foot_place())
        return place - 1 if place > self._start else -1

    def _foot_place(self) -> int:
        row = self._foot[0] if self._foot is not None else self._letters[-1].row
        return next((place for place, each in enumerate(self._letters) if each.row == row), len(self._letters) - 1)

    # moving

    def scroll(self, lines: int) -> None:
        """Move the view up by `lines`, or down when they are negative; `lines` of the view must have been asked before."""
        if not self._letters or not self._width:
            return
        place, count = self._standing()
        count -= lines
        while count < 1:
            earlier = self._earlier_hanging(place)
            if earlier < 0:
                count = 1
                break
            place, count = earlier, count + len(self._block(earlier))
        while count > len(self._block(place)):
            row = self._letters[place].row
            if place + 1 == len(self._letters) and not self._read_later():
                self._foot = None
                return
            place = next(index for index, each in enumerate(self._letters) if each.row == row)
            count, place = count - len(self._block(place)), place + 1
        at_end = place + 1 == len(self._letters) and count == len(self._block(place)) and not self._more_after
        self._foot = None if at_end else (self._letters[place].row, count)

    def _earlier_hanging(self, place: int) -> int:
        self._foot = (self._letters[place].row, 1)
        return self._earlier(place)

    def page(self, pages: int) -> None:
        """Move by pages, up or (negative) down, two lines less so that the eye finds its place."""
        self.scroll(pages * max(1, self._height - 2))
        self.choose_shown(newest=pages > 0)

    def choose_shown(self, *, newest: bool) -> None:
        """Choose a letter in the view if the chosen one is not: the newest there, or the oldest."""
        rows = [line.letter for line in self.lines(self._width, self._height) if line.letter >= 0]
        if rows and self.selected not in rows:
            self.selected = rows[-1] if newest else rows[0]

    def step(self, step: int) -> None:
        """Choose the letter above (-1) or below (1); in a letter that does not fit, go on by a line first."""
        shown = self.lines(self._width, self._height)
        place = next((each for each, letter in enumerate(self._letters) if letter.row == self.selected), -1)
        if not shown or place < 0:
            self.choose_shown(newest=True)
            return
        block = self._block(place)
        seen = sum(line in block for line in shown if line.letter == self.selected)
        if seen and seen < sum(line.letter == self.selected for line in block):
            cut = shown[-1] if step > 0 else shown[0]
            if cut.letter == self.selected:
                self.scroll(-step)
                return
        row = self.selected
        place = self._earlier_of(place) if step < 0 else self._later_of(place)
        if place >= 0:
            self.selected = self._letters[place].row
        if self.selected != row:
            self._bring(self.selected)

    def _earlier_of(self, place: int) -> int:
        return self._earlier(place)

    def _later_of(self, place: int) -> int:
        row = self._letters[place].row
        if place + 1 == len(self._letters) and not self._read_later():
            return -1
        return 1 + next(index for index, each in enumerate(self._letters) if each.row == row)

    def _bring(self, row: int) -> None:
        """Move the view as little as need be so that a letter is seen whole, or its first lines if it is too long."""
        raise NotImplementedError
