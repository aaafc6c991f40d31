"""The record of one person: written out, how long it is kept, held for a reason, and erased when its time has come."""

from collections.abc import Iterable
from pathlib import Path

from textual.widget import Widget

from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_line
from therapy_tui.services import directory, record_files, record_words, retention
from therapy_tui.services.events import Fact
from therapy_tui.services.record import gather
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.asking import Asking
from therapy_tui.tui.screens.record_erasing import erase
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

TOLD = "Each of these is noted in the audit log. Process notes are in no record, and nothing is erased by itself."
FORMAT = (
    "The record is letters of both, what was shared, questionnaires, signed session notes, appointments and what was"
    " agreed. What is written is in clear: whoever can read the files can read all of it."
)
FORMATS = (
    Choice("", "In every form"),
    *(Choice(name, about[0].upper() + about[1:]) for name, (_, about, _) in record_files.FORMATS.items()),
)
FOLDER = "Into which new folder? Only you can open it."
CLOSED = "{} The record can be written without session notes, and says so then."
SAFE = "Nothing is written out before they are open."
WRITTEN = "Written. The audit log says so."
ALTERED = "Written, and not all of it is as it was signed: the page says what."
YEARS = (
    "For how many years after the last day is a record kept? It holds for everybody; 0 takes the rule away. The APA's"
    " guidance is 7 years after the last service, or 3 after a minor comes of age, whichever is later; states and"
    " countries differ. Hold the records of minors."
)
HOLD = "Why is it held? One line, naming nobody: it stays in the audit log. It is not erased until you end the hold."
RELEASE = "Why does the hold end? One line, naming nobody: it stays in the audit log."


class RecordPage(Asking):
    """What can be done with a record, and how it stands."""

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat, contact, "Record")
        self.list = Choices((), gap=True, id="record")
        self._told = prose(TOLD, style="quiet", id="told")
        self._is_held = False

    def compose_middle(self) -> Iterable[Widget]:
        """Put what it is over what can be done."""
        with Page(classes="-centred"):
            yield Row(self._told)
            yield Row(self.list, classes="-bare")

    def on_mount(self) -> None:
        """Begin at what harms nothing."""
        self.show_record()
        self.list.focus()

    def on_screen_resume(self) -> None:
        """Read how it stands again."""
        self.show_record()

    def take(self, fact: Fact) -> None:
        """Read how it stands again, whatever changed."""
        del fact
        self.show_record()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to choose and how to leave."""
        return ("choose", "back")

    def show_record(self) -> None:
        """Read how the record stands, and show it."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        self.contact = directory.get(vault, self.contact.id)
        notebook = self.seat.notebook
        standing = retention.standing(vault, self.contact, notebook if notebook.is_open else None)
        held = record_words.held(standing)
        self._is_held = bool(held)
        kept = record_words.kept(standing, retention.years(vault))
        out = "letters, questionnaires and notes, as files in clear"
        hold = ("End the hold", held) if held else ("Hold it", "not held")
        self.list.set_choices(
            (
                Choice("out", "Write it out", out, below=True),
                Choice("years", "Say how long records are kept", kept, below=True),
                Choice("hold", *hold, below=True),
                Choice("erase", "Erase it", record_words.time_to_go(standing, retention.today(vault)), below=True),
            )
        )

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._told.update("")
        self.list.set_choices(())
        self.heading.who = ""

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do what was chosen."""
        event.stop()
        if event.choice.id == "erase":
            erase(self)
        else:
            {"out": self._out, "years": self._years, "hold": self._hold}[event.choice.id]()

    # writing it out

    def _out(self) -> None:
        start = f"~/record-{self.contact.id.hex()[:6]}"

        def ask_folder(form: str) -> None:
            self.ask(FOLDER, lambda folder: self._with_notes(Path(folder.strip()).expanduser(), form), start)

        self.decide(FORMAT, FORMATS, ask_folder)

    def _with_notes(self, folder: Path, form: str) -> None:
        """Open the notes, or ask whether the record goes out without them."""
        notebook = self.seat.notebook

        def closed(why: str) -> None:
            answers = (Choice("open", "Open the notes first"), Choice("without", "Write it without session notes"))
            self.decide(CLOSED.format(why), answers, lambda answer: choose(answer, why))

        def choose(answer: str, why: str) -> None:
            if answer == "open":
                self.open_by_hand(notebook, why, SAFE, lambda: self._write(folder, form))
            else:
                self._write(folder, form)

        self.with_open(notebook, lambda: self._write(folder, form), closed)

    def _write(self, folder: Path, form: str) -> None:
        vault, notebook = self.seat.open_vault, self.seat.notebook
        found = gather(vault, self.contact, notebook if notebook.is_open else None)
        counts = record_files.export(vault, found, folder, [form] if form else list(record_files.FORMATS))
        self._told.update(" ".join((f"In {safe_line(str(folder), 400)}: {_counted(counts)}.", *found.remarks)))
        self.say(ALTERED if found.faults else WRITTEN, failed=bool(found.faults))

    # how long, and holds

    def _years(self) -> None:
        def keep(text: str) -> None:
            retention.set_years(self.seat.open_vault, int(text) if text.strip().isdecimal() else -1)
            self.show_record()

        rule = retention.years(self.seat.open_vault)
        self.ask(YEARS, keep, str(rule) if rule else "")

    def _hold(self) -> None:
        is_held = self._is_held

        def keep(reason: str) -> None:
            (retention.release if is_held else retention.hold)(self.seat.open_vault, self.contact, reason)
            self.show_record()
            if not is_held:
                self.say(retention.TAKEN_BACK_STILL)

        self.ask(RELEASE if is_held else HOLD, keep)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name.removesuffix('s') if number == 1 else name}" for name, number in counts.items())
