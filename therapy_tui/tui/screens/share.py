"""Share one page or one questionnaire: exactly what goes stands here before it goes, and where its copies are."""

from collections.abc import Callable, Iterable, Mapping

from textual.widget import Widget
from textual.widgets import Static

from therapy_tui import errors
from therapy_tui.core.delivery import State
from therapy_tui.core.people import Contact
from therapy_tui.core.shared import Copy
from therapy_tui.core.text import safe_name, safe_text
from therapy_tui.services import directory, sharing
from therapy_tui.services.events import Fact, MessagesChanged, VaultChanged
from therapy_tui.services.measures import Taken
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.rows import Reader, Row, prose

WHAT_GOES = "Exactly this goes to {name}, as a sealed copy. Everything else stays here."
CAN = "You can take it back. What was read, copied or written out into a record by then stays with them."
BACK = (
    "It leaves {name}'s program when the news arrives there, and both sides see that it was taken back. What was copied"
    " or written out into a record before stays."
)
SHOWN_AT_END = "What a questionnaire comes to can be shown for sharing at its end. Nothing ever goes by itself."
OFFERS = f"{SHOWN_AT_END} This is asked once; the settings have it."
OFFER_ANSWERS = (
    Choice("no", "No, I share when I want to", "s does it, on the page of a result"),
    Choice("yes", "Yes, show me each time what would go"),
)
NOBODY = "There is nobody yet with whom you could share it. F3 leads to the people."
SHARED_NOW = "Shared. Where it is stands above."
TAKEN_BACK = "Taken back. It leaves their program when the news arrives there."


class Share(Place):
    """What would go to one person, word for word.

    Args:
        seat: who sits here.
        contact: to whom.
        thing: a page as it is kept, or what was answered.
    """

    BINDINGS = bindings(only=("share_now", "take_it_back"))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, contact: Contact, thing: sharing.Thing) -> None:
        super().__init__(seat)
        self.contact, self.thing = contact, thing
        self.heading.place, self.heading.who = "Share", f"with {safe_name(contact.name)}"
        self._copies = Static(classes="prose")
        self._row = Row(self._copies, note="so far")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what becomes of it over what goes."""
        what = sharing.preview(self.thing)
        with Reader():
            yield Row(prose(f"{WHAT_GOES.format(name=safe_name(self.contact.name))} {CAN}", style="quiet"))
            yield self._row
            yield Row(prose(what.about, style="strong"), note="what goes")
            if what.asked:
                yield Row(prose(safe_text(what.asked), style="quiet"))
            yield Row(prose(safe_text(what.text)))

    def on_mount(self) -> None:
        """Begin at what goes."""
        self.show_copies()
        self.query_one(Reader).focus()

    @property
    def _there(self) -> list[Copy]:
        copies = sharing.copies_of(self.seat.open_vault, self.thing.id) if self.seat.is_open else []
        return [each for each in copies if each.contact == self.contact.id]

    def show_copies(self) -> None:
        """Say where the copies of it are."""
        now = self.seat.now()
        lines = [f"shared {times.near(each.at, now)}, {_became(each, now)}" for each in self._there]
        self._copies.update("\n".join(lines))
        self._row.display = bool(lines)
        self.show_hints()

    def commands_now(self) -> tuple[str, ...]:
        """Name sharing, and taking back where there is something to take back."""
        is_with = self.seat.is_open and sharing.is_with(self.seat.open_vault, self.contact, self.thing)
        back = ("take_it_back",) if any(not each.taken_back_at for each in self._there) else ()
        return (*(() if is_with else ("share_now",)), *back, "back")

    def words_now(self) -> Mapping[str, str]:
        """Say that it would go once more."""
        return {"share_now": "share it again"} if self._there else {}

    def take(self, fact: Fact) -> None:
        """Say it when a copy arrived or was read."""
        if isinstance(fact, VaultChanged | MessagesChanged):
            self.show_copies()

    def action_share_now(self) -> None:
        """Share it."""
        try:
            sharing.share(self.seat.open_vault, self.contact, self.thing)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        self.say(SHARED_NOW)
        self.show_copies()

    def action_take_back(self) -> None:
        """Take the newest copy back, once it was asked."""
        there = [each for each in self._there if not each.taken_back_at]
        if there:
            ask_back(self, self.contact, there[-1], self.show_copies)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.query(Row).remove()


def offer_answers(place: Place, taken: Taken) -> None:
    """Leave a result: first show what would go where that was chosen; whether it is shown is asked once."""
    vault = place.seat.open_vault

    def go_on(answer: str | None) -> None:
        if answer == "yes":
            open_share(place, taken)
        else:
            place.dismiss()

    if sharing.offers(vault) or not directory.people(vault):
        go_on(sharing.offers(vault))
        return
    from therapy_tui.tui.screens.ask import Decide  # as above

    def keep(answer: str | None) -> None:
        sharing.keep_offers(vault, answer or "no")
        go_on(answer)

    place.therapy.push_screen(Decide(place.seat, taken.measure.short, "sharing", OFFERS, OFFER_ANSWERS), keep)


def _became(copy: Copy, now: int) -> str:
    if copy.taken_back_at:
        return f"taken back {times.near(copy.taken_back_at, now)}; {copy.back_words}"
    return str(copy.state) if copy.state is State.QUEUED else f"{copy.state} {times.near(copy.state_at, now)}"


def ask_back(place: Place, contact: Contact, copy: Copy, after: Callable[[], None]) -> None:
    """Ask whether a copy is to be taken back, and do it; the safest answer is the first."""
    from therapy_tui.tui.screens.ask import Decide  # only when it is asked

    def decide(answer: str | None) -> None:
        if answer != "back":
            return
        try:
            sharing.take_back(place.seat.open_vault, copy)
        except errors.TherapyError as error:
            place.say(str(error), failed=True)
            return
        place.seat.wake()
        place.say(TAKEN_BACK)
        after()

    name = safe_name(contact.name)
    answers = (Choice("leave", f"Leave it with {name}"), Choice("back", "Take it back"))
    place.therapy.push_screen(Decide(place.seat, "Take back", name, BACK.format(name=name), answers), decide)


def open_share(place: Place, thing: sharing.Thing) -> None:
    """Open what would go, after it was asked to whom where there are several; or say why nothing can."""
    from therapy_tui.tui.screens.ask import Decide  # as above

    seat = place.seat
    people = [each.contact for each in directory.people(seat.open_vault) if not each.contact.closed]
    try:
        sharing.preview(thing)
    except errors.TherapyError as error:
        place.say(str(error), failed=True)
        return
    if not people:
        place.say(NOBODY)
        return
    by_id = {each.id.hex(): each for each in people}

    def begin(answer: str | None) -> None:
        if answer:
            place.therapy.push_screen(Share(seat, by_id[answer], thing))

    if len(people) == 1:
        begin(people[0].id.hex())
        return
    answers = [Choice(each.id.hex(), safe_name(each.name)) for each in people]
    place.therapy.push_screen(Decide(seat, "Share", "with whom", "With whom?", answers), begin)
