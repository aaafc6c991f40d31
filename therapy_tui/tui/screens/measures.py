"""The measures: which there are, what was answered last, and what a set of answers comes to."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.text import safe_name
from therapy_tui.services import asked, measures, sharing
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.measures import Taken
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Reader, Row, prose

NO_DIAGNOSIS = "A number is a way to talk about how it is. It is no diagnosis."
WITH_THERAPIST = "asked by your therapist, about one event that you name together"
SHOWN = 12
"""How many earlier results stand below the latest one."""


class Measures(Place):
    """All measures, each with what was answered last."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = "Questionnaires", ONLY_HERE
        self.list = Choices((), gap=True, id="measures")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the list under what it is for."""
        with Page():
            yield Row(prose(NO_DIAGNOSIS, style="quiet"))
            yield Row(self.list, classes="-bare")

    def on_mount(self) -> None:
        """Read what was answered."""
        self.read_them()
        self.list.focus()

    def on_screen_resume(self) -> None:
        """Read it again."""
        self.read_them()

    def read_them(self) -> None:
        """Show each measure with its last total."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        taken = measures.taken(vault)
        last = {each.measure.id: each for each in taken}
        self.heading.right = "some are shared" if sharing.are_shared(vault) & {each.id for each in taken} else ONLY_HERE
        due = {measure.id: name for measure, name in asked.due(vault, self.therapy.today())}
        self.list.set_choices(
            [self._choice(each, last.get(each.id), due.get(each.id, "")) for each in measures.every_measure()]
        )

    def _choice(self, measure: Measure, last: Taken | None, asked_by: str) -> Choice:
        answered = sum(each is not None for each in measures.begun(self.seat.open_vault, measure))
        facts = [f"{len(measure.items)} questions about {measure.window}"]
        if answered:
            facts = [f"begun: {answered} of {len(measure.items)} answered"]
        elif last is not None and last.result.total is not None:
            facts = [f"last {last.result.total}, {times.near(last.at, self.seat.now())}"]
        name = measure.title.partition(" (")[0]  # how many questions, and about what time, is said below
        if asked_by:
            facts.append(f"asked by {safe_name(asked_by)}")
        elif measure.assigned_by:
            facts.append(WITH_THERAPIST)
        short = f"{measure.short:<{max(len(each.short) for each in measures.every_measure())}}"
        return Choice(measure.id, f"{short}   {name}", "; ".join(facts), below=True)

    def commands_now(self) -> tuple[str, ...]:
        """Say how to begin and how to go back."""
        return ("choose", "back")

    def take(self, fact: Fact) -> None:
        """Read again when something was answered."""
        if isinstance(fact, VaultChanged) or fact == RoomChanged("measures"):
            self.read_them()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Begin the chosen measure, or go on with it."""
        from therapy_tui.tui.screens.measure import Asking  # only when one is begun

        event.stop()
        measure = measures.find(event.choice.id)
        try:
            asked.refuse_unasked(self.seat.open_vault, measure)
        except errors.TherapyError as error:
            self.say(str(error))
            return
        self.therapy.push_screen(Asking(self.seat, measure))

    def forget(self) -> None:
        """Drop every number, because the vault is being locked."""
        self.list.set_choices(())


class Outcome(Place):
    """What a set of answers comes to, and what it came to before."""

    BINDINGS = bindings(only=("share_answers", "leave_answers"))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, taken: Taken, *, is_new: bool = False) -> None:
        super().__init__(seat)
        self.taken, self._is_new = taken, is_new
        self.heading.place = taken.measure.short
        self.heading.who = "what it comes to"

    def compose_middle(self) -> Iterable[Widget]:
        """Put the total first, then the change with its rule, then what was before."""
        first, *rest = measures.sentences(self.taken)
        earlier = [each for each in measures.taken(self.seat.open_vault, self.taken.measure.id) if each != self.taken]
        now = self.seat.now()
        with Reader():
            yield Row(prose(first, style="strong"), note=times.near(self.taken.at, now))
            for sentence in rest:
                yield Row(prose(sentence))
            yield Row(prose(NO_DIAGNOSIS, style="quiet"))
            before = [each for each in reversed(earlier) if each.id != self.taken.id][:SHOWN]
            for each in before:
                yield Row(prose(measures.sentences(each)[0]), note=times.near(each.at, now), classes="-tight")

    def on_mount(self) -> None:
        """Begin at the total."""
        self.query_one(Reader).focus()

    def on_screen_resume(self) -> None:
        """Say whether somebody has a copy."""
        if self.seat.is_open:
            is_shared = sharing.is_shared(self.seat.open_vault, self.taken.id)
            self.heading.right = "a copy is shared" if is_shared else ONLY_HERE

    def commands_now(self) -> tuple[str, ...]:
        """Name sharing and the way back."""
        return ("share_answers", "leave_answers")

    def action_back(self) -> None:
        """Leave; after the last question it may first be shown for sharing."""
        from therapy_tui.tui.screens.share import offer_answers  # only when it is left

        if self._is_new:
            self._is_new = False
            offer_answers(self, self.taken)
        else:
            self.dismiss()

    def action_share(self) -> None:
        """Show what would go to somebody, and share it there."""
        from therapy_tui.tui.screens.share import open_share  # only when it is asked for

        open_share(self, self.taken)

    def forget(self) -> None:
        """Drop every number, because the vault is being locked."""
        self.query(Row).remove()
