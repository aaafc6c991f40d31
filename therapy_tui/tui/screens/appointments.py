"""Appointments with one person: those to come, those that are over; add, move and cancel, and a file for calendars."""

from collections.abc import Iterable
from pathlib import Path

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.appointments import Appointment, check_minutes
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_line
from therapy_tui.services import appointments, zones
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.record_words import when
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import HOURS, bindings
from therapy_tui.tui.screens.asking import Asking
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

NONE = "There is no appointment with them yet."
TOLD = "Nobody is told of an appointment by the program."
WHEN = "When? Write the day and the time like 2026-12-03 15:00, by the clocks in {zone}."
MINUTES = "How many minutes?"
WORDS = "Where, or how? A few words such as by video, in the practice. It may stay empty."
FILE = "Into which new file, for a calendar? Read again later, one that was moved or cancelled is changed there."
NAMED = "With names, the file and every calendar that reads it say in clear with whom each is, and where."
TWICE = "Clocks are put back then, so {} comes twice on that day; the first of the two is meant."
MOST_OVER = 100
"""How many are listed of those that are over."""
FILES = (
    Choice("", "With them, without names"),
    Choice("n", "With them, with names"),
    Choice("a", "All appointments, without names"),
    Choice("an", "All appointments, with names"),
)


class Appointments(Asking):
    """Those that come first, and below them those that are over or were cancelled, the newest first."""

    BINDINGS = bindings(HOURS)

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat, contact, "Appointments")
        self.list = Choices((), gap=True, id="hours")
        self.page, self.empty = Page(), Page(classes="-centred")
        self._found: dict[str, Appointment] = {}

    def compose_middle(self) -> Iterable[Widget]:
        """Show the list, or that there is none."""
        with self.page:
            yield Row(self.list, classes="-bare")
        with self.empty:
            yield Row(prose(NONE, style="strong"))
            yield Row(prose(TOLD, style="quiet"))

    def on_mount(self) -> None:
        """Read them."""
        self.show_hours()

    def on_screen_resume(self) -> None:
        """Read them again."""
        self.show_hours()

    def take(self, fact: Fact) -> None:
        """Read them again when some changed."""
        if isinstance(fact, VaultChanged) or (isinstance(fact, RoomChanged) and fact == appointments.CHANGED):
            self.show_hours()

    def show_hours(self) -> None:
        """Read all of them and show them."""
        if not self.seat.is_open:
            return
        now, found = self.seat.now(), appointments.of(self.seat.open_vault, self.contact)
        coming = [each for each in found if each.is_to_come(now)]
        over = [each for each in reversed(found) if not each.is_to_come(now)]
        shown = [*coming, *over[:MOST_OVER]]
        self._found = {each.id.hex(): each for each in shown}
        self.list.set_choices([_choice(each, now) for each in shown])
        count = f"{len(coming)} to come" if coming else "none to come"
        left = f", the last {MOST_OVER:,} of {len(over):,} that are over" if len(over) > MOST_OVER else ""
        self.heading.fact = count + left if found else ""
        self.page.display, self.empty.display = bool(shown), not shown
        if shown and not self.list.has_focus:
            self.list.focus()
        self.show_hints()

    @property
    def chosen(self) -> Appointment | None:
        """The one at the bar, where it stands still; None for one that is over or was cancelled."""
        current = self.list.current
        found = self._found.get(current.id) if current is not None else None
        return found if found is not None and found.is_to_come(self.seat.now()) else None

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with the one at the bar."""
        if not self.seat.is_open:
            return ("back",)
        one = ("choose", "cancel_hour") if self.chosen is not None else ()
        return (*one, "add_hour", *(("file_hours",) if self._found else ()), "back")

    def words_now(self) -> dict[str, str]:
        """Say what enter does."""
        return {"choose": "move"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Offer a file only of what there is."""
        del parameters
        return action != "file" or bool(self._found)

    def on_choices_moved(self) -> None:
        """Show the keys that fit the one at the bar."""
        self.show_hints()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._found = {}
        self.list.set_choices(())
        self.heading.who = self.heading.fact = ""

    # what the keys do

    def action_add(self) -> None:
        """Ask for a new one."""
        self._write(None)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Ask for another time of one that stands."""
        event.stop()
        if self.chosen is None:
            self.say("This one does not stand any more. Add another one.")
        else:
            self._write(self.chosen)

    def _write(self, before: Appointment | None) -> None:
        try:
            zone = before.zone if before else zones.own()
        except errors.UsageError as error:
            self.say(str(error), failed=True)
            return

        def take_when(text: str) -> None:
            day, _, clock = text.strip().partition(" ")
            at, is_twice = zones.moment(day, clock.strip(), zone)
            told = f"{TWICE.format(clock.strip())} {MINUTES}" if is_twice else MINUTES
            self.ask(told, lambda minutes: take_minutes(at, minutes), str(before.minutes if before else 50))

        def take_minutes(at: int, text: str) -> None:
            minutes = check_minutes(int(text) if text.strip().isdecimal() else 0)
            self.ask(WORDS, lambda words: self._keep(before, at, minutes, zone, words), before.words if before else "")

        start = f"{zones.local(before.at, zone):%Y-%m-%d %H:%M}" if before else ""
        self.ask(WHEN.format(zone=zone), take_when, start)

    def _keep(self, before: Appointment | None, at: int, minutes: int, zone: str, words: str) -> None:
        vault = self.seat.open_vault
        if before is None:
            appointments.add(vault, self.contact, at, minutes, zone, words)
        else:
            appointments.move(vault, before, at, minutes, zone, words)
        self.say(f"Kept. {TOLD}")

    def action_cancel(self) -> None:
        """Ask before one is cancelled."""
        chosen = self.chosen
        if chosen is None:
            return
        answers = (Choice("keep", "Leave it as it is"), Choice("cancel", "Cancel it"))

        def cancel(answer: str) -> None:
            if answer == "cancel":
                appointments.cancel(self.seat.open_vault, chosen)

        self.decide(f"{when(chosen)}. It stays in the list, as cancelled. {TOLD}", answers, cancel)

    def action_file(self) -> None:
        """Ask which ones, with names or without, and into which file."""

        def ask_file(which: str) -> None:
            self.ask(FILE, lambda path: self._file(path, which), "~/appointments.ics")

        self.decide(NAMED, FILES, ask_file)

    def _file(self, text: str, which: str) -> None:
        path = Path(text.strip()).expanduser()
        contact = None if "a" in which else self.contact
        count = appointments.export(self.seat.open_vault, path, names="n" in which, contact=contact)
        self.say(f"In {safe_line(str(path))}: {count:,} appointment{'' if count == 1 else 's'}.")


def _choice(each: Appointment, now: int) -> Choice:
    state = "" if each.is_to_come(now) else "cancelled" if each.cancelled_at else "over"
    return Choice(each.id.hex(), when(each), safe_line(each.words), right=state, below=True)
