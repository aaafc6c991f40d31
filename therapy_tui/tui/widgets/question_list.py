"""The questions that a page can begin with, as a list in the grid: all their words, and what they belong to."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from therapy_tui.core.prompts import Prompt
from therapy_tui.core.text import safe_line
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.letters import fit, wrap
from therapy_tui.tui.widgets.stretch import Stretch

LONGEST = 1_000
"""More characters than a question has, also with what is invisible in it named."""


class QuestionList(Stretch[Prompt]):
    """The questions, one's own first."""

    COMPONENT_CLASSES = {
        "questions--text",
        "questions--quiet",
        "questions--strong",
        "questions--bar",
        "questions--chosen",
    }
    DEFAULT_CSS = """
    QuestionList { height: 1fr; width: 100%; }
    QuestionList > .questions--text { color: $text; background: $ground; }
    QuestionList > .questions--quiet { color: $quiet; background: $ground; }
    QuestionList > .questions--strong { color: $strong; background: $raised; text-style: bold; }
    QuestionList > .questions--bar { color: $focus; background: $raised; }
    QuestionList > .questions--chosen { color: $text; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._all: Sequence[Prompt] = ()
        self._kinds: Mapping[str, str] = {}

    def show_all(self, prompts: Sequence[Prompt], kinds: Mapping[str, str], *, keep: bool = False) -> None:
        """Show questions; `kinds` says what each belongs to, by its id."""
        self._all, self._kinds = prompts, kinds
        self.show(lambda skip, most: prompts[skip : skip + most], len(prompts), keep=keep)

    def clear(self) -> None:
        """Drop every word."""
        self._all, self._kinds = (), {}
        super().clear()

    def go_to(self, prompt: str) -> None:
        """Go to a question by its id, where it is there."""
        places = [place for place, each in enumerate(self._all) if each.id == prompt]
        self.go(places[0] - self.chosen if places else 0)

    def go_kind(self, step: int) -> None:
        """Go to the first question of the next kind, or of this one or the one before."""
        firsts = [place for place in range(self.count) if self._is_first(place)]
        after = [place for place in firsts if place > self.chosen]
        before = [place for place in firsts if place < self.chosen]
        wanted = (after[:1] if step > 0 else before[-1:]) or [self.chosen]
        self.go(wanted[0] - self.chosen)

    def _is_first(self, place: int) -> bool:
        return place == 0 or self._kind(place) != self._kind(place - 1)

    def _kind(self, place: int) -> str:
        return self._kinds.get(self._all[place].id, "")

    # drawing

    def _lines(self, place: int) -> list[str]:
        """Give the lines of a question; without a margin, what it belongs to stands above the first of a kind."""
        grid = measure(self.size.width)
        above = [fit(self._kind(place), grid.prose)] if not grid.note and self._is_first(place) else []
        return [*above, *wrap(safe_line(self._all[place].text, LONGEST), grid.prose)]

    def height_of(self, place: int) -> int:
        """Give how many lines a question has."""
        return len(self._lines(place))

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        text = self._style("text")
        place, line = self.laid[y] if y < len(self.laid) else (-1, -1)
        if line < 0:
            return Strip.blank(self.size.width, text)
        grid = measure(self.size.width)
        is_chosen = place == self.chosen
        is_above = not grid.note and line == 0 and self._is_first(place)
        body = self._style("chosen" if is_chosen and not is_above else "text")
        style = self._style("quiet") if is_above else self._style("strong") if is_chosen else body
        marked = is_chosen and not is_above
        segments = [
            *self._margin(place, line, grid),
            Segment("▌" if marked else " ", self._style("bar") if marked else text),
        ]
        segments += [Segment(" ", body), Segment(self._lines(place)[line], style)]
        used = sum(segment.cell_length for segment in segments)
        end = grid.text + grid.prose + 1 if grid.note else self.size.width
        segments.append(Segment(" " * max(0, end - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _margin(self, place: int, line: int, grid: Grid) -> list[Segment]:
        if not grid.note:
            return []
        is_told = line == 0 and (self._is_first(place) or place == self.chosen)
        said = fit(self._kind(place), grid.note) if is_told else ""
        before = Segment(" " * (grid.left + grid.note - cell_len(said)), self._style("text"))
        return [before, Segment(said, self._style("quiet")), Segment(" ", self._style("text"))]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"questions--{name}")
