"""One request at a time: what is due for a relay is signed, carried, counted, and its answer taken in."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.budget import Budget
from therapy_tui.core.wire import Claim, Code, Refused, Result, unpack_answer
from therapy_tui.services import budget, exchange, outcomes
from therapy_tui.services.budget import Day
from therapy_tui.services.dealings import Dealings
from therapy_tui.services.events import LineChanged
from therapy_tui.services.exchange import Step
from therapy_tui.services.outcomes import Outcome
from therapy_tui.services.vault import Vault
from therapy_tui.store import mailbox
from therapy_tui.transport.base import Transport

LINE = (errors.Unreachable, errors.RelayRefused)
WITHOUT_BOUND = Budget()
TOO_LARGE, BUSY, NO_ROOM = "5", "6", "10"
"""What a refusal by HTTP status means, as a code of the protocol."""


@dataclass(slots=True)
class Report:
    """What one exchange came to."""

    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    reachable: bool = True
    problem: str = ""
    refused_joins: tuple[str, ...] = ()
    pause: int = 0
    """Seconds that a relay asked for."""
    held: int = 0
    """Letters that wait for the go-ahead, because they are large for what is left of the day's bytes."""

    def fail(self, error: errors.TherapyError) -> None:
        """Keep that a relay could not be reached, and why."""
        self.reachable = False
        self.problem = http_sentence(error) if isinstance(error, errors.RelayRefused) else str(error)


class Carrier:
    """Carries single requests for one vault; when and in which order is the courier's affair.

    Args:
        vault: the open vault.
        transport: the way to the relays.
        day: names the local day, for the count of bytes.
        budget: how many bytes the person allows in a day.
    """

    def __init__(
        self, vault: Vault, transport: Transport, day: Callable[[], str], budget: Budget = WITHOUT_BOUND
    ) -> None:
        self.vault = vault
        self.day = Day(budget, day)
        self._transport = transport
        self._asked_for_all = False
        self._known = Dealings(vault.now)
        self._busy: set[int] = set()
        self._begun = False
        self.connected: bool | None = None

    async def close(self) -> None:
        """Let go of kept connections."""
        await self._transport.close()

    def has_more(self, relay: str) -> bool:
        """Tell whether something for this relay could go at once."""
        if exchange.receipts_due(self.vault):
            return True
        return bool(self.deposits(relay, 0, exchange.ROOM) or mailbox.untold(self.vault.database))

    @property
    def is_sparing(self) -> bool:
        """Whether today's bytes are used up, and nobody asked for everything all the same."""
        return not self._asked_for_all and self.day.is_spent(self.vault)

    @property
    def largest(self) -> int:
        """How many sealed bytes a letter may have that goes now without a word about it."""
        return self.day.largest(self.vault)

    def deposits(self, relay: str, now: int, room: int) -> list[Step]:
        """Give the parts that deposit what is due at a relay and may go today, as much as one request holds."""
        return exchange.deposit_steps(self.vault, relay, now, self._busy, room, self.largest)

    def answer_room(self) -> int:
        """Give how many bytes of letters the relay may give at once."""
        return budget.SMALL_ROOM if self.is_sparing else exchange.LIMITS.room

    async def prepare(self) -> None:
        """Seal what is due, and let keys have their turn meanwhile."""
        for _ in exchange.seal_due(self.vault):
            await asyncio.sleep(0)
        if self._asked_for_all:
            budget.let_go(self.vault, self.day)
        else:
            budget.explain_held(self.vault, self.day)

    async def perform(self, relay: str, steps: list[Step], report: Report, wait: int = 0) -> Outcome:
        """Do one request and what its answer says.

        Raises:
            Unreachable, RelayRefused: no whole answer came.
        """
        rows = {row.id for step in steps for row in step.rows}
        self._busy |= rows
        try:
            results = await self.ask(relay, steps, report, wait)
        except errors.RelayRefused as error:
            if str(error) != TOO_LARGE or not self._ask_for_less(relay, steps):
                raise
            return Outcome(more=True, in_parts=True)
        finally:
            self._busy -= rows
        outcome = outcomes.apply(self.vault, steps, results, may_restore=self._known.may_restore())
        budget.share(self.vault, self.day, steps, results)
        if outcome.clock is not None:
            self._known.learn_clock(relay, outcome.clock)
        if outcome.restored:
            self._known.note_restore()
        report.sent += outcome.sent
        report.received += outcome.received
        report.pause = max(report.pause, outcome.pause)
        report.problem = outcome.refusal or report.problem
        return outcome

    def _ask_for_less(self, relay: str, steps: list[Step]) -> bool:
        """After a refusal for the size of the whole request: halve it, or give up an only envelope that is too large.

        A single one is given up at its second refusal, so that no passing fault of a proxy costs a letter.
        """
        is_second = self._known.is_narrow(relay)
        if self._known.shrink(relay, steps):
            return True
        alone = [step for step in steps if step.rows]
        if is_second and alone:
            outcomes.give_up_too_large(self.vault, alone[0].rows[0])
        return is_second and bool(alone)

    async def ask(self, relay: str, steps: Sequence[Step], report: Report, wait: int = 0) -> list[Result]:
        """Carry one request and give its results, one a step; its bytes are counted.

        Raises:
            Unreachable, RelayRefused: no whole answer came.
        """
        frame = exchange.frame(steps)
        answer = await self._transport.post(relay, frame, wait)
        report.bytes_up += len(frame)
        report.bytes_down += len(answer)
        mailbox.count_bytes(self.vault.database, self.day.name(), len(frame), len(answer))
        try:
            results = unpack_answer(answer, [step.part for step in steps])
        except errors.Malformed:
            raise errors.Unreachable("The relay gave an answer that is not a relay's.") from None
        first = results[0]
        if isinstance(first, Refused) and first.code is Code.CLOCK and isinstance(steps[0].part, Claim):
            self._known.learn_clock(relay, first.detail[0])
            raise errors.Unreachable("This machine's clock is wrong; the relay's time is used from now on. Try again.")
        return results

    def note_line(self, *, reachable: bool, problem: str) -> None:
        """Keep whether the relay answered, and tell it when that is new."""
        if self.connected != reachable:
            self.connected = reachable
            self.vault.events.publish(LineChanged(reachable, problem))


def http_sentence(error: errors.RelayRefused) -> str:
    """Say what a refusal by HTTP status means."""
    return {
        TOO_LARGE: "The relay takes no request of this size.",
        BUSY: "The relay is busy; everything waits here.",
        NO_ROOM: "The relay's disk is nearly full; everything waits here.",
    }.get(str(error), str(errors.RelayRefused()))
