"""The indexes of words: letters, pages and check-ins, the newest first."""

from therapy_tui.store.database import Database, Row


def letters(database: Database, match: str, since: int, until: int, contact: bytes | None, limit: int) -> list[Row]:
    """Search letters; `match` is FTS5's own language, times are seconds.

    Returns:
        Rows of (contact, id, written_at, outgoing, text), the latest arrived first: the order of the index itself.
    """
    return database.all(
        "SELECT contact, id, written_at, outgoing, messages.text FROM letters"
        " JOIN messages ON messages.row = letters.rowid"
        " WHERE letters MATCH ?1 AND written_at BETWEEN ?2 AND ?3 AND (?4 IS NULL OR contact = ?4)"
        " ORDER BY letters.rowid DESC LIMIT ?5",
        (match, since, until, contact, limit),
    )


def pages(database: Database, match: str, since: str, until: str, limit: int) -> list[Row]:
    """Search the journal, its words and its tags.

    Returns:
        Rows of (id, day, text, tags one a line), the latest day first.
    """
    # The days are walked from the last one on; so few are looked up in words, and the index of days holds all it takes.
    return database.all(
        "SELECT id, day, text, tags FROM entries INDEXED BY entries_day"
        " WHERE row IN (SELECT rowid FROM pages WHERE pages MATCH ?) AND day BETWEEN ? AND ?"
        " ORDER BY day DESC, begun_at DESC, row DESC LIMIT ?",
        (match, since, until, limit),
    )


def check_ins(database: Database, match: str, since: str, until: str, limit: int) -> list[Row]:
    """Search check-ins.

    Returns:
        Rows of (id, day, words one a line, line), the newest first.
    """
    return database.all(
        "SELECT id, day, words, text FROM check_ins INDEXED BY check_ins_day"
        " WHERE row IN (SELECT rowid FROM check_in_words WHERE check_in_words MATCH ?) AND day BETWEEN ? AND ?"
        " ORDER BY day DESC, at DESC, row DESC LIMIT ?",
        (match, since, until, limit),
    )
