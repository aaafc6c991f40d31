"""A row of the grid: a note in the margin, something in the column, and the bar where the focus is."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


class Row(Horizontal):
    """One row of the grid.

    Args:
        note: what the margin says, quiet.
        children: what stands in the column.
    """

    def __init__(self, *children: Widget, note: str = "", classes: str = "", id: str | None = None) -> None:
        super().__init__(classes=classes if note else f"{classes} -noteless", id=id)
        self._note = Static(Content(note), classes="note")
        self._children_given = children

    def compose(self) -> ComposeResult:
        """Put the margin beside the column."""
        yield self._note
        with Vertical(classes="column"):
            yield from self._children_given

    def set_note(self, note: str | Content) -> None:
        """Change what the margin says."""
        self._note.update(note if isinstance(note, Content) else Content(note))
        self.set_class(not note, "-noteless")
