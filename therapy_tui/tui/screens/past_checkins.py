"""How it was: twelve weeks as a chart, all of them as a table, and one of them to change or erase."""

from collections.abc import Iterable
from functools import partial

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.checkins import CheckIn, Unfinished
from therapy_tui.core.mood_charts import LONG, sentence, short_date
from therapy_tui.services import checkins
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.numbers_with import numbers_with
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.screens.checkin_form import CheckInForm
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.ledger import Ledger, said, when_of
from therapy_tui.tui.widgets.rows import Page, Reader, Row, prose
from therapy_tui.tui.widgets.weeks import Weeks

NONE = "There is no check-in yet. A number is enough, with a line if you like."
KEEP, ERASE = "keep", "erase"
ANSWERS = (Choice(KEEP, "Keep it"), Choice(ERASE, "Erase it", "It cannot be brought back."))


class Walk(Reader, can_focus=True, inherit_bindings=False):
    """The page of the chart, on which one goes twelve weeks back and forth."""

    BINDINGS = [
        *Reader.BINDINGS,
        *bindings(only=("past_earlier", "past_later", "past_table")),
    ]

    def action_earlier(self) -> None:
        """Go twelve weeks back."""
        self._go(1)

    def action_later(self) -> None:
        """Go twelve weeks on."""
        self._go(-1)

    def _go(self, step: int) -> None:
        screen = self.screen
        if isinstance(screen, PastCheckIns):
            screen.go(step)


class PastCheckIns(Place):
    """The chart and the table, one at a time.

    Args:
        as_table: whether the table is shown first.
        begin: the check-in of the table that is chosen first; the newest when it is empty.
    """

    CSS_PATH = "checkins.tcss"

    def __init__(self, seat: Seat, *, as_table: bool = False, begin: bytes = b"") -> None:
        super().__init__(seat)
        self.heading.place = "Check-ins"
        self._as_table, self._begin = as_table, begin
        self._back = 0
        self._weeks = Weeks()
        self._said = prose("", style="quiet", id="said")
        self._chart = Walk()
        self._table = Ledger()
        self._none = Page(classes="-centred")

    def compose_middle(self) -> Iterable[Widget]:
        """Lay both into the middle; one of them is seen."""
        with self._chart:
            yield Row(self._weeks, note="twelve weeks", classes="weeks")
            yield Row(self._said)
        yield self._table
        with self._none:
            yield Row(prose(NONE))

    def on_mount(self) -> None:
        """Read them."""
        self.show()
        if self._begin:
            self._table.go_to(checkins.place(self.seat.open_vault, self._begin))

    def on_screen_resume(self) -> None:
        """Read them again."""
        self.show()

    def take(self, fact: Fact) -> None:
        """Read them again when check-ins changed."""
        if isinstance(fact, VaultChanged) or (isinstance(fact, RoomChanged) and fact == checkins.CHANGED):
            self.show()

    def show_line(self) -> None:
        """Say who has the numbers, or that they stay here, in place of what is known of the line."""
        self.heading.right = numbers_with(self.seat)

    def show(self) -> None:
        """Read and show what is seen."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        count = checkins.count(vault)
        self._none.display = not count
        self._chart.display = bool(count) and not self._as_table
        self._table.display = bool(count) and self._as_table
        if self._as_table:
            self.heading.fact = "1 of them" if count == 1 else f"{count:,}, the newest first" if count else ""
            self._table.show(partial(checkins.window, vault), count, self.seat.now())
        else:
            self._show_chart()
        seen = self._table if self._as_table else self._chart
        if seen.display and not seen.has_focus:
            self.set_focus(seen)
        self.show_hints()

    def _show_chart(self) -> None:
        today = checkins.local_day(self.seat.now())
        chart = checkins.chart_of(self.seat.open_vault, today, LONG, self._back)
        self._weeks.shown = chart
        self._said.update(sentence(chart))
        years = f" {chart.last.year}" if str(chart.last.year) != today[:4] else ""
        self.heading.fact = f"{short_date(chart.first)} to {short_date(chart.last)}{years}"

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with what is seen."""
        if self._table.display:
            return ("past_change", "past_erase", "past_chart", "back")
        return ("past_earlier", "past_later", "past_table", "back") if self._chart.display else ("back",)

    def go(self, step: int) -> None:
        """Go to earlier or later weeks, as far as there are numbers, and not beyond today."""
        back = max(0, self._back + step)
        vault = self.seat.open_vault
        first = next(iter(checkins.between(vault)), None)
        end = checkins.chart_of(vault, checkins.local_day(self.seat.now()), LONG, back).last.isoformat()
        if step > 0 and (first is None or end < first.day):
            self.say("There is none before these weeks.")
            return
        if back == self._back:
            self.say("These are the latest weeks.")
            return
        self._back = back
        self.show()

    def action_turn(self) -> None:
        """Show the table in place of the chart, or the chart in place of the table."""
        self._as_table = not self._as_table
        self.show()

    def action_change(self) -> None:
        """Change the chosen one."""
        chosen = self._table.chosen
        if chosen is not None:
            self.therapy.push_screen(ChangeCheckIn(self.seat, chosen))

    def action_erase(self) -> None:
        """Ask before the chosen one is erased."""
        chosen = self._table.chosen
        if chosen is None:
            return
        told = f"{chosen.mood}   {said(chosen)}".strip()
        place = Decide(self.seat, "Erase a check-in", when_of(chosen, self.seat.now()), told, ANSWERS)
        self.therapy.push_screen(place, partial(self._erase, chosen))

    def _erase(self, chosen: CheckIn, answer: str | None) -> None:
        if answer != ERASE or not self.seat.is_open:
            return
        try:
            checkins.erase(self.seat.open_vault, chosen.id)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.say("Erased.")

    def forget(self) -> None:
        """Drop every word and number."""
        self._table.clear()
        self._weeks.shown = None
        self._said.update("")


class ChangeCheckIn(CheckInForm):
    """One that is kept already, to be changed; when it was stays."""

    def __init__(self, seat: Seat, check_in: CheckIn) -> None:
        super().__init__(seat, only_change=True)
        self._check_in = check_in
        self._refused: Unfinished | None = None
        self.heading.place = "Change a check-in"
        self.heading.fact = when_of(check_in, seat.now())

    def compose_middle(self) -> Iterable[Widget]:
        """Show the parts alone."""
        with Page():
            yield from self.form("then")

    def on_mount(self) -> None:
        """Begin with what it says."""
        self.show(Unfinished("", self._check_in.mood, self._check_in.words, self._check_in.text))

    def show_line(self) -> None:
        """Say who has the numbers, or that they stay here, in place of what is known of the line."""
        self.heading.right = numbers_with(self.seat)

    def keep_unfinished(self, now: Unfinished) -> None:
        """Keep the change itself."""
        self._check_in = checkins.change(self.seat.open_vault, self._check_in, now.mood, now.words, now.text)

    def finish(self) -> None:
        """Keep the change and go back; what could not be kept stays here."""
        self.keep()
        if self.unfinished == self._kept:
            self.dismiss()

    def action_back(self) -> None:
        """Do the same; whoever goes back a second time leaves what cannot be kept."""
        if self._refused is not None and self._refused == self.unfinished:
            self.dismiss()
            return
        self.finish()

    def not_kept(self, now: Unfinished) -> None:
        """Remember what was refused."""
        self._refused = now
