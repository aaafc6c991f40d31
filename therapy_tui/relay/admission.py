"""Who may make a mailbox: anyone (so many an hour from one address), or who has a ticket."""

from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Final

from therapy_tui.core.hashing import digest
from therapy_tui.core.wire import Code, Limits, Refused
from therapy_tui.relay.store.base import Shelf

_HOUR: Final = 3600
_ADDRESSES: Final = 10_000


def ticket_hash(ticket: bytes) -> bytes:
    """Give what is remembered of a used ticket: 16 bytes."""
    return digest("tt1 ticket", ticket, 16)


def network(address: str) -> str:
    """Give what counts as one address: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return parsed.packed[:8].hex()


class Admission:
    """Decides about new mailboxes. Addresses stay in memory, for an hour at most."""

    def __init__(self, limits: Limits, *, anyone: bool, tickets: Callable[[], frozenset[bytes]]) -> None:
        """Take the rules.

        Args:
            limits: how many an hour.
            anyone: whether a mailbox can be had without a ticket.
            tickets: gives the hashes of all tickets, used ones too.
        """
        self._limits = limits
        self._anyone = anyone
        self._tickets = tickets
        self._opened: OrderedDict[str, deque[int]] = OrderedDict()

    def admit(self, shelf: Shelf, ticket: bytes, address: str, now: int) -> Refused | None:
        """Spend a ticket, or one of the address's opens; or refuse."""
        if ticket:
            mark = ticket_hash(ticket)
            if mark in self._tickets() and shelf.spend(mark, now):
                return None
        return self._throttle(network(address), now) if self._anyone else Refused(Code.DENIED)

    def _throttle(self, address: str, now: int) -> Refused | None:
        times = self._opened.setdefault(address, deque())
        self._opened.move_to_end(address)
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if len(times) >= self._limits.opens_an_hour:
            return Refused(Code.SLOW_DOWN, (times[0] + _HOUR - now if times else _HOUR,))
        times.append(now)
        if len(self._opened) > _ADDRESSES:
            self._opened.popitem(last=False)
        return None
