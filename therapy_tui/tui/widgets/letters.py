"""Letters as lines of the grid: what stands in the margin, what in the column, and which rule parts them. Pure."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len, set_cell_size
from textual.content import Content

from therapy_tui.core.delivery import State
from therapy_tui.core.messages import TONES, Message
from therapy_tui.core.text import safe_line, safe_text
from therapy_tui.services.shown import shown
from therapy_tui.tui import times
from therapy_tui.tui.grid import Grid

NEW = "new since you were here"
GAP = "a letter before this one has not arrived"
MOST_NOTE_LINES = 2
PARTED = "   "
"""Between the notes that stand in one row."""
STATES = {
    State.QUEUED: "queued",
    State.SENT: "sent",
    State.DELIVERED: "delivered",
    State.FAILED: "did not go",
}


class Line(msgspec.Struct, frozen=True):
    """One row of the conversation.

    Styles are names of the widget's component classes: text, quiet, strong, new, crisis.
    """

    note: str = ""
    note_style: str = "quiet"
    text: str = ""
    style: str = "text"
    rule: bool = False
    """A thin rule fills what is left of the column."""
    letter: int = -1
    """The row of the letter it belongs to, for the bar; -1 for none."""


class Frame(msgspec.Struct, frozen=True):
    """What the lines of a letter depend on beside the letter."""

    them: str
    now: int
    column: int
    """The width of prose."""
    note: int
    """The width of the margin where notes stand; 0 where they stand above the text."""
    parted: str = ""
    """A day in words that stands above the letter, or empty."""
    is_first_new: bool = False
    after_gap: bool = False
    answers: str = ""
    """The letter that this one answers, or what is known of it; empty for none."""


def wrap(text: str, width: int) -> list[str]:
    """Wrap prose by cells; blank lines stay."""
    lines: list[str] = []
    for paragraph in safe_text(text).split("\n"):
        if cell_len(paragraph) <= width:
            lines.append(paragraph)
        else:
            lines += [line.plain.rstrip() for line in Content(paragraph).wrap(width)]
    return lines


def fit(text: str, cells: int) -> str:
    """Cut one line to a number of cells, with an ellipsis where something was cut."""
    line = safe_line(text)
    return line if cell_len(line) <= cells else set_cell_size(line, max(1, cells - 1)).rstrip() + "…"


NOT_KEPT = "not kept"
"""What the margin says while the disk takes nothing: the words stand on the screen and in memory, and nowhere else."""


def kept_words(kept_at: int, *, is_unkept: bool = False) -> str:
    """Say when what is written was kept, in seconds since 1970 or 0 for not yet, or that it is not."""
    if is_unkept:
        return NOT_KEPT
    return f"kept {times.clock(kept_at)}" if kept_at else "kept as you type"


def note_style(note: str) -> str:
    """Give the style of a note in the margin: quiet, but for what did not go well."""
    return "bold $crisis" if note == NOT_KEPT else "$quiet"


def margin(who: str, notes: Sequence[str], grid: Grid) -> Content:
    """Lay notes into the margin, or into the one row above the text: there, what has no room goes whole, last first."""
    if grid.note:
        return Content.assemble((who, "bold $strong"), *[(f"\n{each}", note_style(each)) for each in notes])
    shown = [fit(who, grid.prose), *sorted(notes, key=lambda each: each != NOT_KEPT)]
    while len(shown) > 1 and cell_len(PARTED.join(shown)) > grid.prose:
        shown.pop()
    return Content.assemble((shown[0], "bold $strong"), *[(PARTED + each, note_style(each)) for each in shown[1:]])


def state_note(message: Message, now: int) -> tuple[str, str]:
    """Give the word for where a letter is, and its style."""
    if not message.outgoing:
        return "", "quiet"
    if message.state is State.READ:
        return f"read {times.near(message.state_at, now)}", "quiet"
    word = STATES.get(message.state, "")
    if message.again and message.state in {State.QUEUED, State.SENT}:
        word = f"{word} again"
    return word, "crisis" if message.state is State.FAILED else "quiet"


def notes_of(message: Message, frame: Frame) -> list[tuple[str, str]]:
    """Give what the margin says of a letter: who, when, how it was meant, what became of it."""
    # The day line above says which day it is, unless it was written on another.
    same_day = times.day_of(message.written_at) == times.day_of(message.arrived_at)
    when = times.clock(message.written_at) if same_day else times.near(message.written_at, frame.now)
    notes = [("You" if message.outgoing else frame.them, "strong"), (when, "quiet")]
    if 0 < message.tone < len(TONES):
        notes.append((TONES[message.tone], "quiet"))
    word, style = state_note(message, frame.now)
    return [*notes, (word, style)] if word else notes


def lines_of(message: Message, frame: Frame) -> list[Line]:
    """Give the rows of one letter, each letter with a blank row above it."""
    letter = message.row
    lines = [Line()]
    if frame.parted:
        lines += [Line(text=frame.parted, style="quiet", rule=True), Line()]
    if frame.is_first_new:
        lines += [Line(text=NEW, style="new", rule=True), Line()]
    if frame.after_gap:
        lines += [*(Line(text=text, style="quiet") for text in wrap(GAP, frame.column)), Line()]
    notes = notes_of(message, frame)
    rows = _words(message, frame)
    if not frame.note:
        lines += _notes_above(notes, frame.column, letter)
        return lines + [Line(text=text, style=each, letter=letter) for text, each in rows] + _failure(message, frame)
    beside = [(line, style) for note, style in notes for line in _note_lines(note, frame.note)]
    for place in range(max(len(beside), len(rows))):
        note, note_style = beside[place] if place < len(beside) else ("", "quiet")
        text, each = rows[place] if place < len(rows) else ("", "text")
        lines.append(Line(note, note_style, text, each, letter=letter))
    return lines + _failure(message, frame)


def _words(message: Message, frame: Frame) -> list[tuple[str, str]]:
    """Give the rows of what was written, with what it is or answers above it."""
    what = shown(message)
    above = f"{what.about or 'answers'}: {frame.answers}" if frame.answers else what.about
    alone = above and not frame.answers and not what.text  # all that there is, so none of it is cut
    heads = wrap(above, frame.column) if alone else [fit(above, frame.column)] if above else []
    rows = [(text, "quiet") for text in heads]
    rows += [(text, "strong") for text in (wrap(what.asked, frame.column) if what.asked else ())]
    if what.about and what.text:
        rows.append(("", "text"))
    if what.text or not rows:
        rows += [(text, "quiet" if what.is_quiet else "text") for text in wrap(what.text, frame.column)]
    return rows


def _note_lines(note: str, room: int) -> list[str]:
    """Wrap a note into the margin; a very long name is cut after its second line."""
    lines = wrap(note, room)
    return lines if len(lines) <= MOST_NOTE_LINES else [lines[0], fit(" ".join(lines[1:]), room)]


def _notes_above(notes: list[tuple[str, str]], room: int, letter: int) -> list[Line]:
    """Put the notes in a row of their own above the text; a failure in one of its own."""
    rest = PARTED.join(text for text, style in notes[1:] if style == "quiet")
    who = fit(notes[0][0], max(8, room - cell_len(rest) - 3))
    text = fit(rest, max(8, room - cell_len(who) - 3))
    lines = [Line(note=who, note_style="strong", text=text, style="quiet", letter=letter)]
    return lines + [Line(text=text, style=style, letter=letter) for text, style in notes[1:] if style == "crisis"]


def _failure(message: Message, frame: Frame) -> list[Line]:
    """Say why a letter did not go, what is safe and what to do; or why one still waits, where that is known."""
    if message.state is State.QUEUED and message.reason:
        return [Line(text=text, style="quiet", letter=message.row) for text in wrap(message.reason, frame.column)]
    if message.state is not State.FAILED:
        return []
    told = f"{message.reason} It is kept here, whole." if message.reason else "It is kept here, whole."
    letter = message.row
    lines = [Line(letter=letter)]
    lines += [Line(text=text, style="crisis", letter=letter) for text in wrap("This letter did not go.", frame.column)]
    lines += [Line(text=text, letter=letter) for text in wrap(told, frame.column)]
    return lines
