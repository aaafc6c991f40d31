"""What a therapist may want beside an answer: the promise, the check-ins, what was shared lately, open questions."""

from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core import bodies, journal, shared
from therapy_tui.core.bodies import MARK_SIZE, Kind
from therapy_tui.core.flags import gravest
from therapy_tui.core.messages import Message
from therapy_tui.core.people import CLIENT, THERAPIST, Contact
from therapy_tui.core.prompts import fit_sent
from therapy_tui.core.text import safe_line
from therapy_tui.core.triage import Week
from therapy_tui.services import arranged_words, days, promises, triage_words
from therapy_tui.services.triage import begins_of_weeks
from therapy_tui.services.vault import Vault
from therapy_tui.store import answering, desk

MOST_SHARED, MOST_ASKED = 4, 3
QUESTIONS_BACK, PAGES_BACK = 12, 40
"""How many of the newest questions are looked at, and among how many pages their answers are looked for."""


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was shared, or a question that was asked."""

    day: str
    """`YYYY-MM-DD`: of the page, of the answers, or when it was asked."""
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside an answer; each part may be empty."""

    first: str = ""
    """Which answer stands first until it is cleared."""
    due: str = ""
    """By when an answer is due, or what was promised, in words."""
    moods: tuple[Week, ...] = ()
    """The last four weeks with a number, the oldest first."""
    shared: tuple[Given, ...] = ()
    """Pages and questionnaires, the newest first."""
    asked: tuple[Given, ...] = ()
    """Questions for the journal that nobody answered yet, the newest first."""


def beside(vault: Vault, contact: Contact) -> Beside:
    """Read what a therapist knows of a client who is being answered; empty on a client's side.

    A question counts as answered when a page was shared that answers it, or a letter answers it.
    """
    if vault.profile.role != THERAPIST or contact.role != CLIENT:
        return Beside()
    now, database = vault.now(), vault.database
    moods = desk.weekly_moods(database, begins_of_weeks(now), contact.id).get(contact.id, [])
    pages = answering.newest(database, contact.id, Kind.PAGE, PAGES_BACK, outgoing=False)
    answers = answering.newest(database, contact.id, Kind.ANSWERS, MOST_SHARED, outgoing=False)
    flags = desk.standing_flags(database, contact.id)
    return Beside(
        first=triage_words.flagged(gravest(flags), len(flags)),
        due=arranged_words.owed(promises.standing(vault, contact), now),
        moods=tuple(moods),
        shared=_shared([*pages[: 2 * MOST_SHARED], *answers]),
        asked=_asked(vault, contact, pages),
    )


def _shared(found: list[Message]) -> tuple[Given, ...]:
    found.sort(key=lambda each: each.place, reverse=True)
    given = filter(None, (_given(_body(each)) for each in found))
    return tuple(given)[:MOST_SHARED]


def _given(body: bodies.Body) -> Given | None:
    """Name a piece and its day; None for one that was taken back."""
    if isinstance(body, shared.SharedPage) and body.text:
        heading, beginning = journal.heading_of(body.text)
        return Given(body.day, safe_line(body.question or heading or beginning))
    if isinstance(body, shared.SharedAnswers) and body.answers:
        return Given(days.day_of(body.at), _result(body))
    return None


def _result(body: shared.SharedAnswers) -> str:
    """Name a questionnaire with what its answers come to, where this version knows it: PHQ-9 17."""
    from therapy_tui.core.measures import score  # the measures are read only where one was shared
    from therapy_tui.services import measures  # as above

    known = next((each for each in measures.every_measure() if each.id == body.measure), None)
    if known is None:
        return body.measure
    if (body.low, body.high) != (known.scoring.item_low, known.scoring.item_high):
        return known.short
    try:
        total = score(known, tuple(None if each == shared.UNANSWERED else each for each in body.answers)).total
    except errors.UsageError:
        return known.short
    return known.short if total is None else f"{known.short} {total}"


def _asked(vault: Vault, contact: Contact, pages: list[Message]) -> tuple[Given, ...]:
    questions = answering.newest(vault.database, contact.id, Kind.QUESTION, QUESTIONS_BACK, outgoing=True)
    if not questions:
        return ()
    read = [(each.place, _body(each)) for each in pages if each.place > questions[-1].place]
    answered = {(place, fit_sent(body.question)) for place, body in read if isinstance(body, shared.SharedPage)}
    found = []
    for each in questions:
        line = fit_sent(each.text)
        has_page = any(place > each.place and question == line for place, question in answered)
        if not has_page and not answering.has_answer(vault.database, contact.id, each.id[:MARK_SIZE]):
            found.append(Given(days.day_of(each.written_at), safe_line(line)))
    return tuple(found[:MOST_ASKED])


def _body(message: Message) -> bodies.Body:
    try:
        return bodies.unpack_body(message.kind, message.raw)
    except errors.Malformed:
        return bodies.Unknown(message.raw)
