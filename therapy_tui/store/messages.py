"""Letters: add, move, read in windows, search; and drafts."""

import itertools

from therapy_tui.core.delivery import Event, State, after
from therapy_tui.core.messages import LETTER, Draft, Message
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one

_ORDER = "place {0}, number {0}, row {0}"


def add(database: Database, message: Message) -> bool:
    """Add a letter unless (contact, id) is there already; give whether it was added.

    `row` and `place` are drawn here. A letter of theirs with a smaller number than some that are already here takes its
    place before them.
    """
    place = None
    if not message.outgoing:
        place = database.value(
            "SELECT min(place) FROM messages WHERE contact = ? AND outgoing = 0 AND number > ?",
            (message.contact, message.number),
        )
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
        "messages WHERE contact = ? AND outgoing = 1 AND state != 'failed'"
        " AND (state IN ('queued', 'sent') OR number > ?)"
        " ORDER BY number DESC LIMIT ?",
        (contact, 2**33 if have is None else have, limit),
    )
    return newest[::-1]


def waiting_for_seal(database: Database) -> list[bytes]:
    """Give the contacts to whom letters wait that could be sealed now."""
    rows = database.all(
        "SELECT DISTINCT messages.contact FROM messages JOIN contacts ON contacts.id = messages.contact"
        " JOIN pairs ON pairs.contact = messages.contact AND pairs.state = 'current'"
        " WHERE outgoing = 1 AND messages.state = 'queued' AND trust != 'changed' AND closed = ''"
        " AND pairs.id IN (SELECT pair FROM ratchets)"
        " AND messages.id NOT IN (SELECT message FROM outbox WHERE outbox.pair = pairs.id)"
    )
    return [bytes(row[0]) for row in rows]


def unsealed(database: Database, contact: bytes, limit: int = 2**31) -> list[Message]:
    """Read our queued letters that have no sealed bytes yet, in order."""
    return select(
        database,
        Message,
        "messages WHERE contact = ?1 AND outgoing = 1 AND state = 'queued' AND id NOT IN"
        " (SELECT message FROM outbox JOIN pairs ON pairs.id = outbox.pair WHERE pairs.contact = ?1)"
        " ORDER BY number LIMIT ?2",
        (contact, limit),
    )


def queued(database: Database) -> list[Message]:
    """Read all our letters that wait or could not go, oldest first."""
    return select(database, Message, "messages WHERE outgoing = 1 AND state IN ('queued', 'failed') ORDER BY row")


def before(database: Database, contact: bytes, place: tuple[int, int, int] | None, limit: int) -> list[Message]:
    """Read up to `limit` letters that come before `place` (place, number, row), or the newest; in order."""
    where, values = ("", ()) if place is None else (" AND (place, number, row) < (?, ?, ?)", place)
    rest = f"messages WHERE contact = ?{where} ORDER BY {_ORDER.format('DESC')} LIMIT ?"
    return select(database, Message, rest, (contact, *values, limit))[::-1]


def since(database: Database, contact: bytes, place: tuple[int, int, int], limit: int) -> list[Message]:
    """Read up to `limit` letters that come after `place` (place, number, row), in order."""
    rest = f"messages WHERE contact = ? AND (place, number, row) > (?, ?, ?) ORDER BY {_ORDER.format('ASC')} LIMIT ?"
    return select(database, Message, rest, (contact, *place, limit))


def every(database: Database, contact: bytes) -> list[Message]:
    """Read the whole conversation, in order."""
    return select(database, Message, f"messages WHERE contact = ? ORDER BY {_ORDER.format('ASC')}", (contact,))


def unread(database: Database, contact: bytes) -> list[Message]:
    """Read the letters of theirs that were not shown yet, in order."""
    rest = f"messages WHERE contact = ? AND outgoing = 0 AND state = 'received' ORDER BY {_ORDER.format('ASC')}"
    return select(database, Message, rest, (contact,))


def counts(database: Database, contact: bytes) -> tuple[int, int, int]:
    """Give how many are unread, how many there are, and when the last came or went (0 when none)."""
    unread_count = database.value(
        "SELECT count(*) FROM messages WHERE contact = ? AND outgoing = 0 AND state = 'received'", (contact,)
    )
    row = database.one("SELECT count(*), coalesce(max(arrived_at), 0) FROM messages WHERE contact = ?", (contact,))
    total, last = row or (0, 0)
    return int(unread_count), int(total), int(last)


def proofs(database: Database, contact: bytes) -> tuple[int, int]:
    """Count the letters of theirs that are here, and those of ours that are proved to be there."""
    row = database.one(
        "SELECT count(*) FILTER (WHERE outgoing = 0), count(*) FILTER (WHERE outgoing = 1 AND proved != '')"
        " FROM messages WHERE contact = ?",
        (contact,),
    )
    theirs, ours = row or (0, 0)
    return int(theirs), int(ours)


def count_theirs(database: Database) -> int:
    """Count the letters of others that are here."""
    return int(database.value("SELECT count(*) FROM messages WHERE outgoing = 0"))


def mark_read(database: Database, contact: bytes, message_id: bytes, now: int) -> bool:
    """Keep that a letter of theirs was shown; give whether that is new."""
    return bool(
        database.run(
            "UPDATE messages SET state = 'read', state_at = ? WHERE contact = ? AND id = ? AND outgoing = 0"
            " AND state = 'received'",
            (now, contact, message_id),
        )
    )


def gaps(database: Database, contact: bytes, numbers_from: int) -> list[int]:
    """Give the rows of letters of theirs before which one has not arrived."""
    numbers = database.all(
        "SELECT number, row FROM messages WHERE contact = ? AND outgoing = 0 ORDER BY number", (contact,)
    )
    first = [(numbers_from - 1, 0)]
    pairs = itertools.pairwise(first + [(n, r) for n, r in numbers if n >= numbers_from])
    return [row for (earlier, _), (later, row) in pairs if later - earlier > 1]


def held(database: Database, contact: bytes, numbers_from: int) -> int:
    """Give the greatest number of theirs up to which no letter is missing, from `numbers_from` on."""
    numbers = database.all(
        "SELECT DISTINCT number FROM messages WHERE contact = ? AND outgoing = 0 AND number >= ? ORDER BY number",
        (contact, numbers_from),
    )
    last = numbers_from - 1
    for (number,) in numbers:
        if number > last + 1:
            break
        last = number
    return last


def search(database: Database, words: str, contact: bytes | None, limit: int) -> list[Message]:
    """Read the newest letters in which every word stands (FTS5 prefix match), newest first."""
    # FTS5 takes what stands in quotes for words alone, but ends the whole query at a zero.
    plain = words.replace("\0", " ").split()
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in plain)
    if not query:
        return []
    rest = (
        "messages WHERE row IN (SELECT rowid FROM letters WHERE letters MATCH ?) AND kind = ?"
        " AND (? IS NULL OR contact = ?) ORDER BY row DESC LIMIT ?"
    )
    return select(database, Message, rest, (query, LETTER, contact, contact, limit))


def erase_all(database: Database, contact: bytes) -> int:
    """Erase a conversation; give how many letters there were."""
    return database.run("DELETE FROM messages WHERE contact = ?", (contact,))


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
