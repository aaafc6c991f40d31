"""How it is now, by one key, over how it was in four weeks."""

from collections.abc import Iterable
from dataclasses import replace

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.checkins import Unfinished
from therapy_tui.core.mood_charts import SHORT, sentence
from therapy_tui.services import checkins
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.numbers_with import numbers_with
from therapy_tui.tui.screens.checkin_form import CheckInForm
from therapy_tui.tui.widgets.dots import Dots, has_ends
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Page, Row, prose

NO_NUMBER = "A day without a number is just a day."
KEPT_ELSEWHERE = "Another window kept it."
MOVED_ON = "Another window changed this check-in. Look at it before it is kept."
BOTH_STAND = "Another window wrote on this check-in too. What both wrote stands here."
ENDS = "○ a day's lowest and highest."
ROOMY = 28
"""From so many rows on there is room to say so."""


class CheckIns(CheckInForm):
    """Numbers, a line, and four weeks as dots."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Check-in"
        self._dots = Dots()
        self._sentence = prose("", style="quiet", id="sentence")
        self._day = ""
        """The day of what is being made: it stays that of its beginning when midnight comes."""

    def compose_middle(self) -> Iterable[Widget]:
        """Put how it is over how it was."""
        with Page():
            yield from self.form("right now")
            yield Row(self._dots, note="four weeks", classes="chart")
            yield Row(self._sentence, classes="said")

    def on_mount(self) -> None:
        """Begin with what was not finished, if there is something."""
        self._show_chart()
        unkept, lies = self.seat.unkept_check_in, self._lies()
        self.show(lies)
        if unkept is not None:
            self.show(replace(unkept, mood=unkept.mood if unkept.day == self._day else 0))
            self._kept = lies

    def on_screen_resume(self) -> None:
        """Show what may have changed meanwhile."""
        self._show_chart()

    def show_line(self) -> None:
        """Say who has the numbers, or that they stay here, in place of what is known of the line."""
        self.heading.right = numbers_with(self.seat)

    def take(self, fact: Fact) -> None:
        """Draw the dots again when check-ins changed."""
        if isinstance(fact, VaultChanged) or (isinstance(fact, RoomChanged) and fact == checkins.CHANGED):
            self._show_chart()
            self._follow()
        self.show_line()

    def _follow(self) -> None:
        """Show what another window made of it, or that it kept it, while nothing here waits to be kept."""
        before = self.unfinished
        if not self.seat.is_open or before != self._kept:
            return
        there = self._lies()
        if there != before:
            self.show(there)
            if there.is_empty:
                self.say(KEPT_ELSEWHERE)

    def _lies(self) -> Unfinished:
        """Read what lies in the vault; where nothing was being made here, what is made from now on is of today."""
        if self._kept.is_empty:
            self._day = checkins.local_day(self.seat.now())
        return checkins.begun(self.seat.open_vault, self._day)

    def _show_chart(self) -> None:
        if not self.seat.is_open:
            return
        now = self.seat.now()
        self.heading.fact = times.day(now, now)
        chart = checkins.chart_of(self.seat.open_vault, checkins.local_day(now), SHORT)
        self._dots.shown = chart
        told = [sentence(chart)]
        if not chart.days:
            told.append(NO_NUMBER)
        elif has_ends(chart) and self.app.size.height >= ROOMY:
            told.append(ENDS)
        self._sentence.update(" ".join(told))

    def on_resize(self) -> None:
        """Draw the chart as the window has room for it."""
        self._show_chart()
        self._dots.fit()

    def more_hints(self) -> tuple[Hint, ...]:
        """Name the ways to how it was."""
        return (self.therapy.hint("mood_table"), self.therapy.hint("mood_weeks"))

    def action_share(self) -> None:
        """Share the numbers, once or from now on."""
        from therapy_tui.tui.screens.share_numbers import share_numbers  # only when it is asked for

        self.keep()
        share_numbers(self)

    # keeping

    def keep_unfinished(self, now: Unfinished) -> None:
        """Keep the draft; what another window wrote on it meanwhile is shown with it."""
        if self._kept.is_empty:
            self._day = checkins.local_day(self.seat.now())
        kept = checkins.keep_draft(self.seat.open_vault, replace(now, day=self._day), self._kept)
        self.seat.unkept_check_in = None
        if replace(kept, day="") != now:
            self.show(kept)
            self.say(BOTH_STAND)

    def not_kept(self, now: Unfinished) -> None:
        """Hold the draft in memory, also over a lock."""
        self.seat.unkept_check_in = replace(now, day=self._day)

    def finish(self) -> None:
        """Keep it; the numbers are free again. What another window made of it is looked at before."""
        now = self.unfinished
        try:
            if self._lies() != self._kept:
                self.keep()
                self._follow()
                if self.unfinished != now:  # or else it would be kept twice
                    self.say(KEPT_ELSEWHERE if self.unfinished.is_empty else MOVED_ON)
                    return
            kept = checkins.add(self.seat.open_vault, now.mood, now.words, now.text)
        except errors.TherapyError as error:
            self.keep()
            self.say(str(error), failed=True)
            return
        self.seat.unkept_check_in = None
        self.show(Unfinished(""))
        self.moods.focus()
        self.say(f"{kept.mood} kept at {times.clock(kept.at)}.")

    def forget(self) -> None:
        """Drop every word and every dot."""
        super().forget()
        self._dots.shown = None
        self._sentence.update("")

    # how it was

    def action_weeks(self) -> None:
        """Show twelve weeks."""
        self._look_back(as_table=False)

    def action_table(self) -> None:
        """Show all of them as a table."""
        self._look_back(as_table=True)

    def _look_back(self, *, as_table: bool) -> None:
        from therapy_tui.tui.screens.past_checkins import PastCheckIns  # only when it is asked for

        self.keep()
        self.therapy.push_screen(PastCheckIns(self.seat, as_table=as_table))

    def action_last(self) -> None:
        """Change the last one."""
        from therapy_tui.tui.screens.past_checkins import ChangeCheckIn  # as above

        last = checkins.latest(self.seat.open_vault)
        if last is None:
            self.say("There is no check-in yet.")
            return
        self.keep()
        self.therapy.push_screen(ChangeCheckIn(self.seat, last))
