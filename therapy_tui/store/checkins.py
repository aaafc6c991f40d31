"""Check-ins on the disk, and the one that is being made."""

from collections.abc import Iterator

from therapy_tui.core.checkins import CheckIn, Unfinished
from therapy_tui.store.database import Database, Row

_COLUMNS = "id, at, day, mood, words, text"
AT_ONCE = 200
"""How many are read at a time where all are wanted."""


def add(database: Database, check_in: CheckIn) -> None:
    """Add a check-in."""
    database.run(
        f"INSERT INTO check_ins ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - names only
        (check_in.id, check_in.at, check_in.day, *_said(check_in)),
    )


def change(database: Database, before: CheckIn, after: CheckIn) -> bool:
    """Change the number, words and text of one that is still as it was before; give whether it was."""
    return bool(
        database.run(
            "UPDATE check_ins SET mood = ?, words = ?, text = ? WHERE id = ? AND mood = ? AND words = ? AND text = ?",
            (*_said(after), before.id, *_said(before)),
        )
    )


def erase(database: Database, check_in_id: bytes) -> bool:
    """Erase a check-in; give whether it was there."""
    was_there = bool(database.run("DELETE FROM check_ins WHERE id = ?", (check_in_id,)))
    if was_there:
        # The index only notes that it is gone; its words stay in there until its parts are merged into one.
        database.run("INSERT INTO check_in_words (check_in_words) VALUES ('optimize')")
    return was_there


def get(database: Database, check_in_id: bytes) -> CheckIn | None:
    """Read one, or None."""
    row = database.one(f"SELECT {_COLUMNS} FROM check_ins WHERE id = ?", (check_in_id,))  # noqa: S608 - names only
    return None if row is None else _record(row)


def latest(database: Database) -> CheckIn | None:
    """Read the newest of the last day that has any, or None."""
    return next(iter(window(database, "", "9999-12-31", 0, 1)), None)


def moods(database: Database, since: str, until: str) -> list[tuple[str, int]]:
    """Read (day, mood) from `since` to `until`, both days within, the oldest first."""
    rows = database.all(
        "SELECT day, mood FROM check_ins WHERE day BETWEEN ? AND ? ORDER BY day, at, row", (since, until)
    )
    return [(str(day), int(mood)) for day, mood in rows]


def window(database: Database, since: str, until: str, skip: int, limit: int) -> list[CheckIn]:
    """Read some of those from `since` to `until`, both days within, the newest first."""
    rows = database.all(
        f"SELECT {_COLUMNS} FROM check_ins WHERE day BETWEEN ? AND ?"  # noqa: S608 - names only
        " ORDER BY day DESC, at DESC, row DESC LIMIT ? OFFSET ?",
        (since, until, limit, skip),
    )
    return [_record(row) for row in rows]


def count(database: Database, since: str, until: str) -> int:
    """Count those from `since` to `until`, both days within."""
    return int(database.value("SELECT count(*) FROM check_ins WHERE day BETWEEN ? AND ?", (since, until)))


def newer(database: Database, check_in_id: bytes) -> int:
    """Count those that are newer than one, in the order of `window`; 0 where that is not there."""
    newer_ones = (
        "SELECT count(*) FROM check_ins AS this JOIN check_ins AS other"
        " ON (other.day, other.at, other.row) > (this.day, this.at, this.row) WHERE this.id = ?"
    )
    return int(database.value(newer_ones, (check_in_id,), 0))


def every(database: Database, since: str, until: str) -> Iterator[CheckIn]:
    """Read those from `since` to `until`, both days within, the oldest first, a few at a time."""
    last: tuple[str, int, int] = (since, -(2**62), -1)
    while True:
        rows = database.all(
            f"SELECT {_COLUMNS}, row FROM check_ins WHERE (day, at, row) > (?, ?, ?) AND day <= ?"  # noqa: S608 - names
            " ORDER BY day, at, row LIMIT ?",
            (*last, until, AT_ONCE),
        )
        yield from (_record(row[:-1]) for row in rows)
        if len(rows) < AT_ONCE:
            return
        last = (str(rows[-1][2]), int(rows[-1][1]), int(rows[-1][-1]))


def _said(check_in: CheckIn | Unfinished) -> tuple[int, str, str]:
    return check_in.mood, "\n".join(check_in.words), check_in.text


def _record(row: Row) -> CheckIn:
    check_in_id, at, day, mood, words, text = row
    return CheckIn(check_in_id, at, day, mood, _words(words), text)


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split("\n")) if words else ()


# what is being made


def keep_draft(database: Database, draft: Unfinished) -> None:
    """Keep what is being made, or that there is nothing."""
    if draft.is_empty:
        database.run("DELETE FROM check_in_draft")
        return
    database.run(
        "INSERT INTO check_in_draft (one, day, mood, words, text) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE"
        " SET day = excluded.day, mood = excluded.mood, words = excluded.words, text = excluded.text",
        (draft.day, *_said(draft)),
    )


def draft(database: Database) -> Unfinished | None:
    """Read what is being made, or None."""
    row = database.one("SELECT day, mood, words, text FROM check_in_draft")
    return None if row is None else Unfinished(str(row[0]), int(row[1]), _words(str(row[2])), str(row[3]))
