"""A terminal: takes what a program sends, shows it, and answers what it is asked."""

import codecs
import re

from tests.outside.keyboard import key_bytes
from tests.outside.screen import Screen

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b(?P<string>[\]PX^_].*?)(?:\x1b\\|\x07)"
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    r"|[^\x1b]+",
    re.DOTALL,
)
_SYNC, _ALTERNATE, _CURSOR_KEYS = "2026", "1049", "1"
_KNOWN_MODES = {_SYNC, _ALTERNATE, _CURSOR_KEYS, "7", "25", "1000", "1002", "1003", "1004", "1006", "2004"}
_ANSWERS = {
    "c": "\x1b[?62;22c",
    "0c": "\x1b[?62;22c",
    ">c": "\x1b[>41;388;0c",
    ">0c": "\x1b[>41;388;0c",
    "5n": "\x1b[0n",
    ">q": "\x1bP>|made up\x1b\\",
    ">0q": "\x1bP>|made up\x1b\\",
}
"""Questions with one answer: what it is, whether all is well, and its name."""
_COLOURS = {"10": "e5e5/e5e5/e5e5", "11": "0000/0000/0000"}


class Emulator:
    """A terminal with the kitty keyboard and synchronized output, as most new ones have.

    Args:
        columns: its width.
        rows: its height.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = Screen(columns, rows)
        self.modes: set[str] = set()
        """The private modes that are on, by number."""
        self.asked: list[str] = []
        """What was asked, in order."""
        self._keyboards = [0]
        self._unread = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def take(self, data: bytes) -> bytes:
        """Show what a program sent, and give the answers to what it asked, each as of the moment of the question."""
        text = self._unread + self._decode(data)
        place, answers = 0, ""
        while match := _TOKEN.match(text, place):
            place = match.end()
            if match["csi"] is not None:
                answers += self._order(match["csi"], match[0])
            elif match["string"] is not None:
                answers += self._string(match["string"])
            else:
                self.screen.feed(match[0])
        self._unread = text[place:]
        return answers.encode()

    def key(self, name: str) -> bytes:
        """Give what a key sends now."""
        return key_bytes(name, self._keyboards[-1], is_application=_CURSOR_KEYS in self.modes)

    def _order(self, body: str, whole: str) -> str:
        if answer := self._answer(body):
            self.asked.append(body)
            return answer
        if body.endswith("u") and body[0] in "<>=":
            self._keyboard(body)
        elif body[0] == "?" and body[-1] in "hl":
            self._mode(body)
            self.screen.feed(whole)
        elif body[0] not in "<=>?" and not re.search("[ -/:]", body):
            self.screen.feed(whole)
        return ""

    def _answer(self, body: str) -> str:
        if body in {"6n", "?6n"}:
            cursor, mark = self.screen.cursor, body[: body.index("6")]
            return f"\x1b[{mark}{cursor.y + 1};{min(cursor.x + 1, self.screen.columns)}R"
        if body == "?u":
            return f"\x1b[?{self._keyboards[-1]}u"
        if body.endswith("$p") and body[0] == "?":
            mode = body[1:-2]
            return f"\x1b[?{mode};{(1 if mode in self.modes else 2) if mode in _KNOWN_MODES else 0}$y"
        return _ANSWERS.get(body, "")

    def _mode(self, body: str) -> None:
        for each in body[1:-1].split(";"):
            if body[-1] == "h":
                self.modes.add(each)
            else:
                self.modes.discard(each)

    def _keyboard(self, body: str) -> None:
        """Push, pop or set what the keyboard sends."""
        number = body[1:-1].split(";", maxsplit=1)[0]
        value = int(number) if number else 1 if body[0] == "<" else 0
        if body[0] == ">":
            self._keyboards.append(value)
        elif body[0] == "=":
            self._keyboards[-1] = value
        else:
            self._keyboards = self._keyboards[: max(1, len(self._keyboards) - value)]

    def _string(self, body: str) -> str:
        """Take a title, a link, a question for a colour or the like; only the last has an answer."""
        number, _, rest = body[1:].partition(";")
        if body[0] == "]" and rest == "?" and number in _COLOURS:
            self.asked.append(body)
            return f"\x1b]{number};rgb:{_COLOURS[number]}\x1b\\"
        return ""
