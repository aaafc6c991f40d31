"""A list of any length of which only what is seen is read and laid out: what is chosen is always in view."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.tui.frames import Steady

T = TypeVar("T")

HELD = 40
"""How many are read at a time."""


class Stretch(Steady, Widget, Generic[T], can_focus=True):
    """A list drawn by lines from a window over the store. A subclass says how many lines each has, and draws them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch: Callable[[int, int], Sequence[T]] | None = None
        self._held: dict[int, T] = {}
        self.count = 0
        self.chosen = 0
        self._first = 0
        self.laid: list[tuple[int, int]] = []
        """For each row which one it belongs to and which of its lines it is; -1 for a line that is blank."""

    @property
    def current(self) -> T | None:
        """What is at the bar, or None."""
        return self.at(self.chosen)

    def show(self, fetch: Callable[[int, int], Sequence[T]], count: int, *, keep: bool = False) -> None:
        """Show others, the first chosen; with `keep` the same place, because something in it changed.

        Args:
            fetch: reads them: how many to skip, and how many.
            count: how many there are.
            keep: stay where the bar is.
        """
        self._fetch, self.count = fetch, count
        self._held.clear()
        self.chosen = min(self.chosen, max(0, count - 1)) if keep else 0
        self._first = self._first if keep else 0
        self.refresh()

    def clear(self) -> None:
        """Drop every word."""
        self._fetch, self.count = None, 0
        self._held.clear()
        self.refresh()

    def go(self, step: int) -> bool:
        """Move the bar; tell whether it moved."""
        before = self.chosen
        self.chosen = max(0, min(self.count - 1, self.chosen + step))
        self.refresh()
        return self.chosen != before

    def at(self, place: int) -> T | None:
        """Give the one at a place, read with its neighbours."""
        if not 0 <= place < self.count or self._fetch is None:
            return None
        if place not in self._held:
            begin = max(0, place - HELD // 2)
            self._held = dict(enumerate(self._fetch(begin, HELD), start=begin))
        return self._held.get(place)

    def height_of(self, place: int) -> int:
        """Give how many lines the one at a place has, without the blank one below."""
        raise NotImplementedError

    def _lay(self) -> list[tuple[int, int]]:
        self._first = max(0, min(self._first, self.chosen))
        while True:
            rows: list[tuple[int, int]] = []
            place = self._first
            while len(rows) < self.size.height and place < self.count:
                rows += [(place, line) for line in range(self.height_of(place))] + [(place, -1)]
                place += 1
            if self._first == self.chosen or (self.chosen, -1) in rows[: self.size.height + 1]:
                return rows
            self._first += 1

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay the rows once for all that are drawn."""
        self.laid = self._lay()
        return super().render_lines(crop)
