"""Keys typed ahead: those that were meant for where an earlier key of the same moment leads."""

from weakref import WeakKeyDictionary

from textual import events
from textual.widget import Widget


class TypedAhead:
    """Remembers for which widget each key was handed out.

    On a line that stood still several keys arrive at once, and all are handed to what has the focus then. One that
    comes back unused after an earlier one has moved the focus belongs to what has it now.
    """

    def __init__(self) -> None:
        self._aims: WeakKeyDictionary[events.Key, Widget | None] = WeakKeyDictionary()

    def is_for(self, key: events.Key, focused: Widget | None) -> bool:
        """Tell whether the key has come back and is for what has the focus now; else it is noted where it goes."""
        if not key.is_forwarded:
            self._aims[key] = focused
            return False
        aim = self._aims.pop(key, focused)
        return focused is not None and aim is not focused
