"""Answers that were shared over some weeks, for the screens that are held fast."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from tests.tui.homes import NOW
from therapy_tui.core.asked import MeasureAsked
from therapy_tui.core.bodies import pack_body
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import Message
from therapy_tui.core.shared import SharedAnswers
from therapy_tui.services import measures
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts, messages
from therapy_tui.store.database import Database

DAY = 86_400
BLANK = Message(0, b"", b"", 17, False, 0, 0, 0, 0, State.READ, 0, "", 0, "", 0, b"", b"", False)


def answers_to(name: str, total: int) -> bytes:
    """Give answers that come to a total; what is over goes to the first items, and item 9 of the PHQ-9 last."""
    scoring, count = measures.find(name).scoring, len(measures.find(name).items)
    rest, found = total - count * scoring.item_low, []
    for _ in range(count):
        step = min(rest, scoring.item_high - scoring.item_low)
        found.append(scoring.item_low + step)
        rest -= step
    return bytes(found)


def put_answers(database: Database, contact: bytes, name: str, at: int, answers: bytes) -> None:
    """Put answers there as if they had been shared, in the transaction of the caller."""
    scoring = measures.find(name).scoring
    raw = msgspec.msgpack.encode(SharedAnswers(name, at, scoring.item_low, scoring.item_high, answers))
    put(database, contact, raw, at)


def put(database: Database, contact: bytes, raw: bytes, at: int, kind: int = 17, *, outgoing: bool = False) -> None:
    """Put a message of a kind there, in the transaction of the caller."""
    number = 1 + int(database.value("SELECT coalesce(max(number), 0) FROM messages", (), 0))
    new = replace(
        BLANK, contact=contact, id=contact[:4] + number.to_bytes(12), kind=kind, outgoing=outgoing, number=number
    )
    messages.add(database, replace(new, written_at=at, arrived_at=at, state_at=at, raw=raw))


def over_weeks(
    database: Database, contact: bytes, name: str, totals: Sequence[int], *, until: int = NOW, weeks: int = 2
) -> None:
    """Put one total every so many weeks there, the last today."""
    for back, total in enumerate(reversed(totals)):
        put_answers(database, contact, name, until - back * weeks * 7 * DAY, answers_to(name, total))


def measure_some(seat: Seat) -> Seat:
    """Let Rosa M. have answered for fourteen weeks, and five others more or less of it."""
    database = seat.open_vault.database
    with seat.open_vault.transaction():
        first = next(each.id for each in contacts.every(database) if each.name == "Rosa M.")
        over_weeks(database, first, "phq9", (14, 12, 13, 9, 10, 11, 11, 17))
        put_answers(database, first, "phq9", NOW - 3 * DAY, answers_to("phq9", 11)[:8] + b"\xff")
        over_weeks(database, first, "gad7", (9, 8, 8, 5), until=NOW - DAY)
        over_weeks(database, first, "pcl5", (44, 31, 38), until=NOW - 2 * DAY)
        put(database, first, pack_body(MeasureAsked("phq9", 2, 0)), NOW - 98 * DAY, 23, outgoing=True)
        for name, phq9, gad7 in (
            ("Anneliese von Hohenberg-Achterkamp", (16, 12, 8), (13, 9, 6)),
            ("Ben K.", (12, 20), (8, 9)),
            ("Mo", (9, 3), ()),
            ("Nuala O.", (), ()),
            ("Yusuf D.", (18,), (12,)),
        ):
            other = seat.random(16)
            contacts.add(database, other, name, 1, NOW)
            over_weeks(database, other, "phq9", phq9, until=NOW - DAY)
            over_weeks(database, other, "gad7", gad7, until=NOW - DAY)
    return seat


def ask_some(seat: Seat) -> Seat:
    """Let a client's only contact ask for two questionnaires, and for one that is not known here."""
    database = seat.open_vault.database
    with seat.open_vault.transaction():
        (contact,) = contacts.every(database)
        for back, (name, weeks) in enumerate((("pcl5", 0), ("phq9", 2), ("phq-15", 4))):
            put(database, contact.id, pack_body(MeasureAsked(name, weeks, 0)), NOW - (3 - back) * DAY, 23)
    return seat
