"""Tells keys, pastes and the terminal's answers apart in what was read. It knows no clock: somebody else waits.

What a single key sends begins with Esc more often than not, so Esc itself is the difficult one. These are the rules:

- An order that is whole is one key or one answer; one that nobody knows is dropped, and never taken for letters.
- An order that is cut goes on in the next read, however long that takes: a line loses nothing.
- Esc with nothing after it, or with the first letter of an order, may be cut as well. A terminal that tells Esc apart
  (it has answered the question `CSI ? u`) does not send it so for the key, and the rest is waited for; any other is
  given the moment that terminals have always been given.
- Esc and a letter or a digit are two keys, whether they come together or not: on a slow line they often do. Alt is
  heard only where it edits (`ALT`), because a whole word is lost less easily than a key.
"""

import re
from typing import Final

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

ASK_KEYBOARD: Final = "\x1b[?u"
"""Asks whether the terminal tells Esc apart; one that does not know the question does not answer."""
MOMENT: Final = constants.ESCAPE_DELAY
"""So many seconds after Esc it is a key."""
LONG: Final = 2.0
"""The same where the terminal tells Esc apart: then it was something else that sent it."""
ALT: Final = {"b": "ctrl+left", "f": "ctrl+right", "z": "alt+z", "\x7f": "ctrl+w"}
"""What stands for Alt and a key: word by word as a Mac sends it, undoing, and rubbing out a word."""

_WHOLE: Final = re.compile(
    r"\x1b(?:"
    r"\[M[^\x1b]{3}|\[\[[A-E]|\[[0-9]+\$"  # the mouse of old, the F-keys of Linux, Shift in rxvt
    r"|\[(?:[0-?]+[ -/]*[@-~]|[ -/]*[@-LN-Z\\-~])"  # any other order
    r"|\[[0-?]+[ -/]*(?=[^ -~])"  # what broke off
    r"|O[A-DFHMP-SXa-dj-y]"  # F-keys and the keypad
    r"|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"  # answers to questions that were not asked
    r")",
    re.DOTALL,
)
_CUT: Final = re.compile(r"\x1b(?:\[(?:M[^\x1b]{0,2}|\[|[0-?]*[ -/]*)|O)?", re.DOTALL)
_DOUBTFUL: Final = frozenset({"\x1b", "\x1b[", "\x1bO"})
_KITTY: Final = re.compile(r"\x1b\[\?([0-9]+)u")
_LONGEST: Final = 32
"""The bytes of the longest order that Textual knows; of a longer one it would make letters."""
_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_LEFT_OUT: Final = {0: None, 0x1B: None}
"""What no paste may bring along."""


class Keyboard:
    """Reads what a terminal says."""

    def __init__(self) -> None:
        self.tells_escape = False
        """Whether the terminal sends Esc in a way that nothing else begins with."""
        self._parser = XTermParser()
        self._unread = ""
        self._paste: str | None = None

    @property
    def patience(self) -> float | None:
        """The seconds to wait for what goes on; None when only a new key ends the waiting."""
        if self._paste is not None or self._unread not in _DOUBTFUL:
            return None
        return LONG if self.tells_escape else MOMENT

    def read(self, text: str) -> list[Message]:
        """Take what was read, and give what it says."""
        # A key of its own is no part of an order, so what comes after Esc in another read is Alt no more.
        is_two = self._unread == "\x1b" and text[:1] not in {"[", "O"}
        said = self.give_up() if is_two else []
        self._unread += text
        while self._unread and (found := self._next()) is not None:
            said += found
        return said

    def give_up(self) -> list[Message]:
        """Nothing came: what might have gone on was keys."""
        if self._unread not in _DOUBTFUL:
            return []
        rest, self._unread = self._unread[1:], ""
        return [_escape(), *self._parsed(rest)]

    def _next(self) -> list[Message] | None:
        """Take the next thing out of what is unread; None when it is cut."""
        if self._paste is not None:
            return self._pasted()
        if self._unread[0] != "\x1b":
            text, mark, rest = self._unread.partition("\x1b")
            self._unread = mark + rest
            return self._parsed(text)
        if whole := _WHOLE.match(self._unread):
            self._unread = self._unread[whole.end() :]
            return self._ordered(whole[0])
        if _CUT.fullmatch(self._unread):
            return None
        key, self._unread = self._unread[1], self._unread[2:]
        if key in ALT:
            return [events.Key(ALT[key], None)]
        self._unread = key + self._unread
        return [_escape()]

    def _pasted(self) -> list[Message] | None:
        paste, end, rest = ((self._paste or "") + self._unread).partition(_PASTE_END)
        if not end:
            self._paste, self._unread = paste, ""
            return None
        self._paste, self._unread = None, rest
        return [events.Paste(paste.translate(_LEFT_OUT))]

    def _ordered(self, order: str) -> list[Message]:
        if order == _PASTE:
            self._paste = ""
            return []
        if answer := _KITTY.fullmatch(order):
            self.tells_escape = bool(int(answer[1]) & 1)
            return []
        if order[1] not in "[O" or len(order) > _LONGEST:
            return []
        said = self._parsed(order)
        if not said:
            self._parser = XTermParser()  # else it would go on to look for the end of an order that it does not know
        return said

    def _parsed(self, text: str) -> list[Message]:
        return list(self._parser.feed(text)) if text else []


def _escape() -> events.Key:
    return events.Key("escape", "\x1b")
