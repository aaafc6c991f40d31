"""Sealed bytes as text that survives e-mail and typing, and the way back through what mail does to it (11)."""

import base64
import binascii
from collections.abc import Iterator

from therapy_tui.errors import Malformed

BEGIN, END = "-----BEGIN THERAPY POST-----", "-----END THERAPY POST-----"
COLUMNS = 64

_BEGIN, _END = BEGIN.encode(), END.encode()
_ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
# What mail and its readers put between: quotation marks of an answer, white space, and a space that does not break.
_AROUND = b"> |\t\r\xc2\xa0"
_ESCAPED_EQUALS = (b"=3D", b"=3d")


def armour(data: bytes) -> str:
    """Write bytes as base64 in lines of 64 between a line that begins and one that ends.

    Args:
        data: a sealed file.

    Returns:
        The text, in ASCII, with a newline at its end.
    """
    text = base64.b64encode(data).decode("ascii")
    lines = [text[place : place + COLUMNS] for place in range(0, len(text), COLUMNS)]
    return "\n".join([BEGIN, *lines, END, ""])


def is_armour(data: bytes) -> bool:
    """Tell whether the line that begins stands in it."""
    return _BEGIN in data


def find_armoured(data: bytes) -> list[bytes]:
    """Read everything that `armour` wrote into a text, whatever stands around it.

    Args:
        data: foreign bytes: a text as it was saved, mailed, quoted or typed.

    Returns:
        The bytes of each block, in order; none where no line begins one.

    Raises:
        Malformed: a block has no end, or a line of it is damaged; the sentence says which.
    """
    return [_read(block) for block in _blocks(data)]


def _blocks(data: bytes) -> Iterator[bytes]:
    while _BEGIN in data:
        block, end, data = data.partition(_BEGIN)[2].partition(_END)
        if not end:
            raise Malformed("This post was cut short: the line with which it ends is missing. Ask for it again.")
        yield block


def _read(block: bytes) -> bytes:
    whole = bytearray()
    for number, line in enumerate(block.split(b"\n")):
        part = line.strip(_AROUND)
        for escaped in _ESCAPED_EQUALS:  # quoted-printable: first what stands for =, then soft ends of line
            part = part.replace(escaped, b"")
        part = part.rstrip(b"=").translate(None, _AROUND)
        if not _ALPHABET.issuperset(part):
            raise Malformed(f"Line {number} of this post has a character that does not belong there.")
        whole += part
    try:
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    except binascii.Error:
        raise Malformed("A part of this post is missing. Compare it line by line, or ask for it again.") from None
