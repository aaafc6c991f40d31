"""One case of a vector: what is asked, and what must come of it."""

from tests.vectors.calls import CALLS, plain
from therapy_tui.errors import TherapyError

Case = dict[str, object]


def ask(call: str, **given: object) -> object:
    """Give what a call gives, as JSON says it."""
    return plain(CALLS[call](**given))


def gives(claim: str, call: str, **given: object) -> Case:
    """State what a call gives."""
    return {"claim": claim, "call": call, "with": given, "gives": ask(call, **given)}


def refuses(claim: str, error: str, call: str, **given: object) -> Case:
    """State the error with which a call refuses; making the vectors fails if it does not."""
    try:
        found: object = ask(call, **given)
    except TherapyError as refusal:
        found = type(refusal).__name__
    if found != error:
        raise AssertionError(f"{claim}: {found} instead of {error}")
    return {"claim": claim, "call": call, "with": given, "refuses": error}


def flipped(data: str, place: int) -> str:
    """Give hexadecimal bytes with one bit of the byte at `place` changed."""
    raw = bytearray.fromhex(data)
    raw[place] ^= 1
    return raw.hex()
