"""One person at one machine: a profile, locked or open, and the courier that runs while it is open."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from therapy_tui import errors
from therapy_tui.config import Folders, Settings, read_settings, write_settings
from therapy_tui.keys.keyring import Keyring, Pending
from therapy_tui.services import access
from therapy_tui.services.access import Beside, Clock, Found, Random
from therapy_tui.services.events import Events, VaultChanged
from therapy_tui.services.line import Line

if TYPE_CHECKING:
    from therapy_tui.core.checkins import Unfinished
    from therapy_tui.core.messages import Draft
    from therapy_tui.services.drawer import Drawer
    from therapy_tui.services.making import NewProfile
    from therapy_tui.services.notebook import Notebook
    from therapy_tui.services.presence import Presence
    from therapy_tui.services.triage import Caseload
    from therapy_tui.services.vault import Vault
    from therapy_tui.transport.base import Transport

BUSY_SECONDS = 2.0


class Seat(msgspec.Struct):
    """What the application is given for each person who sits at it.

    Only one thread uses an open vault; opening may be done in another, before it is used.
    """

    folders: Folders
    settings: Settings
    transport: "Callable[[Settings], Transport]"
    keyring: Keyring
    random: Random
    now: Clock
    chance: Callable[[], float] = access.chance
    events: Events = msgspec.field(default_factory=Events)
    vault: "Vault | None" = None
    line: Line = msgspec.field(default_factory=Line)
    unkept: "dict[bytes, Draft]" = msgspec.field(default_factory=dict)
    """Drafts that a full disk would not take, by contact; they wait in memory, also over a lock, until it does."""
    unkept_check_in: "Unfinished | None" = None
    """The same of a check-in that is being made."""
    unkept_steps: dict[int, str] = msgspec.field(default_factory=dict)
    """The same for steps of the safety plan, by their number."""
    _pending: Pending | None = None
    _told: Pending | None = None
    _presence: "Presence | None" = None
    _beside: Beside = msgspec.field(default_factory=Beside)
    _notebook: "Notebook | None" = None
    _caseload: "Caseload | None" = None
    _drawer: "Drawer | None" = None

    @property
    def open_vault(self) -> "Vault":
        """The open vault.

        Raises:
            VaultLocked: it is not open.
        """
        if self.vault is None or not self.vault.is_open:
            raise errors.VaultLocked
        return self.vault

    @property
    def is_open(self) -> bool:
        """Whether the vault is open."""
        return self.vault is not None and self.vault.is_open

    @property
    def notebook(self) -> "Notebook":
        """The notes that belong to the open vault: closed until they are wanted, and closed again with it.

        Raises:
            VaultLocked: the vault is not open.
        """
        from therapy_tui.services.notebook import Notebook  # only when notes are wanted

        if not self.is_open:
            raise errors.VaultLocked
        if self._notebook is None:
            self._notebook = Notebook(self.folders, self.keyring, self._beside, self.random, self.now, self.events)
        return self._notebook

    @property
    def caseload(self) -> "Caseload":
        """What is known of everybody a therapist writes with; it goes with the open vault.

        Raises:
            VaultLocked: the vault is not open.
        """
        from therapy_tui.services.triage import Caseload  # only a therapist needs it

        if self._caseload is None:
            self._caseload = Caseload(self.open_vault)
        return self._caseload

    @property
    def drawer(self) -> "Drawer":
        """The drawer of process notes: closed until a person opens it, and closed again with the vault.

        Raises:
            VaultLocked: the vault is not open.
        """
        from therapy_tui.services.drawer import Drawer  # only when it is wanted

        if not self.is_open:
            raise errors.VaultLocked
        if self._drawer is None:
            self._drawer = Drawer(self.folders, self.keyring, Beside(), self.random, self.now, self.events)
        return self._drawer

    def look(self) -> Found:
        """Tell whether there is a profile, and which ways lead in."""
        return access.look(self.folders)

    # set-up

    def create(self, new: "NewProfile", passphrase: str | None, settings: Settings) -> tuple[str, ...]:
        """Make the profile; the keyring opens it when no passphrase is given. Give the recovery phrase, 24 words."""
        from therapy_tui.crypto.slots import PassphraseWay, RecoveryWay, Way, recovery_phrase  # only on the first day
        from therapy_tui.services import making  # as above
        from therapy_tui.store import slots  # as above

        if not self.look().exists:
            # First, so that settings that cannot be written do not cost the words of a profile that is made.
            self.folders.make()
            self.keep_settings(settings)
        profile_id = slots.new_profile_id(self.random)
        entropy = self.random(32)
        way: Way = (
            access.new_keyring_way(profile_id, self.random, self.keyring)
            if passphrase is None
            else PassphraseWay(passphrase, making.new_cost())
        )
        making.create(self.folders, new, [way, RecoveryWay(entropy)], profile_id, self.random, self.now)
        return recovery_phrase(entropy)

    def keep_settings(self, settings: Settings) -> None:
        """Keep the person's choices. On a machine that other people use, no plan stays readable while locked."""
        write_settings(self.folders.settings, settings)
        self.settings, _ = read_settings(self.folders.settings)
        if self.settings.shared_machine:
            from therapy_tui.services import open_plan  # only where there may be one to take away

            open_plan.remove(self.folders)

    # opening and locking

    def begin_keyring(self, *, early: bool = False) -> bool:
        """Ask the keyring in the background, so that it works while the screen is made; tell whether it was asked.

        `early`: this process has done nothing yet but start (`Keyring.begin`).
        """
        if self._pending is None and "keyring" in self.look().kinds:
            self._pending = access.ask_keyring(self.folders, self.keyring, early=early)
        return self._pending is not None

    def unlock_by_keyring(self) -> None:
        """Open the vault with what the keyring gives. Raises with the reason."""
        self.begin_keyring()
        pending, self._pending = self._pending, None
        if pending is None:
            raise errors.KeyringUnusable
        self._open(lambda: access.unlock_by_keyring(self.folders, pending, self.random, self.now))

    def unlock_by_passphrase(self, passphrase: str) -> None:
        """Open the vault with a passphrase. Raises with the reason."""
        self._open(lambda: access.unlock_by_passphrase(self.folders, passphrase, self.random, self.now, self._beside))

    def unlock_by_recovery(self, phrase: str) -> None:
        """Open the vault with the recovery phrase. Raises with the reason."""
        self._open(lambda: access.unlock_by_recovery(self.folders, phrase, self.random, self.now, self._beside))

    def unlock_by_command(self) -> None:
        """Open the vault with its command. Raises with the reason."""
        self._open(lambda: access.unlock_by_command(self.folders, self.random, self.now, self._beside))

    def set_passphrase(self, old: str, new: str) -> None:
        """Change the passphrase. Raises with the reason; nothing is changed then."""
        from therapy_tui.crypto.slots import PassphraseWay, check_new_passphrase  # only when it is changed
        from therapy_tui.services import making  # as above

        check_new_passphrase(new)
        access.change_passphrase(self.folders, PassphraseWay(old), PassphraseWay(new, making.new_cost()), self.random)

    def _open(self, way: "Callable[[], Vault]") -> None:
        """Open the vault; the hold that `lock` waits for is taken before, so that none is missed."""
        from therapy_tui.services.presence import Presence  # only where there is something to open

        self.folders.make()
        presence = Presence(self.folders.state)
        try:
            vault = way()
        except BaseException:
            presence.end()
            raise
        if vault.is_therapist:
            from therapy_tui.services import audit  # a client's vault has no log

            audit.note_opening(vault)
        vault.events = self.events
        self.vault, self._presence = vault, presence

    def is_lock_asked(self) -> bool:
        """Tell whether another process asked every process on this vault to lock."""
        return self._presence is not None and self._presence.is_lock_asked()

    def lock(self) -> None:
        """Close the files and drop the keys; the courier must have been stopped."""
        vault, self.vault = self.vault, None
        self._caseload = None
        beside, self._notebook, self._drawer = (self._notebook, self._drawer), None, None
        for each in beside:
            if each is not None:
                each.close()
        self._beside.key = b""
        if vault is not None:
            vault.close()
        if self._presence is not None:
            self._presence.end()
            self._presence = None
        for pending in (self._told, self._pending):
            if pending is not None:
                pending.cancel()
        self._told = self._pending = None

    def give_room(self) -> bool:
        """Give the reserved room back to a full disk; tell whether there was any."""
        from therapy_tui.services import reserve  # only on a full disk

        return reserve.give_back(self.folders)

    # the courier

    async def carry(self) -> None:
        """Carry letters until cancelled; while another process does, look on and take over when it stops."""
        from therapy_tui.services.courier import CourierBusy, courier_lock  # after the first screen stands

        vault = self.open_vault
        while vault.is_for_reading:  # what came could not be kept
            await asyncio.sleep(BUSY_SECONDS)
            with contextlib.suppress(errors.DiskFull):
                if vault.find_room():
                    self.events.publish(VaultChanged())
        if self._told is None and "keyring" in self.look().kinds:
            self._told = access.tell_keyring(self.folders, vault, self.keyring)
        while True:
            try:
                lock = partial(courier_lock, self.folders.state / "courier")
                await self.line.carry(vault, self.transport(self.settings), self.settings, self.chance, lock)
            except CourierBusy:
                vault.notice_others()
                await asyncio.sleep(BUSY_SECONDS / 2)

    def wake(self, *, waited_for: bool = False) -> None:
        """Tell the courier that there is something to send; `waited_for` where the person sits and waits for it."""
        self.line.wake(waited_for=waited_for)
