"""Vectors of bytes that know no people: hashing, padding, squeezing, seals and contents."""

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

from tests.vectors.cases import Case, ask, flipped, gives, refuses
from tests.vectors.recording import IDS, NONCE, NOW, SECRET
from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import digest

KEY = b"k" * 32


def hashing() -> list[Case]:
    """The two derivations, and the name of a mailbox."""
    return [
        gives("H of nothing, 32 bytes", "H", label="tt1 card", data="", size=32),
        gives("H of three bytes, 16 bytes", "H", label="tt1 bind", data="010203", size=16),
        gives("K under a 32-byte secret", "K", secret=KEY.hex(), label="tt1 seal", data="0a0b", size=32),
        gives("K under a 16-byte secret", "K", secret=SECRET.hex(), label="tt1 pickup", data="", size=16),
        gives("a mailbox is named after its owner key", "mailbox", owner=KEY.hex()),
    ]


def padding() -> list[Case]:
    """Sizes that are seen, and padding that is refused."""
    sizes = (1, 64, 65, 300, 320, 321, 336, 337, 511, 512, 513, 1023, 1025, 2049, 5000, 65_537)
    cases = [gives(f"{n} bytes over {f}", "bucket", size=n, floor=f) for f in (64, 320, 1024) for n in sizes]
    cases += [
        gives("nothing is padded to the floor", "pad", data="", floor=64),
        gives("data that looks like padding", "pad", data="8000", floor=64),
        gives("319 bytes fit 320", "pad", data="61" * 319, floor=320),
        gives("320 bytes do not", "pad", data="61" * 320, floor=320),
        gives("zeros and one mark come off", "unpad", padded="8000" + "80" + "00" * 61, floor=64),
    ]
    for claim, padded, floor in (
        ("nothing at all", "", 64),
        ("zeros without a mark", "00" * 64, 64),
        ("one zero too few", "61" + "80" + "00" * 61, 64),
        ("one zero too many", "61" + "80" + "00" * 63, 64),
        ("the floor of another form", "61" + "80" + "00" * 62, 320),
        ("a wrong mark", "61" + "81" + "00" * 62, 64),
        ("a bucket too large", "61" + "80" + "00" * 334, 320),
    ):
        cases.append(refuses(claim, "Malformed", "unpad", padded=padded, floor=floor))
    return cases


def squeezing(kept: dict[str, str]) -> list[Case]:
    """What expands, and what does not. What a squeezer makes is its own affair."""
    stream, too_much = (kept[name] for name in ("squeezed", "too_much"))
    return [
        gives("flag 0 and the content", "unsqueeze", squeezed="00616263"),
        gives("flag 0 and nothing", "unsqueeze", squeezed="00"),
        gives("flag 1 and Brotli", "unsqueeze", squeezed=stream),
        refuses("nothing", "Malformed", "unsqueeze", squeezed=""),
        refuses("another flag", "Malformed", "unsqueeze", squeezed="02616263"),
        refuses("flag 1 and nothing", "Malformed", "unsqueeze", squeezed="01"),
        refuses("unfinished Brotli", "Malformed", "unsqueeze", squeezed=stream[:-2]),
        refuses("a byte behind Brotli", "Malformed", "unsqueeze", squeezed=stream + "00"),
        refuses("more than 131,072 bytes", "Malformed", "unsqueeze", squeezed=too_much),
    ]


def sealing() -> list[Case]:
    """The outer seal and the plaintext inside the ratchet."""

    def raw(inside: bytes, aad: bytes = b"tt1 envelope") -> str:
        return (NONCE + encrypt(inside, aad, NONCE, KEY)).hex()

    key, nonce = KEY.hex(), NONCE.hex()
    good = str(ask("seal", key=key, form=0x11, payload="616263", nonce=nonce))
    cases = [
        gives("a short letter is 360 bytes", "seal", key=key, form=0x11, payload="616263", nonce=nonce),
        gives("a receipt is 104 bytes", "seal", key=key, form=0x12, payload="616263", nonce=nonce),
        gives("a long reset is the next bucket", "seal", key=key, form=0x13, payload="61" * 330, nonce=nonce),
        gives("form and payload come back", "open seal", key=key, sealed=good),
        gives("an unknown form is given as it is", "open seal", key=key, sealed=raw(b"\x77a\x80" + bytes(317))),
        refuses("another key", "CannotOpen", "open seal", key="00" * 32, sealed=good),
        refuses("a bit of the nonce", "CannotOpen", "open seal", key=key, sealed=flipped(good, 0)),
        refuses("a bit of the text", "CannotOpen", "open seal", key=key, sealed=flipped(good, 24)),
        refuses("a bit of the tag", "CannotOpen", "open seal", key=key, sealed=flipped(good, -1)),
        refuses("cut short", "CannotOpen", "open seal", key=key, sealed=good[:-2]),
        refuses("a byte more", "CannotOpen", "open seal", key=key, sealed=good + "00"),
        refuses("too short to be one", "Malformed", "open seal", key=key, sealed="00" * 103),
        refuses("another purpose", "CannotOpen", "open seal", key=key, sealed=raw(b"\x11\x80" + bytes(318), b"tt1 x")),
        refuses("padded as a receipt", "Malformed", "open seal", key=key, sealed=raw(b"\x11a\x80" + bytes(61))),
        refuses(
            "a receipt padded as a letter", "Malformed", "open seal", key=key, sealed=raw(b"\x12a\x80" + bytes(317))
        ),
        refuses("no mark", "Malformed", "open seal", key=key, sealed=raw(b"\x11" + bytes(319))),
        refuses("no form", "Malformed", "open seal", key=key, sealed=raw(b"\x80" + bytes(319))),
    ]
    bind, mark = digest("tt1 bind", b"", 16).hex(), IDS[0].hex()
    return [
        *cases,
        gives("bind, id, content", "open plaintext", plaintext=bind + mark + "00616263", bind=bind),
        refuses("another bind", "CannotOpen", "open plaintext", plaintext=flipped(bind, 0) + mark + "0061", bind=bind),
        refuses("no content", "Malformed", "open plaintext", plaintext=bind + mark, bind=bind),
    ]


MARK = IDS[0][:8]
_Elements = tuple[object, ...]

GOOD: dict[str, _Elements] = {
    "a letter": (1, 1, NOW, ["Dear Ada", 3, MARK], b"", b"", b""),
    "a letter with news and a spare key": (1, 2, NOW, ["x", 0, b""], MARK * 2, MARK, bytes(32)),
    "a hello": (2, 0, NOW, [7, 9], b"", b"", b""),
    "a new mailbox": (3, 3, NOW, [b"card"], b"", b"", b""),
    "a promise": (4, 4, NOW, [NOW + 99, MARK], b"", b"", b""),
    "an end": (5, 5, NOW, [], b"", b"", b""),
    "a page": (16, 9, NOW, ["2026-11-12", 4, "What did you see?", "A heron."], b"", b"", b""),
    "a page that was taken back": (16, 9, NOW, ["2026-11-12", 0, "", ""], b"", b"", b""),
    "answers": (17, 10, NOW, ["phq2", NOW, 0, 3, b"\2\xff"], b"", b"", b""),
    "answers that were taken back": (17, 10, NOW, ["phq2", NOW, 0, 3, b""], b"", b"", b""),
    "what takes a piece back": (18, 11, NOW, [MARK], b"", b"", b""),
    "a question": (19, 12, NOW, ["What would a friend say?"], b"", b"", b""),
    "numbers of check-ins": (20, 13, NOW, [[["2026-11-12", 4], ["2026-11-12", 10]]], b"", b"", b""),
    "numbers that were taken back": (20, 13, NOW, [[]], b"", b"", b""),
    "office hours": (21, 14, NOW, [2, 31, 540, 1020, "Europe/London", NOW, NOW + 99, "Back soon."], b"", b"", b""),
    "more time": (22, 15, NOW, [MARK, NOW + 99], b"", b"", b""),
    "a kind that is read elsewhere": (30, 6, NOW, [1, "two", [b"3"]], b"", b"", b""),
    "a measure is asked for once": (23, 13, NOW, ["phq9", 0, 0], b"", b"", b""),
    "a measure is asked for every two weeks": (23, 14, NOW, ["gad7", 2, 0], b"", b"", b""),
    "a measure is no longer asked for": (23, 15, NOW, ["gad7", 0, 1], b"", b"", b""),
    "a measure that a later version knows": (23, 16, NOW, ["phq-15", 52, 0, "more"], b"", b"", b""),
    "a letter from a later version": (1, 7, NOW, ["x", 200, b"", 1], b"", b"", b"", "more"),
    "a NUL and an escape are text like any other": (1, 8, NOW, ["\0\x1b[2J", 0, b""], b"", b"", b""),
}

BAD: dict[str, _Elements] = {
    "no text": (1, 1, NOW, ["", 0, b""], b"", b"", b""),
    "20,001 characters": (1, 1, NOW, ["x" * 20_001, 0, b""], b"", b"", b""),
    "bytes for text": (1, 1, NOW, [b"x", 0, b""], b"", b"", b""),
    "text for bytes": (1, 1, NOW, ["x", 0, ""], b"", b"", b""),
    "an answer to 7 bytes": (1, 1, NOW, ["x", 0, MARK[1:]], b"", b"", b""),
    "a tone above 255": (1, 1, NOW, ["x", 256, b""], b"", b"", b""),
    "a number above 32 bits": (1, 2**32, NOW, ["x", 0, b""], b"", b"", b""),
    "a negative time": (1, 1, -1, ["x", 0, b""], b"", b"", b""),
    "a fraction": (1, 1.0, NOW, ["x", 0, b""], b"", b"", b""),
    "a truth value for a number": (1, True, NOW, ["x", 0, b""], b"", b"", b""),
    "65 marks": (1, 1, NOW, ["x", 0, b""], MARK * 65, b"", b""),
    "part of a mark": (1, 1, NOW, ["x", 0, b""], b"", MARK[1:], b""),
    "a spare key of 31 bytes": (1, 1, NOW, ["x", 0, b""], b"", b"", bytes(31)),
    "six elements": (1, 1, NOW, ["x", 0, b""], b"", b""),
    "a body that is no array": (5, 1, NOW, None, b"", b"", b""),
    "a hello with one number": (2, 0, NOW, [1], b"", b"", b""),
    "a page of no day": (16, 1, NOW, ["12 November", 0, "", "x"], b"", b"", b""),
    "a mood above 10": (16, 1, NOW, ["2026-11-12", 11, "", "x"], b"", b"", b""),
    "a page of 20,001 characters": (16, 1, NOW, ["2026-11-12", 0, "", "x" * 20_001], b"", b"", b""),
    "an answer above the scale": (17, 1, NOW, ["phq2", NOW, 0, 3, b"\4"], b"", b"", b""),
    "an answer below the scale": (17, 1, NOW, ["k6", NOW, 1, 5, b"\0"], b"", b"", b""),
    "65 answers": (17, 1, NOW, ["phq2", NOW, 0, 3, bytes(65)], b"", b"", b""),
    "a name that no questionnaire has": (17, 1, NOW, ["PHQ 2", NOW, 0, 3, b""], b"", b"", b""),
    "half a mark taken back": (18, 1, NOW, [MARK[1:]], b"", b"", b""),
    "no question": (19, 1, NOW, [""], b"", b"", b""),
    "65 numbers": (20, 1, NOW, [[["2026-11-12", 4]] * 65], b"", b"", b""),
    "a check-in of 0": (20, 1, NOW, [[["2026-11-12", 0]]], b"", b"", b""),
    "a check-in of no day": (20, 1, NOW, [[["", 4]]], b"", b"", b""),
    "hours that close before they open": (21, 1, NOW, [2, 31, 600, 540, "", 0, 0, ""], b"", b"", b""),
    "a time away that ends before it begins": (21, 1, NOW, [2, 31, 540, 600, "", 9, 8, ""], b"", b"", b""),
    "a week of eight days": (21, 1, NOW, [2, 128, 540, 600, "", 0, 0, ""], b"", b"", b""),
    "a zone that is a path": (21, 1, NOW, [2, 31, 540, 600, "../etc", 0, 0, ""], b"", b"", b""),
    "more time for half a mark": (22, 1, NOW, [MARK[1:], NOW], b"", b"", b""),
    "nine arrays inside each other": (30, 1, NOW, [[[[[[[[1]]]]]]]], b"", b"", b""),
    "a map": (30, 1, NOW, {1: 2}, b"", b"", b""),
    "a measure without a name": (23, 1, NOW, ["", 0, 0], b"", b"", b""),
    "a name of 33 letters": (23, 1, NOW, ["x" * 33, 0, 0], b"", b"", b""),
    "a measure every 53 weeks": (23, 1, NOW, ["phq9", 53, 0], b"", b"", b""),
    "an end that asks again": (23, 1, NOW, ["phq9", 2, 1], b"", b"", b""),
    "an end that is neither yes nor no": (23, 1, NOW, ["phq9", 0, 2], b"", b"", b""),
    "an ask without its end": (23, 1, NOW, ["phq9", 0], b"", b"", b""),
}


def contents() -> list[Case]:
    """Contents of each kind, and what is refused."""
    whole = pack(*GOOD["a letter"]).hex()
    return [
        *(gives(claim, "read content", data=pack(*elements).hex()) for claim, elements in GOOD.items()),
        *(refuses(claim, "Malformed", "read content", data=pack(*BAD[claim]).hex()) for claim in BAD),
        refuses("a byte more", "Malformed", "read content", data=whole + "00"),
        refuses("a byte less", "Malformed", "read content", data=whole[:-2]),
        refuses("a surrogate", "Malformed", "read content", data=whole.replace(b"Ada".hex(), "eda080")),
        gives("a text that may go", "check text", text="Dear Ada"),
        refuses("nothing written", "UsageError", "check text", text=""),
        refuses("a text too long", "UsageError", "check text", text="x" * 20_001),
        gives("a receipt", "make receipt", delivered=[MARK.hex(), "00" * 8], read=[MARK.hex()]),
        gives("a receipt read", "read receipt", data=pack(1, MARK * 2, b"").hex()),
        refuses("a later receipt", "Malformed", "read receipt", data=pack(2, MARK, b"").hex()),
        refuses("four elements", "Malformed", "read receipt", data=pack(1, MARK, b"", 1).hex()),
        refuses("part of a mark in a receipt", "Malformed", "read receipt", data=pack(1, MARK[1:], b"").hex()),
        refuses("65 marks in a receipt", "Malformed", "read receipt", data=pack(1, MARK * 65, b"").hex()),
    ]
