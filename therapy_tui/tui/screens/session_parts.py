"""A note in parts, one under the other: the headings in the margin with a hint each, and one plain text underneath."""

from collections.abc import Iterable

from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import TextArea

from therapy_tui.core.note_parts import cursor_in, marked, parse, render
from therapy_tui.core.notes import Note
from therapy_tui.services import note_layouts
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.session_note import SessionNote
from therapy_tui.tui.widgets.letters import PARTED
from therapy_tui.tui.widgets.part_field import PartField, PartRow
from therapy_tui.tui.widgets.rows import Page, Row, prose


class PartsNote(SessionNote):
    """The parts of a note, each a field that grows."""

    CSS_PATH = ["journal_page.tcss", "note_page.tcss", "session_parts.tcss"]

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat, note)
        self.layout_now = note_layouts.layout_of(note)
        self.fields = [PartField(each) for each in self.layout_now.parts]
        self.fields[0].is_first = self.fields[-1].is_last = True
        self.editor = self.fields[0]
        self._read: tuple[dict[str, str], str] = ({}, "")
        """What was read out of the text, and the text: it stays as it is until a part is changed."""
        self._said = prose("", style="quiet")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the parts below each other, and below them what is known of the hour and which kind of note it is.

        They begin at the top: in the middle every new line would move those above it.
        """
        with Page():
            yield from map(PartRow, self.fields)
            yield Row(self._said)

    def on_mount(self) -> None:
        """Begin in the first part that is empty."""
        self._lay()

    # the text

    @property
    def written(self) -> str:
        """The parts as one plain text."""
        answers = {each.part.heading: each.text for each in self.fields}
        before, text = self._read
        return text if answers == before else render(self.layout_now, answers)

    def load(self, text: str, cursor: int) -> None:
        """Read the parts out of a text."""
        del cursor
        answers = parse(self.layout_now, text)
        self._read = answers, text
        for field in self.fields:
            field.load(answers[field.part.heading], len(answers[field.part.heading]))
        self.editor = next((each for each in self.fields if not each.text), self.fields[0])

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        super().forget()
        for field in self.fields:
            field.load("", 0)
        self._read = {}, ""
        self._said.update("")

    def marked(self) -> str:
        """Give the parts with the mark of the cursor in that in which words are being written."""
        if not self.editor.text.strip():
            return ""
        place = self.editor.cursor_index
        texts = [marked(each.text, place) if each is self.editor else each.text for each in self.fields]
        return render(self.layout_now, {each.part.heading: text for each, text in zip(self.fields, texts, strict=True)})

    def go_on(self, text: str) -> None:
        """Put the cursor into the part that has its mark, where that is, or at the end of it."""
        answers = parse(self.layout_now, text)
        for field in self.fields:
            place = cursor_in(answers[field.part.heading])
            if place >= 0:
                field.load(field.text, min(place, len(field.text)))
                self.editor = field
                field.focus()

    # what is shown

    def show_notes(self) -> None:
        """Say below the parts what is known of the hour, and which kind of note it is."""
        super().show_notes()
        if self.seat.is_open:
            said = PARTED.join(each.replace("\n", " ") for each in self.facts() if each)
            self._said.update(f"{said}\n{self.kind()}")

    @property
    def words(self) -> str:
        """What was written, without the headings."""
        return "\n".join(each.text for each in self.fields)

    def on_resize(self) -> None:
        """Write the headings as they fit, and let the cursor be seen."""
        self._lay()
        self.call_after_refresh(self._follow_cursor)

    def on_descendant_focus(self) -> None:
        """Know in which part one writes."""
        if isinstance(self.focused, PartField):
            self.editor = self.focused
        self._lay()
        self.call_after_refresh(self._follow_cursor)

    def _lay(self) -> None:
        for row in self.query(PartRow):
            row.lay(narrow=self.has_class("-narrow"))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Let the page follow the cursor; that there is something to keep is remembered by every such page."""
        del event
        self.call_after_refresh(self._follow_cursor)

    def _follow_cursor(self) -> None:
        field = self.focused
        for page in self.query(Page):  # none once another format has taken this screen's place
            if isinstance(field, PartField):
                place = field.cursor_row - int(page.region.y) + int(page.scroll_y)
                page.scroll_to_region(Region(0, place, 1, 1), animate=False)

    # keys

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the note."""
        return ("next_part_of_note", *super().commands_now())

    def action_part(self, step: int) -> None:
        """Go to another part; after the last one comes the first."""
        place = self.fields.index(self.editor) if self.editor in self.fields else 0
        self.fields[(place + step) % len(self.fields)].focus()
