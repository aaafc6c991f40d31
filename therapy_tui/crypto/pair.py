"""The keys that two people share, and the words by which they know it (docs/protocol.md, 2 and 4)."""

import base64
from dataclasses import dataclass, field
from typing import Final

from therapy_tui.core.hashing import derive, digest
from therapy_tui.crypto.signing import public_key
from therapy_tui.crypto.words import BITS, say
from therapy_tui.errors import Malformed

VERIFY_PREFIX: Final = "THERAPY-VERIFY:"
WORDS: Final = 10
"""How many words are compared: 110 bits."""

_WORDS_SIZE: Final = 14
_CHECK_SIZE: Final = 20
_BIND_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class PairKeys:
    """Everything that follows from a pair secret. The cards are always those of the join.

    Raises:
        Malformed: both cards are the same, so that the two directions could not be told apart.
    """

    secret: bytes = field(repr=False)
    """P, 32 bytes."""
    mine: bytes
    """The id of one's own card, 32 bytes."""
    theirs: bytes
    """The id of the other's card, 32 bytes."""

    def __post_init__(self) -> None:
        if self.mine == self.theirs:
            raise Malformed

    @property
    def seal_out(self) -> bytes:
        """The key that seals what I send, 32 bytes."""
        return derive(self.secret, "tt1 seal", self.mine)

    @property
    def seal_in(self) -> bytes:
        """The key that opens what they send, 32 bytes."""
        return derive(self.secret, "tt1 seal", self.theirs)

    @property
    def deposit_out(self) -> bytes:
        """The Ed25519 seed with which I deposit in their mailbox, 32 bytes."""
        return derive(self.secret, "tt1 deposit", self.theirs)

    @property
    def deposit_in_public(self) -> bytes:
        """The Ed25519 public key that their slot in my mailbox must have, 32 bytes."""
        return public_key(derive(self.secret, "tt1 deposit", self.mine))

    @property
    def file_out(self) -> bytes:
        """The key of sealed files for them, 32 bytes."""
        return derive(self.secret, "tt1 file", self.mine)

    @property
    def file_in(self) -> bytes:
        """The key of sealed files from them, 32 bytes."""
        return derive(self.secret, "tt1 file", self.theirs)

    @property
    def bind_out(self) -> bytes:
        """What stands in front of every plaintext and reset that I make, 16 bytes."""
        return digest("tt1 bind", self.mine + self.theirs, _BIND_SIZE)

    @property
    def bind_in(self) -> bytes:
        """What must stand in front of every plaintext and reset of theirs, 16 bytes."""
        return digest("tt1 bind", self.theirs + self.mine, _BIND_SIZE)

    def words(self) -> tuple[str, ...]:
        """Give the ten words that are the same on both screens unless somebody stands between."""
        number = int.from_bytes(derive(self.secret, "tt1 words", size=_WORDS_SIZE), "big")
        return say(number >> _WORDS_SIZE * 8 - WORDS * BITS, WORDS)

    def qr_text(self) -> str:
        """Give what the QR code says, for the same comparison by camera: the prefix and 32 letters."""
        check = derive(self.secret, "tt1 verify", size=_CHECK_SIZE)
        return VERIFY_PREFIX + base64.b32encode(check).decode("ascii")
