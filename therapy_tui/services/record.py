"""Gather the record of one person: letters and questionnaires of both, and signed notes about them."""

from dataclasses import replace

from therapy_tui import errors
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind
from therapy_tui.core.measures import Result, score
from therapy_tui.core.messages import Message
from therapy_tui.core.note_chain import Word
from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.persons import CONSENT, PLACE
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.record import Answered, Noted, Record, Said
from therapy_tui.services import appointments, conversation, days, measures, note_signing, notes
from therapy_tui.services.measures import Taken
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.shown import GONE, NEWER, shown
from therapy_tui.services.vault import Vault
from therapy_tui.store import persons

ONLY_A_THERAPIST = "A record of somebody is a therapist's. What is yours goes into files by: therapy-tui export DIR"
NOT_OPEN = "Session notes are not in it: they have a key of their own, and it was not at hand."
NOT_SIGNED = "Notes that are not signed are not in it: {}."
WHOSE = "Nobody knows any more about whom it was."
NOT_READ = "What a newer version of the program wrote is not in it: {}."
AGREED = {"What was agreed": CONSENT, "Where they usually are": PLACE}
_OTHER_SCALE = (
    "Stored in a scale of {} to {} an answer, and this program scores {} from {} to {}."
    " The answers stand as they are stored, and no total is reckoned."
)
_UNKNOWN = (
    "This program does not know the questionnaire. The answers stand as they are stored, and no total is reckoned."
)


def gather(vault: Vault, contact: Contact, notebook: Notebook | None, *, unsigned: bool = False) -> Record:
    """Gather all that is of one person, and nothing of another.

    Args:
        vault: a therapist's, open.
        contact: whose record it is.
        notebook: the open notes; None leaves them out, and the record says so.
        unsigned: take notes along that are not signed yet.

    Raises:
        UsageError: it is a client's vault.
    """
    if vault.profile.role != THERAPIST:
        raise errors.UsageError(ONLY_A_THERAPIST)
    said, answered, not_read = _exchanged(vault, contact)
    left_out = [NOT_READ.format(not_read)] if not_read else []
    noted, lost = _notes(notebook, contact, left_out, unsigned=unsigned)
    return Record(
        contact=contact.id,
        name=contact.name,
        therapist=vault.profile.name,
        since=contact.made_at,
        made_at=vault.now(),
        said=said,
        answered=answered,
        noted=noted,
        appointments=tuple(appointments.of(vault, contact)),
        left_out=tuple(left_out),
        agreed=tuple(
            (title, each)
            for title, field in AGREED.items()
            for each in reversed(persons.versions(vault.database, contact.id, field))
        ),
        lost=lost,
    )


def _exchanged(vault: Vault, contact: Contact) -> tuple[tuple[Said, ...], tuple[Answered, ...], int]:
    """Read what was said and answered, and count what cannot be read."""
    said: list[Said] = []
    answered: list[Answered] = []
    not_read = 0
    known: dict[bytes, bytes] = {}
    for message in conversation.everything(vault, contact):
        given = _answers(message)
        what = shown(message)
        if given is not None and given.answers:
            answered.append(_answered(message, given, answered))
        elif what.is_quiet and what.text == NEWER:
            not_read += 1
        elif message.kind != Kind.TAKEN_BACK:
            is_gone = what.is_quiet and what.text == GONE
            text = "" if is_gone else "\n\n".join(filter(None, (what.asked, what.text)))
            said.append(_said(message, what.about, text, is_gone=is_gone))
            known[message.id[: bodies.MARK_SIZE]] = message.id
    linked = (replace(each, answers=known.get(each.answers, b"")) for each in said)
    return tuple(linked), tuple(sorted(answered, key=lambda each: each.at)), not_read


def _said(message: Message, about: str, text: str, *, is_gone: bool) -> Said:
    return Said(
        message.id,
        message.outgoing,
        message.written_at,
        message.arrived_at,
        message.state,
        about,
        text,
        is_gone,
        message.answers,
    )


# questionnaires


def _answers(message: Message) -> shared.SharedAnswers | None:
    """Read the questionnaire that a message of theirs carries; those of the therapist are no part of it."""
    if message.kind != Kind.ANSWERS or message.outgoing:
        return None
    try:
        body = bodies.unpack_body(message.kind, message.raw)
    except errors.Malformed:
        return None
    return body if isinstance(body, shared.SharedAnswers) else None


def _answered(message: Message, given: shared.SharedAnswers, before: list[Answered]) -> Answered:
    answers = tuple(None if each == shared.UNANSWERED else each for each in given.answers)
    stored = Answered(message.id, given.at, given.measure, (given.low, given.high), answers, None, None)
    measure = next((each for each in measures.every_measure() if each.id == given.measure), None)
    if measure is None:
        return replace(stored, told=(_UNKNOWN,))
    scoring = measure.scoring
    result = _scored(measure, answers, before)
    if result is None or result.scale != stored.scale:
        told = _OTHER_SCALE.format(given.low, given.high, measure.short, scoring.item_low, scoring.item_high)
        return replace(stored, told=(told,))
    told_by = tuple(measures.sentences(Taken(message.id, given.at, measure, result)))
    return replace(stored, measure=measure, result=result, told=told_by)


def _scored(measure: Measure, answers: tuple[int | None, ...], before: list[Answered]) -> Result | None:
    """Score them beside the last ones that have a total; None where they do not fit the measure."""
    earlier = [
        each.result for each in before if each.measure == measure and each.result and each.result.total is not None
    ]
    try:
        return score(measure, answers, earlier[-1] if earlier else None)
    except errors.UsageError:
        return None


# notes


def _notes(
    notebook: Notebook | None, contact: Contact, left_out: list[str], *, unsigned: bool
) -> tuple[tuple[Noted, ...], tuple[tuple[bytes, str], ...]]:
    """Read what was noted, and say what was signed and is not here any more."""
    if notebook is None:
        left_out.append(NOT_OPEN)
        return (), ()
    findings = note_signing.verify(notebook)
    faults = note_signing.faults(findings)
    found = [
        _noted(each, faults.get(each.id, ""))
        for note in notes.every(notebook, contact.id)
        for each in (note, *notes.additions(notebook, note))
    ]
    # One that has lost its mark and stands in the chain was signed: it is in the record, and is named.
    wanted = [each for each in found if each.signed_at or each.warning or unsigned]
    if left := sum(not each.signed_at and not each.warning for each in found):
        left_out += [] if unsigned else [NOT_SIGNED.format(left)]
    lost = [each for each in findings if each.word == Word.MISSING]
    return tuple(wanted), tuple((each.note, f"{faults[each.note]} {WHOSE}") for each in lost)


def _noted(note: Note, warning: str) -> Noted:
    return Noted(
        id=note.id,
        written_at=note.written_at,
        signed_at=note.signed_at,
        hour=note.hour,
        hour_at=_moment_of(note.hour),
        format=note.format,
        text=note.text,
        minutes=note.minutes,
        facts=tuple(filter(None, (note.modality, note.codes))),
        amends=note.amends,
        warning=warning,
    )


def _moment_of(hour: str) -> int:
    """Give an hour as a moment; 0 for none, and for what an alteration made of one."""
    day, _, clock = hour.partition(" ")
    try:
        hours, minutes = map(int, clock.split(":"))
        return days.moment(day, 60 * hours + minutes)
    except (ValueError, OverflowError):
        return 0
