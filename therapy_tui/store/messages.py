"""Letters: add, move, read in windows, search; and drafts."""

from collections.abc import Iterator

import msgspec

from therapy_tui.core.delivery import Event, State, after
from therapy_tui.core.messages import Draft, Message
from therapy_tui.store import numbers
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one

AT_ONCE = 50
"""How many letters are read at a time where all are wanted; one may have 20,000 characters."""
_ORDER = "place {0}, number {0}, row {0}"
# Indexes are named where SQLite, which does not know how many letters have which state, would go along another.
_OURS = "messages INDEXED BY messages_state WHERE outgoing = 1"
_UNREAD = "messages INDEXED BY messages_unread WHERE contact = ? AND outgoing = 0 AND state = 'received'"


class Tally(msgspec.Struct, frozen=True):
    """How many letters there are with one contact."""

    letters: int
    theirs: int
    unread: int
    proved: int
    """Ours that a receipt has proved to be there."""
    last_at: int
    """When the last came or went, 0 when there is none."""


NO_LETTERS = Tally(0, 0, 0, 0, 0)


def add(database: Database, message: Message) -> bool:
    """Add a letter unless (contact, id) is there already; give whether it was added.

    `row` and `place` are drawn here. A letter of theirs with a smaller number than some that are already here takes its
    place before them.
    """
    place = None
    if not message.outgoing:
        place = numbers.place_before_later(database, message.contact, message.number)
    if place is None:
        place = 1 + int(database.value("SELECT max(place) FROM messages WHERE contact = ?", (message.contact,), 0))
    return bool(
        database.run(
            "INSERT INTO messages (contact, id, kind, outgoing, number, place, written_at, arrived_at, state, state_at,"
            " text, tone, answers, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (contact, id) DO NOTHING",
            (
                message.contact,
                message.id,
                message.kind,
                message.outgoing,
                message.number,
                place,
                message.written_at,
                message.arrived_at,
                message.state,
                message.state_at,
                message.text,
                message.tone,
                message.answers,
                message.raw,
            ),
        )
    )


def get(database: Database, contact: bytes, message_id: bytes) -> Message | None:
    """Read one letter, or None."""
    return select_one(database, Message, "messages WHERE contact = ? AND id = ?", (contact, message_id))


def move(database: Database, contact: bytes, message_id: bytes, event: Event, now: int, reason: str = "") -> bool:
    """Move a letter of ours by the delivery table; give whether its state changed."""
    row = database.one(
        "SELECT state FROM messages WHERE contact = ? AND id = ? AND outgoing = 1", (contact, message_id)
    )
    if row is None:
        return False
    state = after(State(row[0]), event)
    if state == row[0]:
        return False
    database.run(
        "UPDATE messages SET state = ?1, state_at = ?2, reason = ?3,"
        " proved = CASE WHEN ?1 IN ('delivered', 'read') THEN ?1 ELSE proved END WHERE contact = ?4 AND id = ?5",
        (state, now, reason, contact, message_id),
    )
    return True


def return_to_proved(database: Database, contact: bytes, message_id: bytes, now: int) -> bool:
    """Give a letter the state back that a receipt had proved, if any; tell whether there was one."""
    return bool(
        database.run(
            "UPDATE messages SET state = proved, state_at = ? WHERE contact = ? AND id = ? AND proved != ''",
            (now, contact, message_id),
        )
    )


def explain(database: Database, contact: bytes, message_id: bytes, reason: str) -> None:
    """Keep why a letter still waits."""
    database.run("UPDATE messages SET reason = ? WHERE contact = ? AND id = ?", (reason, contact, message_id))


def by_short(database: Database, contact: bytes, short: bytes) -> bytes | None:
    """Give the id of our letter whose first eight bytes are `short`, or None."""
    row = database.one(
        "SELECT id FROM messages WHERE contact = ? AND id >= ? AND id < ? AND outgoing = 1",
        (contact, short + bytes(8), short + b"\xff" * 9),
    )
    return None if row is None else bytes(row[0])


def beginning(database: Database, contact: bytes, short: bytes) -> Message | None:
    """Read the letter, of either side, whose id begins with `short` (8 bytes), or None."""
    where = "messages WHERE contact = ? AND id >= ? AND id <= ? ORDER BY id LIMIT 1"
    return select_one(database, Message, where, (contact, short + bytes(8), short + b"\xff" * 8))


def count_seal(database: Database, contact: bytes, message_id: bytes) -> int:
    """Count one more sealing of a letter without a receipt, and give the count."""
    database.run("UPDATE messages SET seals = seals + 1 WHERE contact = ? AND id = ?", (contact, message_id))
    return int(database.value("SELECT seals FROM messages WHERE contact = ? AND id = ?", (contact, message_id), 0))


def reset_seals(database: Database, contact: bytes, message_id: bytes) -> None:
    """Begin the count anew, after a receipt or when a person sends it again."""
    database.run("UPDATE messages SET seals = 0 WHERE contact = ? AND id = ?", (contact, message_id))


def mark_again(database: Database, contact: bytes, message_id: bytes) -> None:
    """Keep that a letter was sent again after healing."""
    database.run("UPDATE messages SET again = 1 WHERE contact = ? AND id = ?", (contact, message_id))


def unconfirmed(database: Database, contact: bytes, have: int | None, limit: int) -> list[Message]:
    """Read our letters that are not delivered or have a number above `have`, at most the newest `limit`, in order."""
    newest = select(
        database,
        Message,
        f"messages WHERE row IN (SELECT row FROM {_OURS} AND contact = ?1"  # noqa: S608 - a constant
        " AND state IN ('queued', 'sent') ORDER BY number DESC LIMIT ?3)"
        " OR row IN (SELECT row FROM messages WHERE contact = ?1 AND outgoing = 1 AND number > ?2"
        " AND state != 'failed' ORDER BY number DESC LIMIT ?3)"
        " ORDER BY number DESC LIMIT ?3",
        (contact, 2**33 if have is None else have, limit),
    )
    return newest[::-1]


def passed(database: Database, until: int, later: int, seals: int, limit: int) -> list[Message]:
    """Read our letters that others have overtaken: a relay has them, a later one is proved to be there, these are not.

    Args:
        database: the open vault.
        until: a relay took them by then.
        later: the proof came at least so many seconds after that.
        seals: they were sealed less often.
        limit: how many at the most.
    """
    return select(
        database,
        Message,
        f"{_OURS} AND state = 'sent' AND state_at <= ? AND seals < ?"  # noqa: S608 - a constant
        " AND contact IN (SELECT id FROM contacts WHERE trust != 'changed' AND closed = '')"
        " AND EXISTS (SELECT 1 FROM messages AS after WHERE after.contact = messages.contact AND after.outgoing = 1"
        " AND after.number > messages.number AND after.proved != '' AND after.state_at >= messages.state_at + ?)"
        " LIMIT ?",
        (until, seals, later, limit),
    )


def waiting_for_seal(database: Database) -> list[bytes]:
    """Give the contacts to whom letters wait that could be sealed now."""
    rows = database.all(
        "SELECT DISTINCT pairs.contact FROM pairs JOIN contacts ON contacts.id = pairs.contact"
        " WHERE pairs.state = 'current' AND trust != 'changed' AND closed = ''"
        " AND EXISTS (SELECT 1 FROM ratchets WHERE pair = pairs.id)"
        " AND EXISTS (SELECT 1 FROM messages WHERE messages.contact = pairs.contact AND outgoing = 1"
        " AND messages.state = 'queued'"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE pair = pairs.id AND message = messages.id))"
    )
    return [bytes(row[0]) for row in rows]


def unsealed(database: Database, contact: bytes, limit: int = 2**31) -> list[Message]:
    """Read our queued letters that have no sealed bytes yet, in order."""
    return select(
        database,
        Message,
        f"{_OURS} AND contact = ?1 AND state = 'queued' AND NOT EXISTS"  # noqa: S608 - a constant
        " (SELECT 1 FROM outbox JOIN pairs ON pairs.id = outbox.pair"
        " WHERE outbox.message = messages.id AND pairs.contact = ?1)"
        " ORDER BY number LIMIT ?2",
        (contact, limit),
    )


def queued_to(database: Database, contact: bytes) -> list[bytes]:
    """Give the ids of our letters to a contact that wait, in order."""
    rows = database.all(
        f"SELECT id FROM {_OURS} AND contact = ? AND state = 'queued' ORDER BY number",  # noqa: S608 - a constant
        (contact,),
    )
    return [bytes(row[0]) for row in rows]


def unsent(database: Database) -> list[Message]:
    """Read all our letters that wait or could not go, oldest first."""
    return select(database, Message, f"{_OURS} AND state IN ('queued', 'failed') ORDER BY row")


def count_unsent(database: Database) -> tuple[int, int]:
    """Count our letters that wait, and those that could not go."""
    row = database.one(
        "SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'failed')"  # noqa: S608 - as above
        f" FROM {_OURS} AND state IN ('queued', 'failed')"
    )
    waiting, failed = row or (0, 0)
    return int(waiting), int(failed)


def before(database: Database, contact: bytes, place: tuple[int, int, int] | None, limit: int) -> list[Message]:
    """Read up to `limit` letters that come before `place` (place, number, row), or the newest; in order."""
    where, values = ("", ()) if place is None else (" AND (place, number, row) < (?, ?, ?)", place)
    rest = f"messages WHERE contact = ?{where} ORDER BY {_ORDER.format('DESC')} LIMIT ?"
    return select(database, Message, rest, (contact, *values, limit))[::-1]


def since(database: Database, contact: bytes, place: tuple[int, int, int], limit: int) -> list[Message]:
    """Read up to `limit` letters that come after `place` (place, number, row), in order."""
    rest = f"messages WHERE contact = ? AND (place, number, row) > (?, ?, ?) ORDER BY {_ORDER.format('ASC')} LIMIT ?"
    return select(database, Message, rest, (contact, *place, limit))


def every(database: Database, contact: bytes, at_once: int = AT_ONCE) -> Iterator[Message]:
    """Read the whole conversation, in order, a few letters at a time."""
    place = (-1, -1, -1)
    while window := since(database, contact, place, at_once):
        yield from window
        last = window[-1]
        place = (last.place, last.number, last.row)


def first_unread(database: Database, contact: bytes) -> Message | None:
    """Read the oldest letter of theirs that was not shown yet, or None."""
    rest = f"{_UNREAD} ORDER BY {_ORDER.format('ASC')} LIMIT 1"
    return select_one(database, Message, rest, (contact,))


def unread(database: Database, contact: bytes, limit: int) -> list[bytes]:
    """Give the ids of the oldest letters of theirs that were not shown yet, in order."""
    rest = f"{_UNREAD} ORDER BY {_ORDER.format('ASC')} LIMIT ?"
    return [bytes(row[0]) for row in database.all(f"SELECT id FROM {rest}", (contact, limit))]  # noqa: S608 - constants


def is_unread(database: Database, contact: bytes, message_id: bytes) -> bool:
    """Tell whether a letter is theirs and was not shown yet."""
    rest = "SELECT 1 FROM messages WHERE contact = ? AND id = ? AND outgoing = 0 AND state = 'received'"
    return database.one(rest, (contact, message_id)) is not None


def tally(database: Database, contact: bytes) -> Tally:
    """Count the letters with one contact; nothing is read but the count."""
    return select_one(database, Tally, "tallies WHERE contact = ?", (contact,)) or NO_LETTERS


def count_theirs(database: Database) -> int:
    """Count the letters of others that are here."""
    return int(database.value("SELECT sum(theirs) FROM tallies", (), 0))


def mark_read(database: Database, contact: bytes, message_id: bytes, now: int) -> bool:
    """Keep that a letter of theirs was shown; give whether that is new."""
    return bool(
        database.run(
            "UPDATE messages SET state = 'read', state_at = ? WHERE contact = ? AND id = ? AND outgoing = 0"
            " AND state = 'received'",
            (now, contact, message_id),
        )
    )


def search(database: Database, words: str, contact: bytes | None, limit: int) -> list[Message]:
    """Read the newest letters in which every word stands (FTS5 prefix match), newest first."""
    # FTS5 takes what stands in quotes for words alone, but ends the whole query at a zero.
    plain = words.replace("\0", " ").split()
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in plain)
    if not query:
        return []
    # The newest first is the order of the words' own index, so the reading ends with the last letter that is wanted.
    found = database.all(
        "SELECT letters.rowid FROM letters JOIN messages ON messages.row = letters.rowid"
        " WHERE letters MATCH ? AND (? IS NULL OR contact = ?) ORDER BY letters.rowid DESC LIMIT ?",
        (query, contact, contact, limit),
    )
    read = (select_one(database, Message, "messages WHERE row = ?", row) for row in found)
    return [each for each in read if each is not None]


def erase_all(database: Database, contact: bytes) -> int:
    """Erase a conversation; give how many letters there were."""
    count = database.run("DELETE FROM messages WHERE contact = ?", (contact,))
    # The index only notes that they are gone; their words stay in there until its parts are merged into one.
    database.run("INSERT INTO letters (letters) VALUES ('optimize')")
    return count


# drafts


def draft(database: Database, contact: bytes) -> Draft | None:
    """Read what is being written to a contact, or None."""
    return select_one(database, Draft, "drafts WHERE contact = ?", (contact,))


def keep_draft(database: Database, contact: bytes, new: Draft) -> None:
    """Keep a draft; an empty one is forgotten."""
    if not new.text and not new.tone and not new.answers:
        drop_draft(database, contact)
        return
    database.run(
        "INSERT INTO drafts (contact, text, tone, answers, cursor, kept_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (contact) DO UPDATE SET text = excluded.text, tone = excluded.tone, answers = excluded.answers,"
        " cursor = excluded.cursor, kept_at = excluded.kept_at",
        (contact, new.text, new.tone, new.answers, new.cursor, new.kept_at),
    )


def drop_draft(database: Database, contact: bytes) -> None:
    """Forget a draft, in the transaction that makes it a letter."""
    database.run("DELETE FROM drafts WHERE contact = ?", (contact,))
