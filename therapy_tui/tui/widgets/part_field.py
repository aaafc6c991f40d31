"""Where one part of a note is written: a field that grows, its heading and hint in the margin."""

from textual.content import Content

from therapy_tui.core.note_parts import Part
from therapy_tui.tui.widgets.growing import Growing
from therapy_tui.tui.widgets.rows import Row


class PartField(Growing):
    """The field of one part.

    Args:
        part: which; its sentence stands where nothing is written yet.
    """

    def __init__(self, part: Part) -> None:
        super().__init__(part.asks, id=f"part-{part.heading.lower()}")
        self.part = part


class PartRow(Row):
    """A part with its heading, and its hint quiet beside or below it."""

    def __init__(self, field: PartField) -> None:
        super().__init__(field, note=field.part.heading, classes="field part")
        self._field = field

    def lay(self, *, narrow: bool) -> None:
        """Write the heading anew: in the accent where the focus is."""
        heading = (self._field.part.heading, "$accent" if self._field.has_focus else "$text")
        hint = (self._field.part.hint, "$quiet")
        self._note.update(Content.assemble(heading, "   " if narrow else "\n", hint))
