"""The one Ed25519 check of the relay."""

from typing import Final

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from therapy_tui.core.wire import SIGNED

# The base point of the curve: a sound key that nobody holds, so that an unknown name costs what a known one does.
_NOBODY: Final = bytes.fromhex("58" + "66" * 31)


def genuine(key: bytes | None, signature: bytes, body: bytes) -> bool:
    """Tell whether `signature` (64 bytes) over `body` was made with the private half of `key`.

    Args:
        key: 32 bytes, or None where there is no such mailbox or slot; then the same work is done and the answer is no.
        signature: as it arrived.
        body: as it arrived.
    """
    try:
        VerifyKey(key or _NOBODY).verify(SIGNED + body, signature)
    except (CryptoError, ValueError):
        return False
    return key is not None


class Checks:
    """The signature checks of one request; they are counted, so that one request cannot keep a processor busy."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._good: set[tuple[bytes, bytes, bytes]] = set()

    @property
    def spent(self) -> bool:
        """Whether this request has had all the checks that one may ask for."""
        return self._left <= 0

    def genuine(self, key: bytes | None, signature: bytes, body: bytes) -> bool:
        """Check as `genuine` does, once for the same key, signature and body that were good before.

        Only good answers are remembered: a bad one costs the same each time, whether the name is known or not.
        """
        if key is not None and (key, signature, body) in self._good:
            return True
        self._left -= 1
        good = genuine(key, signature, body)
        if good and key is not None:
            self._good.add((key, signature, body))
        return good
