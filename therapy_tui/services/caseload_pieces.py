"""What a made-up person and the therapist said to each other, turned from days before now into pieces with a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from therapy_tui.content.caseload import Person, Until
from therapy_tui.content.demo import THERAPIST, Moment
from therapy_tui.content.measures import measure
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER
from therapy_tui.core.office import OfficeHours
from therapy_tui.services.days import day_of

A_MINUTE, QUARTER, HALF_AN_HOUR, AN_HOUR, WEEK = 60, 900, 1_800, 3_600, 7

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that one of the two said, before it is a message."""

    at: int
    """Seconds since 1970."""
    outgoing: bool
    kind: int
    body: bodies.Body
    state: State
    id: bytes
    answers: bytes = b""


def pieces_of(person: Person, hours: OfficeHours, now: int, random_bytes: Random) -> Iterator[Piece]:
    """Give all that a person and the therapist said to each other, kind by kind.

    Args:
        person: who.
        hours: the therapist's, which everybody was told.
        now: seconds since 1970; what is told in days and hours is told from here.
        random_bytes: draws the ids.
    """
    ids = [random_bytes(16) for _ in person.letters]
    yield from _letters(person, ids, now)
    yield _ours(random_bytes(16), passed(person.letters[0].when, now), Kind.OFFICE_HOURS, hours)
    for promise in person.promises:
        marks = tuple(ids[each - 1][: bodies.MARK_SIZE] for each in promise.letters)
        body = bodies.Promise(_until(promise.until, now), marks)
        yield _ours(random_bytes(16), passed(promise.when, now), Kind.PROMISE, body)
    for question in person.questions:
        yield _ours(random_bytes(16), passed(question.when, now), Kind.QUESTION, shared.Question(question.text))
    for page in person.pages:
        at = passed(page.when, now)
        body_of_page = shared.SharedPage(day_of(at), page.mood, page.question, page.text.strip())
        yield _theirs(random_bytes(16), at, Kind.PAGE, body_of_page)
    for given in person.measures:
        at, known = passed(given.when, now), measure(given.id)
        if known is not None:
            low, high = known.scoring.item_low, known.scoring.item_high
            yield _theirs(
                random_bytes(16), at, Kind.ANSWERS, shared.SharedAnswers(given.id, at, low, high, bytes(given.answers))
            )
    yield from _check_ins(person, now, random_bytes)


def _letters(person: Person, ids: Sequence[bytes], now: int) -> Iterator[Piece]:
    """Give the letters: ours answer the last of theirs before, and theirs are read if something of ours came later."""
    ours = [*(each for each in person.letters if each.role == THERAPIST), *person.promises]
    latest, answers = max((each.when.seconds(now) for each in ours), default=0), b""
    for letter, message_id in zip(person.letters, ids, strict=True):
        at, outgoing = passed(letter.when, now), letter.role == THERAPIST
        body = bodies.Letter(letter.text.strip(), letter.tone, answers if outgoing else b"")
        was_read = State(letter.state) if outgoing else State.READ if at < latest else State.RECEIVED
        yield Piece(at, outgoing, LETTER, body, was_read, message_id, body.answers)
        answers = answers if outgoing else message_id[: bodies.MARK_SIZE]


def _check_ins(person: Person, now: int, random_bytes: Random) -> Iterator[Piece]:
    """Give the check-ins, a message for each week, in the evening of its last day."""
    for _, week in groupby(person.moods, lambda mood: mood[0] // WEEK):
        moods = list(week)
        days = [(day_of(Moment(days_ago, 12, 0).seconds(now)), mood) for days_ago, mood in moods]
        at = Moment(moods[-1][0], 21, 30).seconds(now)
        yield _theirs(random_bytes(16), at, Kind.CHECK_INS, shared.SharedCheckIns(tuple(days)))


def _ours(piece_id: bytes, at: int, kind: int, body: bodies.Body) -> Piece:
    return Piece(at, outgoing=True, kind=int(kind), body=body, state=State.READ, id=piece_id)


def _theirs(piece_id: bytes, at: int, kind: int, body: bodies.Body) -> Piece:
    return Piece(at, outgoing=False, kind=int(kind), body=body, state=State.READ, id=piece_id)


def passed(moment: Moment, now: int) -> int:
    """Give when something was; what would be later today than now was halfway between midnight and now."""
    at = moment.seconds(now)
    return at if at < now else (Moment(0, 0, 0).seconds(now) + now) // 2


def _until(until: Until, now: int) -> int:
    """Give by when an answer was promised; a time today that is near or over is moved on, and stays today."""
    if until.when is None:
        return (now + (until.hours or 0) * AN_HOUR) // QUARTER * QUARTER
    at = until.when.seconds(now)
    if until.when.days_ago or at >= now + HALF_AN_HOUR:
        return at
    later = -(-(now + HALF_AN_HOUR) // QUARTER) * QUARTER
    return min(later, Moment(-1, 0, 0).seconds(now) - 1)
