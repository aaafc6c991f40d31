"""Contacts, their pairs and ratchets."""

from therapy_tui.core.people import ASKED, GOOD, REFUSED, Contact, Pair
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one

ANSWERS = 5
"""How often in an hour a contact is sent again what had been delivered."""
KEPT_RATCHETS = 4
"""How many ratchets of a pair are tried, newest first (docs/protocol.md, section 8)."""


def add(database: Database, contact_id: bytes, name: str, role: int, now: int) -> None:
    """Add a contact, not yet verified."""
    database.run(
        "INSERT INTO contacts (id, name, role, trust, trust_at, made_at) VALUES (?, ?, ?, 'unverified', ?, ?)",
        (contact_id, name, role, now, now),
    )


def get(database: Database, contact: bytes) -> Contact | None:
    """Read one contact, or None."""
    return select_one(database, Contact, "contacts WHERE id = ?", (contact,))


def every(database: Database) -> list[Contact]:
    """Read all contacts, oldest first."""
    return select(database, Contact, "contacts ORDER BY made_at, id")


def rename(database: Database, contact: bytes, name: str) -> None:
    """Change the name that is shown here; nobody else is told."""
    database.run("UPDATE contacts SET name = ? WHERE id = ?", (name, contact))


def set_trust(database: Database, contact: bytes, trust: str, now: int) -> None:
    """Set the trust and remember the one before."""
    database.run(
        "UPDATE contacts SET trust_before = CASE trust WHEN 'changed' THEN trust_before ELSE trust END,"
        " trust = ?, trust_at = ? WHERE id = ?",
        (trust, now, contact),
    )


def set_closed(database: Database, contact: bytes, closed: str) -> None:
    """Keep who ended it: '' nobody, 'ours' or 'theirs'."""
    database.run("UPDATE contacts SET closed = ? WHERE id = ?", (closed, contact))


def take_number(database: Database, contact: bytes) -> int:
    """Give the next number for a letter to this contact."""
    database.run("UPDATE contacts SET used = used + 1 WHERE id = ?", (contact,))
    return int(database.value("SELECT used FROM contacts WHERE id = ?", (contact,)))


def raise_used(database: Database, number: int) -> None:
    """Go on counting above `number` with everybody, after the vault went back in time."""
    database.run("UPDATE contacts SET used = max(used, ?)", (number,))


def note_have(database: Database, contact: bytes, number: int) -> None:
    """Keep the greatest number held of theirs."""
    database.run("UPDATE contacts SET have = max(have, ?) WHERE id = ?", (number, contact))


def numbers_from(database: Database, contact: bytes, number: int) -> None:
    """Tell of no gap before `number`."""
    database.run("UPDATE contacts SET numbers_from = max(numbers_from, ?) WHERE id = ?", (number, contact))


# pairs


def add_pair(database: Database, pair: Pair) -> int:
    """Add a pair; its `id` is drawn here and given back."""
    return database.insert(
        "INSERT INTO pairs (contact, state, secret, mine, theirs, card, slot_in, slot_out, invite_seed, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            pair.contact,
            pair.state,
            pair.secret,
            pair.mine,
            pair.theirs,
            pair.card,
            pair.slot_in,
            pair.slot_out,
            pair.invite_seed,
            pair.made_at,
        ),
    )


def mark_by_hand(database: Database, pair: int, by_hand: bool) -> None:  # noqa: FBT001 - the fact itself
    """Keep whether two met by file and no relay has taken anything for the pair since."""
    database.run("UPDATE pairs SET by_hand = ? WHERE id = ?", (by_hand, pair))


def pairs(database: Database) -> list[Pair]:
    """Read all pairs that still open anything, newest first."""
    return select(database, Pair, "pairs WHERE state != 'old' ORDER BY id DESC")


def pair(database: Database, contact: bytes, state: str = "current") -> Pair | None:
    """Read the pair of a contact in this state, or None."""
    return select_one(database, Pair, "pairs WHERE contact = ? AND state = ? ORDER BY id DESC", (contact, state))


def speechless(database: Database, now: int) -> list[Pair]:
    """Read the pairs in which a letter waits, no ratchet is left and no reset is on its way or too young."""
    return select(
        database,
        Pair,
        "pairs WHERE state = 'current' AND NOT EXISTS (SELECT 1 FROM ratchets WHERE pair = pairs.id)"
        " AND contact IN (SELECT contact FROM messages WHERE outgoing = 1 AND state = 'queued')"
        " AND contact IN (SELECT id FROM contacts WHERE trust != 'changed' AND closed = '')"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE pair = pairs.id AND kind = 'reset')"
        " AND (spare != x'' OR reset_at > ?1 OR reset_at + reset_wait <= ?1)",
        (now,),
    )


def broken(database: Database, now: int, longest: int) -> list[Pair]:
    """Read the pairs in which something did not open and the next reset may go.

    One that was asked for and had no answer goes again until the wait has grown to `longest`; what was refused since
    the last one is always asked for in the end.
    """
    return select(
        database,
        Pair,
        "pairs WHERE state = 'current' AND (broken = ?3 AND reset_wait < ?2 OR broken = ?4)"
        " AND NOT ?1 - reset_at BETWEEN 0 AND reset_wait - 1"
        " AND contact IN (SELECT id FROM contacts WHERE trust != 'changed' AND closed = '')"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE pair = pairs.id AND kind = 'reset')",
        (now, longest, ASKED, REFUSED),
    )


def pair_by_id(database: Database, number: int) -> Pair | None:
    """Read one pair, or None."""
    return select_one(database, Pair, "pairs WHERE id = ?", (number,))


def set_pair_state(database: Database, number: int, state: str) -> None:
    """Set a pair's state."""
    database.run("UPDATE pairs SET state = ? WHERE id = ?", (state, number))


def forget_pair(database: Database, number: int) -> None:
    """Erase a pair's secret, its ratchets and what waits to go to it."""
    database.run("DELETE FROM pairs WHERE id = ?", (number,))


def set_card(database: Database, number: int, card: bytes, slot_out: int | None = None) -> None:
    """Keep their newer card, and their slot for us when it is another."""
    database.run("UPDATE pairs SET card = ?, slot_out = coalesce(?, slot_out) WHERE id = ?", (card, slot_out, number))


def forget_invite_key(database: Database, number: int) -> None:
    """Deposit with the pair's own key from now on."""
    database.run("UPDATE pairs SET invite_seed = x'' WHERE id = ?", (number,))


def set_spare(database: Database, number: int, spare: bytes) -> None:
    """Keep their spare key, or that it was used."""
    database.run("UPDATE pairs SET spare = ? WHERE id = ?", (spare, number))


def set_spare_given(database: Database, number: int, key: bytes, message: bytes) -> None:
    """Keep which spare key of ours they hold, and the letter that carried it."""
    database.run("UPDATE pairs SET spare_given = ?, spare_with = ? WHERE id = ?", (key, message, number))


def give_spare_again(database: Database, number: int) -> None:
    """Let the next content bring the spare key that they were given, because they may not hold it any more."""
    database.run("UPDATE pairs SET spare_with = x'' WHERE id = ?", (number,))


def set_asked(database: Database, number: int, reset_at: int, reset_wait: int) -> None:
    """Keep that a reset was asked for, and how long the next must wait."""
    database.run(
        "UPDATE pairs SET broken = ?, reset_at = ?, reset_wait = ? WHERE id = ?", (ASKED, reset_at, reset_wait, number)
    )


def set_refused(database: Database, number: int) -> None:
    """Keep that something did not open which no reset has asked for, unless one that waits to go will."""
    database.run(
        "UPDATE pairs SET broken = ? WHERE id = ? AND NOT"
        " (broken = ? AND EXISTS (SELECT 1 FROM outbox WHERE pair = pairs.id AND kind = 'reset'))",
        (REFUSED, number, ASKED),
    )


def ask_by_hello(database: Database, number: int) -> None:
    """Keep that what had not opened was asked for by a hello that begins a ratchet."""
    database.run("UPDATE pairs SET broken = ? WHERE id = ? AND broken = ?", (ASKED, number, REFUSED))


def answer_now(database: Database, number: int, have: int, now: int) -> int | None:
    """Count an answer to somebody who holds letters up to `have`; there are a few in an hour.

    Returns:
        From where on what was delivered may be sealed again now, an older answer that had to wait included; None when
        this one has to wait too.
    """
    database.run(
        "UPDATE pairs SET answered_at = ?1, answers = 0 WHERE id = ?2 AND NOT (?1 - answered_at BETWEEN 0 AND 3599)",
        (now, number),
    )
    owed = min(have, int(database.value("SELECT coalesce(owed, ?) FROM pairs WHERE id = ?", (have, number), have)))
    if database.run("UPDATE pairs SET answers = answers + 1 WHERE id = ? AND answers < ?", (number, ANSWERS)):
        database.run("UPDATE pairs SET owed = NULL WHERE id = ?", (number,))
        return owed
    database.run("UPDATE pairs SET owed = ? WHERE id = ?", (owed, number))
    return None


def owed(database: Database, now: int) -> list[tuple[int, bytes, int]]:
    """Read (pair, contact, have) of the answers that had to wait and may be given now."""
    return [
        (int(number), bytes(contact), int(have))
        for number, contact, have in database.all(
            "SELECT id, contact, owed FROM pairs WHERE owed IS NOT NULL AND state = 'current'"
            " AND NOT (?1 - answered_at BETWEEN 0 AND 3599)"
            " AND contact IN (SELECT id FROM contacts WHERE trust != 'changed' AND closed = '')",
            (now,),
        )
    ]


def set_good(database: Database, number: int) -> None:
    """Keep that letters open again; what was refused since they were asked for is still to be asked for."""
    # The next reset still waits its hour.
    database.run(
        "UPDATE pairs SET broken = CASE broken WHEN ? THEN ? ELSE broken END, reset_wait = min(reset_wait, 3600)"
        " WHERE id = ? AND broken",
        (ASKED, GOOD, number),
    )


# ratchets


def ratchets(database: Database, pair_id: int) -> list[tuple[str, str]]:
    """Read (id, pickle) of the newest ratchets of a pair, last used first."""
    return [
        (str(name), str(pickle))
        for name, pickle in database.all(
            "SELECT id, pickle FROM ratchets WHERE pair = ? ORDER BY used DESC LIMIT ?", (pair_id, KEPT_RATCHETS)
        )
    ]


def save_ratchet(database: Database, pair_id: int, name: str, pickle: str, *, newest: bool) -> None:
    """Keep a ratchet after a step; `newest` makes it the one that letters are sent on."""
    used = int(database.value("SELECT max(used) FROM ratchets WHERE pair = ?", (pair_id,), 0))
    database.run(
        "INSERT INTO ratchets (pair, id, pickle, used) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (pair, id) DO UPDATE SET pickle = excluded.pickle,"
        " used = CASE ? WHEN 1 THEN excluded.used ELSE used END",
        (pair_id, name, pickle, used + 1, newest),
    )
    database.run(
        "DELETE FROM ratchets WHERE pair = ?1 AND id NOT IN"
        " (SELECT id FROM ratchets WHERE pair = ?1 ORDER BY used DESC LIMIT ?2)",
        (pair_id, KEPT_RATCHETS),
    )


def drop_ratchets(database: Database) -> None:
    """Throw all ratchets away, after the vault went back in time."""
    database.run("DELETE FROM ratchets")
