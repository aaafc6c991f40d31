"""What a terminal sends for a key, by the modes that the program asked for."""

from tests.terminal import KEYS

ESCAPES, ALL_KEYS, WITH_TEXT = 1, 8, 16
"""Flags of the kitty keyboard protocol: Esc apart, all keys as orders, and the text along with them."""
_NAMED = {"enter": 13, "tab": 9, "backspace": 127, "esc": 27}
_MOVES = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}


def key_bytes(name: str, flags: int = 0, *, is_application: bool = False) -> bytes:
    """Give what a key sends.

    Args:
        name: a letter, or one of the names in `tests.terminal.KEYS`.
        flags: of the kitty keyboard protocol; 0 for a terminal of old.
        is_application: whether the keys that move send what application mode makes of them (DECCKM).
    """
    if name in _NAMED and flags & (ALL_KEYS if name != "esc" else ALL_KEYS | ESCAPES):
        return f"\x1b[{_NAMED[name]}u".encode()
    if name.startswith("ctrl+") and flags & (ALL_KEYS | ESCAPES):
        return f"\x1b[{ord(name[-1])};5u".encode()
    if name in _MOVES and is_application:
        return f"\x1bO{_MOVES[name]}".encode()
    if len(name) != 1 or not flags & ALL_KEYS:
        return KEYS.get(name, name.encode())
    shift = "2" if name.isupper() else ""
    text = f";{shift};{ord(name)}" if flags & WITH_TEXT else f";{shift}" if shift else ""
    return f"\x1b[{ord(name.lower())}{text}u".encode()
