"""Vectors of sealed files, and of the text that mail carries them in."""

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

from tests.vectors.cases import Case, ask, flipped, gives, refuses
from tests.vectors.recording import NONCE
from therapy_tui.core.fields import pack
from therapy_tui.core.padding import pad

KEY = b"f" * 32
LETTER, RECEIPT = b"\x11" * 360, b"\x12" * 104


def _raw(inside: bytes, magic: bytes = b"TT1POST\n", aad: bytes = b"TT1POST\n") -> str:
    return (magic + NONCE + encrypt(inside, aad, NONCE, KEY)).hex()


def _holding(*elements: object) -> str:
    return _raw(pad(pack(*elements), 1024))


def posts() -> list[Case]:
    """Files that open, and what is refused."""
    key, nonce = KEY.hex(), NONCE.hex()
    given = {"key": key, "envelopes": [LETTER.hex(), RECEIPT.hex()], "nonce": nonce}
    good = str(ask("seal post", **given))
    cases = [
        gives("a letter and a receipt are 1,072 bytes", "seal post", **given),
        gives("three letters are the next bucket", "seal post", key=key, envelopes=[LETTER.hex()] * 3, nonce=nonce),
        gives("the envelopes come back in order", "open post", key=key, sealed=good),
    ]
    for claim, error, sealed in (
        ("another first byte", "Malformed", flipped(good, 0)),
        ("a later version", "Malformed", _raw(pad(pack(LETTER), 1024), b"TT2POST\n")),
        ("nothing but the first eight bytes", "Malformed", good[:16]),
        ("shorter than the smallest", "Malformed", good[:-2]),
        ("a bit of the nonce", "CannotOpen", flipped(good, 8)),
        ("a bit of the text", "CannotOpen", flipped(good, 40)),
        ("a bit of the tag", "CannotOpen", flipped(good, -1)),
        ("a byte more", "CannotOpen", good + "00"),
        ("another purpose", "CannotOpen", _raw(pad(pack(LETTER), 1024), aad=b"tt1 envelope")),
        ("no envelope", "Malformed", _holding()),
        ("text for an envelope", "Malformed", _holding(LETTER, "x" * 104)),
        ("a number for an envelope", "Malformed", _holding(LETTER, 1)),
        ("an envelope of 103 bytes", "Malformed", _holding(bytes(103))),
        ("no array", "Malformed", _raw(pad(b"\xc4\x00", 1024))),
        ("a byte behind the array", "Malformed", _raw(pad(pack(LETTER) + b"\0\1", 1024))),
        ("an array that promises four thousand million", "Malformed", _raw(pad(b"\xdd\xff\xff\xff\xff", 1024))),
        ("padded too far", "Malformed", _raw(pad(pack(LETTER), 1024) + bytes(64))),
        ("no mark", "Malformed", _raw(pack(bytes(1021))[:1024].ljust(1024, b"\0"))),
    ):
        cases.append(refuses(claim, error, "open post", key=key, sealed=sealed))
    cases.append(refuses("another key", "CannotOpen", "open post", key="00" * 32, sealed=good))
    return cases


def meeting() -> list[Case]:
    """An offer and an answer in a file."""
    offer, join = b"TT1OFFR\n".hex(), b"TT1JOIN\n".hex()
    return [
        gives("an offer in a file", "unwrap", kind="offer", data=offer + "0e" * 360),
        gives("an answer in a file", "unwrap", kind="join", data=join + "0f" * 1704),
        refuses("an answer for an offer", "Malformed", "unwrap", kind="offer", data=join + "0f" * 1704),
        refuses("no more than the first eight bytes", "Malformed", "unwrap", kind="join", data=join),
        refuses("an offer of 359 bytes", "Malformed", "unwrap", kind="offer", data=offer + "0e" * 359),
    ]


def armoured() -> list[Case]:
    """Texts in which a file is found, and those in which it is damaged."""
    data = bytes(range(100))
    text = str(ask("armour", data=data.hex()))
    lines = text.splitlines()
    quoted = "".join(f"> > {line}\r\n" for line in lines)
    printable = text.replace("=", "=3D").replace("Q", "Q=\n", 1)
    found = {
        "as it was written": text,
        "with other ends of line": text.replace("\n", "\r\n"),
        "within a mail": f"Dear Ada,\nhere it is.\n\n{text}\n-- \nSam\n",
        "quoted in an answer": quoted,
        "as quoted-printable": printable,
        "in lines of another length": text.replace(lines[1], f"{lines[1][:20]}\n {lines[1][20:]}"),
        "without the padding of its base64": text.replace("=", ""),
        "two of them": text + text,
    }
    harmed = {
        "the end is missing": "\n".join(lines[:-1]),
        "a character that is not of base64": text.replace(lines[1], "*" + lines[1][1:]),
        "a character is missing": text.replace(lines[1], lines[1][1:]).replace("=", ""),
    }
    return [
        gives("base64 in lines of 64", "armour", data=data.hex()),
        gives("nothing at all", "armour", data=""),
        *(gives(claim, "find armoured", text=each.encode().hex()) for claim, each in found.items()),
        gives("a text without any", "find armoured", text=b"Dear Ada,\n".hex()),
        *(refuses(claim, "Malformed", "find armoured", text=each.encode().hex()) for claim, each in harmed.items()),
    ]
