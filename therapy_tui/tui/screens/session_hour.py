"""What is said of the hour that a note belongs to: when, how long, how it was held, and codes of one's own choosing."""

from collections.abc import Iterable
from dataclasses import replace

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.notes import Note, check_hour, check_minutes, check_words
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose

TOLD = "What stands here belongs to the note, and is signed with it. Each may be left empty."


class HourFacts(Place):
    """Four lines to write in; the screen gives the note back with them, or nothing."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, note: Note, place: str) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who = place, "the hour"
        self._note = note
        self._hour = Field("such as 2026-11-13 15:00", value=note.hour, id="hour")
        self._minutes = Field("such as 50", value=str(note.minutes or ""), id="minutes")
        self._modality = Field("such as in writing, by video, in the room", value=note.modality, id="modality")
        self._codes = Field("codes of your own choosing", value=note.codes, id="codes")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the lines below each other."""
        with Page(classes="-centred"):
            yield Row(prose(TOLD))
            yield Row(self._hour, note="day and time", classes="field")
            yield Row(self._minutes, note="minutes", classes="field")
            yield Row(self._modality, note="how it was held", classes="field")
            yield Row(self._codes, note="codes", classes="field")

    def on_mount(self) -> None:
        """Begin in the first line."""
        self._hour.focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to keep them and how to leave."""
        return (("enter", "keep"), ("tab", "next line"), hint_of("back"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the note back; what cannot be kept is said, and stays."""
        event.stop()
        try:
            wanted = replace(
                self._note,
                hour=check_hour(self._hour.value),
                minutes=check_minutes(self._minutes.value),
                modality=check_words(self._modality.value, "How it was held"),
                codes=check_words(self._codes.value, "What stands for the codes"),
            )
        except errors.UsageError as error:
            self.say(str(error), failed=True)
            return
        self.dismiss(wanted)

    def forget(self) -> None:
        """Drop what was typed, because the vault is being locked."""
        self._note = replace(self._note, text="", hour="", modality="", codes="", minutes=0)
        for field in (self._hour, self._minutes, self._modality, self._codes):
            field.value = ""
