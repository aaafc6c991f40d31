"""The one loop between the outbox and the relays: exchange once, or stay and wait for what comes."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
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

WAIT_SECONDS = 60
"""How long the relay may hold an answer while the application is open."""
NOTICE_SECONDS = 1.0
"""How often other processes' changes are looked for."""
FIRST_BACKOFF, LAST_BACKOFF = 1.0, 300.0
MOST_ROUNDS = 200

Sleep = Callable[[float], Awaitable[None]]


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
        chance: gives a number from 0 to 1, for backing off.
        day: names the local day, for the count of bytes.
        sleep: waits.
    """

    def __init__(
        self,
        vault: Vault,
        transport: Transport,
        chance: Callable[[], float],
        day: Callable[[], str],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.vault = vault
        self._transport = transport
        self._chance = chance
        self._day = day
        self._sleep = sleep
        self._wake = asyncio.Event()
        self._offsets: dict[str, int] = {}
        self._busy: set[int] = set()
        self._begun = False
        self._failures = 0
        self.connected: bool | None = None

    def wake(self) -> None:
        """Look into the outbox now."""
        self._wake.set()

    async def exchange(self) -> Report:
        """Send what waits, fetch what has come, acknowledge it, until nothing is left to do."""
        report = Report()
        try:
            await self._join(report)
            if self.vault.profile.relay:
                await self._own_rounds(report)
            for relay in self._relays():
                await self._deposit_rounds(relay, report)
        except errors.Unreachable as error:
            report.reachable = False
            report.problem = str(error)
        except errors.RelayRefused as error:
            report.reachable = False
            report.problem = _http_sentence(error)
        self._note_line(report.reachable, report.problem)
        return report

    async def wait_once(self, seconds: int) -> Report:
        """Exchange; if nothing came, let the relay hold one answer for at most `seconds`, and take what came."""
        report = await self.exchange()
        if not report.reachable or report.received or not self.vault.profile.relay:
            return report
        try:
            await self._wait(report, seconds)
            if report.received:
                await self._own_rounds(report)
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
            await self._deposit_rounds(relay, report)
        if mailbox.untold(self.vault.database) and self.vault.profile.relay:
            await self._own_rounds(report)
        if mailbox.joins(self.vault.database):
            await self._join(report)

    async def live(self) -> None:
        """Stay: wait at the relay for what comes, and send what is written at once. Ends by being cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._collect_for_ever())
            group.create_task(self._send_for_ever())
            group.create_task(self._notice_for_ever())

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

    async def _join(self, report: Report) -> None:
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

    async def _own_rounds(self, report: Report) -> None:
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

    async def _wait(self, report: Report, seconds: int) -> None:
        """Deposit what may wait for its answer (receipts), acknowledge, and let the relay hold the answer."""
        relay = self.vault.profile.relay
        if not self._begun or mailbox.untold(self.vault.database):
            await self._own_rounds(report)
            return
        self._prepare()
        now = self._now(relay)
        steps = exchange.deposit_steps(self.vault, relay, now, self._busy)
        steps += exchange.own_steps(self.vault, self.vault.profile, now, seconds)
        outcome = await self._perform(relay, steps, report, seconds)
        if outcome.reopened or outcome.clock is not None:
            self._begun = False
        report.problem = outcome.refusal or report.problem

    async def _deposit_rounds(self, relay: str, report: Report) -> None:
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

    def _now(self, relay: str) -> int:
        return self.vault.now() + self._offsets.get(relay, 0)

    # staying

    async def _collect_for_ever(self) -> None:
        while True:
            report = Report()
            with self._steady() as trouble:
                await self._join(report)
                if not self.vault.profile.relay:
                    await self._sleep(NOTICE_SECONDS)
                    continue
                if self.connected:
                    await self._wait(report, WAIT_SECONDS)
                else:
                    await self._own_rounds(report)
                self._failures = 0
                self._note_line(reachable=True, problem=report.problem)
            if report.problem or trouble:
                await self._sleep(self._backoff())

    @contextlib.contextmanager
    def _steady(self) -> Iterator[list[errors.TherapyError]]:
        """Survive what may pass: a lost line is a state, and a full disk is told once; both are tried again."""
        trouble: list[errors.TherapyError] = []
        try:
            yield trouble
        except (errors.Unreachable, errors.RelayRefused) as error:
            trouble.append(error)
            sentence = _http_sentence(error) if isinstance(error, errors.RelayRefused) else str(error)
            self._note_line(reachable=False, problem=sentence)
        except (errors.DiskFull, errors.VaultBusy) as error:
            trouble.append(error)
            self.vault.events.publish(Noticed(str(error)))

    async def _send_for_ever(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._until_due())
            self._wake.clear()
            if not self.connected:
                await self._sleep(NOTICE_SECONDS)
                continue
            with self._steady() as trouble:
                await self.send_due(Report())
            if trouble:
                await self._sleep(self._backoff())

    async def _notice_for_ever(self) -> None:
        while True:
            await self._sleep(NOTICE_SECONDS)
            if self.vault.notice_others():
                self.wake()

    def _until_due(self) -> float:
        """Give the seconds until something in the outbox, or a receipt, is due."""
        times = (outbox.next_due(self.vault.database), outbox.next_owed(self.vault.database))
        due = [each for each in times if each is not None]
        if not due:
            return 3_600.0
        return float(min(3_600, max(1, min(due) - self.vault.now())))

    def _backoff(self) -> float:
        """Give the seconds until the next try: doubling to five minutes, and never at the same moment as others."""
        self._failures += 1
        longest = min(LAST_BACKOFF, FIRST_BACKOFF * 2 ** min(self._failures, 12))
        return float(longest * (0.5 + self._chance() / 2))

    def _note_line(self, reachable: bool, problem: str) -> None:  # noqa: FBT001 - the fact itself
        if self.connected != reachable:
            self.connected = reachable
            self.vault.events.publish(LineChanged(reachable, problem))


def _http_sentence(error: errors.RelayRefused) -> str:
    return {
        "5": "The relay takes no request of this size.",
        "6": "The relay is busy; everything waits here.",
        "10": "The relay's disk is nearly full; everything waits here.",
    }.get(str(error), str(errors.RelayRefused()))
