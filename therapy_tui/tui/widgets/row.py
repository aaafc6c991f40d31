"""A row of the grid: a note in the margin, something in the column, and the bar where the focus is."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui.tui.frames import Ground


class Across(Ground, Horizontal):
    """Beside each other."""


class Down(Ground, Vertical):
    """Below each other."""


class Said(Static):
    """Words that are often said again as they were, such as at a change of size: then nothing is laid out again."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say other words."""
        if not _is_same(content, self.content):
            super().update(content, layout=layout)


def _is_same(one: VisualType, other: VisualType) -> bool:
    """Tell whether words are the same and styled the same."""
    if isinstance(one, Content) and isinstance(other, Content):
        return (one.plain, one.spans) == (other.plain, other.spans)
    return isinstance(one, str) and isinstance(other, str) and one == other


class Row(Across):
    """One row of the grid.

    Args:
        note: what the margin says, quiet.
        children: what stands in the column.
    """

    def __init__(self, *children: Widget, note: str = "", classes: str = "", id: str | None = None) -> None:
        super().__init__(classes=classes if note else f"{classes} -noteless", id=id)
        self._note = Said(Content(note), classes="note")
        self._children_given = children

    def compose(self) -> ComposeResult:
        """Put the margin beside the column."""
        yield self._note
        with Down(classes="column"):
            yield from self._children_given

    def set_note(self, note: str | Content) -> None:
        """Change what the margin says."""
        self._note.update(note if isinstance(note, Content) else Content(note))
        self.set_class(not note, "-noteless")
