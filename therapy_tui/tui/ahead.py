"""Keys typed ahead: those that were meant for where an earlier key of the same moment leads."""

from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

from textual import events
from textual.screen import Screen
from textual.widget import Widget

Typed: TypeAlias = events.Key | events.Paste
LEADING: Final = frozenset({"enter", "tab", "shift+tab", "escape"})
"""Keys that may lead to another field or place, wherever one is."""
HOPS: Final = 5
"""So many times through the queues of what has the focus, its screen and the application, and a key has had its way."""
LOST: Final = 0.5
"""Seconds after which nobody waits any more: what would have told of it was closed meanwhile."""


class TypedAhead:
    """Remembers to what each key was handed out, and keeps those that come before what they are for.

    On a line that stood still several keys arrive at once, and all are handed to what has the focus then. One that
    comes back unused after an earlier one has moved the focus belongs to what has it now. Where an earlier one has led
    to a place in which nothing has the focus yet, it waits, and whatever is typed after it waits behind it. Behind a
    key that may lead elsewhere all others wait until it has.
    """

    def __init__(self) -> None:
        self.is_held = False
        """Whether a key that may lead elsewhere has yet to do so."""
        self._aims: WeakKeyDictionary[Typed, Widget] = WeakKeyDictionary()
        self._kept: list[Typed] = []

    def keeps(self, typed: Typed, focused: Widget | None, screen: Screen[object]) -> bool:
        """Tell whether this has to wait for what it is for; then it is kept, in the order in which all came."""
        aim = self._aims.get(typed) if typed.is_forwarded else None
        is_early = aim is not None and focused is None and screen not in aim.ancestors_with_self
        # One that comes back while others are held is the one that leads, or from before it.
        if is_early or (not typed.is_forwarded if self.is_held else self._kept):
            self._kept.append(typed)
            return True
        return False

    def take_kept(self) -> list[Typed]:
        """Give what was kept, as if it were typed now; nothing while it has to wait."""
        if self.is_held:
            return []
        kept, self._kept = self._kept, []
        return [_anew(each) for each in kept]

    def again(self, typed: Typed, focused: Widget | None, screen: Screen[object]) -> Typed | None:
        """Give what has come back and is for what has the focus now, to be handed to that; else note where it goes."""
        if not typed.is_forwarded:
            self._aims[typed] = focused or screen
            return None
        if focused is None or self._aims.get(typed, focused) is focused:
            return None
        anew = _anew(typed)
        anew._set_forwarded()  # noqa: SLF001 - it may come back like any other that was handed out
        self._aims[anew] = focused
        return anew


def _anew(typed: Typed) -> Typed:
    anew = events.Key(typed.key, typed.character) if isinstance(typed, events.Key) else events.Paste(typed.text)
    anew.time = typed.time
    return anew
