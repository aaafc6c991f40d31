"""The audit log as a plain table: when, what, about whom, and by which way in."""

from rich.cells import cell_len

from therapy_tui.core.audit import Act
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services.arranged_words import whole_moment
from therapy_tui.tui.commands import AUDIT, PAGES, bindings
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.table import GAP, Table

NUMBER, WHAT, WAY = 7, 14, 10
"""The columns; what stands between gets the rest."""


class AuditTable(Table[Act]):
    """Rows of the log. What a damaged one holds is shown as far as a terminal may show it."""

    BINDINGS = bindings(PAGES, AUDIT)
    WHEN = 18

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[bytes, str] = {}
        """The names of contacts by their ids."""

    def head(self, room: int) -> str:
        """Name the columns."""
        return f"{'row':<{NUMBER}}{'what':<{WHAT}}{_wide('for whom, and why', self._between(room))}{GAP}by"

    def when_of(self, row: Act) -> str:
        """Write when it was."""
        return whole_moment(row.at)

    def pieces(self, row: Act, room: int) -> list[tuple[str, bool]]:
        """Give the number, what was done, about whom, and the kind of the key slot."""
        who = self.names.get(row.contact, row.contact.hex()[:12])
        about = ", ".join(filter(None, (safe_name(who) if who else "", safe_line(row.detail, 400))))
        return [
            (f"{row.number:<{NUMBER}}", False),
            (_wide(fit(safe_line(row.what), WHAT - 1), WHAT), True),
            (_wide(about, self._between(room)), False),
            (GAP + fit(safe_line(row.way), WAY), False),
        ]

    def _between(self, room: int) -> int:
        return max(8, room - NUMBER - WHAT - len(GAP) - WAY)


def _wide(text: str, cells: int) -> str:
    fitted = fit(text, cells)
    return fitted + " " * (cells - cell_len(fitted))
