"""Everything by name: type a few letters, enter does it in the place one came from."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.people import THERAPIST
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import BY_ID, ROOM, TABLE, Command, key_name
from therapy_tui.tui.place import Place
from therapy_tui.tui.room import PLACES
from therapy_tui.tui.screens.help import NEEDS_OPEN, working
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.finder import Finder, fitting
from therapy_tui.tui.widgets.frame import Hint

THERE = {
    "messages": "Messages",
    "people": "People",
    "settings": "SettingsScreen",
    "invites": "Invites",
    "join": "Join",
    "plan": "Plan",
    "triage": "Triage",
    "hours": "Office",
}
"""Where these commands lead, for they are not offered to whoever is there; by name, so that none is loaded for it."""
A_THERAPISTS = frozenset({"triage", "hours", "caseload", "snippets", "audit"})
"""Commands that are for a therapist alone; F3 leads a therapist to the first."""
MOST_BEFORE = 3


class Menu(Place):
    """All commands that make sense now.

    Args:
        place: where one came from; what is chosen is done there.
    """

    SMALLEST = (0, 0)

    def __init__(self, seat: Seat, place: Place) -> None:
        super().__init__(seat)
        self._place = place

    def compose_middle(self) -> Iterable[Widget]:
        """Put the line over the list; what was used before comes first."""
        used = self._used()
        yield Finder(self._search, "type to find", note="find", beside="before" if used else "")

    def on_mount(self) -> None:
        """Say how much there is."""
        self.heading.place = "Everything by name"
        self.heading.right = f"{len(self._offered())} commands"

    def show_line(self) -> None:
        """Say nothing of the line here."""

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to choose."""
        return (("enter", "do it"), ("↑↓", "choose"), self.therapy.hint("back"))

    def _offered(self) -> list[Command]:
        works = working(self._place)
        named = {action for each in works if (action := BY_ID[each].action).startswith("screen.")}
        return [
            each
            for each in TABLE
            if each.listed
            and is_offered(each, self.seat, self._place)
            and (each.id in works or each.action not in named)  # what another name leads to here is not said twice
        ]

    def _used(self) -> list[Command]:
        offered = self._offered()
        return [BY_ID[each] for each in self.therapy.used if BY_ID[each] in offered][:MOST_BEFORE]

    def _search(self, wanted: str) -> list[Choice]:
        offered = self._offered()
        if not wanted:
            first = self._used()
            offered = first + [each for each in offered if each not in first]
        found = fitting([self._choice(each) for each in offered], wanted)
        return found or [
            self._choice(each) for each in offered if wanted.casefold() in f"{each.id} {each.help}".casefold()
        ]

    def _choice(self, command: Command) -> Choice:
        named = BY_ID["messages"] if command.id == "triage" else command  # one key leads each to what is theirs
        keys = self.therapy.keys_of_person.keymap.get(named.id, named.keys)
        return Choice(command.id, command.title, right=key_name(keys) if keys else "")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Go back and do it there."""
        event.stop()
        command = BY_ID[event.choice.id]
        used = self.therapy.used
        self.therapy.used = [command.id, *(each for each in used if each != command.id)]
        place, app = self._place, self.therapy
        app.pop_screen()
        app.call_later(app.run_action, command.action, place)


def is_offered(command: Command, seat: Seat, place: Place) -> bool:
    """Tell whether a command makes sense in a place now."""
    kind, _, name = command.action.partition(".")
    if kind == "screen":
        allowed = place.check_action(name, ())
        return seat.is_open and hasattr(place, f"action_{name}") and bool(allowed)
    if command.id == "seats":
        return bool(place.therapy.seat_commands())
    if command.id in A_THERAPISTS or command.id == "messages":
        is_therapist = seat.is_open and seat.open_vault.profile.role == THERAPIST
        if not seat.is_open or is_therapist != (command.id in A_THERAPISTS):
            return False
    if command.action.startswith(ROOM):
        return seat.is_open and PLACES[command.action.split("'")[1]][1] != type(place).__name__
    return (
        command.id != "menu"
        and THERE.get(command.id) != type(place).__name__
        and (seat.is_open or command.id not in NEEDS_OPEN)
    )
