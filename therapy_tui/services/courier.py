"""The one loop between the outbox and the relays: exchange once, or stay and wait for what comes."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.wire import Claim, Close, Code, Refused, Result, mailbox_of, unpack_answer
from therapy_tui.crypto import invite, signing
from therapy_tui.crypto.link import Link, read_link
from therapy_tui.services import exchange, joining, outcomes
from therapy_tui.services.dealings import Dealings
from therapy_tui.services.events import LineChanged, Noticed
from therapy_tui.services.exchange import Step
from therapy_tui.services.outcomes import Outcome
from therapy_tui.services.vault import Vault
from therapy_tui.store import mailbox
from therapy_tui.store.mailbox import Join
from therapy_tui.transport.base import Transport

MOST_ROUNDS = 200
MOST_IDLE_ROUNDS = 4
"""Rounds in which nothing came or went, before a relay is left alone."""
JOIN_DAYS = 30 * 86_400
LINE = (errors.Unreachable, errors.RelayRefused)
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

    def fail(self, error: errors.TherapyError) -> None:
        """Keep that a relay could not be reached, and why."""
        self.reachable = False
        self.problem = http_sentence(error) if isinstance(error, errors.RelayRefused) else str(error)


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

    def __init__(self, vault: Vault, transport: Transport, day: Callable[[], str]) -> None:
        self.vault = vault
        self._transport = transport
        self._day = day
        self._known = Dealings(vault.now)
        self._busy: set[int] = set()
        self._begun = False
        self.connected: bool | None = None

    async def exchange(self) -> Report:
        """Send what waits, fetch what has come, acknowledge it, until nothing is left to do."""
        report = Report()
        await self.join(report)
        if self.vault.profile.relay:
            try:
                await self.collect(report)
                self.note_line(reachable=True, problem=report.problem)
            except LINE as error:
                report.fail(error)
                self.note_line(reachable=False, problem=report.problem)
        await self._deposit_elsewhere(report)
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
        except LINE as error:
            report.fail(error)
        return report

    async def send_due(self, report: Report) -> None:
        """Send what can go now, also beside a wait.

        Raises:
            Unreachable, RelayRefused: one's own relay does not answer; it waits here.
        """
        await self._prepare()
        own = self.vault.profile.relay
        if own in exchange.relays_due(self.vault):
            await self.deposit(own, report)
        if own and mailbox.untold(self.vault.database):
            await self.collect(report)
        await self._deposit_elsewhere(report)
        await self.join(report)

    async def close_mailbox(self) -> bool:
        """Ask the relay to erase the mailbox with all that is in it; tell whether it did."""
        profile = self.vault.profile
        name = mailbox_of(signing.public_key(profile.owner_seed))
        step = Step(Close(self._known.time(profile.relay), name), profile.owner_seed)
        try:
            results = await self._ask(profile.relay, [step], Report())
        except LINE:
            return False
        return not isinstance(results[0], Refused)

    async def close(self) -> None:
        """Let go of kept connections."""
        await self._transport.close()

    # rounds

    async def join(self, report: Report) -> None:
        """Claim the invites that a person has taken up; one whose relay is away keeps nothing else waiting."""
        for under_way in mailbox.joins(self.vault.database):
            link = read_link(under_way.link)
            if link.expires + JOIN_DAYS < self.vault.now():
                self._end_join(under_way, "An invite that you took up has expired before its relay answered.", report)
            elif self._known.is_awake(link.relay):
                try:
                    await self._claim(link, under_way, report)
                    self._known.wake(link.relay)
                except LINE as error:
                    self._known.rest(link.relay)
                    report.fail(error)

    async def _claim(self, link: Link, under_way: Join, report: Report) -> None:
        part = Claim(self._known.time(link.relay), invite.pickup(link.secret), under_way.claim)
        results = await self._ask(link.relay, [Step(part, invite.invite_seed(link.secret))], report)
        try:
            offered = outcomes.claim_result(results[0])
            with self.vault.transaction():
                joining.complete_join(self.vault, link, offered, under_way.contact, under_way.made_at)
                mailbox.end_join(self.vault.database, under_way.link)
        except errors.RemoteError as error:
            sentence = str(error) if isinstance(error, errors.InviteRefused) else str(errors.InviteRefused())
            self._end_join(under_way, sentence, report)

    def _end_join(self, under_way: Join, sentence: str, report: Report) -> None:
        with self.vault.transaction():
            mailbox.end_join(self.vault.database, under_way.link)
            self.vault.tell(Noticed(sentence))
        report.refused_joins += (sentence,)

    async def collect(self, report: Report) -> None:
        """Exchange with one's own relay: acknowledge, deposit, collect, again while there is more.

        Raises:
            Unreachable, RelayRefused: no whole answer came.
        """
        relay = self.vault.profile.relay
        idle = 0
        for _ in range(MOST_ROUNDS):
            await self._prepare()
            now, room = self._known.time(relay), self._known.room(relay)
            # Own comes first and stops the rest when it fails: so a vault that went back in time sends nothing.
            steps = exchange.own_steps(self.vault, self.vault.profile, now, 0, room)
            slots = exchange.weight(steps)
            if not (slots and self._known.is_narrow(relay)):
                steps += exchange.deposit_steps(self.vault, relay, now, self._busy, room - slots)
            outcome = await self._perform(relay, steps, report)
            self._begun = self._begun or outcome.own_accepted
            # What was skipped behind a refusal would be refused again at once.
            if outcome.refusal or not (outcome.more or outcome.clock is not None or self._has_more(relay)):
                break
            idle = 0 if outcome.sent or outcome.received or outcome.in_parts else idle + 1
            if idle >= MOST_IDLE_ROUNDS:
                break

    async def wait(self, report: Report, seconds: int) -> None:
        """Deposit what may wait for its answer (receipts), acknowledge, and let the relay hold the answer."""
        relay = self.vault.profile.relay
        if not self._begun or mailbox.untold(self.vault.database):
            await self.collect(report)
            return
        await self._prepare()
        now, room = self._known.time(relay), self._known.room(relay)
        steps = exchange.deposit_steps(self.vault, relay, now, self._busy, room)
        steps += exchange.own_steps(self.vault, self.vault.profile, now, seconds, room)
        outcome = await self._perform(relay, steps, report, seconds)
        if outcome.reopened or outcome.restored or outcome.clock is not None:
            self._begun = False

    async def deposit(self, relay: str, report: Report) -> None:
        """Deposit what is due at one relay, as many requests as it takes."""
        for _ in range(MOST_ROUNDS):
            now, room = self._known.time(relay), self._known.room(relay)
            steps = exchange.deposit_steps(self.vault, relay, now, self._busy, room)
            if not steps:
                break
            outcome = await self._perform(relay, steps, report)
            if outcome.pause:
                break

    async def _deposit_elsewhere(self, report: Report) -> None:
        """Deposit at other people's relays; one that is away keeps nobody else waiting."""
        await self._prepare()
        for relay in exchange.relays_due(self.vault):
            if relay == self.vault.profile.relay or not self._known.is_awake(relay):
                continue
            try:
                await self.deposit(relay, report)
                self._known.wake(relay)
            except LINE as error:
                self._known.rest(relay)
                report.fail(error)

    def _has_more(self, relay: str) -> bool:
        if exchange.receipts_due(self.vault):
            return True
        return bool(exchange.deposit_steps(self.vault, relay, 0, self._busy) or mailbox.untold(self.vault.database))

    async def _prepare(self) -> None:
        """Seal what is due, and let keys have their turn meanwhile."""
        for _ in exchange.seal_due(self.vault):
            await asyncio.sleep(0)

    async def _perform(self, relay: str, steps: list[Step], report: Report, wait: int = 0) -> Outcome:
        rows = {row.id for step in steps for row in step.rows}
        self._busy |= rows
        try:
            results = await self._ask(relay, steps, report, wait)
        except errors.RelayRefused as error:
            if str(error) != TOO_LARGE or not self._ask_for_less(relay, steps):
                raise
            return Outcome(more=True, in_parts=True)
        finally:
            self._busy -= rows
        outcome = outcomes.apply(self.vault, steps, results, may_restore=self._known.may_restore())
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
