"""A vault's database with one contact and one pair, for the tests of single stores."""

import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.core.people import CLIENT, Pair
from therapy_tui.store import contacts
from therapy_tui.store.database import Database, create_database, open_database
from therapy_tui.store.schema import upgrade

BEA, CAT = b"bea-bea-", b"cat-cat-"
NOW = 1_800_000_000
KEY = bytes(range(32))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Database]:
    """A vault that knows Bea and Cat."""
    yield from a_vault(tmp_path)


def a_vault(folder: Path) -> Iterator[Database]:
    """Put that vault, made once in a process, into a folder, and close it in the end."""
    path = folder / "vault.db"
    path.touch(mode=0o600)
    path.write_bytes(_file())
    made = open_database(path, KEY)
    yield made
    made.close()


@functools.cache
def _file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = create_database(Path(folder) / "vault.db", KEY)
        upgrade(made, "vault")
        contacts.add(made, BEA, "Bea", CLIENT, NOW)
        contacts.add(made, CAT, "Cat", CLIENT, NOW)
        contacts.add_pair(made, a_pair(BEA))
        contacts.add_pair(made, a_pair(CAT))
        made.close()
        return made.path.read_bytes()


def a_pair(contact: bytes, state: str = "current") -> Pair:
    """Make a pair; its id is drawn by the store (1 for Bea, 2 for Cat)."""
    return Pair(
        id=0,
        contact=contact,
        state=state,
        secret=bytes(32),
        mine=b"m" * 32,
        theirs=b"t" * 32,
        card=b"card",
        slot_in=1,
        slot_out=1,
        invite_seed=b"",
        spare=b"",
        spare_given=b"",
        spare_with=b"",
        broken=False,
        reset_at=0,
        reset_wait=0,
        made_at=NOW,
    )


def letter(number: int, text: str = "", *, outgoing: bool = False, contact: bytes = BEA, kind: int = LETTER) -> Message:
    """Make a letter whose id follows from its number and direction."""
    return Message(
        row=0,
        contact=contact,
        id=(b"out" if outgoing else b"in ") + number.to_bytes(13, "big"),
        kind=kind,
        outgoing=outgoing,
        number=number,
        place=0,
        written_at=NOW + number,
        arrived_at=NOW + number,
        state=State.QUEUED if outgoing else State.RECEIVED,
        state_at=NOW,
        reason="",
        seals=0,
        text=text or f"letter {number}",
        tone=0,
        answers=b"",
        raw=b"",
        again=False,
    )
