"""A snippet to be written or changed: its name over its words; every pause keeps both."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.messages import Draft
from therapy_tui.core.snippets import Snippet
from therapy_tui.services import snippets
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.letters import NOT_KEPT
from therapy_tui.tui.widgets.margins import margin_of
from therapy_tui.tui.widgets.pen import Editor
from therapy_tui.tui.widgets.rows import Across, Down, Field, Row, Said

NAME = "its name; without one, its first words"
TEXT = "The words. A blank stands in square brackets."


class SnippetPage(Place):
    """The page; it gives the id of what was written.

    Args:
        seat: a therapist's.
        snippet: the one to change, or None for a new one.
        name: what it is called at first.
    """

    CSS_PATH = "journal_page.tcss"
    BINDINGS = bindings(only=("page_back",))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, snippet: Snippet | None, name: str) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = "Snippet", ONLY_HERE
        self._field = Field(NAME, value=name, id="name")
        self.editor = Editor(TEXT, id="words")
        self._margin = Said(classes="note")
        self._kept_at = snippet.changed_at if snippet else 0
        self._snippet = snippet.id if snippet else b""
        self._text = snippet.text if snippet else ""
        self._kept = (name, self._text)
        self._mark = b"snippet" + self._snippet
        unkept = seat.unkept.get(self._mark)
        if unkept is not None:  # what a full disk did not take
            self._field.value, self._text = unkept.answers.decode(), unkept.text

    def compose_middle(self) -> Iterable[Widget]:
        """Put the name over the words."""
        yield Row(self._field, note="name", classes="field")
        with Across(id="leaf"):
            yield self._margin
            with Down(classes="column"):
                yield self.editor

    def on_mount(self) -> None:
        """Begin at the name, or at the words where it has one."""
        self.editor.load(self._text, len(self._text))
        self.set_interval(KEEP_SECONDS, self.keep)
        self._show_notes()
        (self.editor if self._field.value else self._field).focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say that leaving keeps it."""
        return (("tab", "name or words"), self.therapy.hint("page_back"))

    def on_resize(self) -> None:
        """Lay the margin in one row or below each other."""
        self._show_notes()

    def _show_notes(self) -> None:
        kept = f"kept {times.near(self._kept_at, self.seat.now())}" if self._kept_at else "kept as you type"
        kept = NOT_KEPT if self._mark in self.seat.unkept else kept
        self._margin.update(margin_of([kept], self.app.size.width))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the words."""
        event.stop()
        self.editor.focus()

    def keep(self) -> None:
        """Keep what is written; what has no words is not kept, unless it was something before."""
        now = (self._field.value, self.editor.text)
        if not self.seat.is_open or now == self._kept or not now[1].strip():
            return
        try:
            kept = snippets.keep(self.seat.open_vault, *now, self._snippet)
        except errors.TherapyError as error:
            self.seat.unkept[self._mark] = Draft(now[1], 0, now[0].encode(), self.editor.cursor_index, 0)
            self.say(str(error), failed=True)
            self._show_notes()
            return
        self.seat.unkept.pop(self._mark, None)
        self._snippet, self._kept, self._kept_at = kept.id, now, kept.changed_at
        self._show_notes()

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self._field.value = ""
        self.editor.load("", 0)
        self._kept = ("", "")

    def action_back(self) -> None:
        """Close the page; a snippet of which no word is left is erased."""
        self.keep()
        now = (self._field.value, self.editor.text)
        if not now[1].strip():
            self.seat.unkept.pop(self._mark, None)
            if self._snippet:
                snippets.erase(self.seat.open_vault, self._snippet)
            self.dismiss()
        elif now == self._kept:
            self.dismiss(self._snippet)
