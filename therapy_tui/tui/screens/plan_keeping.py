"""The keeping half of the plan's screen: every step as it is typed, over a full disk, a lock and another window."""

from therapy_tui import errors
from therapy_tui.core import safety as rules
from therapy_tui.core.safety import STEPS, Step, plan_of
from therapy_tui.services import open_plan, safety
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.safety import ChangedElsewhere
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.letters import NOT_KEPT
from therapy_tui.tui.widgets.step_field import StepField

KEEP_SECONDS = 0.7
"""What is written is kept so long after the last key at the latest."""
ELSEWHERE = "Another window changed this step. Yours is kept apart."
STALE = "Kept. What is readable while locked is still the older text: {}"


class Keeping(Place):
    """The fields of the six steps, and how they are kept."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.fields = [StepField(asked) for asked in STEPS]

    def load(self) -> None:
        """Show what was written, also what a full disk did not take before a lock, and keep it from now on."""
        plan = safety.read(self.seat.open_vault)
        for field, step in zip(self.fields, plan.steps, strict=True):
            field.show(step, self.seat.unkept_steps.get(step.number))
        self._follow()
        self._show_kept(plan.changed_at)
        self.set_interval(KEEP_SECONDS, self.keep)

    def words(self) -> rules.Plan:
        """Give the plan as it stands on the screen."""
        return plan_of(Step(field.asked.number, field.text, 0, 0) for field in self.fields)

    def show_choice(self) -> None:
        """Show what is readable while locked, where a screen tells that."""

    def _show_kept(self, at: int) -> None:
        self.heading.right = f"kept {times.near(at, self.seat.now())}" if at else "kept as you type"

    def keep(self) -> None:
        """Keep what is being written, word for word."""
        changed = [field for field in self.fields if not field.is_kept]
        if not changed or not self.seat.is_open:
            return
        for field in changed:
            try:
                self._keep_step(field)
            except errors.TherapyError as error:
                self.seat.unkept_steps[field.asked.number] = field.text
                self.say(str(error), failed=True)
        if any(field.is_kept for field in changed):
            self._follow()
        if self.seat.unkept_steps:
            self.heading.right = NOT_KEPT
        else:
            self._show_kept(self.seat.now())

    def _keep_step(self, field: StepField) -> None:
        """Keep a step; on a full disk the room that was reserved for this is given back first."""
        try:
            self._keep_once(field)
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            self._keep_once(field)
            self.say("The disk is full. What you write is still kept; make room soon.", failed=True)
        self.seat.unkept_steps.pop(field.asked.number, None)
        field.is_kept = True

    def _keep_once(self, field: StepField) -> None:
        vault, number, text = self.seat.open_vault, field.asked.number, field.text
        if field.aside:
            field.aside = safety.put_aside(vault, number, text, field.aside)
            return
        try:
            field.step = safety.keep(vault, field.step, text, new_sitting=field.new_sitting)
            field.new_sitting = False
        except ChangedElsewhere:
            field.aside = safety.put_aside(vault, number, text)
            self.say(ELSEWHERE, failed=True)
            self.show_hints()

    def _follow(self) -> None:
        """Let what is readable while locked, if anything is, say what the plan says."""
        seat = self.seat
        try:
            plan = safety.read(seat.open_vault)
            open_plan.follow(seat.folders, plan, shared_machine=seat.settings.shared_machine)
        except errors.TherapyError as error:
            self.say(STALE.format(error), failed=True)
        if plan.is_empty:
            self.show_choice()

    def take(self, fact: Fact) -> None:
        """Show what another window wrote, where nothing is being written."""
        if not self.seat.is_open or not (isinstance(fact, VaultChanged) or fact == RoomChanged("plan")):
            return
        for field, step in zip(self.fields, safety.read(self.seat.open_vault).steps, strict=True):
            if field.is_kept and not field.aside and step.revision != field.step.revision:
                field.show(step)

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked."""
        for field in self.fields:
            field.forget()

    def action_read_again(self) -> None:
        """Show what another window wrote; one's own words lie with the earlier ones."""
        field = self.focused
        if isinstance(field, StepField) and field.aside:
            self.keep()
            field.show(safety.read(self.seat.open_vault).steps[field.asked.number - 1])
            field.new_sitting = True
            self.show_hints()
