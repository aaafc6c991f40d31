"""Ask for a moment to come: a few that are likely, or one that is typed."""

from collections.abc import Callable

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services import moments, office
from therapy_tui.services.arranged_words import moment
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Ask, Decide
from therapy_tui.tui.widgets.choices import Choice

OTHER = Choice("other", "Another time", "you write it")


def ask_when(place: Place, what: str, contact: Contact, told: str, then: Callable[[int], None]) -> None:
    """Ask for a moment, and hand it on once there is one; esc leaves everything as it is.

    Args:
        place: over which it is asked.
        what: stands in the heading.
        contact: whom it is about.
        told: what the moment is for.
        then: takes the moment, seconds since 1970.
    """
    seat = place.seat
    hours, now, who = office.own(seat.open_vault), seat.now(), safe_name(contact.name)
    answers = [Choice(str(each), moment(each, now)) for each in moments.offered(now, hours)]

    def choose(answer: str | None) -> None:
        if answer == "other":
            write(told)
        elif answer:
            then(int(answer))

    def write(asked: str, value: str = "") -> None:
        def take(text: str | None) -> None:
            if text is None or not seat.is_open:
                return
            try:
                found = moments.read(text, seat.now(), hours.closes)
            except errors.UsageError as error:
                write(str(error), text)
                return
            then(found)

        hint = asked if asked == moments.WRITE_IT else f"{asked} {moments.WRITE_IT}"
        place.therapy.push_screen(Ask(seat, what, who, hint, value), take)

    place.therapy.push_screen(Decide(seat, what, who, told, [*answers, OTHER]), choose)
