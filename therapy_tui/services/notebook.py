"""The file of the notes: closed until they are wanted, opened by what opened the vault, and closed with it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.crypto.slots import KeyringWay, PassphraseWay, RecoveryWay, Way, read_recovery_phrase
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, reserve
from therapy_tui.services.access import Beside, Clock, Random
from therapy_tui.services.events import Events, RoomChanged
from therapy_tui.store import slots
from therapy_tui.store.database import Database, open_database
from therapy_tui.store.schema import upgrade

NOT_BY_THAT = "What opened your letters does not open {}"
NO_LONGER = "This machine's keyring no longer holds the key of {}"
BY_HAND = {"passphrase": "a passphrase of their own", "recovery": "the recovery phrase"}
"""The ways in that a person can type."""


class Notebook:
    """What the services of the notes work on. One thread uses it once it is open.

    Args:
        folders: of the profile.
        keyring: asked for the key of the notes, where it is a way in and no other gave the key already.
        beside: that key, where what opened the vault gave it too.
        random_bytes: the source of ids.
        now: seconds since 1970.
        events: who wants to know that something changed.
    """

    NAME: ClassVar[str] = "notes"
    """The database's name: of its slots, its schema, and the fact that it changed."""
    WHAT: ClassVar[str] = "the notes"
    """What sentences call it."""

    def __init__(
        self, folders: Folders, keyring: Keyring, beside: Beside, random_bytes: Random, now: Clock, events: Events
    ) -> None:
        self.random_bytes, self.now, self.events = random_bytes, now, events
        self._folders, self._keyring, self._beside = folders, keyring, beside
        self._database: Database | None = None
        self._key = b""
        """Kept while they are open for reading alone, because the disk has no room."""
        self._is_over = False
        self._changes = 0

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._folders.notes

    @property
    def is_open(self) -> bool:
        """Whether the notes can be read."""
        return self._database is not None

    @property
    def database(self) -> Database:
        """The open file.

        Raises:
            VaultLocked: it is closed.
        """
        if self._database is None:
            raise errors.VaultLocked(f"{self.WHAT.capitalize()} are closed.")
        return self._database

    # the key

    @property
    def has_key(self) -> bool:
        """Whether the key is at hand, so that nobody has to be asked."""
        return bool(self._beside.key)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ways in that were made for the notes."""
        return slots.kinds(slots.read_slots(self._folders.slots), self.NAME)

    def fetch_key(self) -> bytes:
        """Give the key: the one at hand, or what the keyring keeps; may take as long as the keyring may.

        Raises:
            KeySlotError: with the reason in one sentence.
        """
        if self._beside.key:
            return self._beside.key
        if "keyring" not in self.kinds:
            raise errors.KeySlotError(self._with_what_is_needed(NOT_BY_THAT.format(self.WHAT)))
        (secret,) = access.ask_keyring_for(self.NAME, self._folders, self._keyring).result()
        if secret is None:
            raise errors.KeyringUnusable(self._with_what_is_needed(NO_LONGER.format(self.WHAT)))
        return self._key_by(KeyringWay({self.NAME: secret}))

    def _with_what_is_needed(self, why: str) -> str:
        needed = " or ".join(words for kind, words in BY_HAND.items() if kind in self.kinds)
        return f"{why}, so {needed} is needed." if needed else f"{why}."

    def key_by_passphrase(self, passphrase: str) -> bytes:
        """Give the key by a passphrase; takes about half a second of work. Raises with the reason."""
        try:
            return self._key_by(PassphraseWay(passphrase))
        except errors.WrongPassphrase:
            raise errors.WrongPassphrase(f"That passphrase does not open {self.WHAT}. Nothing was changed.") from None

    def key_by_recovery(self, phrase: str) -> bytes:
        """Give the key by the recovery phrase. Raises with the reason."""
        return self._key_by(RecoveryWay(read_recovery_phrase(phrase)))

    def _key_by(self, way: Way) -> bytes:
        return access.keys_by(self._folders, way, [self.NAME])[self.NAME]

    # the file

    def open(self, key: bytes) -> None:
        """Open the notes, unless they are open, or the vault was locked meanwhile.

        Raises:
            VaultLocked: it was.
            VaultError: with the reason; nothing was changed.
        """
        if self._is_over:
            raise errors.VaultLocked
        if self._database is None:
            self._key = key
            self._database = reserve.opened(self._folders, self._opened)
            self._beside.key = b""
            self.notice_others()

    def _opened(self, for_reading: bool) -> Database:  # noqa: FBT001 - as `reserve.opened` asks
        database = open_database(self.file, self._key, for_reading=for_reading)
        try:
            upgrade(database, self.NAME)
        except BaseException:
            database.close()
            raise
        if not for_reading:
            self._key = b""
        return database

    def _find_room(self) -> None:
        """Open the notes as usual where they are open for reading alone. Raises DiskFull: there is still no room."""
        if not self.database.is_for_reading:
            return
        self.database.close()
        try:
            self._database = self._opened(for_reading=False)
        except errors.VaultError:
            self._database = self._opened(for_reading=True)
            raise

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Database]:
        """Change the notes in one transaction, and tell that they changed when it is committed."""
        self._find_room()
        with self.database.transaction():
            yield self.database
        self.events.publish(RoomChanged(self.NAME))

    def notice_others(self) -> bool:
        """Tell whether another process changed the notes since this was last asked."""
        changes = self.database.changes
        changed, self._changes = changes != self._changes, changes
        return changed

    def close(self) -> None:
        """Close the notes for good and let go of their key."""
        self._is_over = True
        self._beside.key = self._key = b""
        database, self._database = self._database, None
        if database is not None:
            database.close()
