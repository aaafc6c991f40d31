"""One person's measures over time: a chart between named bands, what changed and by which rule, or a plain table."""

from collections.abc import Iterable, Mapping
from functools import partial

from textual.content import Content
from textual.widget import Widget

from therapy_tui.core.people import Contact
from therapy_tui.core.progress import Course, Point
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.text import safe_name
from therapy_tui.services import asked, progress
from therapy_tui.services import progress_words as words
from therapy_tui.services.events import Fact, MessagesChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import PROGRESS, bindings
from therapy_tui.tui.grid import measure as grid_of
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Reader
from therapy_tui.tui.widgets.sheet import Block, Sheet, paragraph
from therapy_tui.tui.widgets.totals import columns, lines

NOTHING = "Nothing was shared yet. What {name} answers and shares stands here, over time."
NO_DIAGNOSIS = "A number is a way to talk about how it is. It is no diagnosis."
WHEN, TOTAL, GAP, BAND, CHANGE = 12, 5, "  ", 18, 10
"""The columns of the table."""
LOW_WINDOW = 24
"""Below so many rows of the window a band takes one row in place of two."""


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
        self._sheet = Sheet(id="course")

    def compose_middle(self) -> Iterable[Widget]:
        """Give the page, which scrolls where it is low."""
        with Reader():
            yield self._sheet

    def on_mount(self) -> None:
        """Let the keys go through the page."""
        self.query_one(Reader).focus()

    def on_screen_resume(self) -> None:
        """Begin at what was answered last; later, read what may have come meanwhile."""
        self.read_them()

    def on_resize(self) -> None:
        """Draw the chart as high as there is room for now."""
        self._show()

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
        course = self.course
        blocks = self._nothing() if course is None else self._blocks(course)
        self._sheet.blocks = (*blocks, *self._asked(), paragraph(NO_DIAGNOSIS, "$quiet"))
        if course is not None:
            place = [each.name for each in self.courses].index(course.name) + 1
            among = f", {place} of {len(self.courses)}" if len(self.courses) > 1 else ""
            self.heading.fact = f"{course.short}{among}"
        self.show_hints()

    def _nothing(self) -> tuple[Block, ...]:
        return (paragraph(NOTHING.format(name=safe_name(self.contact.name))),)

    def _blocks(self, course: Course) -> tuple[Block, ...]:
        """Give the chart or the table, item 9 as it was answered last, what changed, and what is not compared."""
        told = words.told(course, self.seat.now())
        measure, compared = course.measure, course.compared
        apart: tuple[str, ...] = ()
        if measure is not None and compared and not self._as_table:
            rows = 1 if self.app.size.height < LOW_WINDOW else 2
            count, _, _ = columns(measure, len(compared), grid_of(self.app.size.width).prose, rows)
            left_out = f"\nlast {count} of {len(compared)}" if count < len(compared) else ""
            first = Block(partial(_chart, measure, compared, rows), course.short + left_out)
            apart = told.apart
        else:
            first = Block(lambda width: table(course), course.short)  # noqa: ARG005 - it is as wide as it is
        safety = "bold $strong" if told.is_safety_raised else "$text"
        return (
            first,
            *(paragraph(each, safety, is_tight=True) for each in told.safety),
            *([paragraph(" ".join(told.changes))] if told.changes else []),
            *([paragraph("\n".join(apart), "$quiet")] if apart else []),
        )

    def _asked(self) -> tuple[Block, ...]:
        now = self.seat.now()
        standing = asked.asked_of(self.seat.open_vault, self.contact.id)
        lines = [f"{asked.in_words(each)}, since {times.near(each.at, now)}" for each in standing]
        return (paragraph("\n".join(lines), "$quiet", note="asked for"),) if lines else ()

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
        self._sheet.blocks = ()

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


def _chart(measure: Measure, points: tuple[Point, ...], rows: int, width: int) -> list[Content]:
    return lines(measure, points, width, rows)


def table(course: Course) -> list[Content]:
    """Draw a course as lines, the newest first; what is not compared says why in its line."""
    head = f"{'when':<{WHEN}}{'total':>{TOTAL}}{GAP}{'band':<{BAND}}{'from last':<{CHANGE}}from first"
    drawn = [Content.styled(head, "$quiet")]
    for each in reversed(course.points):
        when = (f"{_day(each.at):<{WHEN}}", "$quiet")
        why = words.UNKNOWN if course.measure is None else words.why_apart(each)
        if why:
            drawn.append(Content.assemble(when, (why, "$quiet")))
        else:
            band = each.band.label if each.band else ""
            changes = f"{words.moved(each.since_last):<{CHANGE}}{words.moved(each.since_first)}"
            total = (f"{each.total:>{TOTAL}}", "bold $strong")
            drawn.append(Content.assemble(when, total, f"{GAP}{band:<{BAND}}{changes}"))
        raised = words.safety_words(course.measure, each) if course.measure else ""
        if raised:
            drawn.append(Content.assemble(" " * (WHEN), (raised, "bold $strong")))
    return drawn


def _day(at: int) -> str:
    year, month, day = times.day_of(at)
    return f"{day} {times.MONTHS[month - 1][:3]} {year}" if year else "no day"
