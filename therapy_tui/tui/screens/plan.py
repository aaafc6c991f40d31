"""Writing one's own safety plan: six steps on one page, kept as one types, in the order that matters."""

from collections.abc import Iterable

from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import TextArea

from therapy_tui import errors
from therapy_tui.core.safety import beyond
from therapy_tui.services import open_plan, plan_page, safety
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import PLAN, bindings
from therapy_tui.tui.screens.plan_keeping import Keeping
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row
from therapy_tui.tui.widgets.step_field import StepField, StepRow

CLOSED, OPEN = "closed", "open"
IN_CLEAR = "It is then readable on this machine without the passphrase."
FULL = "The page is full. What you write is kept all the same."
BEYOND = "step {}, line {} no longer fits the page"
NOTHING = "There is nothing to read yet: write a step first."
CHOSEN = "Now readable on this machine without the passphrase."
TAKEN_BACK = "While locked, F8 shows the numbers alone."


class Plan(Keeping):
    """The six steps, one under the other."""

    CSS_PATH = "plan.tcss"
    BINDINGS = bindings(PLAN)
    AUTO_FOCUS = ""

    def __init__(self, seat: Seat, begin: int = 0) -> None:
        super().__init__(seat)
        self._begin = begin
        """The step that one came for; 0 for the first that is still empty."""
        self._is_full = False
        self._numbers = len(plan_page.numbers_of(seat.settings.country))
        self.locked = Choices((), id="locked")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the steps over what is shown while locked, which is not asked on a machine that others use."""
        with Page():
            yield from map(StepRow, self.fields)
            if not self.seat.settings.shared_machine:
                yield Row(self.locked, note="while locked", classes="-bare")

    def on_mount(self) -> None:
        """Show what was written, with the cursor where something is still to be said."""
        self.heading.place = "Your safety plan"
        self.load()
        self.show_choice()
        self._show_room()
        empty = [field for field in self.fields if not field.text.strip()]
        first = self.fields[self._begin - 1] if self._begin else [*empty, self.fields[0]][0]
        first.focus()
        self._lay()

    # what is shown

    def show_line(self) -> None:
        """Say nothing of the line here."""

    def commands_now(self) -> tuple[str, ...]:
        """Name the way on and the way back."""
        if self.focused is self.locked:
            return ("choose", "plan_back")
        behind = ("read_again",) if isinstance(self.focused, StepField) and self.focused.aside else ()
        return (*behind, "next_step", "plan_back", "safety")

    def on_resize(self) -> None:
        """Write the labels as they fit, and let what has the focus be seen."""
        self._lay()
        self.call_after_refresh(self._follow_cursor)

    def on_descendant_focus(self) -> None:
        """Show where one writes now."""
        self._lay()

    def _lay(self) -> None:
        for row in self.query(StepRow):
            row.lay(narrow=self.has_class("-narrow"))

    def _show_room(self) -> None:
        """Say kindly from where on there is no room on the page."""
        over = beyond(self.words(), self._numbers)
        self.heading.fact = BEYOND.format(*over) if over else "in your own words"
        if over and not self._is_full:
            self.say(FULL)
        self._is_full = over is not None

    def show_choice(self) -> None:
        """Show what F8 shows while locked, as it is now."""
        is_open = open_plan.is_chosen(self.seat.folders)
        marks = ("", "now") if is_open else ("now", "")
        self.locked.choices = (
            Choice(CLOSED, "F8 shows the numbers alone", right=marks[0]),
            Choice(OPEN, "F8 shows this plan too", IN_CLEAR, right=marks[1], below=True),
        )
        self.locked.chosen = int(is_open)

    # writing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep, and let the page follow the cursor."""
        event.stop()
        field = event.text_area
        if isinstance(field, StepField):
            field.is_kept = field.text == field.step.text and field.asked.number not in self.seat.unkept_steps
            self._show_room()
            self.call_after_refresh(self._follow_cursor)

    def _follow_cursor(self) -> None:
        field, page = self.focused, self.query_one(Page)
        if isinstance(field, StepField):
            place = field.cursor_row - int(page.region.y) + int(page.scroll_y)
            page.scroll_to_region(Region(0, place, 1, 1), animate=False)
        elif field is not None:
            field.scroll_visible(animate=False)

    # what one does here

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Make the plan readable while locked, or no longer."""
        event.stop()
        self.keep()
        seat = self.seat
        try:
            plan = safety.read(seat.open_vault)
            if event.choice.id == CLOSED:
                open_plan.remove(seat.folders)
                self.say(TAKEN_BACK)
            elif plan.is_empty:
                self.say(NOTHING)
            elif not seat.settings.shared_machine:
                open_plan.write(seat.folders, plan)
                self.say(CHOSEN)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
        self.show_choice()

    def action_back(self) -> None:
        """Go back; it is kept."""
        self.keep()
        self.dismiss()
