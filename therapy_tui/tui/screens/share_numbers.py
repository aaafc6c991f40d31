"""Share the numbers of check-ins: those of four weeks once, shown before they go, or each new one from now on."""

from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services import checkins, checkins_shared, directory
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.share import NOBODY, open_share
from therapy_tui.tui.widgets.choices import Choice

TOLD = "The numbers alone: no word and no line of a check-in ever goes."
ONCE = Choice("once", "The numbers of the last four weeks, once", "they are shown before they go")


def share_numbers(place: Place) -> None:
    """Ask how the numbers are shared, and with whom."""
    from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

    vault = place.seat.open_vault
    people = {each.contact.id.hex(): each.contact for each in directory.people(vault) if not each.contact.closed}
    if not people:
        place.say(NOBODY)
        return

    def go(answer: str | None) -> None:
        if answer == "once":
            open_share(place, checkins_shared.recent(vault, checkins.local_day(place.seat.now())))
        elif answer:
            contact = people[answer]
            checkins_shared.let_go_along(vault, contact, allowed=not checkins_shared.goes_along(vault, contact.id))
            place.show_line()

    answers = [ONCE, *(_along(each, goes=checkins_shared.goes_along(vault, each.id)) for each in people.values())]
    place.therapy.push_screen(Decide(place.seat, "Check-in", "sharing", TOLD, answers), go)


def _along(contact: Contact, *, goes: bool) -> Choice:
    name = safe_name(contact.name)
    if goes:
        return Choice(contact.id.hex(), f"No longer each new one to {name}", "what went stays with them")
    return Choice(contact.id.hex(), f"Each new one to {name}, from now on", "until you take that back here")
