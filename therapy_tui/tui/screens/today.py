"""Today: what is new, how it is, a page for today. One key for each; the likeliest is chosen."""

from collections.abc import Iterable
from datetime import date

from textual.binding import Binding
from textual.widget import Widget

from therapy_tui.services import asked, journal, prompts, today
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.parts import Parts


class Today(Place):
    """At most five parts, each with a key of its own."""

    TAKES_DIGITS = True
    BINDINGS = [
        *bindings(only=("open_part", "part_up", "part_down", "another_prompt", "other_years")),
        *[Binding(str(number % 10), f"screen.number({number})", show=False) for number in range(1, 11)],
    ]

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Today"
        self.parts = Parts(id="parts")

    def compose_middle(self) -> Iterable[Widget]:
        """Give the parts."""
        yield self.parts

    def on_mount(self) -> None:
        """Say which day it is, and begin at what is new."""
        self.read_them()
        self.parts.focus()

    def on_screen_resume(self) -> None:
        """Read what may have changed meanwhile."""
        self.read_them()

    def read_them(self) -> None:
        """Read what today's page shows."""
        if not self.seat.is_open:
            return
        day = date.fromisoformat(self.therapy.today())
        self.heading.who = f"{times.DAYS[day.weekday()]} {day.day} {times.MONTHS[day.month - 1]}"
        vault = self.seat.open_vault
        people = self.seat.caseload.order() if vault.is_therapist else []
        found = today.parts(vault, self.therapy.today(), people)
        self.parts.show(found, self._keys())
        self.show_hints()

    def _keys(self) -> dict[str, tuple[Hint, ...]]:
        """Give the keys that stand under their own part."""
        before = journal.on_this_day(self.seat.open_vault, self.therapy.today(), 1)
        names = ("journal", "another_prompt", *(("other_years",) if before else ()))
        return {"page": tuple(self.therapy.hint(each) for each in names)}

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        return ("open_part", "say_number", "safety", "back", "journal")

    def hints_now(self) -> tuple[Hint, ...]:
        """Show the ten numbers as the keys that they are, where a client sits."""
        hints = zip(self.commands_now(), super().hints_now(), strict=True)
        shown = [("1-9, 0", hint[1]) if name == "say_number" else hint for name, hint in hints]
        return tuple(hint for hint in shown if self._is_client or hint[0] != "1-9, 0")

    @property
    def _is_client(self) -> bool:
        return any(each.id == "now" for each in self.parts.parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Ask nothing of a therapist that belongs to a client's room."""
        del parameters
        return self._is_client or action not in {"number", "another", "other_years"}

    def take(self, fact: Fact) -> None:
        """Read everything again, whatever changed."""
        del fact
        self.read_them()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.parts.show((), {})

    # keys

    def action_go(self, step: int) -> None:
        """Go from part to part."""
        self.parts.go(step)

    async def action_open(self) -> None:
        """Go to what the chosen part is about."""
        part = self.parts.current
        if part is None:
            return
        if part.id == "triage":
            self.therapy.action_triage()
        elif part.id == "letters":
            self.therapy.action_messages()
        elif part.id == "now":
            await self.therapy.action_room("check-ins")
        elif part.id == "page":
            self._begin_page()
        else:
            self._answer(part.id)

    async def action_number(self, number: int) -> None:
        """Say how it is: the number is chosen there, and enter keeps it."""
        from therapy_tui.tui.widgets.moods import Moods  # only then

        await self.therapy.action_room("check-ins")
        self.therapy.screen.query_one(Moods).action_choose(number)

    def _begin_page(self) -> None:
        from therapy_tui.tui.screens.journal_page import JournalPage  # only when one is begun

        vault, day = self.seat.open_vault, self.therapy.today()
        prompt = prompts.of_today(vault, day)
        self.therapy.push_screen(JournalPage(self.seat, journal.blank(vault, day, prompt.id, prompt.text)))

    def _answer(self, part: str) -> None:
        """Answer what is asked for, or go on with what was begun."""
        from therapy_tui.tui.screens.measure import Asking  # as above

        vault = self.seat.open_vault
        due = asked.due(vault, self.therapy.today())
        measure = due[0][0] if part == "asked" and due else today.begun_measure(vault)
        if measure is not None:
            self.therapy.push_screen(Asking(self.seat, measure))

    def action_another(self) -> None:
        """Put another question over today's page."""
        vault, day = self.seat.open_vault, self.therapy.today()
        prompts.another(vault, day)
        self.read_them()

    async def action_other_years(self) -> None:
        """Go to what was written on this day in other years."""
        from therapy_tui.tui.screens.journal_month import MonthOfPages  # only then

        if not journal.on_this_day(self.seat.open_vault, self.therapy.today(), 1):
            self.say("There is no page of this day from an earlier year.")
            return
        await self.therapy.action_room("journal")
        if isinstance(self.therapy.screen, MonthOfPages):
            self.therapy.screen.show_today_before()
