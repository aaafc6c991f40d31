"""Erase a record: only with notes and drawer open, after what would go was said, and with a receipt."""

from pathlib import Path
from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import erasure, retention
from therapy_tui.services.new_files import new_folder
from therapy_tui.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from therapy_tui.tui.screens.record import RecordPage

HELD = "It is held, so it is not erased. End the hold first."
SAFE = "Nothing is erased before they are open, for else they would stay."
REASON = (
    "Its time has not come: {}. Why is it erased before? One line, naming nobody: it stays in the audit log and on the"
    " receipt."
)
NO_RULE = "no rule is set"
RECEIPT = "Into which new folder does the receipt go? It names nobody."
SURE = (
    "Of {name}: {told}. All of it goes, and it cannot be undone. The correspondence ends, and {name} is told. Write the"
    " record out first if it may be asked for. Backups and exports that were made before are not reached."
)
SURE_CLOSED = (
    "Of {name}: {told}. All of it goes, and it cannot be undone. Write the record out first if it may be asked for."
    " Backups and exports that were made before are not reached."
)
ANSWERS = (Choice("keep", "Leave everything as it is"), Choice("erase", "Erase it now", style="crisis"))


def erase(page: "RecordPage") -> None:
    """Ask for all that is needed, one thing after the other; leaving any of it leaves everything as it is."""
    seat = page.seat
    notebook, drawer = seat.notebook, seat.drawer
    if retention.standing(seat.open_vault, page.contact, None).hold is not None:
        page.say(HELD)
        return

    def to_drawer() -> None:
        if drawer.exists:
            page.with_open(drawer, lambda: _ask_reason(page), to_field_of_drawer)
        else:
            _ask_reason(page)

    def to_field_of_drawer(why: str) -> None:
        page.open_by_hand(drawer, why, SAFE, lambda: _ask_reason(page))

    page.with_open(notebook, to_drawer, lambda why: page.open_by_hand(notebook, why, SAFE, to_drawer))


def _ask_reason(page: "RecordPage") -> None:
    vault = page.seat.open_vault
    standing = retention.standing(vault, page.contact, page.seat.notebook)
    if standing.is_due(retention.today(vault)):
        _ask_folder(page, "")
        return
    why = f"it comes on {standing.due}" if standing.due else NO_RULE
    page.ask(REASON.format(why), lambda reason: _ask_folder(page, retention.check_reason(reason)))


def _ask_folder(page: "RecordPage", reason: str) -> None:
    def take(text: str) -> None:
        folder = Path(text.strip()).expanduser()
        if folder.exists():
            raise errors.UsageError(f"{safe_line(str(folder))} is there already. Give a folder that is not there.")
        _ask_sure(page, reason, folder)

    page.ask(RECEIPT, take, f"~/receipt-{page.contact.id.hex()[:6]}")


def _ask_sure(page: "RecordPage", reason: str, folder: Path) -> None:
    seat = page.seat
    counts = erasure.count(seat.open_vault, seat.notebook, seat.drawer, page.contact)
    sure = SURE_CLOSED if page.contact.closed else SURE
    told = sure.format(name=safe_name(page.contact.name), told=erasure.told(counts))

    def take(answer: str) -> None:
        if answer == "erase":
            _erase(page, reason, folder)

    page.decide(told, ANSWERS, take)


def _erase(page: "RecordPage", reason: str, folder: Path) -> None:
    seat, app = page.seat, page.therapy
    erasure.check(
        seat.open_vault, page.contact, retention.standing(seat.open_vault, page.contact, seat.notebook), reason
    )
    new_folder(folder)
    receipt = erasure.erase(seat.open_vault, seat.notebook, seat.drawer, seat.folders, page.contact, reason)
    erasure.write_receipt(receipt, folder)
    seat.wake()
    app.action_triage()
    app.call_after_refresh(app.say, f"Erased. The receipt is in {safe_line(str(folder))}")
