"""Finding somebody in the caseload: what is typed narrows the list at once."""

from typing import TYPE_CHECKING

from textual.widgets import Input

from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from therapy_tui.core.triage import Verdict
    from therapy_tui.tui.widgets.caseload import CaseloadList
    from therapy_tui.tui.widgets.rows import Field


class TriageFinding(Place):
    """The field over the list."""

    if TYPE_CHECKING:
        people: CaseloadList
        field: Field
        everybody: list[Verdict]

        def show_people(self, everybody: "list[Verdict]") -> None:
            """Show everybody, or whom one looks for."""

    async def action_find(self) -> None:
        """Find somebody: what is typed narrows the list at once."""
        await self._show_field()
        self.field.focus()

    async def _show_field(self) -> None:
        """Put the field over the list; it is made when it is wanted first."""
        self.add_class("-finding")
        if self.field.parent is None and self.everybody:
            await self.mount(Row(self.field, classes="field", note="find", id="wanted-row"), before="#desk")

    async def find(self, wanted: str) -> None:
        """Show whom this finds; everybody where it is empty."""
        if wanted:
            await self._show_field()
        else:
            self.remove_class("-finding")
        self.field.value = wanted
        self.show_people(self.everybody)
        self.people.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.show_people(self.everybody)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list of whom was found."""
        event.stop()
        await self.find(self.field.value.strip())

    async def action_everybody(self) -> None:
        """Show everybody again."""
        await self.find("")
