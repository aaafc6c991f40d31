"""Where one step of the plan is written: a field that grows, and that the arrows lead out of at its ends."""

from textual.content import Content

from therapy_tui.core.safety import Asked, Step
from therapy_tui.tui.widgets.growing import Growing
from therapy_tui.tui.widgets.rows import Row


class StepField(Growing):
    """The field of one step.

    Args:
        asked: what the step asks for; its example stands where nothing is written yet.
    """

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.hint, id=f"step-{asked.number}")
        self.asked = asked
        self.is_first = asked.number == 1
        self.step = Step(asked.number, "", 0, 0)
        """The step as it stands in the vault, as far as is known here."""
        self.is_kept = True
        self.new_sitting = True
        """Nothing of it was kept since the screen was opened."""
        self.aside = 0
        """The earlier version as which these words are kept, because another window was quicker; 0 for none."""

    def show(self, step: Step, unkept: str | None = None) -> None:
        """Show a step as it stands, or words in its place that no disk has taken yet."""
        self.step, self.aside = step, 0
        shown = step.text if unkept is None else unkept
        if self.text != shown:  # the cursor stays where nothing changes
            self.load(shown, len(shown))
        self.is_kept = unkept is None

    def forget(self) -> None:
        """Drop every word."""
        self.step, self.aside = Step(self.asked.number, "", 0, 0), 0
        self.load("", 0)
        self.is_kept = True


class StepRow(Row):
    """A step with its label, which is read, and what it asks for, quiet beside or below it."""

    def __init__(self, field: StepField) -> None:
        super().__init__(field, note=field.asked.label, classes="field writes")
        self._field = field

    def lay(self, *, narrow: bool) -> None:
        """Write the label anew: in the accent where the focus is."""
        asked = self._field.asked
        label = (f"{asked.label}  {asked.number}", "$accent" if self._field.has_focus else "$text")
        self._note.update(Content.assemble(label, "   " if narrow else "\n", (asked.about, "$quiet")))
