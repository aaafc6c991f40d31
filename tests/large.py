"""Vaults with very many letters, made in one transaction, and a meter for what SQLite does with them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apsw

from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.services.vault import Vault
from therapy_tui.store import messages, numbers
from therapy_tui.store.database import Database

WORDS = "'main'."
"""What the index of words asks for its own use; it counts on from one statement to the next."""
COMMON, RARE = "river", "heron"
"""A word that stands in every letter, and one that stands in every thousandth."""
HOUR = 3_600


@dataclass(slots=True)
class Work:
    """What SQLite did."""

    statements: int = 0
    rows: int = 0
    """Rows that statements gave."""
    steps: int = 0
    """Steps of SQLite's own machine, also for rows that no statement gave."""

    def take(self, event: dict[str, Any]) -> None:
        """Count one event of a trace."""
        if event["code"] == apsw.SQLITE_TRACE_ROW:
            self.rows += 1
        elif WORDS not in event["sql"]:
            self.statements += 1
            self.steps += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]


@contextlib.contextmanager
def metered(database: Database) -> Iterator[Work]:
    """Count what SQLite does with a database meanwhile."""
    work = Work()
    mask = apsw.SQLITE_TRACE_PROFILE | apsw.SQLITE_TRACE_ROW
    database._connection.trace_v2(mask, work.take, id=work)
    try:
        yield work
    finally:
        database._connection.trace_v2(0, None, id=work)


def message(contact: bytes, place: int, now: int, *, unread: bool = False) -> Message:
    """Make the letter that stands at a place, from 0; ours and theirs in turn, ours delivered and theirs read."""
    outgoing = place % 2 == 0
    theirs = State.RECEIVED if unread else State.READ
    rare = f" {RARE}" if place % 1_000 < 2 else ""
    return Message(
        row=0,
        contact=contact,
        id=b"large" + place.to_bytes(11),
        kind=LETTER,
        outgoing=outgoing,
        number=place // 2 + 1,
        place=0,
        written_at=now,
        arrived_at=now,
        state=State.DELIVERED if outgoing else theirs,
        state_at=now,
        reason="",
        seals=0,
        text=f"Letter {place} from the {COMMON}{rare}, in a few plain words.",
        tone=0,
        answers=b"",
        raw=b"",
        again=False,
    )


def fill(vault: Vault, contact: bytes, count: int, *, unread: int = 0) -> None:
    """Add so many letters with one contact, as if they had come and gone by the hour; the last `unread` are new."""
    begun = vault.now() - count * HOUR
    with vault.transaction() as database:
        for place in range(count):
            when = begun + place * HOUR
            messages.add(database, message(contact, place, when, unread=place >= count - 2 * unread))
        database.run("UPDATE messages SET proved = 'delivered' WHERE outgoing = 1")
        database.run(
            "UPDATE contacts SET used = ?1, have = ?1, made_at = ?2 WHERE id = ?3", (count // 2, begun, contact)
        )
        numbers.advance_held(database, contact)
