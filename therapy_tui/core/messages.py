"""The records of letters: a message, a draft, and what waits in the outbox."""

import msgspec

from therapy_tui.core.delivery import State

LETTER = 1
"""The kind of content that a letter is; other kinds are kept as they came."""

TAKEN_BACK = 18
"""The kind of content that takes a piece back."""

WRITTEN = frozenset({LETTER, 16})
"""The kinds that were written for somebody to read: a letter, a page that was shared."""

PIECES = frozenset({16, 17, 20})
"""The kinds that can be taken back: a page, answers, numbers of check-ins."""

TONES = ("", "just to be heard", "I would like an answer", "hard to write", "good news")
"""How a letter is meant, by its number."""

QUIET = frozenset({20, 21, 22})
"""The kinds that are not told as unread: numbers of check-ins, office hours, more time."""


class Message(msgspec.Struct, frozen=True):
    """What a person wrote, as this vault holds it."""

    row: int
    contact: bytes
    id: bytes
    kind: int
    outgoing: bool
    number: int
    place: int
    written_at: int
    arrived_at: int
    state: State
    state_at: int
    reason: str
    seals: int
    text: str
    tone: int
    answers: bytes
    raw: bytes
    again: bool


class Draft(msgspec.Struct, frozen=True):
    """What is being written to one contact; `cursor` is an offset in characters."""

    text: str
    tone: int
    answers: bytes
    cursor: int
    kept_at: int


class Outgoing(msgspec.Struct, frozen=True):
    """Sealed bytes that wait for a line. They never change."""

    id: int
    pair: int
    kind: str
    message: bytes
    envelope: bytes
    made_at: int
    tries: int
    next_at: int
    allowed: bool
