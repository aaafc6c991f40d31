"""Every decoder of foreign bytes, fed with harmed vectors."""

import json
import random
from collections.abc import Iterator

import pytest

from tests.crypto.mutations import REFUSALS
from tests.vectors.calls import CALLS
from tests.vectors.make_vectors import HERE
from therapy_tui.errors import UsageError

FOREIGN = {
    "unpad": "padded",
    "unsqueeze": "squeezed",
    "open seal": "sealed",
    "open plaintext": "plaintext",
    "read content": "data",
    "read receipt": "data",
    "read card": "raw",
    "open offer": "sealed",
    "open join": "sealed",
    "accept": "message",
    "decrypt": "message",
    "read reset": "payload",
    "open post": "sealed",
    "unwrap": "data",
    "find armoured": "text",
}
"""Every decoder of foreign bytes, and which of its inputs is foreign."""


def seeds() -> Iterator[tuple[str, dict[str, object]]]:
    for path in sorted(HERE.glob("*.json")):
        found = json.loads(path.read_text("ascii"))
        yield from ((case["call"], case["with"]) for case in found if isinstance(case, dict) and "call" in case)


SEEDS = [(call, given) for call, given in seeds() if call in FOREIGN]


def harm(chance: random.Random, data: bytes) -> bytes:
    """Change, cut, add or double a few bytes; MessagePack's own marker bytes come up often."""
    found = bytearray(data[: chance.randrange(1, 3000)])
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0 if found:
                found[place % len(found)] ^= 1 << chance.randrange(8)
            case 1 if found:
                found[place % len(found)] = chance.choice(b"\x00\x80\x90\x9f\xc0\xc4\xc6\xcf\xd9\xdb\xdd\xdf\xff")
            case 2:
                del found[place : place + chance.randint(1, 30)]
            case 3:
                found[place:place] = chance.randbytes(chance.randint(1, 30))
            case _:
                found += found[place : place + 200]
    return bytes(found)


def fuzz(times: int, seed: int) -> int:
    """Harm seeds and read them; give how many were refused. Any error but a refusal goes through."""
    chance, refused = random.Random(seed), 0
    for _ in range(times):
        call, given = chance.choice(SEEDS)
        name = FOREIGN[call]
        found = harm(chance, bytes.fromhex(str(given[name])))
        try:
            CALLS[call](**given | {name: found.hex()})
        except REFUSALS:
            refused += 1
    return refused


def test_every_decoder_has_seeds() -> None:
    """No decoder of foreign bytes is left out of the fuzzing."""
    assert {call for call, _ in SEEDS} == set(FOREIGN)


def test_harmed_vectors_are_refused_or_read() -> None:
    """A thousand harmed inputs raise nothing but refusals, and most of them do."""
    assert fuzz(1000, seed=1) > 800


def test_harmed_links_are_refused_or_read() -> None:
    """Any text in place of a link or a letter's text is answered by a refusal at most."""
    chance = random.Random(2)
    for _ in range(500):
        text = "THERAPY:" + "".join(chance.choices("ABC234:/.- \0\n\u0130\u017f\ud800", k=chance.randrange(120)))
        for call, refusal in (("read link", REFUSALS), ("check text", (UsageError,))):
            try:
                CALLS[call](text=text)
            except refusal:
                continue


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_many_harmed_vectors_are_refused_or_read(seed: int) -> None:
    """Half a million harmed inputs raise nothing but refusals."""
    assert fuzz(25_000, seed=1000 + seed) > 20_000
