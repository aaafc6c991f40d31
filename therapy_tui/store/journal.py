"""The journal on the disk: entries, their earlier versions, the days of a month, and the prompts that were asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from therapy_tui.core.journal import Entry, Version, count_words
from therapy_tui.store.database import Database
from therapy_tui.store.rows import columns, select, select_one

_ORDER = "ORDER BY day {0}, begun_at {0}, row {0}"
AT_ONCE = 100
"""How many entries are read at a time where all are wanted."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a month page shows of one day."""

    day: str
    entries: int
    mood: int
    """The last mood that was given on it, 0 when none was."""


def add(database: Database, entry: Entry, source: bytes = b"") -> bool:
    """Add an entry; give whether it was added: one that an import knows by the same source is there already."""
    return bool(
        database.run(
            "INSERT INTO entries (id, day, begun_at, changed_at, mood, tags, prompt, question, text, words, source)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                entry.id,
                entry.day,
                entry.begun_at,
                entry.changed_at,
                entry.mood,
                entry.tags,
                entry.prompt,
                entry.question,
                entry.text,
                entry.words,
                source,
            ),
        )
    )


def change(database: Database, entry: Entry, revision: int) -> bool:
    """Keep an entry as it is now, if nobody changed it since `revision`; give whether it was kept."""
    return bool(
        database.run(
            "UPDATE entries SET day = ?, changed_at = ?, mood = ?, tags = ?, prompt = ?, question = ?, text = ?,"
            " words = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
            (
                entry.day,
                entry.changed_at,
                entry.mood,
                entry.tags,
                entry.prompt,
                entry.question,
                entry.text,
                count_words(entry.text),
                entry.id,
                revision,
            ),
        )
    )


def keep_version(database: Database, entry: Entry) -> None:
    """Keep what an entry is now as an earlier version of it."""
    number = entry.versions + 1
    database.run(
        "INSERT INTO entry_versions (entry, number, kept_at, text) VALUES (?, ?, ?, ?)",
        (entry.row, number, entry.changed_at, entry.text),
    )
    database.run("UPDATE entries SET versions = ? WHERE row = ?", (number, entry.row))


def versions(database: Database, row: int) -> list[Version]:
    """Read the earlier versions of an entry, the newest first."""
    return select(database, Version, "entry_versions WHERE entry = ? ORDER BY number DESC", (row,))


def erase(database: Database, entry_id: bytes) -> None:
    """Erase an entry and its earlier versions, and every word of them from the index."""
    if database.run("DELETE FROM entries WHERE id = ?", (entry_id,)):
        # The index only notes that an entry is gone; its words stay in there until its parts are merged into one.
        database.run("INSERT INTO pages (pages) VALUES ('optimize')")


def get(database: Database, entry_id: bytes) -> Entry | None:
    """Read one entry, or None."""
    return select_one(database, Entry, "entries WHERE id = ?", (entry_id,))


def between(database: Database, first: bytes, last: bytes) -> list[Entry]:
    """Read the entries whose id is one of `first` to `last`, two at the most."""
    return select(database, Entry, "entries WHERE id BETWEEN ? AND ? LIMIT 2", (first, last))


def texts_on(database: Database, day: str) -> list[str]:
    """Read what was written on a day."""
    return [str(row[0]) for row in database.all("SELECT text FROM entries WHERE day = ?", (day,))]


def has_source(database: Database, source: bytes) -> bool:
    """Tell whether an entry is here that an import knows by `source`, which is not empty."""
    return database.one("SELECT 1 FROM entries WHERE source = ? AND source != x''", (source,)) is not None


def window(database: Database, since: str, until: str, skip: int, limit: int) -> list[Entry]:
    """Read entries from `since` to `until`, both days within, the newest first."""
    return select(
        database,
        Entry,
        f"entries WHERE day BETWEEN ? AND ? {_ORDER.format('DESC')} LIMIT ? OFFSET ?",
        (since, until, limit, skip),
    )


def count(database: Database, since: str, until: str) -> int:
    """Count the entries from `since` to `until`, both days within."""
    return int(database.value("SELECT count(*) FROM entries WHERE day BETWEEN ? AND ?", (since, until)))


def every(database: Database, since: str = "", until: str = "9999-12-31") -> Iterator[Entry]:
    """Read entries, oldest first, a few at a time, so that the lock of reading is never held for long."""
    last = (since, -(2**62), -1)
    names = columns(Entry)
    while True:
        found = select(
            database,
            Entry,
            f"(SELECT {names} FROM entries WHERE (day, begun_at, row) > (?, ?, ?) AND day <= ?"  # noqa: S608 - names
            f" {_ORDER.format('ASC')} LIMIT ?)",
            (*last, until, AT_ONCE),
        )
        yield from found
        if len(found) < AT_ONCE:
            return
        last = (found[-1].day, found[-1].begun_at, found[-1].row)


def days(database: Database, since: str, until: str) -> list[Day]:
    """Read what was written on the days from `since` to `until`, both within, in order."""
    rows = database.all(
        "SELECT day, count(*), coalesce((SELECT mood FROM entries AS last WHERE last.day = entries.day AND last.mood"
        " ORDER BY begun_at DESC, row DESC LIMIT 1), 0) FROM entries WHERE day BETWEEN ? AND ? GROUP BY day",
        (since, until),
    )
    return [Day(str(day), int(entries), int(mood)) for day, entries, mood in rows]


def on_this_day(database: Database, day: str, limit: int) -> list[Entry]:
    """Read entries of the same day in other years before it, the newest first."""
    return select(
        database,
        Entry,
        "entries WHERE substr(day, 6) = ? AND day < ? ORDER BY day DESC, begun_at DESC, row DESC LIMIT ?",
        (day[5:], day, limit),
    )


def neighbour(database: Database, day: str, *, later: bool) -> str:
    """Give the nearest day with an entry after `day`, or before it; empty when there is none."""
    question = "SELECT min(day) FROM entries WHERE day > ?" if later else "SELECT max(day) FROM entries WHERE day < ?"
    return str(database.value(question, (day,), ""))


# prompts


def note_asked(database: Database, day: str, prompt: str) -> None:
    """Keep that a prompt was asked on a day, after those that were asked before."""
    place = 1 + int(database.value("SELECT max(place) FROM prompts_asked WHERE day = ?", (day,), 0))
    database.run("INSERT INTO prompts_asked (day, place, prompt) VALUES (?, ?, ?)", (day, place, prompt))


def asked_on(database: Database, day: str) -> tuple[str, ...]:
    """Read which prompts were asked on a day, in order."""
    return tuple(
        str(row[0]) for row in database.all("SELECT prompt FROM prompts_asked WHERE day = ? ORDER BY place", (day,))
    )


def asked_before(database: Database, day: str) -> dict[str, str]:
    """Read for each prompt the last day, other than `day`, on which it was asked."""
    rows = database.all("SELECT prompt, max(day) FROM prompts_asked WHERE day != ? GROUP BY prompt", (day,))
    return {str(prompt): str(last) for prompt, last in rows}
