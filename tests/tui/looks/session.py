"""A therapist's session notes, for the screens that are held fast."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.homes import NOW, make_seat
from tests.tui.letters import DAY
from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST
from therapy_tui.crypto.slots import Cost, KeyringWay, PassphraseWay
from therapy_tui.services import access, drawer, making, note_signing, notes, process
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts

PASSPHRASE = "correct horse battery"
EARLIER = "## Data\n\nWrote every second day. PHQ-9 11.\n\n## Assessment\n\nIt holds.\n\n## Plan\n\nGo on as agreed."
DATA = (
    "Wrote that they stopped opening the post on Wednesday and have not been to work. Says plainly not in danger."
    " Reminded me of our agreement: a small question, not a big one. PHQ-9 17, up 6."
)
ASSESSMENT = (
    "Sleep first, then the post. Withdrawal looks like October last year, but this time they wrote about it on the"
    " fourth day and not after three weeks."
)


def hours(path: Path) -> Seat:
    """Seat a therapist with three notes: one signed and added to, one that was altered after it, one not signed."""
    seat = make_seat(path, name="Dr. Osei", role=THERAPIST, contact="R. M.")
    seat.notebook.open(seat.notebook.fetch_key())
    facts: dict[str, str | int] = {"minutes": 50, "modality": "in writing", "codes": "90834, F32.1"}
    seat.now = seat.notebook.now = lambda: NOW - 20 * DAY
    first = _keep(seat, text=EARLIER, format="dap", hour="2026-10-30 15:00", **facts)
    note_signing.sign(seat.notebook, first)
    begun = note_signing.addition(seat.notebook, first)
    added = replace(begun, text="They wrote later that it was the Tuesday, not the Monday.")
    note_signing.sign(seat.notebook, notes.keep(seat.notebook, begun, added))
    seat.now = seat.notebook.now = lambda: NOW - 10 * DAY
    second = _keep(seat, text="A call.")
    note_signing.sign(seat.notebook, second)
    seat.notebook.database.run("UPDATE notes SET text = 'A long call.' WHERE id = ?", (second.id,))
    seat.now = seat.notebook.now = lambda: NOW
    _keep(
        seat,
        text=f"## Data\n\n{DATA}\n\n## Assessment\n\n{ASSESSMENT}",
        format="dap",
        hour="2026-11-13 15:00",
        minutes=50,
    )
    return seat


def _keep(seat: Seat, **other: str | int) -> Note:
    new = notes.blank(seat.notebook, contacts.every(seat.open_vault.database)[0].id)
    return notes.keep(seat.notebook, new, replace(new, **other))  # type: ignore[arg-type]  # each of its own type


def thinking(path: Path) -> Seat:
    """Seat the same therapist with an open drawer and two thoughts in it."""
    seat = drawerless(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "new_cost", Cost)
        seat.drawer.open(drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random))
    for text in (
        "Why do I count the days with them, and with nobody else?",
        "Tired before the hour began. Not theirs.",
    ):
        new = process.blank(seat.drawer, contacts.every(seat.open_vault.database)[0].id)
        process.keep(seat.drawer, new, replace(new, text=text))
    return seat


def drawerless(path: Path) -> Seat:
    """Seat the same therapist with a passphrase, and no drawer yet."""
    seat = hours(path)
    way = KeyringWay({each: ("Dr. Osei" + each).encode().ljust(32)[:32] for each in access.DATABASES})
    access.add_way(seat.folders, way, PassphraseWay(PASSPHRASE, Cost()), seat.random)
    return seat


SESSION: dict[str, tuple[Callable[[Path], Seat], tuple[str, ...]]] = {
    "session notes": (hours, ("f5",)),
    "a session note": (hours, ("f5", "enter", "enter")),
    "a session note, its format": (hours, ("f5", "enter", "enter", "ctrl+f")),
    "a session note, the hour": (hours, ("f5", "enter", "enter", "ctrl+e")),
    "a session note, being signed": (hours, ("f5", "enter", "enter", "ctrl+d")),
    "a session note, free": (hours, ("f5", "enter", "enter", "ctrl+f", "home", "up", "up", "enter")),
    "a signed note": (hours, ("f5", "end", "enter")),
    "a signed note, added to": (hours, ("f5", "end", "enter", "a", *"Tuesday.")),
    "a note that was altered": (hours, ("f5", "down", "enter")),
    "process notes": (thinking, ("f5", "ctrl+p")),
    "process notes, no drawer yet": (drawerless, ("f5", "ctrl+p")),
    "a process note": (thinking, ("f5", "ctrl+p", "enter")),
}
"""Each name with who sits there, and the keys that lead to the screen."""
