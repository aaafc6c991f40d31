"""The caseload as a list in the grid: due in the margin, who and how in the first line, why here in the second.

At the bar every reason is written out, in as many lines as it takes, and why it stands above the next; elsewhere they
are cut at the edge.
Those for whom nothing is due are one quiet paragraph of names at the end, where a chosen one is told of.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.text import safe_name
from therapy_tui.core.triage import Rank, Verdict
from therapy_tui.services import triage_words as words
from therapy_tui.tui import times
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.caseload_layout import BLANK, NAMES, PARTED, REST, WHO, Layout, first_quiet, lay
from therapy_tui.tui.widgets.letters import fit

BARS = "▁▂▃▄▅▆▇█"
MOODS_FROM = 97
"""From this width on the moods stand beside the measure."""
PANE_NOTE = 16
_TODAY = 86_400


def bars(weeks: Sequence[float | None]) -> str:
    """Draw four weeks of mood as four bars; a week without a number is a space."""
    return "".join(" " if each is None else BARS[round((each - 1) / 9 * (len(BARS) - 1))] for each in weeks)


class CaseloadList(Widget, can_focus=True):
    """Everybody, who needs one first in front. Only the rows that are seen are drawn."""

    COMPONENT_CLASSES = {f"caseload--{each}" for each in ("text", "quiet", "strong", "crisis", "warn", "bar", "chosen")}
    DEFAULT_CSS = """
    CaseloadList { height: 1fr; width: 1fr; }
    CaseloadList > .caseload--text { color: $text; background: $ground; }
    CaseloadList > .caseload--quiet { color: $quiet; background: $ground; }
    CaseloadList > .caseload--strong { color: $strong; background: $ground; text-style: bold; }
    CaseloadList > .caseload--crisis { color: $crisis; background: $ground; text-style: bold; }
    CaseloadList > .caseload--warn { color: $warn; background: $ground; }
    CaseloadList > .caseload--bar { color: $focus; background: $raised; }
    CaseloadList > .caseload--chosen { color: $strong; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.verdicts: list[Verdict] = []
        self.now = 0
        self.chosen = 0
        self.is_pane = False
        """Whether another pane stands beside it, so that the list has no page of its own to be centred on."""
        self.told = ""
        """What is said where nobody is in the list."""
        self._said: list[str] = []
        """Why the chosen one is here, in as many lines as that takes; the last says why above the next."""
        self._laid = Layout((), (), 0, "")

    @property
    def current(self) -> Verdict | None:
        """Who is at the bar, or None."""
        return self.verdicts[self.chosen] if 0 <= self.chosen < len(self.verdicts) else None

    @property
    def stands(self) -> str:
        """Why the one at the bar stands above who comes next."""
        below = self.verdicts[self.chosen + 1] if self.chosen + 1 < len(self.verdicts) else None
        return words.stands(self.current, below, self.now) if self.current is not None else ""

    def show(self, verdicts: Sequence[Verdict], now: int) -> None:
        """Show people in order; the bar stays with whom it was, or where it was."""
        before = self.current
        self.verdicts, self.now = list(verdicts), now
        places = [place for place, each in enumerate(self.verdicts) if before and each.facts.id == before.facts.id]
        self.chosen = places[0] if places else max(0, min(self.chosen, len(self.verdicts) - 1))
        self.refresh()

    def go(self, step: int) -> None:
        """Move the bar from person to person."""
        self.chosen = max(0, min(len(self.verdicts) - 1, self.chosen + step))
        self.refresh()

    def next_who_needs(self) -> bool:
        """Move the bar to the next person who needs one, round the end; tell whether there is one."""
        count = len(self.verdicts)
        for step in range(1, count + 1):
            place = (self.chosen + step) % count
            if self.verdicts[place].needs:
                self.chosen = place
                self.refresh()
                return True
        return False

    def clear(self) -> None:
        """Drop every word."""
        self.verdicts = []
        self.refresh()

    # laying out

    @property
    def _grid(self) -> Grid:
        width = self.size.width
        if not self.is_pane:
            return measure(width)
        return Grid(width, 0, PANE_NOTE, PANE_NOTE + 1, PANE_NOTE + 3, width - PANE_NOTE - 5)

    def _lay(self, grid: Grid) -> None:
        """Say for each row whose it is, and which of its lines."""
        is_row = self.chosen < first_quiet(self.verdicts)
        self._said = self._whole_why(grid.prose) if is_row else self._whole_quiet(grid.prose)
        plain = 2 if grid.note else 3
        size = grid.prose, max(1, self.size.height)
        lines = plain, plain + len(self._said) - (1 if is_row else 0)
        self._laid = lay(self.verdicts, self.chosen, size, self._laid.top, lines)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay the rows once for all that are drawn."""
        self._lay(self._grid)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid = self._grid
        place, line = self._laid.rows[y] if y < len(self._laid.rows) else (BLANK, 0)
        if not self.verdicts:
            segments = self._quiet("", self.told if y == 0 else "", grid)
        elif place == REST:
            segments = self._quiet("further", self._laid.rest, grid)
        elif place == BLANK:
            segments = []
        elif place == WHO:
            segments = self._quiet_who(line, grid)
        else:
            segments = self._quiet_row(line, grid) if place == NAMES else self._row(place, line, grid)
        return Strip(segments).adjust_cell_length(self.size.width, self._style("text"))

    def _quiet(self, note: str, said: str, grid: Grid) -> list[Segment]:
        note = note if grid.note and said else ""
        space = " " * (grid.left + grid.note - cell_len(note))
        between = " " * (grid.text - grid.left - grid.note)
        return [Segment(f"{space}{note}{between}{fit(said, grid.prose)}", self._style("quiet"))]

    def _row(self, place: int, line: int, grid: Grid) -> list[Segment]:
        verdict, is_chosen = self.verdicts[place], place == self.chosen
        text = self._style("text")
        body = self._style("chosen") if is_chosen else text
        segments = []
        if grid.note:
            note = fit(words.due(verdict, self.now), grid.note) if line == 0 else ""
            segments.append(Segment(" " * (grid.left + grid.note - cell_len(note)), text))
            segments.append(Segment(note, self._style(due_style(verdict, self.now))))
            segments.append(Segment(" " * (grid.bar - grid.left - grid.note), text))
        elif line == 0:
            segments.append(Segment("  ", text))
            segments.append(Segment(words.due(verdict, self.now), self._style(due_style(verdict, self.now))))
            return segments
        bar = "▌" if is_chosen and self.has_focus else " "
        segments += [Segment(bar, self._style("bar") if is_chosen else text), Segment(" ", body)]
        whose = 0 if grid.note else 1
        if line == whose:
            segments += self._who(verdict, grid.prose, body)
        else:
            segments += self._why(verdict, line - whose - 1, grid.prose, body)
        return [*segments, Segment(" ", body)]

    def _who(self, verdict: Verdict, room: int, body: Style) -> list[Segment]:
        facts = verdict.facts
        strong = self._style("strong") + Style(bgcolor=body.bgcolor)
        right = words.measure(facts.measure, self.now) or "no measure yet"
        moods = words.mood(facts.moods)
        if moods and self.size.width >= MOODS_FROM and not self.is_pane:
            right = f"{right}   {moods:<11} {bars(words.weeks(facts.moods))}"
        name = fit(safe_name(facts.name), max(4, room - cell_len(right) - 3))
        label = f"   {facts.label}" if facts.label and cell_len(name + right + facts.label) + 6 <= room else ""
        space = " " * max(1, room - cell_len(name) - cell_len(label) - cell_len(right))
        return [
            Segment(name, strong),
            Segment(label, self._style("quiet") + Style(bgcolor=body.bgcolor)),
            Segment(space, body),
            Segment(right, body),
        ]

    def _whole_why(self, room: int) -> list[str]:
        """Give why the chosen one is here; beside a pane, which says it too, in one line."""
        if self.is_pane or self.current is None:
            return [""]
        said = "; ".join(words.reasons(self.current, self.now))
        return [*([each.plain.rstrip() for each in Content(said).wrap(room)] or [""]), fit(self.stands, room)]

    def _whole_quiet(self, room: int) -> list[str]:
        """Give what is known of the chosen one for whom nothing is due; nothing beside a pane, which says it."""
        if self.is_pane or self.current is None:
            return []
        facts = self.current.facts
        heard = f"last letter {times.near(facts.heard_at, self.now)}" if facts.heard_at else "no letter yet"
        known = [
            words.measure(facts.measure, self.now) or "no measure yet",
            words.mood(facts.moods),
            heard,
            facts.label,
        ]
        return [fit(PARTED.join(each for each in known if each), room)]

    def _why(self, verdict: Verdict, line: int, room: int, body: Style) -> list[Segment]:
        if verdict is self.current and not self.is_pane:
            said, style = self._said[line], body
            if line == len(self._said) - 1:
                style = self._style("quiet") + Style(bgcolor=body.bgcolor)
        else:
            said = fit("; ".join(words.reasons(verdict, self.now)), room)
            style = body if verdict is self.current else self._style("quiet")
        return [Segment(said, style), Segment(" " * (room - cell_len(said)), body)]

    def _quiet_row(self, line: int, grid: Grid) -> list[Segment]:
        text, quiet = self._style("text"), self._style("quiet")
        note = "nothing due" if line == 0 and grid.note else ""
        segments = [Segment(" " * (grid.left + grid.note - cell_len(note)), text), Segment(note, quiet)]
        segments.append(Segment(" " * (grid.text - grid.left - grid.note), text))
        at = 0
        for place, begin, end in self._laid.names[line]:
            name = fit(safe_name(self.verdicts[place].facts.name), grid.prose)
            segments.append(Segment(PARTED if begin > at and at else " " * (begin - at), quiet))
            is_chosen = place == self.chosen
            chosen = self._style("chosen") + Style(bold=True)
            segments.append(Segment(name, chosen if is_chosen else quiet))
            at = end
        return segments

    def _quiet_who(self, line: int, grid: Grid) -> list[Segment]:
        chosen = self._style("chosen")
        said = fit(self._said[line], grid.prose)
        return [
            Segment(" " * (grid.text - 1), self._style("text")),
            Segment(f" {said}{' ' * (grid.prose - cell_len(said))} ", chosen),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"caseload--{name}")


def due_style(verdict: Verdict, now: int) -> str:
    """Give the style of what stands in the margin: crisis for what is over or flagged, warn for today."""
    until = verdict.facts.standing.until
    if verdict.is_put_off:
        return "quiet"
    if verdict.rank is Rank.FLAG or 0 < until < now:
        return "crisis"
    return "warn" if 0 < until - now <= _TODAY and words.due(verdict, now).startswith("today") else "quiet"
