"""A month of the journal at a glance, with its pages beside it: what is shown, and how one goes through it."""

from collections.abc import Iterable
from datetime import date, timedelta

from textual.widget import Widget

from therapy_tui.services import checkins, journal, sharing
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.times import MONTHS
from therapy_tui.tui.widgets.month import MonthView, Shown
from therapy_tui.tui.widgets.pages import Pages
from therapy_tui.tui.widgets.rows import Across, Page, Row, prose

MOST_OF_A_DAY = 60


class MonthOfPages(Place):
    """The pages of one month, or of one day in other years."""

    CSS_PATH = "journal.tcss"
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Journal"
        self.month_view = MonthView(id="month")
        self.pages = Pages(id="pages")
        self.desk = Across(self.month_view, self.pages, id="months")
        self.empty = Page(classes="-centred")
        self._year, self._month = 1, 1
        self._same_day = ""
        """The day whose pages of other years are shown, or empty."""
        self._has_before = False
        """Whether something was written on today's day in other years."""

    def compose_middle(self) -> Iterable[Widget]:
        """Put the month beside its pages; without any page, say what this is for."""
        yield self.desk
        with self.empty:
            yield Row(prose("Pages for yourself.", style="strong"))
            yield Row(prose("Nobody reads them unless you send one. A page can be three words."))

    def on_mount(self) -> None:
        """Begin at the newest page of this month."""
        self.action_this_month()
        self.pages.focus()

    def on_screen_resume(self) -> None:
        """Read the pages again."""
        self.read_pages(keep=True)

    # what is shown

    def read_pages(self, *, keep: bool = False) -> None:
        """Read the month and its pages, and show them."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        any_page = bool(journal.count(vault))
        self.desk.display, self.empty.display = any_page, not any_page
        self._has_before = bool(journal.on_this_day(vault, self.therapy.today(), 1))
        if self._same_day:
            found = journal.on_this_day(vault, self._same_day, MOST_OF_A_DAY)
            self.pages.show(lambda skip, most: found[skip : skip + most], len(found), with_years=True, keep=keep)
        else:
            year, number = self._year, self._month
            count = journal.month(vault, year, number).entries
            self.pages.show(lambda skip, most: journal.of_month(vault, year, number, skip, most), count, keep=keep)
        self._show_month()
        self._say_where()
        self.show_hints()

    def _show_month(self) -> None:
        """Show the month of the chosen page."""
        chosen = self.pages.current
        day = date.fromisoformat(chosen.day) if chosen else date(self._year, self._month, 1)
        month = journal.month(self.seat.open_vault, day.year, day.month)
        first, last = journal.ends(day.year, day.month)
        said = checkins.by_day(self.seat.open_vault, first, last)
        today = date.fromisoformat(self.therapy.today())
        self.month_view.shown = Shown(
            day.year,
            day.month,
            {int(each.day[8:]): each.mood for each in month.days},
            {int(each.day[8:]): each.level for each in said},
            day.day if chosen else 0,
            today.day if (today.year, today.month) == (day.year, day.month) else 0,
            self.therapy.hint("today_before")[0] if self._has_before else "",
        )

    def _say_where(self) -> None:
        if self._same_day:
            day = date.fromisoformat(self._same_day)
            self.heading.who = f"{day.day} {MONTHS[day.month - 1]} in other years"
        else:
            self.heading.who = f"{MONTHS[self._month - 1]} {self._year}"
        count = self.pages.count
        told = f"{count} page{'' if count == 1 else 's'}" if count else ""
        is_month = count and not self._same_day
        shared = sharing.pages_shared(self.seat.open_vault, self._year, self._month) if is_month else 0
        self.heading.right = f"{told} · {f'{shared} shared' if shared else ONLY_HERE}" if told else ONLY_HERE

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        if not self.pages.count and not self._same_day:
            return ("write_page", "prompted", "month_back", "back")
        pages = ("open_page", "write_page", "prompted", "month_back", "share_chosen")
        before = ("today_before",) if self._has_before else ()
        return (*pages, "search_pages", "on_this_day", *before, "back")

    def hints_now(self) -> tuple[tuple[str, str], ...]:
        """Show the two keys for months as one."""
        return tuple(("←→", word) if word == "month" else (key, word) for key, word in super().hints_now())

    def take(self, fact: Fact) -> None:
        """Read the pages again when some changed, or a check-in did."""
        if isinstance(fact, VaultChanged) or fact in {RoomChanged("journal"), checkins.CHANGED}:
            self.read_pages(keep=True)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.pages.clear()
        self.month_view.shown = None

    # going

    def action_go(self, step: int) -> None:
        """Go from page to page."""
        if self.pages.go(step):
            self._show_month()

    def action_month(self, step: int) -> None:
        """Go to the nearest month with a page, before or after; from other years back to the month."""
        if self._same_day:
            self.action_this_month()
            return
        first = date(self._year, self._month, 1)
        edge = first.replace(day=28) + timedelta(days=4) if step > 0 else first
        after = (edge.replace(day=1) - timedelta(days=1)).isoformat() if step > 0 else first.isoformat()
        day = journal.neighbour(self.seat.open_vault, after, later=step > 0)
        if day:
            self._year, self._month = _month_of(day)
        elif step > 0:
            self._year, self._month = _month_of(self.therapy.today())
        else:
            self.say("There is no page before.")
        self.read_pages()

    def action_this_month(self) -> None:
        """Go to this month."""
        self._same_day = ""
        self._year, self._month = _month_of(self.therapy.today())
        self.read_pages()

    def action_on_this_day(self) -> None:
        """Show the day of the chosen page in other years, and the month again."""
        if self._same_day:
            self.action_this_month()
        else:
            self._show_years(self.pages.current.day if self.pages.current else self.therapy.today())

    def action_today_before(self) -> None:
        """Show today's day in other years, whichever page is chosen, and the month again."""
        if self._same_day == self.therapy.today():
            self.action_this_month()
        else:
            self.show_today_before()

    def show_today_before(self) -> None:
        """Show today's day in other years."""
        self._show_years(self.therapy.today())

    def _show_years(self, day: str) -> None:
        if not journal.on_this_day(self.seat.open_vault, day, 1):
            self.say("There is no page of this day from an earlier year.")
            return
        self._same_day = day
        self.read_pages()


def _month_of(day: str) -> tuple[int, int]:
    return int(day[:4]), int(day[5:7])
