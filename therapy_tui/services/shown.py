"""What a person sees of a message: a letter is its words, something shared says first what it is."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from therapy_tui import errors
from therapy_tui.core.messages import LETTER, Message

if TYPE_CHECKING:
    from therapy_tui.core.asked import MeasureAsked
    from therapy_tui.core.bodies import Body
    from therapy_tui.core.shared import SharedAnswers, SharedPage

NEWER = "Written by a newer version of this program, so it cannot be shown here. It is kept."
UNKNOWN_MEASURE = "This version does not know the questionnaire. The answers are kept."
NOT_KNOWN_YET = "This version does not know that questionnaire, so it cannot be answered here. A newer version may."
GONE = "It was taken back."
NOT_ANSWERED = "not answered"


class Shown(msgspec.Struct, frozen=True):
    """A message in words."""

    text: str
    about: str = ""
    """What it is, in a few words; empty for a letter."""
    asked: str = ""
    """The question that it answers, or empty."""
    is_quiet: bool = False
    """Whether the text is the program's, and not a person's."""

    @property
    def beginning(self) -> str:
        """The words by which it is named elsewhere."""
        return self.about or self.text

    @property
    def whole(self) -> str:
        """All of it, one part below the other."""
        return "\n\n".join(each for each in (self.about, self.asked, self.text) if each)


def shown(message: Message) -> Shown:
    """Put a message into words."""
    return Shown(message.text) if message.kind == LETTER else shown_body(message.kind, message.raw)


def shown_body(kind: int, raw: bytes) -> Shown:
    """Put what is no letter into words, by its kind and its body as bytes."""
    from therapy_tui.core import asked, bodies, shared  # the first screen shows letters, as a rule

    try:
        body = bodies.unpack_body(kind, raw)
    except errors.Malformed:
        body = bodies.Unknown(raw)
    if isinstance(body, shared.SharedPage):
        return _page(body)
    if isinstance(body, shared.SharedAnswers):
        return _answers(body)
    if isinstance(body, shared.TakenBack):
        return Shown("", "taken back")
    if isinstance(body, shared.Question):
        return Shown(body.text, "a question for the journal")
    if isinstance(body, asked.MeasureAsked):
        return _asked(body)
    return _arranged(body) or Shown(NEWER, is_quiet=True)


def _arranged(body: "Body") -> Shown | None:
    """Put what two people arranged into words."""
    from therapy_tui.core import bodies, office, promises, shared  # as above
    from therapy_tui.services import arranged_words as words  # as above

    if isinstance(body, bodies.Promise):
        return Shown("", words.of_promise(body))
    if isinstance(body, promises.MoreTime):
        return Shown("", words.of_more_time(body))
    if isinstance(body, office.OfficeHours):
        return Shown("\n".join(words.of_hours(body)), "working days and hours", is_quiet=True)
    if isinstance(body, shared.SharedCheckIns):
        told = words.of_check_ins(body)
        return Shown("" if body.days else GONE, told, is_quiet=not body.days)
    return None


def _page(body: "SharedPage") -> Shown:
    about = f"a page of {_in_words(body.day)}"
    if not body.text:
        return Shown(GONE, about, is_quiet=True)
    return Shown(body.text, f"{about}, mood {body.mood} of 10" if body.mood else about, body.question)


def _answers(body: "SharedAnswers") -> Shown:
    from therapy_tui.core.measures import score  # as above
    from therapy_tui.core.shared import UNANSWERED  # as above
    from therapy_tui.services import measures  # as above
    from therapy_tui.services.days import day_of  # as above

    known = next((each for each in measures.every_measure() if each.id == body.measure), None)
    about = f"{known.short if known else body.measure} of {_in_words(day_of(body.at))}"
    if not body.answers:
        return Shown(GONE, about, is_quiet=True)
    if known is None or (body.low, body.high) != (known.scoring.item_low, known.scoring.item_high):
        return Shown(UNKNOWN_MEASURE, about, is_quiet=True)
    answers = tuple(None if each == UNANSWERED else each for each in body.answers)
    try:
        result = score(known, answers)
    except errors.UsageError:
        return Shown(UNKNOWN_MEASURE, about, is_quiet=True)
    words = {each.score: f"{each.score}, {each.text}" for each in known.options}
    lines = [
        f"{item.number}. {item.text}\n   {NOT_ANSWERED if answer is None else words[answer]}"
        for item, answer in zip(known.items, answers, strict=True)
    ]
    said = measures.sentences(measures.Taken(b"", body.at, known, result))
    return Shown("\n".join([*said, "", *lines]), about)


def _asked(body: "MeasureAsked") -> Shown:
    from therapy_tui.content import measures as shelf  # as above
    from therapy_tui.services.asked import often  # as above

    known = shelf.measure(body.measure)
    name = known.short if known else body.measure
    if body.stop:
        return Shown("", f"{name} is no longer asked for")
    return Shown("" if known else NOT_KNOWN_YET, f"{name} is asked for, {often(body.weeks)}", is_quiet=True)


def _in_words(day: str) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%B} {found.year}"
