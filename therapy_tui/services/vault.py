"""An open vault: the database, the clock, chance, and who wants to know what changed."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from therapy_tui import errors
from therapy_tui.core.people import THERAPIST, Profile
from therapy_tui.services.epoch import Epoch, write_outside
from therapy_tui.services.events import Events, Fact, VaultChanged
from therapy_tui.store import profile as profiles
from therapy_tui.store.database import Database


@contextlib.contextmanager
def in_passing() -> Iterator[None]:
    """Do what nobody asked for, such as keeping where one is: where the disk is full it is left undone."""
    with contextlib.suppress(errors.DiskFull):
        yield


class Vault(msgspec.Struct):
    """What every service works on. One thread uses it."""

    database: Database
    state: Path
    """The file outside the vault that keeps its epoch."""
    now: Callable[[], int]
    """Seconds since 1970."""
    random_bytes: Callable[[int], bytes]
    events: Events = msgspec.field(default_factory=Events)
    way: str = ""
    """The kind of slot by which it was opened; empty while it is being made."""
    again: "Callable[[], Vault] | None" = None
    """Opens it once more, where the disk has no room and it is open for reading alone; else None."""
    _facts: list[Fact] = msgspec.field(default_factory=list)
    _then: list[Callable[[], None]] = msgspec.field(default_factory=list)
    _told_epoch: int = 0
    _changes: int = 0

    @property
    def profile(self) -> Profile:
        """One's own row, read now."""
        return profiles.read(self.database)

    @property
    def is_therapist(self) -> bool:
        """Whether it is a therapist's."""
        return self.profile.role == THERAPIST

    @property
    def epoch(self) -> Epoch:
        """The epoch that the vault holds, read now."""
        return Epoch(*profiles.read_epoch(self.database))

    @property
    def is_open(self) -> bool:
        """Whether the database is still open."""
        return self.database.is_open

    @property
    def is_for_reading(self) -> bool:
        """Whether it is open for reading alone, because the disk has no room."""
        return self.again is not None

    def find_room(self) -> bool:
        """Open it as usual where it is open for reading alone: with all that is done at an opening.

        Returns:
            Whether it was open for reading alone, so that something changed.

        Raises:
            DiskFull: there is still no room.
        """
        if self.again is None:
            return False
        self.database.close()  # a process has a file open in one of the two ways
        found = self.again()
        self.database, self.again = found.database, found.again
        self._told_epoch, self._changes = 0, self.database.changes
        if self.again is not None:
            raise errors.DiskFull
        return True

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Database]:
        """Change the vault in one transaction; when it is committed, keep the epoch outside and tell the facts.

        Raises:
            DiskFull: there is no room; nothing was changed.
            VaultBusy: another process held the lock for too long.
        """
        has_found = self.find_room()
        self._facts.clear()
        self._then.clear()
        if has_found:
            self.tell(VaultChanged())
        try:
            with self.database.transaction():
                yield self.database
                count, chance = profiles.read_epoch(self.database)
        except BaseException:
            self._facts.clear()
            raise
        if count != self._told_epoch:
            write_outside(self.state, Epoch(count, chance))
            self._told_epoch = count
        then, facts = tuple(self._then), tuple(self._facts)
        self._then.clear()
        self._facts.clear()
        for each in then:
            each()
        self.events.publish(*facts)

    def tell(self, fact: Fact) -> None:
        """Tell a fact when the transaction that is open is committed."""
        self._facts.append(fact)

    def afterwards(self, action: Callable[[], None]) -> None:
        """Do something when the transaction that is open is committed; it may not fail."""
        self._then.append(action)

    def notice_others(self) -> bool:
        """Tell whether another process committed since this was last asked, and tell everyone if so."""
        changes = self.database.changes
        changed, self._changes = changes != self._changes, changes
        if changed:
            self.events.publish(VaultChanged())
        return changed

    def close(self) -> None:
        """Close the files and let go of the keys; their memory is free, not wiped (Python cannot)."""
        self.again = None
        self.database.close()
