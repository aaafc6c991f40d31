"""The audit log of a therapist's vault, to read: the newest row first, and whether all of it agrees."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.services import audit, directory
from therapy_tui.services.events import Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.widgets.audit_table import AuditTable
from therapy_tui.tui.widgets.rows import Row, prose

if TYPE_CHECKING:
    from textual.worker import Worker

LINES_OF_ONE = 3
"""So many rows of the window are kept for the whole of one row of the log, whose reason may have 200 characters."""
TOLD_EVERY = 5_000
"""After so many rows it is said how far the check has come."""
CHECKING = "It is being checked: {agreed:,} of {rows} agree so far."
STOPPED = "The check was stopped, so it says nothing of the log."
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
        self._checking: Worker[None] | None = None

    def compose_middle(self) -> Iterable[Widget]:
        """Put what a check came to over the rows, and all of the chosen one below them."""
        yield self._row
        yield self.table
        yield self._below

    def on_mount(self) -> None:
        """Begin at the newest."""
        self._row.display = False
        self._below.styles.height = LINES_OF_ONE
        self._below.styles.margin = (1, 0, 0, 0)
        self.show_log()
        self.table.focus()

    def on_screen_resume(self) -> None:
        """Read it again."""
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
        """Name the keys; while it is checked, the one that stops that."""
        first, last = ("stop_check", ()) if self._is_checking else ("verify_audit", ("back",))
        return (first, "line_down", "screen_down", *last)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Stop only what goes on; else the same key leads back."""
        del parameters
        return action != "stop" or self._is_checking

    # the check

    def action_verify(self) -> None:
        """Check every row; where one does not agree, say which and go to it."""
        if self._checking is None:
            self._checking = self.run_worker(self._check())
            self.show_hints()

    def action_stop(self) -> None:
        """Stop checking; what was found so far is no verdict."""
        if self._checking is not None:
            self._checking.cancel()
            self._end_check()
            self._row.display = False
            self.say(STOPPED)

    @property
    def _is_checking(self) -> bool:
        return self._checking is not None

    def _end_check(self) -> None:
        self._checking = None
        self.show_hints()

    async def _check(self) -> None:
        """Check some rows at a time, and let the keys and the screen in between: one thread has the vault."""
        vault = self.seat.open_vault
        count = _rows(audit.count(vault))
        checking, told = audit.check(vault), 0
        self._verdict.set_class(False, "crisis")
        while vault.database.is_open:
            try:
                agreed = next(checking)
            except StopIteration as done:
                self._tell(done.value)
                break
            except errors.TherapyError as error:
                self._row.display = False
                self.say(str(error), failed=True)
                break
            if agreed >= told + TOLD_EVERY or not told:
                told = agreed
                self._row.display = True
                self._verdict.update(CHECKING.format(agreed=agreed, rows=count))
            await asyncio.sleep(0)
        self._end_check()

    def _tell(self, verdict: audit.Verdict) -> None:
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
        if self._checking is not None:
            self._checking.cancel()
            self._end_check()
        self.table.names = {}
        self.table.clear()
        self._verdict.update("")
        self._whole.update("")


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
