"""A therapist's desk: whose letters wait, what was promised, flags, moods that were shared, labels, views."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapy_tui.core.flags import Flag
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select

LETTER, PROMISE, PAGE, ANSWERS, OFFICE_HOURS, MORE_TIME = 1, 4, 16, 17, 21, 22
"""Kinds of content."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter of a client's that the therapist has not answered."""

    contact: bytes
    row: int
    id: bytes
    place: int
    written_at: int
    arrived_at: int
    tone: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Something of a client's that was not read."""

    contact: bytes
    row: int
    kind: int
    arrived_at: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Arranged:
    """A promise, office hours or more time, as it was said."""

    contact: bytes
    id: bytes
    kind: int
    outgoing: bool
    place: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Set:
    """What a therapist set for a person."""

    contact: bytes
    label: str
    not_before: int
    set_at: int


def waiting(database: Database, *, answers_go_out: bool, contact: bytes = b"") -> list[Waiting]:
    """Read the letters of clients after the newest letter of their therapist, of one contact or of all, in order.

    Where it has ended nothing waits, for no answer can go.

    Args:
        database: the vault's.
        answers_go_out: whether the therapist's letters are ours: true on the therapist's side.
        contact: only this one's.
    """
    return select(
        database,
        Waiting,
        "(SELECT c.id AS contact, m.row, m.id, m.place, m.written_at, m.arrived_at, m.tone FROM contacts c"
        " CROSS JOIN messages m INDEXED BY messages_letters ON m.contact = c.id AND m.outgoing = ?2 AND m.kind = 1"
        " AND m.place > (SELECT coalesce(max(place), 0) FROM messages INDEXED BY messages_letters"
        " WHERE contact = c.id AND outgoing = ?1 AND kind = 1) WHERE c.closed = '' AND (?3 = x'' OR c.id = ?3)"
        " ORDER BY c.id, m.place)",
        (int(answers_go_out), int(not answers_go_out), contact),
    )


def unread(database: Database, contact: bytes = b"") -> list[Unread]:
    """Read the letters, shared pages and answers that were not read, in order; nothing of those whom oneself removed.

    Answers that were taken back are among them, without a byte of theirs.

    Args:
        database: the vault's.
        contact: only this one's.
    """
    return select(
        database,
        Unread,
        "(SELECT c.id AS contact, m.row, m.kind, m.arrived_at, m.raw FROM contacts c CROSS JOIN messages m"
        " INDEXED BY messages_unread ON m.contact = c.id AND m.outgoing = 0 AND m.state = 'received'"
        " AND c.closed != 'ours' AND (m.kind IN (1, 17) OR m.kind = 16 AND m.text != '')"
        " WHERE ?1 = x'' OR c.id = ?1 ORDER BY c.id, m.place)",
        (contact,),
    )


def arranged(database: Database, kind: int, *, contact: bytes = b"") -> list[Arranged]:
    """Read the newest of a kind that was arranged with each contact, or with one."""
    return select(
        database,
        Arranged,
        "(SELECT m.contact, m.id, m.kind, m.outgoing, m.place, m.raw FROM contacts c CROSS JOIN messages m ON m.row = ("
        " SELECT row FROM messages INDEXED BY messages_arranged WHERE contact = c.id AND kind = ?1"
        " AND kind IN (4, 21, 22) ORDER BY place DESC LIMIT 1) WHERE ?2 = x'' OR c.id = ?2)",
        (kind, contact),
    )


def last_letters(database: Database, *, outgoing: bool, contact: bytes = b"") -> dict[bytes, tuple[int, int, int]]:
    """Give (row, place, when written) of the newest letter of one side, by contact."""
    rows = database.all(
        "SELECT c.id, m.row, m.place, m.written_at FROM contacts c CROSS JOIN messages m ON m.row = ("
        " SELECT row FROM messages INDEXED BY messages_letters WHERE contact = c.id AND outgoing = ?1 AND kind = 1"
        " ORDER BY place DESC LIMIT 1) WHERE ?2 = x'' OR c.id = ?2",
        (int(outgoing), contact),
    )
    return {bytes(who): (int(row), int(place), int(at)) for who, row, place, at in rows}


def texts(database: Database, rows: Sequence[int]) -> dict[int, str]:
    """Read the words of letters, by row."""
    wanted = ", ".join("?" * len(rows))
    sql = f"SELECT row, text FROM messages WHERE row IN ({wanted})"  # noqa: S608 - question marks only
    return {int(row): str(text) for row, text in database.all(sql, rows)}


# flags


def add_flag(database: Database, flag: Flag) -> None:
    """Keep a flag, unless there is one for these answers."""
    database.run(
        "INSERT INTO flags (message, contact, at, measure, item, answer) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (message) DO NOTHING",
        (flag.message, flag.contact, flag.at, flag.measure, flag.item, flag.answer),
    )


def clear_flag(database: Database, message: bytes, at: int, reason: str) -> bool:
    """Clear the flag of these answers; tell whether it stood."""
    return bool(
        database.run(
            "UPDATE flags SET cleared_at = ?, reason = ? WHERE message = ? AND cleared_at = 0", (at, reason, message)
        )
    )


def flags(database: Database, contact: bytes) -> list[Flag]:
    """Read all flags of a contact, also those that were cleared, the newest first."""
    return select(database, Flag, "flags WHERE contact = ? ORDER BY at DESC, message", (contact,))


def standing_flags(database: Database, contact: bytes = b"") -> list[Flag]:
    """Read the flags that stand, of one contact or of all, the oldest first."""
    return select(
        database,
        Flag,
        "(SELECT f.* FROM contacts c CROSS JOIN flags f ON f.contact = c.id AND f.cleared_at = 0"
        " WHERE ?1 = x'' OR c.id = ?1 ORDER BY f.at)",
        (contact,),
    )


# moods


def add_moods(database: Database, contact: bytes, message: bytes, days: Iterable[tuple[str, int]]) -> None:
    """Keep the numbers that a message brought."""
    for place, (day, mood) in enumerate(days):
        database.run(
            "INSERT INTO shared_moods (contact, day, message, place, mood) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (contact, day, message, place, mood),
        )


def drop_moods(database: Database, message: bytes) -> None:
    """Forget the numbers that a message brought, because it was taken back."""
    database.run("DELETE FROM shared_moods WHERE message = ?", (message,))


def weekly_moods(
    database: Database, begins: tuple[str, str, str, str], contact: bytes = b""
) -> dict[bytes, list[tuple[int, int, float]]]:
    """Read (weeks ago, days with a number, the mean of all numbers) of the last four weeks, by contact, oldest first.

    Args:
        database: the vault's.
        begins: the first day of each week, the latest first.
        contact: only this one's.
    """
    rows = database.all(
        "SELECT contact, CASE WHEN day >= ?1 THEN 0 WHEN day >= ?2 THEN 1 WHEN day >= ?3 THEN 2 ELSE 3 END AS week,"
        " count(DISTINCT day), avg(mood) FROM contacts c CROSS JOIN shared_moods m ON m.contact = c.id AND day >= ?4"
        " WHERE ?5 = x'' OR c.id = ?5 GROUP BY contact, week ORDER BY contact, week DESC",
        (*begins, contact),
    )
    found: dict[bytes, list[tuple[int, int, float]]] = {}
    for who, week, days, mood in rows:
        found.setdefault(who, []).append((week, days, mood))
    return found


# what is set for a person


def settings(database: Database, contact: bytes = b"") -> dict[bytes, Set]:
    """Read what was set, by contact."""
    found = select(database, Set, "desk WHERE ?1 = x'' OR contact = ?1", (contact,))
    return {each.contact: each for each in found}


def set_label(database: Database, contact: bytes, label: str) -> None:
    """Give a person a label; an empty one takes it away."""
    database.run(
        "INSERT INTO desk (contact, label) VALUES (?1, ?2) ON CONFLICT (contact) DO UPDATE SET label = ?2",
        (contact, label),
    )


def set_not_before(database: Database, contact: bytes, until: int, at: int) -> None:
    """Let a person not stand among the first until a moment; 0 takes it back."""
    database.run(
        "INSERT INTO desk (contact, not_before, set_at) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (contact) DO UPDATE SET not_before = ?2, set_at = ?3",
        (contact, until, at),
    )


# views


def views(database: Database) -> dict[str, str]:
    """Read the views by name."""
    return {str(name): str(find) for name, find in database.all("SELECT name, find FROM views ORDER BY name")}


def keep_view(database: Database, name: str, find: str) -> None:
    """Keep a view; one without words to find is forgotten."""
    if find:
        database.run(
            "INSERT INTO views (name, find) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET find = ?2", (name, find)
        )
    else:
        database.run("DELETE FROM views WHERE name = ?", (name,))
