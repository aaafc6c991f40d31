"""End a relationship in an orderly way: four steps, each of which can be left and taken up on another day."""

from collections.abc import Callable, Iterable
from pathlib import Path

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import days, directory, ending, persons
from therapy_tui.services.days import day_words
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Ask, Decide
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

TOLD = "Four steps, each on another day if you like. Nothing is erased by any of them, and nothing happens by itself."
FOLDER = (
    "Into which new folder? The letters are written there in clear, with what was agreed: whoever can read the folder"
    " can read them. Only you can open it."
)
UNTIL = "To which day do you keep the record? Write it like 2033-11-30. Nothing is erased on that day by itself."
WHY = "Why so long? A law, a rule of your profession, or what was agreed."
HAPPENS = (
    "Neither of you can write to the other any more, and {name} is told that it has ended. {waits}"
    "What is here stays: letters, notes, and what was agreed."
)
BY_THEM = "{name} has ended it already, so nobody is told anything. What is here stays. "
WAITS = "What waits here does not go: {count}. "


class End(Place):
    """The steps, with what was done of each."""

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.heading.place, self.heading.who = "An end", safe_name(contact.name)
        self._list = Choices((), gap=True, id="steps")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what it is over the steps."""
        with Page(classes="-centred"):
            yield Row(prose(TOLD, style="quiet"))
            yield Row(self._list, classes="-bare")

    def on_mount(self) -> None:
        """Begin at the first."""
        self._show()
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Read how it stands again."""
        self._show()

    def take(self, fact: Fact) -> None:
        """Read how it stands again, whatever changed."""
        del fact
        self._show()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to take a step and how to leave."""
        return ("choose", "back")

    def _show(self) -> None:
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        self.contact = directory.get(vault, self.contact.id)
        stands, last = ending.standing(vault, self.contact), ending.last_letter(vault, self.contact)
        letter = "not written yet; it goes like any other"
        if self.contact.closed:
            letter = "they have ended it, so no letter goes any more"
        elif last is not None:
            letter = f"{times.near(last.written_at, self.seat.now())}, {last.state}"
        record = "not yet"
        if stands is not None and stands.exported_at:
            record = f"written out on {day_words(days.day_of(stands.exported_at))}"
        kept = "not said"
        if stands is not None and stands.keep_until:
            kept = f"until {day_words(stands.keep_until)}: {safe_line(stands.keep_why)}"
        steps = [
            Choice("letter", "Write a last letter", letter, below=True),
            Choice("record", "Write the record out", record, below=True),
            Choice("keep", "Say how long the record is kept", kept, below=True),
            Choice("end", "End it", "what happens is said first", below=True),
        ]
        if stands is not None and not stands.ended_at:
            steps.append(Choice("go_on", "Go on after all", "what was begun here is forgotten", below=True))
        self._list.set_choices(steps)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take a step."""
        event.stop()
        {
            "letter": self._letter,
            "record": self._record,
            "keep": lambda: self._ask(UNTIL, "", self._until),
            "end": self._end,
            "go_on": self._go_on,
        }[event.choice.id]()

    def _letter(self) -> None:
        if self.contact.closed:
            self.say("They have ended it, so no letter goes any more.")
            return
        ending.begin(self.seat.open_vault, self.contact)
        self.therapy.show_messages(self.contact)

    def _record(self) -> None:
        """Lead a therapist to the record, which is written out in one way from everywhere; a client has letters."""
        from therapy_tui.tui.screens.record import RecordPage  # only a therapist needs it

        if self.seat.open_vault.profile.role == THERAPIST:
            ending.begin(self.seat.open_vault, self.contact)
            self.therapy.push_screen(RecordPage(self.seat, self.contact))
        else:
            self._ask(FOLDER, f"~/{_stem(self.contact)}", self._export)

    def _export(self, folder: str) -> None:
        path = Path(folder.strip()).expanduser()
        self._do(
            lambda: ending.export_record(self.seat.open_vault, self.contact, path),
            f"Written into {safe_line(str(path))}",
        )

    def _until(self, day: str) -> None:
        def keep(why: str) -> None:
            self._do(lambda: ending.keep_until(self.seat.open_vault, self.contact, day, why), "Kept.")

        self._ask(WHY, "", keep)

    def _go_on(self) -> None:
        self._do(
            lambda: ending.go_on(self.seat.open_vault, self.contact), "Forgotten. Nothing has changed between you."
        )

    def _end(self) -> None:
        vault, name = self.seat.open_vault, safe_name(self.contact.name)
        queued = persons.about(vault, self.contact).queued
        waits = WAITS.format(count=f"{queued:,} letter{'' if queued == 1 else 's'} of yours") if queued else ""
        told = HAPPENS.format(name=name, waits=waits)
        if self.contact.closed:
            told = BY_THEM.format(name=name)
        answers = (Choice("keep", "Leave everything as it is"), Choice("end", "End it now"))

        def end(answer: str | None) -> None:
            if answer == "end" and self.seat.is_open:
                ending.end(self.seat.open_vault, self.contact)
                self.seat.wake()
                self.dismiss()

        self.therapy.push_screen(Decide(self.seat, "End it", name, told, answers), end)

    def _do(self, act: Callable[[], object], told: str) -> None:
        try:
            act()
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self._show()
        self.say(told)

    def _ask(self, told: str, value: str, then: Callable[[str], None]) -> None:
        def take(text: str | None) -> None:
            if text is not None and self.seat.is_open:
                then(text)

        self.therapy.push_screen(Ask(self.seat, "An end", safe_name(self.contact.name), told, value), take)


def _stem(contact: Contact) -> str:
    return f"record-{contact.id.hex()[:6]}"
