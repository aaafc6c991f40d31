"""A card: the signed public half of a profile (docs/protocol.md, 3)."""

from dataclasses import dataclass, field
from typing import Annotated, Final, Self

import msgspec
from msgspec import Meta

from therapy_tui.core.address import check_address
from therapy_tui.core.fields import Id, Key, decode, pack
from therapy_tui.core.hashing import digest
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.account import Account, Signed, verify
from therapy_tui.crypto.points import check_curve25519, check_ed25519
from therapy_tui.errors import Malformed

ROLE_CLIENT: Final = CLIENT
ROLE_THERAPIST: Final = THERAPIST
NAME_LIMIT: Final = 60
"""The most characters (Unicode code points) of a name."""


@dataclass(frozen=True, slots=True)
class Card:
    """Who somebody says to be, with the keys that prove it is always the same one. Made by `make_card`, `read_card`."""

    role: int
    """`ROLE_CLIENT` or `ROLE_THERAPIST`."""
    name: str
    """What the person calls themselves: 1 to 60 characters, foreign text."""
    ed25519: bytes
    """32 bytes."""
    curve25519: bytes
    """32 bytes."""
    mailbox: bytes
    """16 bytes."""
    relay: str
    """Where the mailbox is: `host` or `host:port`."""
    raw: bytes = field(repr=False)
    """The card as it travels."""

    @property
    def id(self) -> bytes:
        """The 32 bytes that name this card."""
        return digest("tt1 card", self.raw)

    def has_keys_of(self, other: Self) -> bool:
        """Tell whether both cards are of one identity, as the card of a `moved` content must be."""
        return (self.ed25519, self.curve25519) == (other.ed25519, other.curve25519)


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    role: Annotated[int, Meta(ge=CLIENT, le=THERAPIST)]
    name: Annotated[str, Meta(min_length=1, max_length=NAME_LIMIT)]
    ed25519: Key
    curve25519: Key
    mailbox: Id
    relay: str


def make_card(account: Account, role: int, name: str, mailbox: bytes, relay: str) -> Card:
    """Make and sign one's own card.

    Args:
        account: whose card it is.
        role: `ROLE_CLIENT` or `ROLE_THERAPIST`.
        name: 1 to 60 characters of text.
        mailbox: 16 bytes.
        relay: `host` or `host:port`, lower case.

    Returns:
        The card.

    Raises:
        Malformed: something is not as said above, so that nobody could read the card.
    """
    try:
        body = pack(role, name, account.ed25519, account.curve25519, mailbox, relay)
    except UnicodeError:
        raise Malformed from None
    return read_card(account.sign_whole("card", body))


def read_card(raw: bytes) -> Card:
    """Read a card and check all that can be checked about it.

    Args:
        raw: foreign bytes.

    Returns:
        The card, whose keys signed it.

    Raises:
        Malformed: a field is wrong, or a key is one that nobody can hold.
        CannotOpen: the signature is wrong.
    """
    whole = decode(raw, Signed)
    body = decode(whole.body, _Body)
    check_ed25519(body.ed25519)
    verify(body.ed25519, "card", whole.body, whole.signature)
    return Card(
        role=body.role,
        name=body.name,
        ed25519=body.ed25519,
        curve25519=check_curve25519(body.curve25519),
        mailbox=body.mailbox,
        relay=check_address(body.relay),
        raw=raw,
    )
