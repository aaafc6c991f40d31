"""Keys typed ahead: those that were meant for where an earlier key of the same moment leads."""

from typing import TypeAlias
from weakref import WeakKeyDictionary

from textual import events
from textual.screen import Screen
from textual.widget import Widget

Typed: TypeAlias = events.Key | events.Paste


class TypedAhead:
    """Remembers to what each key was handed out, and keeps those that come before what they are for.

    On a line that stood still several keys arrive at once, and all are handed to what has the focus then. One that
    comes back unused after an earlier one has moved the focus belongs to what has it now. Where an earlier one has led
    to a place in which nothing has the focus yet, it waits, and whatever is typed after it waits behind it.
    """

    def __init__(self) -> None:
        self._aims: WeakKeyDictionary[Typed, Widget] = WeakKeyDictionary()
        self._kept: list[Typed] = []

    def keeps(self, typed: Typed, focused: Widget | None, screen: Screen[object]) -> bool:
        """Tell whether this has to wait for what it is for; then it is kept, in the order in which all came."""
        aim = self._aims.get(typed) if typed.is_forwarded else None
        is_early = aim is not None and focused is None and screen not in aim.ancestors_with_self
        if self._kept or is_early:
            self._kept.append(typed)
            return True
        return False

    def take_kept(self) -> list[Typed]:
        """Give what was kept, as if it were typed now."""
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
