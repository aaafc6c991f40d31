"""Held answers: who waits for which mailbox, in this process."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Arrival:
    """One request that may wait; it hears of everything that arrives from the moment it listens."""

    mailboxes: frozenset[bytes]
    arrived: bool = False
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self) -> None:
        """Something arrived."""
        self.arrived = True
        self._event.set()

    def end(self) -> None:
        """A newer request waits in this one's place."""
        self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait until something arrives, or another takes the place, or the time is over; tell whether it arrived."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        return self.arrived


class Waiting:
    """All held answers of this process, with caps in all and for one address."""

    def __init__(self, most: int, most_an_address: int) -> None:
        self._most = most
        self._most_an_address = most_an_address
        self._listening: dict[bytes, set[Arrival]] = {}
        self._holding: dict[bytes, Arrival] = {}
        self._addresses: Counter[str] = Counter()
        self._places: dict[Arrival, str] = {}

    @property
    def held(self) -> int:
        """How many answers are held now."""
        return len(self._places)

    @contextmanager
    def listen(self, mailboxes: Iterable[bytes]) -> Iterator[Arrival]:
        """Listen before looking, so that nothing arrives unheard between the look and the wait."""
        arrival = Arrival(frozenset(mailboxes))
        for name in arrival.mailboxes:
            self._listening.setdefault(name, set()).add(arrival)
        try:
            yield arrival
        finally:
            for name in arrival.mailboxes:
                others = self._listening[name]
                others.discard(arrival)
                if not others:
                    del self._listening[name]

    @contextmanager
    def hold(self, arrival: Arrival, address: str) -> Iterator[bool]:
        """Take the waiting place of the arrival's mailboxes, ending whoever had it; False where the caps say no.

        Only a request whose owner parts were signed well may come here: a stranger could else end others' waits.
        """
        for name in arrival.mailboxes:
            older = self._holding.get(name)
            if older is not None:
                self._release(older)
                older.end()
        if len(self._places) >= self._most or self._addresses[address] >= self._most_an_address:
            yield False
            return
        self._places[arrival] = address
        self._addresses[address] += 1
        self._holding.update(dict.fromkeys(arrival.mailboxes, arrival))
        try:
            yield True
        finally:
            self._release(arrival)

    def _release(self, arrival: Arrival) -> None:
        """Give up the place of a held answer, if it still has one."""
        address = self._places.pop(arrival, None)
        if address is None:
            return
        self._addresses[address] -= 1
        if not self._addresses[address]:
            del self._addresses[address]
        for name in arrival.mailboxes:
            if self._holding.get(name) is arrival:
                del self._holding[name]

    def arrived(self, mailboxes: Iterable[bytes]) -> None:
        """Wake who listens on these mailboxes."""
        for name in mailboxes:
            for arrival in self._listening.get(name, ()):
                arrival.tell()
