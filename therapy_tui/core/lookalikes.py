"""Names that a reader may take for one another, so that a person can be warned.

A small table of its own, for the names people have: Latin, Cyrillic, Greek and Armenian letters of one shape, digits,
and letters that seem one in a row. It does not know the other scripts (Hangul, Devanagari, Cherokee and so on), nor
letters that resemble each other only in one typeface. It is a help; the ten words of a verification are the proof.
"""

import re
import unicodedata

_TWINS = {
    "A": "\u0391\u0410",
    "a": "\u0251\u03b1\u0430",
    "B": "\u0392\u0412",
    "b": "\u044c",
    "C": "\u0421",
    "c": "\u03f2\u0441",
    "d": "\u0111\u0501",
    "E": "\u0395\u0415",
    "e": "\u03b5\u0435",
    "f": "\u0192",
    "G": "\u050d",
    "g": "\u0261\u0581",
    "H": "\u0397\u041d",
    "h": "\u0127\u04bb\u0570",
    "I": "\u0399\u0406",
    "i": "\u0131\u0269\u026a\u03b9\u0456",
    "J": "\u0408",
    "j": "\u0237\u03f3\u0458",
    "K": "\u039a\u03ba\u041a",
    "k": "\u043a",
    "L": "\u053c",
    "l": "\u0142\u029f\u04cf",
    "M": "\u039c\u041c",
    "N": "\u039d",
    "n": "\u03b7\u043f\u0578",
    "O": "\u039f\u041e\u0555",
    "o": "0\u00f8\u03bf\u043e\u0585",
    "P": "\u03a1\u0420",
    "p": "\u03c1\u0440",
    "q": "\u051b\u0566",
    "r": "\u0433",
    "S": "\u0405",
    "s": "\u0455",
    "T": "\u03a4\u0422",
    "t": "\u0167\u03c4\u0442",
    "U": "\u0531\u054d",
    "u": "\u03c5\u057d",
    "v": "\u03bd\u0475",
    "w": "\u03c9\u051d",
    "X": "\u03a7\u0425",
    "x": "\u03c7\u0445",
    "Y": "\u03a5\u0423",
    "y": "\u028f\u03b3\u0443",
    "Z": "\u0396",
    "3": "\u0417",
}
"""By Latin letter, the letters elsewhere of its shape; by number, since here nobody could tell them apart."""
_SHAPES = {ord(twin): letter for letter, twins in _TWINS.items() for twin in twins}
_STROKES = str.maketrans("Il1|", "llll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_REVEALED = r"(?i)<u\+[0-9a-f]{4,6}>"


def _bare(name: str) -> str:
    """Take away what is not seen or hardly: marks, spaces, format characters and their revealed numbers."""
    plain = unicodedata.normalize("NFKD", re.sub(_REVEALED, "", name))
    return "".join(char for char in plain if unicodedata.category(char)[0] not in "CMZ").translate(_SHAPES)


def _merge(name: str) -> str:
    name = name.casefold().translate(_SHAPES)
    for pair, one in _PAIRS:
        name = name.replace(pair, one)
    return name


def looks_like(name: str, other: str) -> bool:
    """Say whether a reader may take one name for the other.

    Args:
        name: A name, as it came or made safe.
        other: Another one.

    Returns:
        True for equal names, for names that differ in case, accents, spaces or invisible characters, and for names
        whose letters have the same shape (0 and O; 1, l and capital I; rn and m; Cyrillic, Greek or Armenian letters).
    """
    return not shapes_of(name).isdisjoint(shapes_of(other))


def shapes_of(name: str) -> frozenset[str]:
    """Give the shapes of a name; a reader may take names for each other that share one.

    Args:
        name: A name, as it came or made safe.

    Returns:
        Up to three words that stand for the name, so that one among many is found without comparing each with each.
    """
    bare = _bare(name)
    if not bare:
        return frozenset({f"={name}", ""})
    return frozenset({f"={name}", f"~{_merge(bare)}", f"|{_merge(bare.translate(_STROKES))}"})
