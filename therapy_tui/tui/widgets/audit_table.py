"""The audit log as a plain table: when, what, about whom, and by which way in."""

from rich.cells import cell_len

from therapy_tui.core.audit import Act
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import days
from therapy_tui.tui.commands import AUDIT, PAGES, bindings
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.table import GAP, Table, dated

NUMBER, WHAT, WAY = 7, 14, 10
"""The columns; what stands between gets the rest."""
ROOM_FOR_WAY = 48
"""Below so many cells the way in is told of the chosen row alone."""


class AuditTable(Table[Act]):
    """Rows of the log. What a damaged one holds is shown as far as a terminal may show it."""

    BINDINGS = bindings(PAGES, AUDIT)

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[bytes, str] = {}
        """The names of contacts by their ids."""

    def head(self, room: int) -> str:
        """Name the columns."""
        way = f"{GAP}by" if room >= ROOM_FOR_WAY else ""
        return f"{'row':<{NUMBER}}{'what':<{WHAT}}{_wide('for whom, and why', _between(room))}{way}"

    def when_of(self, row: Act) -> str:
        """Write when it was."""
        return dated(days.day_of(row.at), row.at, self._now)

    def pieces(self, row: Act, room: int) -> list[tuple[str, bool]]:
        """Give the number, what was done, about whom, and the kind of the key slot."""
        return [
            (f"{row.number:<{NUMBER}}", False),
            (_wide(fit(safe_line(row.what), WHAT - 1), WHAT), True),
            (_wide(self.about(row), _between(room)), False),
            *([(GAP + fit(safe_line(row.way), WAY), False)] if room >= ROOM_FOR_WAY else []),
        ]

    def about(self, row: Act) -> str:
        """Say about whom a row is, and its few words."""
        who = self.names.get(row.contact, row.contact.hex()[:12])
        return ", ".join(filter(None, (safe_name(who) if who else "", safe_line(row.detail, 400))))

    def said(self, row: Act) -> str:
        """Say all of a row but when it was."""
        about = self.about(row)
        return f"{safe_line(row.what)}{f' ({about})' if about else ''}, by {safe_line(row.way)}"


def _between(room: int) -> int:
    way = len(GAP) + WAY if room >= ROOM_FOR_WAY else 0
    return max(1, room - NUMBER - WHAT - way)


def _wide(text: str, cells: int) -> str:
    fitted = fit(text, cells)
    return fitted + " " * (cells - cell_len(fitted))
