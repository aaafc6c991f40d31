"""The indexes of words: letters, pages and check-ins, the newest first."""

from therapy_tui.store.database import Database, Row

WORDS = 40
"""How many words a passage has at the most."""


def letters(database: Database, match: str, since: int, until: int, contact: bytes | None, limit: int) -> list[Row]:
    """Search letters; `match` is FTS5's own language, times are seconds.

    Returns:
        Rows of (contact, id, written_at, outgoing, passage), the latest arrived first: the order of the index itself.
    """
    return database.all(
        "SELECT contact, id, written_at, outgoing, snippet(letters, 0, '', '', '…', ?1) FROM letters"
        " JOIN messages ON messages.row = letters.rowid"
        " WHERE letters MATCH ?2 AND written_at BETWEEN ?3 AND ?4 AND (?5 IS NULL OR contact = ?5)"
        " ORDER BY letters.rowid DESC LIMIT ?6",
        (WORDS, match, since, until, contact, limit),
    )


def pages(database: Database, match: str, since: str, until: str, limit: int) -> list[Row]:
    """Search the journal.

    Returns:
        Rows of (id, day, passage), the latest day first.
    """
    # The days are walked from the last one on; so few are looked up in words, and the index of days holds all it takes.
    found = database.all(
        "SELECT row FROM entries INDEXED BY entries_day"
        " WHERE row IN (SELECT rowid FROM pages WHERE pages MATCH ?) AND day BETWEEN ? AND ?"
        " ORDER BY day DESC, begun_at DESC, row DESC LIMIT ?",
        (match, since, until, limit),
    )
    rows = []
    for (row,) in found:  # a passage is cut only for those that are shown
        rows += database.all(
            "SELECT id, day, snippet(pages, 0, '', '', '…', ?) FROM pages JOIN entries ON entries.row = pages.rowid"
            " WHERE pages MATCH ? AND pages.rowid = ?",
            (WORDS, match, row),
        )
    return rows


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
