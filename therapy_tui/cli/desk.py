"""What every command is given: the folders, the choices, and the ways to open the vault. Built once, here."""

import asyncio
import contextlib
import os
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.cli.output import Output
from therapy_tui.config import Folders, Settings, country_in, find_folders, read_settings
from therapy_tui.core.text import check_whole
from therapy_tui.keys.hardening import Hardening
from therapy_tui.keys.keyring import Keyring
from therapy_tui.keys.passphrase import read_passphrase
from therapy_tui.services import access, reserve
from therapy_tui.services.line import today
from therapy_tui.services.presence import Presence, present
from therapy_tui.services.vault import Vault

if TYPE_CHECKING:
    from therapy_tui.core.budget import Budget
    from therapy_tui.services.carrier import Report
    from therapy_tui.services.courier import Courier
    from therapy_tui.transport.base import Transport

EXCHANGE_SECONDS = 5.0
FOR_READING = "The disk is full, so your vault was opened for reading alone. Make room before you write."
NOTICE_SECONDS = 0.5
"""How often a waiting `sync` looks whether another process wrote something, or asked to lock."""


@dataclass(slots=True)
class Desk:
    """The choices that stand before the command, and what follows from them."""

    home: Path | None
    profile: str
    passphrase_file: Path | None
    output: Output
    hardening: Hardening
    keyring: Keyring = field(default_factory=Keyring)
    beside: access.Beside = field(default_factory=access.Beside)
    """Holds the key of the notes, where what opened the vault gave it too."""
    _presence: Presence | None = None
    """Taken before the vault is opened, so that no wish to lock it is missed."""

    @property
    def folders(self) -> Folders:
        """The folders of the profile."""
        return find_folders(self.home, self.profile)

    @property
    def settings(self) -> Settings:
        """The choices of the profile; unknown ones are told on standard error."""
        settings, remarks = read_settings(self.folders.settings)
        for remark in remarks:
            self.output.aside(remark)
        return settings

    def country(self) -> str:
        """Give the country whose numbers to call are shown; settings that cannot be read never keep a plan away."""
        try:
            return self.settings.country
        except errors.ConfigError as error:
            self.output.aside(str(error))
            return country_in(self.folders.settings)

    def now(self) -> int:
        """Give the seconds since 1970."""
        return access.seconds()

    def random(self, size: int) -> bytes:
        """Draw random bytes from the system."""
        return secrets.token_bytes(size)

    @contextlib.contextmanager
    def vault(self) -> Iterator[Vault]:
        """Open the vault by whichever way leads in, and close it at the end.

        Raises:
            VaultMissing, KeySlotError, VaultError: with a sentence that says what to do.
        """
        folders = self.folders
        found = access.look(folders)
        if not found.exists:
            raise errors.VaultMissing
        folders.make()
        begun = self.now()
        with present(folders.state) as presence:
            self._presence = presence
            vault = self._unlock(folders, found.kinds)
            told = None
            if "keyring" in found.kinds and not vault.is_for_reading:  # its epoch was not raised
                told = access.tell_keyring(folders, vault, self.keyring)
            try:
                if presence.is_lock_asked():
                    raise errors.VaultLocked("The vault was locked by another command just now. Try again.")
                yield vault
                self._tell_restored(vault, begun)
                if vault.is_for_reading:
                    self.output.aside(FOR_READING)
            except errors.DiskFull:
                reserve.give_back(folders)
                raise
            finally:
                vault.close()
                if told is not None:
                    with contextlib.suppress(errors.KeyringUnusable):
                        told.result()

    def _tell_restored(self, vault: Vault, begun: int) -> None:
        """Say that the vault was found to be an older copy while this command ran."""
        if vault.profile.restored_at >= begun:
            from therapy_tui.services.healing import RESTORED  # only for a vault that went back in time

            self.output.aside(RESTORED)

    def _unlock(self, folders: Folders, kinds: tuple[str, ...]) -> Vault:
        if self.passphrase_file is None and "keyring" in kinds:
            try:
                return access.unlock_by_keyring(
                    folders, access.ask_keyring(folders, self.keyring), self.random, self.now
                )
            except errors.KeyringUnusable as error:
                if "passphrase" not in kinds:
                    raise errors.KeyringUnusable(
                        f"{error} This vault has no passphrase yet; give it one with its recovery phrase:"
                        " therapy-tui passwd --recovery"
                    ) from None
                self.output.aside(str(error))
        if self.passphrase_file is None and "command" in kinds:
            return access.unlock_by_command(folders, self.random, self.now, self.beside)
        if "passphrase" not in kinds:
            raise errors.KeySlotError("This vault has no passphrase. therapy-tui keys lists the ways in.")
        return access.unlock_by_passphrase(folders, self.passphrase(), self.random, self.now, self.beside)

    def passphrase(self, prompt: str = "Passphrase: ") -> str:
        """Take the passphrase from the file that was named, or ask on the terminal."""
        return read_passphrase(self.passphrase_file, prompt)

    # the courier

    def courier(self, vault: Vault) -> "Courier":
        """Build the courier of the open vault, over real connections."""
        from therapy_tui.services.courier import Courier  # the application needs it only after its first screen

        return Courier(vault, self.transport(), today, self.budget())

    def budget(self) -> "Budget":
        """Give how many bytes the person allows in a day."""
        from therapy_tui.core.budget import Budget  # as in `courier`

        return Budget(self.settings.daily_bytes)

    def transport(self) -> "Transport":
        """Build the way to relays that the settings name."""
        from therapy_tui.transport.http import HttpTransport  # httpx costs a tenth of a second

        settings = self.settings
        return HttpTransport(plain=settings.plain_relays, secure=settings.secure_relays, proxy=settings.proxy or None)

    def exchange(self, vault: Vault, limit: float = EXCHANGE_SECONDS, *, everything: bool = False) -> "Report | None":
        """Do one exchange within a time limit; None when another process carries the letters of this vault.

        `everything` lets large letters go whatever the day's bytes.
        """
        from therapy_tui.services.carrier import Report  # as in `courier`
        from therapy_tui.services.courier import CourierBusy, courier_lock  # as in `courier`

        vault.find_room()  # what came could not be kept

        async def once() -> Report:
            courier = self.courier(vault)
            try:
                return await asyncio.wait_for(courier.exchange(everything=everything), limit)
            except TimeoutError:
                return Report(reachable=False, problem=f"The relay did not answer within {limit:g} seconds.")
            finally:
                await courier.close()

        try:
            with courier_lock(self.folders.state / "courier"):
                return asyncio.run(once())
        except CourierBusy:
            return None

    def close_mailbox(self, vault: Vault) -> bool:
        """Ask the relay to erase the mailbox; tell whether it did."""

        async def once() -> bool:
            courier = self.courier(vault)
            try:
                return await asyncio.wait_for(courier.close_mailbox(), EXCHANGE_SECONDS)
            except TimeoutError:
                return False
            finally:
                await courier.close()

        return asyncio.run(once())

    def wait(self, vault: Vault, seconds: int) -> "Report | None":
        """Exchange and wait for what comes, for at most `seconds`, or until somebody locks the vault."""
        from therapy_tui.services.carrier import Report  # as in `courier`
        from therapy_tui.services.courier import CourierBusy, courier_lock  # as in `courier`

        vault.find_room()  # as in `exchange`

        async def stay() -> Report:
            courier = self.courier(vault)
            total = Report()
            end = time.monotonic() + seconds
            waiting = asyncio.create_task(_wait(courier, total, end))
            sending = asyncio.create_task(_send_beside(courier, total))
            try:
                while not waiting.done():
                    await asyncio.wait([waiting], timeout=NOTICE_SECONDS)
                    if self._presence is not None and self._presence.is_lock_asked():
                        break
                else:
                    waiting.result()
                return total
            finally:
                for task in (waiting, sending):
                    task.cancel()
                await asyncio.wait([waiting, sending])
                await courier.close()

        try:
            with courier_lock(self.folders.state / "courier"):
                return asyncio.run(stay())
        except CourierBusy:
            return None


async def _send_beside(courier: "Courier", total: "Report") -> None:
    """Send what other commands write into this vault, while the relay holds our answer."""
    while True:
        await asyncio.sleep(NOTICE_SECONDS)
        if courier.vault.notice_others():
            with contextlib.suppress(errors.TherapyError):  # it goes, or is told, with the next round
                await courier.send_due(total)


async def _wait(courier: "Courier", total: "Report", end: float) -> None:
    while True:
        left = int(end - time.monotonic())
        report = await (courier.wait_once(min(left, 200)) if left > 0 else courier.exchange())
        total.sent += report.sent
        total.received += report.received
        total.bytes_up += report.bytes_up
        total.bytes_down += report.bytes_down
        total.reachable, total.problem, total.held = report.reachable, report.problem, report.held
        total.refused_joins += report.refused_joins
        if left <= 0 or not report.reachable:
            return


def ask_line(prompt: str) -> str:
    """Ask for one line on the terminal of this process, shown as it is typed; standard input stays free for data.

    Raises:
        UsageError: there is no terminal.
    """
    try:
        descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        raise errors.UsageError("There is no terminal to ask on. Give - and write to standard input.") from None
    with os.fdopen(descriptor, "r+b", buffering=0) as terminal:
        terminal.write(prompt.encode())
        line = b""
        while not line.endswith(b"\n"):
            more = terminal.read(4096)
            if not more:
                break
            line += more
        return line.decode("utf-8", "surrogateescape").removesuffix("\n")


def given_text(desk: Desk, text: str | None, refusal: str, prompt: str) -> str:
    """Give a text that a command was given: as an argument, from standard input for `-`, or from the terminal for None.

    One line end of standard input is dropped, nothing else.

    Raises:
        UsageError: it stands in the arguments on a machine that others use (`refusal`), there is no terminal, or it is
            not UTF-8.
    """
    if text is None:
        given = ask_text(prompt)
    elif text == "-":
        given = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").removesuffix("\n")
    elif text and desk.settings.shared_machine:
        raise errors.UsageError(refusal)
    else:
        given = text
    check_whole(given)
    return given


def ask_text(prompt: str) -> str:
    """Ask for any number of lines on the terminal, ended by Ctrl+D on a line of its own."""
    try:
        with Path("/dev/tty").open("r", encoding="utf-8", errors="surrogateescape") as terminal:
            descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
            os.write(descriptor, prompt.encode())
            os.close(descriptor)
            return terminal.read().removesuffix("\n")
    except OSError:
        raise errors.UsageError("There is no terminal to ask on. Give - and write to standard input.") from None
