"""One person's measures over time: a chart between named bands, what changed and by which rule, or a plain table."""

from collections.abc import Iterable, Mapping

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui.core.people import Contact
from therapy_tui.core.progress import Course, Point
from therapy_tui.core.text import safe_name
from therapy_tui.services import asked, progress
from therapy_tui.services import progress_words as words
from therapy_tui.services.events import Fact, MessagesChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import PROGRESS, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Reader, Row, prose
from therapy_tui.tui.widgets.totals import Totals, columns

NOTHING = "Nothing was shared yet. What {name} answers and shares stands here, over time."
NO_DIAGNOSIS = "A number is a way to talk about how it is. It is no diagnosis."
WHEN, TOTAL, BAND, CHANGE = 12, 6, 18, 10
"""The columns of the table."""


class Progress(Place):
    """The measures of one contact, one at a time.

    Args:
        seat: who sits here.
        contact: whose.
        begin: the id of the measure that is shown first; the one that was answered last where it is empty.
    """

    BINDINGS = bindings(PROGRESS)

    def __init__(self, seat: Seat, contact: Contact, begin: str = "") -> None:
        super().__init__(seat)
        self.contact = contact
        self.courses: tuple[Course, ...] = ()
        self._name: str = begin
        self._as_table = False
        self.heading.place, self.heading.who = safe_name(contact.name), "measures over time"
        self._chart = Totals(id="totals")
        self._chart_row = Row(self._chart, note=" ")
        self._table = Static(classes="prose", id="table")
        self._table_row = Row(self._table, note=" ")
        self._said = Static(classes="prose", id="said")
        self._safety = Static(classes="prose", id="safety")
        self._apart = Static(classes="prose quiet", id="apart")
        self._asked = Static(classes="prose quiet", id="asked")
        self._asked_row = Row(self._asked, note="asked for")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the chart, or the table, over what it says."""
        with Reader():
            yield self._chart_row
            yield self._table_row
            yield Row(self._safety, classes="-tight")
            yield Row(self._said)
            yield Row(self._apart)
            yield self._asked_row
            yield Row(prose(NO_DIAGNOSIS, style="quiet"))

    def on_mount(self) -> None:
        """Let the keys go through the page."""
        super().on_mount()
        self.query_one(Reader).focus()

    def on_screen_resume(self) -> None:
        """Begin at what was answered last; later, read what may have come meanwhile."""
        super().on_screen_resume()
        self.read_them()

    def on_resize(self) -> None:
        """Say how many fit now."""
        super().on_resize()
        self.call_after_refresh(self._show_note)

    def take(self, fact: Fact) -> None:
        """Read again when something came, or was taken back."""
        if isinstance(fact, VaultChanged) or fact == MessagesChanged(self.contact.id):
            self.read_them()

    # what is shown

    def read_them(self) -> None:
        """Read what was shared, and stay at the same measure."""
        if not self.seat.is_open:
            return
        self.courses = progress.results_of(self.seat.open_vault, self.contact.id)
        if self._name not in {each.name for each in self.courses}:
            self._name = max(self.courses, key=lambda each: each.points[-1].at).name if self.courses else ""
        self._show()

    @property
    def course(self) -> Course | None:
        """The measure that is shown, or None."""
        return next((each for each in self.courses if each.name == self._name), None)

    def _show(self) -> None:
        if not self.seat.is_open:
            return
        course, now = self.course, self.seat.now()
        self._show_asked()
        if course is None:
            self._fill((), NOTHING.format(name=safe_name(self.contact.name)))
            self.show_hints()
            return
        place = [each.name for each in self.courses].index(course.name) + 1
        self.heading.fact = f"{course.short}, {place} of {len(self.courses)}" if len(self.courses) > 1 else course.short
        told = words.told(course, now)
        measure, compared = course.measure, course.compared
        drawn = compared if measure is not None and not self._as_table else ()
        if measure is not None and drawn:
            self._chart.shown = measure, drawn
            self._show_note()
        self._table.update(Content("\n").join(table(course)))
        self._table_row.set_note(course.short)
        self._fill(drawn, " ".join(told.changes), " ".join(told.safety), told.apart if drawn else ())
        self._safety.set_class(told.is_safety_raised, "strong")
        self.show_hints()

    def _show_note(self) -> None:
        """Name the measure beside the chart, and say how many there is room for where it is not all."""
        course = self.course
        if course is None or course.measure is None:
            return
        every, width = len(course.compared), self._chart.size.width or self.app.size.width
        count, _, _ = columns(course.measure, every, width, self._chart.rows_a_band)
        self._chart_row.set_note(course.short + (f"\nlast {count} of {every}" if count < every else ""))

    def _fill(self, drawn: tuple[Point, ...], said: str, safety: str = "", apart: tuple[str, ...] = ()) -> None:
        self._chart_row.display = bool(drawn)
        self._table_row.display = self.course is not None and not drawn
        self._said.update(Content(said))
        self._safety.update(Content(safety))
        self._apart.update(Content("\n".join(apart)))
        for each, text in ((self._said, said), (self._safety, safety), (self._apart, apart)):
            row = next(one for one in each.ancestors if isinstance(one, Row))
            row.display = bool(text)

    def _show_asked(self) -> None:
        now = self.seat.now()
        standing = asked.asked_of(self.seat.open_vault, self.contact.id)
        lines = [f"{asked.in_words(each)}, since {times.near(each.at, now)}" for each in standing]
        self._asked.update(Content("\n".join(lines)))
        self._asked_row.display = bool(lines)

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        turn = ("progress_turn",) if self.course is not None and self.course.compared else ()
        others = ("progress_before",) if len(self.courses) > 1 else ()
        return (*turn, *others, *(() if self.contact.closed else ("progress_ask",)), "back")

    def hints_now(self) -> tuple[Hint, ...]:
        """Show the two keys for other measures as one."""
        return tuple(
            ("←→", word) if word == self.therapy.hint("progress_before")[1] else (key, word)
            for key, word in super().hints_now()
        )

    def words_now(self) -> Mapping[str, str]:
        """Say that the key leads back to the chart."""
        return {"progress_turn": "as a chart"} if self._as_table else {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Offer to ask only where somebody can be asked."""
        del parameters
        return action != "ask" or not self.contact.closed

    def forget(self) -> None:
        """Drop every number, because the vault is being locked."""
        self.courses = ()
        self._chart.shown = None
        self.query(Row).remove()

    # keys

    def action_go(self, step: int) -> None:
        """Go to another measure, round and round."""
        if self.courses:
            names = [each.name for each in self.courses]
            self._name = names[(names.index(self._name) + step) % len(names)]
            self._show()

    def action_turn(self) -> None:
        """Show the table in place of the chart, or the chart in place of the table."""
        self._as_table = not self._as_table
        self._show()

    def action_ask(self) -> None:
        """Ask for a measure."""
        from therapy_tui.tui.screens.ask_measure import ask_measure  # only when it is asked for

        ask_measure(self, self.contact, self._name)


def table(course: Course) -> list[Content]:
    """Draw a course as lines, the newest first; what is not compared says why in its line."""
    head = f"{'when':<{WHEN}}{'total':<{TOTAL}}{'band':<{BAND}}{'from last':<{CHANGE}}from first"
    lines = [Content.styled(head, "$quiet")]
    for each in reversed(course.points):
        when = (f"{_day(each.at):<{WHEN}}", "$quiet")
        why = words.UNKNOWN if course.measure is None else words.why_apart(each)
        if why:
            lines.append(Content.assemble(when, (why, "$quiet")))
        else:
            band = each.band.label if each.band else ""
            changes = f"{words.moved(each.since_last):<{CHANGE}}{words.moved(each.since_first)}"
            total = (f"{each.total:<{TOTAL}}", "bold $strong")
            lines.append(Content.assemble(when, total, f"{band:<{BAND}}{changes}"))
        raised = words.safety_words(course.measure, each) if course.measure else ""
        if raised:
            lines.append(Content.assemble(" " * (WHEN), (raised, "bold $strong")))
    return lines


def _day(at: int) -> str:
    year, month, day = times.day_of(at)
    return f"{day} {times.MONTHS[month - 1][:3]} {year}" if year else "no day"
