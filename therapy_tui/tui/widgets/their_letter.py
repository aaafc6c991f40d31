"""Their letter, to be read while one answers it; below it what else a therapist knows."""

from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from therapy_tui.core.messages import Message
from therapy_tui.services import triage_words
from therapy_tui.services.beside import Beside, Given
from therapy_tui.services.shown import shown
from therapy_tui.tui import times
from therapy_tui.tui.widgets.caseload import bars
from therapy_tui.tui.widgets.letters import fit, wrap

_NOTE = 11
_WIDE = 56
"""From so many columns on, what a row is stands beside it; in fewer, over it."""
READ_ON = "   tab and then ↓ to read on"
Rows = list[tuple[str, list[str]]]


class TheirLetter(VerticalScroll):
    """The pane beside the page, or below it."""

    def __init__(self) -> None:
        super().__init__(id="theirs")
        self._head, self._text, self._facts = Static(id="head"), Static(id="text"), Static(id="facts")
        self._who = Content("")

    def compose(self) -> ComposeResult:
        """Put the words under who wrote them and when, and the rest below."""
        yield self._head
        yield self._text
        yield self._facts

    def show(self, letter: Message | None, name: str, now: int) -> None:
        """Show a letter."""
        who = "You" if letter is not None and letter.outgoing else name
        when = times.near(letter.written_at, now) if letter is not None else "no letter of theirs is here yet"
        self._who = Content.assemble((who, "bold $strong"), (f"   {when}", "$quiet"))
        self._head.update(self._who)
        self._text.display = letter is not None
        self._text.update(Content("\n".join(wrap(shown(letter).whole, 1_000_000)) if letter is not None else ""))

    def show_facts(self, known: Beside, room: int, now: int, *, is_low: bool) -> None:
        """Show what else is known.

        Args:
            known: what there is to show.
            room: how many columns a row has.
            now: seconds since 1970.
            is_low: whether only a few rows are seen, so that it is said how to read on.
        """
        rows = rows_of(known, room if room < _WIDE else room - _NOTE, now)
        self._head.update(Content.assemble(self._who, (READ_ON if rows and is_low else "", "$quiet")))
        self._facts.display = bool(rows)
        self._facts.update(Content("\n").join(_drawn(rows, is_wide=room >= _WIDE)))

    def clear(self) -> None:
        """Drop every word."""
        for each in (self._head, self._text, self._facts):
            each.update("")


def rows_of(known: Beside, room: int, now: int) -> Rows:
    """Give each row with what it is, its lines no wider than `room`; what is not known has none."""
    moods = triage_words.mood(known.moods, triage_words.SPAN)
    weeks = bars(triage_words.weeks(known.moods))
    rows = [
        ("first", wrap(known.first, room) if known.first else []),
        ("due", wrap(known.due, room) if known.due else []),
        ("check-ins", [f"{moods}  {weeks}"] if moods else []),
        ("shared", [fit(f"{_day(each, now):<6}  {each.title}", room) for each in known.shared]),
        ("asked", [line for each in known.asked for line in wrap(f"{each.title} {_asked(each, now)}", room)]),
    ]
    return [(note, lines) for note, lines in rows if lines]


def _asked(given: Given, now: int) -> str:
    return f"({_day(given, now)}, no answer yet)"


def _day(given: Given, now: int) -> str:
    try:
        found = date.fromisoformat(given.day)
    except ValueError:
        return given.day
    year = "" if found.year == times.day_of(now)[0] else f" {found.year}"
    return f"{found.day} {times.MONTHS[found.month - 1][:3]}{year}"


def _drawn(rows: Rows, *, is_wide: bool) -> list[Content]:
    drawn = []
    for place, (note, lines) in enumerate(rows):
        if is_wide:
            for row, line in enumerate(lines):
                drawn.append(Content.assemble((f"{'' if row else note:<{_NOTE}}", "$quiet"), (line, "$text")))
            continue
        drawn += [Content("")] * bool(place)
        drawn += [Content.styled(note, "$quiet"), *(Content.styled(line, "$text") for line in lines)]
    return drawn
