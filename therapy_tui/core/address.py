"""The address of a relay as cards and links spell it: `host` or `host:port`, lower case (docs/protocol.md, 3)."""

import re

from therapy_tui.errors import Malformed

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}")
_LONGEST_HOST = 253
_LAST_PORT = 65535


def check_address(text: str) -> str:
    """Give `text` back if it is a relay's address.

    Args:
        text: a DNS name or IPv4 address of at most 253 characters, with `:port` (1 to 65535) where it is not 443.

    Returns:
        The same text.

    Raises:
        Malformed: it is anything else, such as upper case, a scheme, a path or a name outside ASCII.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or len(found["host"]) > _LONGEST_HOST or int(found["port"] or 1) > _LAST_PORT:
        raise Malformed
    return text


def is_loopback(address: str) -> bool:
    """Tell whether a checked address stays on this machine, so that plain http is no risk."""
    return _LOOPBACK.fullmatch(address.partition(":")[0]) is not None
