"""What is shared beside letters: their records, and their form as bytes (docs/protocol.md, 6).

A piece that was taken back is the same record without its words.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core.delivery import State
from therapy_tui.core.fields import Number
from therapy_tui.errors import Malformed

LONGEST_SHARED: Final = 20_000
"""The most characters of a page that is shared."""
LONGEST_QUESTION: Final = 1_000
"""The most characters of the question that stands over a page."""
LONGEST_GIVEN: Final = 280
"""The most characters of a question that is given along."""
MOST_ANSWERS: Final = 64
UNANSWERED: Final = 0xFF
BEST_MOOD: Final = 10
MOST_CHECK_INS: Final = 64
"""The most numbers in one piece."""

Mark = Annotated[bytes, Meta(min_length=8, max_length=8)]
"""The first 8 bytes of the id of a content."""
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Byte = Annotated[int, Meta(ge=0, le=255)]


class SharedPage(msgspec.Struct, frozen=True, array_like=True):
    """A page of a journal as it stood when it was shared."""

    day: Day
    """The writer's own day, `YYYY-MM-DD`."""
    mood: Annotated[int, Meta(ge=0, le=BEST_MOOD)]
    """1 to 10, or 0 when none was given."""
    question: Annotated[str, Meta(max_length=LONGEST_QUESTION)]
    """What the page answers, or empty."""
    text: Annotated[str, Meta(max_length=LONGEST_SHARED)]
    """Empty when it was taken back."""


class SharedAnswers(msgspec.Struct, frozen=True, array_like=True):
    """The answers to a questionnaire; what they come to, the reader reckons."""

    measure: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}$")]
    at: Number
    """When they were given, seconds since 1970."""
    low: Byte
    """The lowest answer in the scale that is used."""
    high: Byte
    answers: Annotated[bytes, Meta(max_length=MOST_ANSWERS)]
    """A byte for each item in order, 255 where nothing was answered; empty when they were taken back."""


class TakenBack(msgspec.Struct, frozen=True, array_like=True):
    """The writer takes a piece back that the reader has, or is about to get."""

    piece: Mark


class Question(msgspec.Struct, frozen=True, array_like=True):
    """A question that the writer gives along for the reader's journal."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_GIVEN)]


class SharedCheckIns(msgspec.Struct, frozen=True, array_like=True):
    """The numbers of check-ins, without words and lines."""

    days: Annotated[tuple[tuple[Day, Annotated[int, Meta(ge=1, le=BEST_MOOD)]], ...], Meta(max_length=MOST_CHECK_INS)]
    """The writer's own day and the number, oldest first; empty when they were taken back."""


Shared = SharedPage | SharedAnswers | TakenBack | Question | SharedCheckIns
Piece = SharedPage | SharedAnswers | SharedCheckIns
"""What can be taken back."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of some check-ins, to be shared."""

    days: tuple[tuple[str, int], ...]
    """(day, number), oldest first."""

    @property
    def id(self) -> bytes:
        """What a copy of numbers is a copy of."""
        return b"check-ins"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was shared, and where it is."""

    message: bytes
    contact: bytes
    item: bytes
    revision: int
    at: int
    taken_back_at: int
    """0 while it is there."""
    state: State
    state_at: int
    news: str = ""
    """Where the news is that it was taken back: a `State`; empty while it is there, or where that is not known."""

    @property
    def back_words(self) -> str:
        """What became of a copy that was taken back, without more than was proved."""
        if self.news in {State.DELIVERED, State.READ}:
            return "their program says that it is gone"
        return "the news did not go, so they still have it" if self.news == State.FAILED else "the news is on its way"


def check(body: Shared) -> None:
    """Refuse what its types alone do not: answers outside the scale that they name.

    Raises:
        Malformed: there is such an answer.
    """
    if not isinstance(body, SharedAnswers):
        return
    if body.low > body.high or any(not body.low <= each <= body.high for each in body.answers if each != UNANSWERED):
        raise Malformed


def text_of(body: object) -> str:
    """Give the words of a piece that can be searched."""
    return body.text if isinstance(body, SharedPage | Question) else ""


def is_piece(body: object) -> bool:
    """Tell whether it is something that can be taken back."""
    return isinstance(body, SharedPage | SharedAnswers | SharedCheckIns)


def is_empty(body: Piece) -> bool:
    """Tell whether it was taken back."""
    if isinstance(body, SharedPage):
        return not body.text
    return not (body.answers if isinstance(body, SharedAnswers) else body.days)


def emptied(body: Piece) -> Piece:
    """Give what is left of a piece that is taken back: its day and its kind, and no word of it."""
    if isinstance(body, SharedPage):
        return SharedPage(body.day, 0, "", "")
    if isinstance(body, SharedAnswers):
        return SharedAnswers(body.measure, body.at, body.low, body.high, b"")
    return SharedCheckIns(())
