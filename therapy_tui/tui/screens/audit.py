"""The audit log of a therapist's vault, to read: the newest row first, and whether all of it agrees."""

from collections.abc import Iterable
from functools import partial

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.services import audit, directory
from therapy_tui.services.events import Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.widgets.audit_table import AuditTable
from therapy_tui.tui.widgets.rows import Row, prose

LINES_OF_ONE = 3
"""So many rows of the window are kept for the whole of one row of the log, whose reason may have 200 characters."""
WATCHED = "It agrees with the end that is kept outside the vault."
NOT_WATCHED = "No end is kept outside the vault, so rows that were cut off could only show by the vault's own count."
SOUND = "{rows} agree. {watched} Written down elsewhere, this mark proves later that nothing before is gone: {mark}"
FAULT = "The log does not agree at row {number}. {why} Nothing was repaired: the log is as it was found."


class AuditLog(Place):
    """The log as a table; under it, what a check of it came to."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = "Audit log", ONLY_HERE
        self.table = AuditTable()
        self._verdict = prose("", id="verdict")
        self._row = Row(self._verdict)
        self._whole = prose("", style="quiet", id="whole")
        self._below = Row(self._whole)

    def compose_middle(self) -> Iterable[Widget]:
        """Put what a check came to over the rows, and all of the chosen one below them."""
        yield self._row
        yield self.table
        yield self._below

    def on_mount(self) -> None:
        """Begin at the newest."""
        super().on_mount()
        self._row.display = False
        self._below.styles.height = LINES_OF_ONE
        self._below.styles.margin = (1, 0, 0, 0)
        self.show_log()
        self.table.focus()

    def on_screen_resume(self) -> None:
        """Read it again."""
        super().on_screen_resume()
        self.show_log()

    def take(self, fact: Fact) -> None:
        """Read it again when another process changed the vault."""
        if isinstance(fact, VaultChanged):
            self.show_log()

    def show_log(self) -> None:
        """Read what is in view, and show it."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        people = directory.people(vault, also_closed=True)
        self.table.names = {each.contact.id: each.contact.name for each in people}
        count = audit.count(vault)
        self.heading.fact = _rows(count)
        self.table.show(partial(audit.window, vault), count, self.seat.now())

    def on_table_moved(self) -> None:
        """Show all that the chosen row says: in the table it may be cut."""
        chosen = self.table.chosen
        self._whole.update("" if chosen is None else f"Row {chosen.number}: {self.table.said(chosen)}.")

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys."""
        return ("verify_audit", "line_down", "screen_down", "back")

    def action_verify(self) -> None:
        """Check every row; where one does not agree, say which and go to it."""
        try:
            verdict = audit.verify(self.seat.open_vault)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        fault = verdict.fault
        self._verdict.set_class(fault is not None, "crisis")
        self._row.display = True
        if fault is None:
            told = WATCHED if verdict.is_watched else NOT_WATCHED
            rows = f"{_rows(verdict.rows)}, and all"
            self._verdict.update(SOUND.format(rows=rows, watched=told, mark=verdict.end))
            return
        self._verdict.update(FAULT.format(number=fault.number, why=fault.why))
        self.table.go_to(audit.later_than(self.seat.open_vault, fault.number))

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.table.names = {}
        self.table.clear()
        self._verdict.update("")
        self._whole.update("")


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
