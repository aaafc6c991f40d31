"""Check-ins as a plain table, a row each, the newest first."""

from therapy_tui.core.checkins import LONGEST_TEXT, CheckIn
from therapy_tui.core.text import safe_line
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.table import GAP, Table, dated

MOOD = 3


class Ledger(Table[CheckIn]):
    """How it was, in a number, words and the line."""

    BINDINGS = bindings(PAGES, only=("past_change", "past_erase", "past_chart"))

    def head(self, room: int) -> str:
        """Name the columns."""
        del room
        return f"how{GAP}words, and the line"

    def when_of(self, row: CheckIn) -> str:
        """Write when it was."""
        return when_of(row, self._now)

    def pieces(self, row: CheckIn, room: int) -> list[tuple[str, bool]]:
        """Give the number, and what was said."""
        words = fit(said(row), max(1, room - MOOD - len(GAP)))
        return [(f" {row.mood:<2}", True), (GAP + words, False)]


def said(check_in: CheckIn) -> str:
    """Write the words and the line of a check-in in one row."""
    words = ", ".join(safe_line(word) for word in check_in.words)
    line = safe_line(check_in.text, LONGEST_TEXT)
    return GAP.join(part for part in (words, line) if part)


def when_of(check_in: CheckIn, now: int) -> str:
    """Write when it was, by the day that it was for the person."""
    return dated(check_in.day, check_in.at, now)
