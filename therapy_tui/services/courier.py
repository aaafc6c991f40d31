"""The one loop between the outbox and the relays: exchange once, or stay and wait for what comes."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.wire import Claim, Close, Refused, mailbox_of
from therapy_tui.crypto import invite, signing
from therapy_tui.crypto.link import Link, read_link
from therapy_tui.services import exchange, joining, outcomes
from therapy_tui.services.carrier import LINE, Carrier, Report
from therapy_tui.services.events import Noticed
from therapy_tui.services.exchange import Step
from therapy_tui.services.presence import open_lock
from therapy_tui.store import mailbox
from therapy_tui.store.mailbox import Join

MOST_ROUNDS = 200
MOST_IDLE_ROUNDS = 4
"""Rounds in which nothing came or went, before a relay is left alone."""
JOIN_DAYS = 30 * 86_400


class CourierBusy(errors.VaultBusy):
    """Another process carries the letters of this vault now."""


@contextlib.contextmanager
def courier_lock(path: Path) -> Iterator[None]:
    """Be the one courier of a vault.

    Raises:
        CourierBusy: another process is.
        VaultError: the file cannot be opened.
    """
    descriptor = open_lock(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourierBusy from None
        yield
    finally:
        os.close(descriptor)


class Courier(Carrier):
    """Carries one vault's letters. Hold `courier_lock` while it works."""

    async def exchange(self, *, everything: bool = False) -> Report:
        """Send what waits, fetch what has come, acknowledge it, until nothing is left to do.

        `everything` is a person's word that this once the day's bytes do not count; large letters may go from then on.
        """
        self._asked_for_all = everything
        try:
            return await self._exchange(Report())
        finally:
            self._asked_for_all = False

    async def _exchange(self, report: Report) -> Report:
        await self.join(report)
        if self.vault.profile.relay:
            try:
                await self.collect(report)
                self.note_line(reachable=True, problem=report.problem)
            except LINE as error:
                report.fail(error)
                self.note_line(reachable=False, problem=report.problem)
        await self._deposit_elsewhere(report)
        report.held = len(self.day.held(self.vault))
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
        await self.prepare()
        own = self.vault.profile.relay
        if own in exchange.relays_due(self.vault, self.largest):
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
            results = await self.ask(profile.relay, [step], Report())
        except LINE:
            return False
        return not isinstance(results[0], Refused)

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
        results = await self.ask(link.relay, [Step(part, invite.invite_seed(link.secret))], report)
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
            await self.prepare()
            now, room = self._known.time(relay), self._known.room(relay)
            # Own comes first and stops the rest when it fails: so a vault that went back in time sends nothing.
            steps = exchange.own_steps(self.vault, self.vault.profile, now, 0, room, self.answer_room())
            slots = exchange.weight(steps)
            if not (slots and self._known.is_narrow(relay)):
                steps += self.deposits(relay, now, room - slots)
            outcome = await self.perform(relay, steps, report)
            self._begun = self._begun or outcome.own_accepted
            # What was skipped behind a refusal would be refused again at once.
            if outcome.refusal or not (outcome.more or outcome.clock is not None or self.has_more(relay)):
                break
            if outcome.received and self.is_sparing:
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
        await self.prepare()
        now, room = self._known.time(relay), self._known.room(relay)
        steps = self.deposits(relay, now, room)
        steps += exchange.own_steps(self.vault, self.vault.profile, now, seconds, room, self.answer_room())
        outcome = await self.perform(relay, steps, report, seconds)
        if outcome.reopened or outcome.restored or outcome.clock is not None:
            self._begun = False

    async def deposit(self, relay: str, report: Report) -> None:
        """Deposit what is due at one relay, as many requests as it takes."""
        for _ in range(MOST_ROUNDS):
            now, room = self._known.time(relay), self._known.room(relay)
            steps = self.deposits(relay, now, room)
            if not steps:
                break
            outcome = await self.perform(relay, steps, report)
            if outcome.pause:
                break

    async def _deposit_elsewhere(self, report: Report) -> None:
        """Deposit at other people's relays; one that is away keeps nobody else waiting."""
        await self.prepare()
        for relay in exchange.relays_due(self.vault, self.largest):
            if relay == self.vault.profile.relay or not self._known.is_awake(relay):
                continue
            try:
                await self.deposit(relay, report)
                self._known.wake(relay)
            except LINE as error:
                self._known.rest(relay)
                report.fail(error)
