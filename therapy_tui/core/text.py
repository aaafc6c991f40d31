"""What may reach a terminal: text from elsewhere, made harmless and still readable.

Nothing here knows markup: whoever draws must draw plain text. What is invisible and has no work to do where it stands
is shown as `<U+200B>`; what honest writing needs (joiners in Persian, Hindi or a family of emoji) passes.
"""

import re
import unicodedata

from therapy_tui.core.lookalikes import looks_like, shapes_of
from therapy_tui.errors import UsageError

__all__ = [
    "BIDI_CONTROLS",
    "NAME_LIMIT",
    "NO_NAME",
    "check_whole",
    "looks_like",
    "safe_line",
    "safe_name",
    "safe_text",
    "shapes_of",
]

NAME_LIMIT = 60
"""The most characters a name may have (docs/protocol.md, the card)."""
NO_NAME = "no name"
"""What stands where a name has nothing that can be seen."""
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters that change the direction of writing; none of them is ever drawn."""

_MARKS_IN_TEXT = 4
_MARKS_IN_NAME = 2  # a Thai vowel and its tone, a Hebrew dagesh and its point
_CONTROLS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20)},  # C0: its picture
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),  # C1 has no pictures
    **dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029"), "\n"),
    ord("\t"): "    ",
}
_JOINERS = "\u180e\u200c\u200d"
# Signs that Unicode calls format characters although they are drawn, such as the Arabic end of a verse.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Letters that draw nothing: whole names have been made of them.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
# Reserved for emoji and ideographs: an older Python does not know the newest, and they are harmless.
_NEWER = (range(0x1F300, 0x1FB00), range(0x20000, 0x2FFFE), range(0x30000, 0x3FFFE))

_NOT_PLAIN = re.compile(r"[^\n -~]")
# The rest stay text: `re` compiles and remembers each when first needed, so that start-up does not pay for it.
_QUIET = "[\xad\u061c\u200b\u200e\u200f\ufeff\U000e0061-\U000e007f]"
_LETTER = r"[^\W\d_]"
_SOFT_HYPHEN = f"(?<={_LETTER})\xad(?={_LETTER})"
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf]"  # Thai, Lao, Burmese, Khmer, Tai
_WORD_BREAK = f"(?<={_UNSPACED})\u200b+(?={_UNSPACED})"
_RIGHT_TO_LEFT = "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_DIRECTION_MARKS = "[\u061c\u200e\u200f]"
_FLAG = "(?<=\U0001f3f4)([\U000e0061-\U000e007a]{2,6})\U000e007f"

_JOINED = (
    "\u0600-\u10ff\u1200-\u180d\u180f-\u1cff\u2190-\u2bff\ua800-\uabff\ufe0f\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_EMOJI = "\U0001f000-\U0001faff"
_STRAY_JOINER = f"(?<![{_JOINED}{_EMOJI}])[{_JOINERS}]"
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_VARIED = (
    "#*0-9\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299"  # drawn as emoji or as text
    "\u1000-\u109f\u1800-\u180d\u180f-\u18af\ua840-\ua87f"  # Burmese, Mongolian, Phags-pa
)
_VARIATIONS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_STRAY_VARIATION = f"(?<![{_VARIED}{_EMOJI}{_IDEOGRAPH}])[{_VARIATIONS}]"
_UNSEEN = f"[{_JOINERS}{_VARIATIONS}]"
# A mark is neither a letter nor a space, so only such runs need the slow look.
_RUN = r"[^\w\s]{3,}"
_LINE_START = r"(?m)^[^\w\s\x00-\x7f]"


def _reveal(code: int) -> str:
    return f"<U+{code:04X}>"


def _shown(code: int) -> int | str:
    """Say what stands for one character wherever it stands: itself, a picture of it, or its number."""
    char = chr(code)
    category = unicodedata.category(char)
    if category == "Cn" and any(code in newer for newer in _NEWER):
        return code
    hidden = category in {"Cf", "Cn", "Co", "Cs"} and char not in _DRAWN and char not in _JOINERS
    return _reveal(code) if hidden or char in _BLANK_LETTERS else code


class _Table(dict[int, int | str]):
    """The translation table, filled as characters are met: all of Unicode at once would cost start-up time."""

    def __missing__(self, code: int) -> int | str:
        self[code] = shown = _shown(code)
        return shown


_TABLE = _Table(_CONTROLS)


def _drop_quiet(text: str) -> str:
    """Leave out the invisible hints that are of use where they stand and mean nothing to a terminal."""
    text = text.lstrip("\ufeff")
    text = re.sub(_WORD_BREAK, "", re.sub(_SOFT_HYPHEN, "", text))
    if re.search(_RIGHT_TO_LEFT, text):
        text = re.sub(_DIRECTION_MARKS, "", text)
    return re.sub(_FLAG, lambda tags: f"<{''.join(chr(ord(tag) - 0xE0000) for tag in tags[1])}>", text)


def _limit_marks(text: str, most: int) -> str:
    """Keep `most` combining marks on a base; joiners between marks do not make a new base."""

    def thin(run: re.Match[str]) -> str:
        kept, marks = [], 0
        for char in run[0]:
            if unicodedata.category(char)[0] == "M":
                marks += 1
            elif char not in _JOINERS:
                marks = 0
            if marks <= most:
                kept.append(char)
        return "".join(kept)

    return re.sub(_RUN, thin, text)


def _give_base(text: str) -> str:
    """Put a dotted circle under a mark that opens a line: it would be drawn on what stands before the line."""

    def base(start: re.Match[str]) -> str:
        return "\u25cc" + start[0] if unicodedata.category(start[0])[0] == "M" else start[0]

    return re.sub(_LINE_START, base, text)


def safe_text(text: str) -> str:
    """Make text from elsewhere fit to be drawn, in as many lines as it has.

    Every kind of line end becomes a newline and a tab four spaces. Controls become their pictures, direction controls
    and other invisible characters their numbers, and a base keeps four combining marks. Doing it twice changes nothing.

    Args:
        text: Any string, lone surrogates included.

    Returns:
        Text without a control character other than the newline, and without a direction control.
    """
    if not _NOT_PLAIN.search(text):
        return text
    text = text.replace("\r\n", "\n")
    if re.search(_QUIET, text):
        text = _drop_quiet(text)
    text = _limit_marks(text.translate(_TABLE), _MARKS_IN_TEXT)
    if re.search(_UNSEEN, text):
        text = re.sub(_STRAY_VARIATION, lambda stray: _reveal(ord(stray[0])), text)
        text = re.sub(_STRAY_JOINER, lambda stray: _reveal(ord(stray[0])), text)
    return _give_base(text)


def safe_line(text: str, limit: int = 200) -> str:
    """Make text from elsewhere fit to be drawn in one line.

    Args:
        text: Any string.
        limit: The most characters (not columns) the line may have, at least 1.

    Returns:
        `safe_text` with its lines joined by a space, trimmed; what is too long ends in an ellipsis.
    """
    line = _give_base(safe_text(text).replace("\n", " ").strip())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rstrip(" " + _JOINERS) + "…"


def safe_name(name: str) -> str:
    """Make a name that another person chose fit to stand beside a letter.

    Compatibility forms become plain letters (NFKC), joiners and variation selectors are left out, other invisible
    characters are shown by number, and a base keeps two marks. Compare names with `looks_like`.

    Args:
        name: Any string.

    Returns:
        1 to 60 characters in one line; `no name` when nothing of it can be seen.
    """
    text = safe_text(unicodedata.normalize("NFKC", name)).replace("\n", " ")
    text = unicodedata.normalize("NFKC", re.sub(_UNSEEN, "", text))
    text = _limit_marks(text, _MARKS_IN_NAME)
    text = " ".join(text.split())[:NAME_LIMIT].rstrip()
    seen = any(unicodedata.category(char)[0] not in "MZ" and char != "\u2800" for char in text)
    return _give_base(text)[:NAME_LIMIT] if seen else NO_NAME


def check_whole(text: str) -> None:
    """Refuse what UTF-8 cannot say, and therefore no file keeps and no letter carries.

    Raises:
        UsageError: a byte of it was no UTF-8 (it is a surrogate then, as the system's own names have), or it holds half
            a character; says where, and what to do.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if "\udc80" <= text[error.start] <= "\udcff":
            raise UsageError(
                f"Character {error.start + 1:,} is not UTF-8, so nothing was kept. Save the text as UTF-8 and give it"
                " again; what is Latin-1 becomes so by: iconv -f LATIN1 -t UTF-8"
            ) from None
        raise UsageError(f"Character {error.start + 1:,} is half a character, so nothing was kept.") from None
