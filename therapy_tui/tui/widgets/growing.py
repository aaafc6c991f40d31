"""A field of several lines that grows with its words, and that the arrows lead out of at its ends."""

from therapy_tui.tui.widgets.pen import Editor


class Growing(Editor):
    """One of several fields below each other."""

    is_first = False
    """Whether no field stands above it."""
    is_last = False
    """Whether none stands below it."""

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own shape
        """Go a row up, and from the first row to the field above."""
        if select or self._row() > 0:
            super().action_cursor_up(select)
        elif not self.is_first:
            self.screen.focus_previous()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own shape
        """Go a row down, and from the last row to what is below."""
        if select or self._row() < self.wrapped_document.height - 1:
            super().action_cursor_down(select)
        elif not self.is_last:
            self.screen.focus_next()

    def _row(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    @property
    def cursor_row(self) -> int:
        """The row of the screen on which the cursor is."""
        return int(self.region.y) + self._row()
