"""The first and the last rows of every screen: where one is, what is new, and which keys work now."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

EDGE = 2
GAP = 3
MOST_HINTS = 6
LEAST_NAME = 8
"""A name that is cut to fewer cells says nothing."""
MOST_NEWS = 4
"""The lines of a notice, at most."""

Hint = tuple[str, str]
"""A key as it is shown, and the word for what it does."""


class Heading(Widget):
    """Row 1: the place in strong, then who, then a quiet fact; at the right, quiet, what is known of the line.

    Facts at the right are parted by a dot; the last of them goes first where there is no room.
    """

    DEFAULT_CSS = "Heading { height: 2; width: 100%; }"  # a blank row is under it

    place = reactive("")
    who = reactive("")
    fact = reactive("")
    right = reactive("")

    def render(self) -> Content:
        """Draw the row; the right end goes first when it is narrow, then the fact, and who is cut."""
        room = self.size.width - 2 * EDGE
        parts = [(self.place, "bold $strong"), (self.who, "$text"), (self.fact, "$quiet")]
        shown = [part for part in parts if part[0]]
        right = self.right
        while right and _length(shown) + GAP + cell_len(right) > room:
            right = right.rpartition(" · ")[0]
        while len(shown) > 1 and _length(shown) > room:
            text, style = shown.pop()
            rest = room - _length(shown) - GAP
            if text == self.who and rest >= LEAST_NAME:  # to whom one writes must be seen, as much as there is room for
                shown.append((Content(text).truncate(rest, ellipsis=True).plain, style))
        left = [piece for part in shown for piece in (part, (" " * GAP, ""))][:-1]
        space = max(0, room - _length(shown) - cell_len(right))
        return Content.assemble(" " * EDGE, *left, " " * space, (right, "$quiet"))


def _length(parts: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(text) for text, _ in parts) + GAP * max(0, len(parts) - 1)


class Notice(Widget):
    """The row above the footer: one line of news that covers nothing and stays until a key.

    News that needs more room takes it from the middle, up to four lines: what to do stands at the end of a sentence.
    """

    DEFAULT_CSS = """
    Notice { height: auto; width: 100%; }
    Notice.-told { background: $raised; }
    """

    text = reactive("")
    failed = reactive(default=False)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width; one where there is no news."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the news, or nothing."""
        if not self.text:
            return Content("")
        colour = "$crisis" if self.failed else "$focus"
        style = "bold $crisis" if self.failed else "$text"
        lines = [Content.assemble(("▌", colour), (f" {each.plain}", style)) for each in self._lines(self.size.width)]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> list[Content]:
        room = max(4, width - 2 * EDGE)
        lines = list(Content(self.text).wrap(room))
        if len(lines) > MOST_NEWS:
            lines[MOST_NEWS - 1 :] = [lines[MOST_NEWS - 1].rstrip().truncate(room - 1, ellipsis=False) + "…"]
        return lines

    def watch_text(self, before: str, text: str) -> None:
        """Lay the news on its own surface while it says something, as high as it is."""
        self.set_class(bool(text), "-told")
        if max(len(before), len(text)) > self.size.width - 2 * EDGE:
            self.refresh(layout=True)


class Hints(Widget):
    """The last row: the keys that work now, the likeliest first, and help alone at the right."""

    DEFAULT_CSS = "Hints { height: 1; width: 100%; }"

    hints: reactive[tuple[Hint, ...]] = reactive(())
    ways_back: frozenset[Hint] = frozenset()
    """Those among them that lead back, which never go: what stands at the right goes before them."""
    below: reactive[Hint | None] = reactive(None)
    """The key that goes further, where there is more below than the window shows: it stands last and goes last."""
    right: reactive[Hint] = reactive(("F1", "help"))

    def render(self) -> Content:
        """Draw as many as there is room for, dropped from the end but for the way back, never cut."""
        shown, right = self._fitting()
        pieces: list[Content] = []
        for each in shown:
            pieces += [_drawn(each), Content(" " * GAP)]
        space = " " * max(0, self.size.width - 2 * EDGE - _row(shown, ("", "")) - _row([right], ("", "")))
        return Content.assemble(" " * EDGE, *pieces[:-1], space, _drawn(right))

    def _fitting(self) -> tuple[list[Hint], Hint]:
        """Give what there is room for, and what stands at the right."""
        room = self.size.width - 2 * EDGE
        shown, right = [*self.hints, *([self.below] if self.below else [])], self.right
        while len(shown) > MOST_HINTS or _row(shown, right) > room:
            least = next((each for each in reversed(shown) if each not in {*self.ways_back, self.below}), None)
            if least is not None:
                shown.remove(least)
            elif any(right):
                right = ("", "")
            elif self.below in shown:
                shown.remove(self.below)
            else:
                break
        return shown, right


def _drawn(hint: Hint) -> Content:
    key, word = hint
    return Content.assemble(key_words(key), (f" {word}" if key and word else word, "$quiet"))


def key_words(text: str) -> Content:
    """Draw the name of a key: strong, and bold only where there is no colour."""
    return Content.styled(text, "$strong $style-key")


def _row(shown: Sequence[Hint], right: Hint) -> int:
    """Give the cells that hints need, with what stands at the right."""
    every = [*shown, right] if any(right) else list(shown)
    return _length([(" ".join(each).strip(), "") for each in every])
