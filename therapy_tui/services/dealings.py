"""What the courier remembers of each relay while it works: when to leave it alone, its clock, how much it takes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from therapy_tui import errors
from therapy_tui.services import exchange

HOUR = 3_600
FIRST_REST = 4
MOST_RESTORES = 3
"""How often in an hour a relay may show that the vault is an older copy."""


@dataclass(slots=True)
class Dealings:
    """The courier's memory of the relays; it ends with the process."""

    now: Callable[[], int]
    """Seconds since 1970, by this machine's clock."""
    _asleep: dict[str, tuple[int, int]] = field(default_factory=dict)
    _offsets: dict[str, int] = field(default_factory=dict)
    _bodies: dict[str, int] = field(default_factory=dict)
    _restores: list[int] = field(default_factory=list)

    # a relay that is away

    def is_awake(self, relay: str) -> bool:
        """Tell whether a relay may be asked now."""
        left = self._asleep.get(relay, (0, 0))[0] - self.now()
        return left <= 0 or left > HOUR  # longer only where the clock was set back

    def wake(self, relay: str) -> None:
        """Keep that a relay answers."""
        self._asleep.pop(relay, None)

    def rest(self, relay: str) -> None:
        """Leave a relay that is away alone for a while, twice as long each time, up to an hour."""
        _, before = self._asleep.get(relay, (0, 0))
        seconds = min(HOUR, max(FIRST_REST, 2 * before))
        self._asleep[relay] = (self.now() + seconds, seconds)

    # its clock

    def time(self, relay: str) -> int:
        """Give the time as a relay has it, as far as it is known."""
        return self.now() + self._offsets.get(relay, 0)

    def learn_clock(self, relay: str, theirs: int) -> None:
        """Use a relay's own time with that relay.

        Raises:
            Unreachable: it refuses the time that it gave.
        """
        if relay in self._offsets and abs(self.time(relay) - theirs) <= exchange.LIMITS.clock:
            raise errors.Unreachable("The relay does not agree with its own clock.")
        self._offsets[relay] = theirs - self.now()

    # how much it takes

    def room(self, relay: str) -> int:
        """Give how many bytes of envelopes and slots one request to a relay may hold."""
        return self._bodies.get(relay, exchange.ROOM)

    def is_narrow(self, relay: str) -> bool:
        """Tell whether a relay, or a proxy before it, has refused a request for its size; slots then go alone."""
        return relay in self._bodies

    def shrink(self, relay: str, steps: list[exchange.Step]) -> bool:
        """After a refusal for the size of a request ask for half as much; tell whether there was anything to halve."""
        things = sum(len(step.rows) + len(step.changes) for step in steps)
        if things == 1:
            self._bodies.setdefault(relay, exchange.ROOM)
        if things <= 1:
            return False
        self._bodies[relay] = min(self.room(relay), exchange.weight(steps)) // 2
        return True

    # whom to believe

    def may_restore(self) -> bool:
        """Believe a relay that the vault is an older copy, but not again and again."""
        self._restores = [each for each in self._restores if 0 <= self.now() - each < HOUR]
        return len(self._restores) < MOST_RESTORES

    def note_restore(self) -> None:
        """Keep that a relay showed it now."""
        self._restores.append(self.now())
