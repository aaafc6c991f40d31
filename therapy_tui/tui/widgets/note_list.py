"""Notes as a list in the grid: when and about whom in the margin, how each begins in the column."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from therapy_tui.core.markdown import beginning_of
from therapy_tui.core.notes import Note
from therapy_tui.services import note_layouts
from therapy_tui.tui import times
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.note_words import facts_of, state_of
from therapy_tui.tui.widgets.letters import PARTED, fit, wrap
from therapy_tui.tui.widgets.stretch import Stretch

ROWS = 2
EMPTIED = "nothing stands here now"


def words_of(note: Note, room: int, now: int) -> list[tuple[str, str]]:
    """Give two lines of a note, each with its style: its heading and how it goes on, or how it begins.

    Of a note in parts, or a signed one, the second line says so.
    """
    if not note.text.strip():
        return [(EMPTIED, "quiet"), ("", "text")]
    layout = note_layouts.layout_of(note)
    if layout.parts or note.signed_at:
        told = PARTED.join([layout.name, state_of(note, now), *facts_of(note)])
        return [
            (fit(" ".join(beginning_of(note_layouts.bare_words(note))).strip(), room), "text"),
            (fit(told, room), "quiet"),
        ]
    heading, beginning = beginning_of(note.text)
    if heading:
        return [(fit(heading, room), "strong"), (fit(beginning, room), "text")]
    first, *rest = wrap(beginning, room)
    return [(first, "text"), (fit(" ".join(rest), room), "text")]


class NoteList(Stretch[Note]):
    """The notes, the newest first."""

    COMPONENT_CLASSES = {
        "notes--text",
        "notes--quiet",
        "notes--strong",
        "notes--bar",
        "notes--chosen",
    }
    DEFAULT_CSS = """
    NoteList { height: 1fr; width: 100%; }
    NoteList > .notes--text { color: $text; background: $ground; }
    NoteList > .notes--quiet { color: $quiet; background: $ground; }
    NoteList > .notes--strong { color: $strong; background: $ground; text-style: bold; }
    NoteList > .notes--bar { color: $focus; background: $raised; }
    NoteList > .notes--chosen { color: $text; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names: dict[bytes, str] = {}
        """Everybody's name by id."""
        self.now = 0

    def height_of(self, place: int) -> int:
        """Give how many lines a note has: one more where the margin's notes stand above it."""
        del place
        return ROWS if measure(self.size.width).note else ROWS + 1

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        text = self._style("text")
        place, line = self.laid[y] if y < len(self.laid) else (-1, -1)
        note = self.at(place) if line >= 0 else None
        if note is None:
            return Strip.blank(self.size.width, text)
        grid = measure(self.size.width)
        is_chosen = place == self.chosen
        body = self._style("chosen" if is_chosen else "text")
        segments = [*self._margin(note, line, grid)]
        segments += [Segment("▌" if is_chosen else " ", self._style("bar") if is_chosen else text), Segment(" ", body)]
        segments += self._words(note, line, grid, body)
        used = sum(segment.cell_length for segment in segments)
        end = grid.text + grid.prose + 1 if grid.note else self.size.width
        segments.append(Segment(" " * max(0, end - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _margin(self, note: Note, line: int, grid: Grid) -> list[Segment]:
        if not grid.note:
            return []
        said = fit((self._when(note), self.names.get(note.contact, ""))[line], grid.note)
        before = Segment(" " * (grid.left + grid.note - cell_len(said)), self._style("text"))
        return [before, Segment(said, self._style("quiet")), Segment(" ", self._style("text"))]

    def _words(self, note: Note, line: int, grid: Grid, body: Style) -> list[Segment]:
        if grid.note:
            words, style = words_of(note, grid.prose, self.now)[line]
        elif line:
            words, style = words_of(note, grid.prose, self.now)[line - 1]
        else:
            facts = [self._when(note), *([self.names[note.contact]] if note.contact in self.names else [])]
            words, style = fit(PARTED.join(facts), grid.prose), "quiet"
        return [Segment(words, self._style(style) + Style(bgcolor=body.bgcolor))]

    def _when(self, note: Note) -> str:
        return times.near(note.written_at, self.now)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"notes--{name}")
