"""Keys typed ahead: those that are for where an earlier key leads, and those that may be a passphrase once more."""

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
PAUSE: Final = 1.0
"""Seconds without a key after which somebody who typed while a passphrase was tried has seen what came of it."""
AT_ONCE: Final = frozenset({"f1", "f8", "f10"})
"""The F-keys that answer also while the vault is being opened."""
F_KEYS: Final = frozenset(f"f{number}" for number in range(1, 11))


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

    def put(self, typed: list[Typed]) -> None:
        """Keep these for what is in front next."""
        self._kept.extend(typed)

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


class TypedMeanwhile:
    """Drops what is typed while a passphrase is being tried, and what goes on after that without a pause.

    It may be the passphrase once more, and that must never stand in a letter. An F-key is no part of one: with it
    begins what is meant for the place that it leads to. It waits with all behind it, and is given only if the
    passphrase was right.
    """

    def __init__(self) -> None:
        self._place: Screen[object] | None = None
        self._kept: list[Typed] = []
        self._last = float("-inf")
        self._at_once = F_KEYS

    def begin(self, place: Screen[object], at_once: frozenset[str] = F_KEYS) -> None:
        """Hear that a passphrase is being tried that was typed on this screen; what answers at once does so."""
        self._place, self._last, self._at_once = place, float("-inf"), at_once
        self._kept.clear()

    def end(self, *, opened: bool) -> list[Typed]:
        """Give what is for the places behind it, if the passphrase was right."""
        kept, self._kept, self._place = self._kept, [], None
        return kept if opened else []

    @property
    def has_dropped(self) -> bool:
        """Whether something was dropped, after which there was no pause yet."""
        return self._last > float("-inf")

    def takes(self, typed: Typed, screen: Screen[object]) -> bool:
        """Tell whether this goes to nobody now; `screen` is the one in front."""
        if typed.is_forwarded or (self._place is not None and screen is not self._place):
            return False
        key = typed.key if isinstance(typed, events.Key) else ""
        if self._place is not None and key not in self._at_once and (self._kept or key in F_KEYS):
            self._kept.append(typed)
            return True
        if key in F_KEYS or (self._place is None and typed.time - self._last > PAUSE):
            self._kept.clear()
            self._last = float("-inf")
            return False
        self._last = typed.time
        return True


def _anew(typed: Typed) -> Typed:
    anew = events.Key(typed.key, typed.character) if isinstance(typed, events.Key) else events.Paste(typed.text)
    anew.time = typed.time
    return anew
