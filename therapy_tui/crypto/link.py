"""The link of an invite: short enough to type, and it knows when it was mistyped (docs/protocol.md, 3)."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final, Self

from therapy_tui.core.address import check_address
from therapy_tui.core.hashing import digest
from therapy_tui.errors import InviteRefused, Malformed

_SCHEME: Final = "THERAPY:"
_VERSION: Final = 1
_SIZE: Final = 40
_CHECK_SIZE: Final = 3
_SECRET: Final = slice(5, 21)
_HASH: Final = slice(21, 37)
# No letter of RFC 4648's base32 looks like these digits, which people read for letters.
_LOOKALIKES: Final = str.maketrans("018", "OIB", "-")


@dataclass(frozen=True, slots=True)
class Link:
    """What one person hands another outside the program. Whoever sees it first can join."""

    relay: str
    """Where the offer waits: `host` or `host:port`, lower case."""
    expires: int
    """Seconds since 1970."""
    secret: bytes = field(repr=False)
    """I, 16 random bytes."""
    offer_hash: bytes
    """The first 16 bytes of the offer's hash."""

    @property
    def text(self) -> str:
        """The link as it is handed over: 74 characters and the relay's, all in QR's alphanumeric set."""
        head = bytes((_VERSION,)) + self.expires.to_bytes(4, "big") + self.secret + self.offer_hash
        code = base64.b32encode(head + _check(self.relay, head)).decode("ascii")
        return f"{_SCHEME}{self.relay.upper()}/{code}"

    def refuse_if_expired(self, now: int) -> Self:
        """Give the link back, or raise `InviteRefused` if it had ended before `now` (seconds since 1970)."""
        if now > self.expires:
            raise InviteRefused("This invite has expired. Ask for a new one.")
        return self


def read_link(text: str) -> Link:
    """Read a link as a person typed or pasted it.

    Args:
        text: in any case; white space anywhere, hyphens in the code, and 0, 1, 8 for O, I, B do no harm.

    Returns:
        The link; whether it has expired is for `Link.refuse_if_expired` to say.

    Raises:
        InviteRefused: it is not a link, was mistyped, or was made by a later version; the sentence says which.
    """
    whole = "".join(text.split()).upper()
    relay, slash, code = whole.removeprefix(_SCHEME).rpartition("/")
    if not slash or not whole.startswith(_SCHEME) or not text.isascii():
        raise InviteRefused("This is not an invite. An invite begins with THERAPY: and is handed over whole.")
    relay, code = relay.lower(), code.translate(_LOOKALIKES)
    try:
        check_address(relay)
        data = base64.b32decode(code)
    except (Malformed, binascii.Error):
        raise _mistyped() from None
    head, check = data[:-_CHECK_SIZE], data[-_CHECK_SIZE:]
    if len(data) != _SIZE or check != _check(relay, head):
        raise _mistyped()
    if head[0] != _VERSION:
        raise InviteRefused("This invite was made by a later version of this program. Update therapy-tui to use it.")
    return Link(relay, int.from_bytes(head[1:5], "big"), head[_SECRET], head[_HASH])


def _check(relay: str, head: bytes) -> bytes:
    return digest("tt1 check", relay.encode("ascii") + head, _CHECK_SIZE)


def _mistyped() -> InviteRefused:
    return InviteRefused("There is a typing error in this invite, or a part is missing. Compare it letter by letter.")
