"""The relay that a person names: a web address or host and port, and whether it may be plain."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from therapy_tui import errors
from therapy_tui.config import Settings
from therapy_tui.core.address import check_address, is_loopback

UNREADABLE = "A relay is given as https://relay.example.org, with a port if it has one."
PLAIN = (
    "Plain http shows who writes when to everyone on the way, so it is refused beyond this machine. Use https, or {}."
)


@dataclass(frozen=True, slots=True)
class RelayChoice:
    """A relay as cards and links name it, and what the settings must say about it."""

    address: str
    plain: bool = False
    secure: bool = False


def read_relay(text: str, *, allow_plain: bool = False, allowed_by: str) -> RelayChoice:
    """Read what a person typed for a relay.

    Args:
        text: a web address, or a host with or without a port.
        allow_plain: plain http is taken beyond this machine too.
        allowed_by: what allows it where one is, as the end of a sentence.

    Raises:
        UsageError: it is no such address, or plain http beyond this machine that was not allowed.
    """
    text = text.strip().lower()
    scheme, _, rest = text.rpartition("://")
    try:
        parts = urlsplit(f"//{rest}")
    except ValueError:
        raise errors.UsageError(UNREADABLE) from None
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in rest or scheme not in {"", "http", "https"}:
        raise errors.UsageError(UNREADABLE)
    address = parts.netloc
    if scheme == "https":
        address = address.removesuffix(":443")
    elif scheme == "http" and ":" not in address:
        address = f"{address}:80"
    try:
        check_address(address)
    except errors.Malformed:
        raise errors.UsageError(UNREADABLE) from None
    if is_loopback(address):
        return RelayChoice(address, secure=scheme == "https")
    if scheme == "http" and not allow_plain:
        raise errors.UsageError(PLAIN.format(allowed_by))
    return RelayChoice(address, plain=scheme == "http")


def remember(settings: Settings, choice: RelayChoice) -> Settings:
    """Give the settings with what they must say about this relay."""
    if choice.plain and choice.address not in settings.plain_relays:
        return msgspec.structs.replace(settings, plain_relays=(*settings.plain_relays, choice.address))
    if choice.secure and choice.address not in settings.secure_relays:
        return msgspec.structs.replace(settings, secure_relays=(*settings.secure_relays, choice.address))
    return settings
