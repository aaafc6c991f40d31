"""The letters that are held in memory: a stretch of one conversation, and the lines of each as they are looked at."""

from collections.abc import Callable, Iterable

from therapy_tui.core.messages import Message
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.letters import Frame, Line, lines_of

STEP = 12
"""How many letters are read at a time."""
MOST = 120
"""How many letters are held at once; those farthest from the view are let go."""
_BEFORE_ALL = (-1, -1, -1)


class Held:
    """A stretch of a conversation that is read, wrapped and let go of as the view moves.

    While there are more letters before it, the first one is not shown: it only tells the next one its day. So the lines
    of a letter are the same however the stretch came to be.
    """

    def __init__(self, vault: Vault, contact: Contact, now: Callable[[], int]) -> None:
        self.vault = vault
        self.contact = contact
        self.letters: list[Message] = []
        self.more_before = self.more_after = False
        self._now = now
        self._width = self._most = 0
        self._blocks: dict[int, list[Line]] = {}
        unread = conversation.first_unread(vault, contact.id)
        self._first_new = unread.row if unread else 0

    @property
    def start(self) -> int:
        """The place of the first letter that may be shown."""
        return 1 if self.more_before and self.letters else 0

    def place(self, row: int) -> int:
        """Give the place of a letter that may be shown, or -1."""
        return next((each for each in range(self.start, len(self.letters)) if self.letters[each].row == row), -1)

    def fit(self, width: int, height: int) -> None:
        """Wrap for another width, and hold enough for the height of the view."""
        if width != self._width:
            self._blocks = {}
        self._width, self._most = width, max(MOST, height + 2 * STEP)

    # reading

    def newest(self) -> None:
        """Hold the newest letters."""
        found = conversation.newest(self.vault, self.contact.id, STEP)
        self._hold(found.letters, before=found.more_before, after=False)

    def oldest(self) -> None:
        """Hold the oldest letters."""
        found = conversation.since(self.vault, self.contact.id, _BEFORE_ALL, STEP)
        self._hold(found.letters, before=False, after=found.more_after)

    def around(self, message: Message) -> None:
        """Hold a letter with its neighbours."""
        place = conversation.place_of(message)
        earlier = conversation.before(self.vault, self.contact.id, place, STEP)
        later = conversation.since(self.vault, self.contact.id, place, STEP)
        self._hold((*earlier.letters, message, *later.letters), before=earlier.more_before, after=later.more_after)

    def again(self) -> None:
        """Read again what is held, with what came between."""
        place = _BEFORE_ALL
        if self.more_before and self.letters:
            first = self.letters[0]
            place = (first.place, first.number, first.row - 1)
        found = conversation.since(self.vault, self.contact.id, place, min(self._most, len(self.letters) + STEP))
        self._hold(found.letters, before=self.more_before, after=found.more_after)

    def _hold(self, letters: Iterable[Message], *, before: bool, after: bool) -> None:
        self.letters, self.more_before, self.more_after = list(letters), before, after
        self._blocks = {}

    def earlier(self, place: int, keep: int) -> int:
        """Give the place of the letter before `place`, read if need be; -1 when there is none.

        Reading moves all places, and lets go of letters behind the one with the row `keep`.
        """
        if place <= self.start and self.more_before:
            found = conversation.before(self.vault, self.contact.id, conversation.place_of(self.letters[0]), STEP)
            place += len(found.letters)
            self.letters[:0] = found.letters
            self.more_before = found.more_before
            most = max(self._most, self.place(keep) + 1)
            self.more_after = self.more_after or len(self.letters) > most
            self._let_go(slice(most, None))
        return place - 1 if place > self.start else -1

    def later(self, place: int) -> int:
        """Give the place of the letter after `place`, read if need be; -1 when there is none. Places may move."""
        row = self.letters[place].row
        if place + 1 == len(self.letters) and self.more_after:
            found = conversation.since(self.vault, self.contact.id, conversation.place_of(self.letters[-1]), STEP)
            self.letters += found.letters
            self.more_after = found.more_after
            too_many = len(self.letters) - self._most
            if too_many > 0:
                self._let_go(slice(too_many))
                self.more_before = True
            place = self.place(row)
        return place + 1 if place + 1 < len(self.letters) else -1

    def _let_go(self, part: slice) -> None:
        for each in self.letters[part]:
            self._blocks.pop(each.row, None)
        del self.letters[part]

    # lines

    def block(self, place: int) -> list[Line]:
        """Give the lines of one letter, wrapped when they are first looked at."""
        message = self.letters[place]
        known = self._blocks.get(message.row)
        if known is None:
            known = self._blocks[message.row] = lines_of(message, self._frame(place))
        return known

    def _frame(self, place: int) -> Frame:
        message, grid, now = self.letters[place], measure(self._width), self._now()
        earlier = self.letters[place - 1] if place else None
        new_day = earlier is None or times.day_of(earlier.arrived_at) != times.day_of(message.arrived_at)
        answered = conversation.answered(self.vault, self.contact.id, message.answers)
        return Frame(
            them=self.contact.name,
            now=now,
            column=grid.prose,
            note=grid.note,
            parted=times.day(message.arrived_at, now) if new_day else "",
            is_first_new=message.row == self._first_new,
            after_gap=conversation.is_after_gap(self.vault, self.contact, message),
            answers=shown(answered).beginning if answered else "an earlier letter" if message.answers else "",
        )
