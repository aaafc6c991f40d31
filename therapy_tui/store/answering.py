"""What lies beside an answer: the newest pages, answers and questions of one contact, and whether one was answered."""

from therapy_tui.core.messages import Message
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select


def newest(database: Database, contact: bytes, kind: int, limit: int, *, outgoing: bool) -> list[Message]:
    """Read the newest of a kind (16 page, 17 answers, 19 question) of one side, the newest first."""
    return select(
        database,
        Message,
        "messages INDEXED BY messages_pieces WHERE contact = ?1 AND kind = ?2 AND kind IN (16, 17, 19)"
        " AND outgoing = ?3 ORDER BY place DESC LIMIT ?4",
        (contact, kind, int(outgoing), limit),
    )


def has_answer(database: Database, contact: bytes, mark: bytes) -> bool:
    """Tell whether a letter of theirs answers a message, by the first 8 bytes of its id."""
    found = database.one(
        "SELECT 1 FROM messages INDEXED BY messages_answering"
        " WHERE contact = ? AND answers = ? AND kind = 1 AND answers != x'' AND outgoing = 0",
        (contact, mark),
    )
    return found is not None
