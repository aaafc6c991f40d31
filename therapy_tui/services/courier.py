"""The one loop between the outbox and the relays: exchange once, or stay and wait for what comes."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.wire import Claim, Close, Code, Refused, Result, mailbox_of, unpack_answer
from therapy_tui.crypto import invite, signing
from therapy_tui.crypto.link import read_link
from therapy_tui.services import exchange, healing, joining, sealing
from therapy_tui.services.events import LineChanged, Noticed
from therapy_tui.services.exchange import Outcome, Step
from therapy_tui.services.vault import Vault
from therapy_tui.store import mailbox, outbox
from therapy_tui.transport.base import Transport

MOST_ROUNDS = 200


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


class CourierBusy(errors.VaultBusy):
    """Another process carries the letters of this vault now."""


@contextlib.contextmanager
def courier_lock(path: Path) -> Iterator[None]:
    """Be the one courier of a vault.

    Raises:
        CourierBusy: another process is.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourierBusy from None
        yield
    finally:
        os.close(descriptor)


class Courier:
    """Carries one vault's letters. Hold `courier_lock` while it works.

    Args:
        vault: the open vault.
        transport: the way to the relays.
        day: names the local day, for the count of bytes.
    """

    def __init__(
        self,
        vault: Vault,
        transport: Transport,
        day: Callable[[], str],
    ) -> None:
        self.vault = vault
        self._transport = transport
        self._day = day
        self._offsets: dict[str, int] = {}
        self._busy: set[int] = set()
        self._begun = False
        self.connected: bool | None = None

    async def exchange(self) -> Report:
        """Send what waits, fetch what has come, acknowledge it, until nothing is left to do."""
        report = Report()
        try:
            await self.join(report)
            if self.vault.profile.relay:
                await self.collect(report)
            for relay in self._relays():
                await self.deposit(relay, report)
        except errors.Unreachable as error:
            report.reachable = False
            report.problem = str(error)
        except errors.RelayRefused as error:
            report.reachable = False
            report.problem = http_sentence(error)
        self.note_line(reachable=report.reachable, problem=report.problem)
        return report

    async def wait_once(self, seconds: int) -> Report:
        """Exchange; if nothing came, let the relay hold one answer for at most `seconds`, and take what came."""
        report = await self.exchange()
        if not report.reachable or report.received or not self.vault.profile.relay:
            return report
        try:
            await self.wait(report, seconds)
            if report.received:
                await self.collect(report)
        except (errors.Unreachable, errors.RelayRefused) as error:
            report.reachable, report.problem = False, str(error)
        return report

    async def send_due(self, report: Report) -> None:
        """Send what can go now, also beside a wait.

        Raises:
            Unreachable, RelayRefused: it waits here.
        """
        self._prepare()
        for relay in exchange.relays_due(self.vault):
            await self.deposit(relay, report)
        if mailbox.untold(self.vault.database) and self.vault.profile.relay:
            await self.collect(report)
        if mailbox.joins(self.vault.database):
            await self.join(report)

    async def close_mailbox(self) -> bool:
        """Ask the relay to erase the mailbox with all that is in it; tell whether it did."""
        profile = self.vault.profile
        name = mailbox_of(signing.public_key(profile.owner_seed))
        step = Step(Close(self._now(profile.relay), name), profile.owner_seed)
        try:
            results = await self._ask(profile.relay, [step], Report())
        except (errors.Unreachable, errors.RelayRefused):
            return False
        return not isinstance(results[0], Refused)

    async def close(self) -> None:
        """Let go of kept connections."""
        await self._transport.close()

    # rounds

    async def join(self, report: Report) -> None:
        """Claim the invites that a person has taken up."""
        for under_way in mailbox.joins(self.vault.database):
            link = read_link(under_way.link)
            part = Claim(self._now(link.relay), invite.pickup(link.secret), under_way.claim)
            step = Step(part, invite.invite_seed(link.secret))
            try:
                results = await self._ask(link.relay, [step], report)
                offered = exchange.claim_result(results[0])
                with self.vault.transaction():
                    joining.complete_join(self.vault, link, offered, under_way.contact, under_way.made_at)
                    mailbox.end_join(self.vault.database, under_way.link)
            except errors.RemoteError as error:
                if isinstance(error, errors.RelayRefused):
                    raise
                sentence = str(error) if isinstance(error, errors.InviteRefused) else str(errors.InviteRefused())
                with self.vault.transaction():
                    mailbox.end_join(self.vault.database, under_way.link)
                    self.vault.tell(Noticed(sentence))
                report.refused_joins += (sentence,)

    async def collect(self, report: Report) -> None:
        """Exchange with one's own relay: acknowledge, deposit, collect, again while there is more."""
        relay = self.vault.profile.relay
        reopened = False
        for _ in range(MOST_ROUNDS):
            self._prepare()
            now = self._now(relay)
            # Own comes first and stops the rest when it fails: so a vault that went back in time sends nothing.
            steps = exchange.own_steps(self.vault, self.vault.profile, now)
            steps += exchange.deposit_steps(self.vault, relay, now, self._busy)
            outcome = await self._perform(relay, steps, report)
            if outcome.clock is not None:
                continue
            self._begun = self._begun or outcome.own_accepted
            report.problem = outcome.refusal or report.problem
            # What was skipped behind a refusal would be refused again at once.
            if outcome.refusal or (outcome.reopened and reopened) or not (outcome.more or self._has_more(relay)):
                break
            reopened = reopened or outcome.reopened

    async def wait(self, report: Report, seconds: int) -> None:
        """Deposit what may wait for its answer (receipts), acknowledge, and let the relay hold the answer."""
        relay = self.vault.profile.relay
        if not self._begun or mailbox.untold(self.vault.database):
            await self.collect(report)
            return
        self._prepare()
        now = self._now(relay)
        steps = exchange.deposit_steps(self.vault, relay, now, self._busy)
        steps += exchange.own_steps(self.vault, self.vault.profile, now, seconds)
        outcome = await self._perform(relay, steps, report, seconds)
        if outcome.reopened or outcome.clock is not None:
            self._begun = False
        report.problem = outcome.refusal or report.problem

    async def deposit(self, relay: str, report: Report) -> None:
        """Deposit what is due at one relay, as many requests as it takes."""
        for _ in range(MOST_ROUNDS):
            self._prepare()
            steps = exchange.deposit_steps(self.vault, relay, self._now(relay), self._busy)
            if not steps:
                break
            await self._perform(relay, steps, report)

    def _relays(self) -> list[str]:
        return [relay for relay in exchange.relays_due(self.vault) if relay != self.vault.profile.relay]

    def _has_more(self, relay: str) -> bool:
        if self._receipts_due():
            return True
        return bool(exchange.deposit_steps(self.vault, relay, 0, self._busy) or mailbox.untold(self.vault.database))

    def _receipts_due(self) -> bool:
        return bool(outbox.owing(self.vault.database, self.vault.now()))

    def _prepare(self) -> None:
        if self._receipts_due() or healing.is_stuck(self.vault):
            with self.vault.transaction():
                sealing.seal_receipts(self.vault)
                healing.free_stuck(self.vault)

    async def _perform(self, relay: str, steps: list[Step], report: Report, wait: int = 0) -> Outcome:
        rows = {row.id for step in steps for row in step.rows}
        self._busy |= rows
        try:
            results = await self._ask(relay, steps, report, wait)
        finally:
            self._busy -= rows
        outcome = exchange.apply(self.vault, steps, results)
        if outcome.clock is not None:
            self._learn_clock(relay, outcome.clock)
        report.sent += outcome.sent
        report.received += outcome.received
        return outcome

    async def _ask(self, relay: str, steps: Sequence[Step], report: Report, wait: int = 0) -> list[Result]:
        frame = exchange.frame(steps)
        answer = await self._transport.post(relay, frame, wait)
        report.bytes_up += len(frame)
        report.bytes_down += len(answer)
        mailbox.count_bytes(self.vault.database, self._day(), len(frame), len(answer))
        try:
            results = unpack_answer(answer, [step.part for step in steps])
        except errors.Malformed:
            raise errors.Unreachable("The relay gave an answer that is not a relay's.") from None
        first = results[0]
        if isinstance(first, Refused) and first.code is Code.CLOCK and isinstance(steps[0].part, Claim):
            self._learn_clock(relay, first.detail[0])
            raise errors.Unreachable("This machine's clock is wrong; the relay's time is used from now on. Try again.")
        return results

    def _learn_clock(self, relay: str, theirs: int) -> None:
        if relay in self._offsets and abs(self._now(relay) - theirs) <= exchange.LIMITS.clock:
            raise errors.Unreachable("The relay does not agree with its own clock.")
        self._offsets[relay] = theirs - self.vault.now()

    def note_line(self, *, reachable: bool, problem: str) -> None:
        """Keep whether the relay answered, and tell it when that is new."""
        if self.connected != reachable:
            self.connected = reachable
            self.vault.events.publish(LineChanged(reachable, problem))

    def _now(self, relay: str) -> int:
        return self.vault.now() + self._offsets.get(relay, 0)


def http_sentence(error: errors.RelayRefused) -> str:
    """Say what a refusal by HTTP status means."""
    return {
        "5": "The relay takes no request of this size.",
        "6": "The relay is busy; everything waits here.",
        "10": "The relay's disk is nearly full; everything waits here.",
    }.get(str(error), str(errors.RelayRefused()))
