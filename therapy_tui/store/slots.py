"""The key slots of a profile on disk: slots.json, written whole, read strictly, never repaired."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from therapy_tui.crypto.slots import AnySlot, CommandSlot, Way, kind_of, make_slots, open_slots
from therapy_tui.errors import KeySlotError, VaultDamaged, VaultError, VaultMissing, VaultNewer
from therapy_tui.files import destroy_private, locked_folder, read_private, write_private

__all__ = [
    "DATABASES",
    "DRAWER",
    "SlotFile",
    "add_drawer",
    "add_slots",
    "commands",
    "create_slots",
    "destroy_slots",
    "kinds",
    "new_profile_id",
    "open_with",
    "read_slots",
    "remove_slots",
]

DATABASES = ("vault", "notes")
"""The databases of a profile, each with a key and slots of its own."""
DRAWER = "process"
"""The database of process notes, with a third key; a profile has it from when it is first wanted."""
ALREADY = "There is a drawer of process notes already. It was left as it is."
_VERSION = 1
_WITH_DRAWER = 2
_LIMIT = 64 * 1024
_MOST_SLOTS = 16

_Slots = Annotated[tuple[AnySlot, ...], msgspec.Meta(min_length=1, max_length=_MOST_SLOTS)]
_MaybeSlots = Annotated[tuple[AnySlot, ...], msgspec.Meta(max_length=_MOST_SLOTS)]
_ProfileId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class SlotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What slots.json holds: every way into each database."""

    version: int
    """The version of the file's form: 1, or 2 where there is a drawer, so that a program that knows of none stops."""
    profile_id: _ProfileId
    """32 hexadecimal digits, drawn at random: the first part of a user name in the keyring."""
    vault: _Slots
    """The ways into vault.db."""
    notes: _Slots
    """The ways into notes.db."""
    process: _MaybeSlots = ()
    """The ways into process.db; none where there is no such file."""

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases that this profile has."""
        return (*DATABASES, DRAWER) if self.process else DATABASES

    def of(self, database: str) -> tuple[AnySlot, ...]:
        """Give the slots of one database, by its name."""
        return {"vault": self.vault, "notes": self.notes, DRAWER: self.process}[database]


class _Version(msgspec.Struct):
    version: int


def new_profile_id(random_bytes: Callable[[int], bytes]) -> str:
    """Draw the id of a new profile: 32 hexadecimal digits."""
    return random_bytes(16).hex()


def create_slots(
    path: Path,
    profile_id: str,
    keys: Mapping[str, bytes],
    ways: Sequence[Way],
    random_bytes: Callable[[int], bytes],
) -> SlotFile:
    """Write the slots of a new profile, before its databases are made; a file that is there is never replaced.

    Args:
        path: slots.json in a folder that exists.
        profile_id: from `new_profile_id`.
        keys: database name to its new key, 32 bytes each, for all of `DATABASES`.
        ways: at least one way in; each gets a slot in every database.
        random_bytes: the source of ids, nonces and salts.

    Raises:
        KeySlotError: a profile is there already, or no way in was given.
        LocalError: the file cannot be written.
    """
    if not ways:
        raise KeySlotError("A vault needs at least one way in.")
    made = [make_slots(keys, way, random_bytes) for way in ways]
    file = SlotFile(_VERSION, profile_id, *(tuple(each[database] for each in made) for database in DATABASES))
    with locked_folder(path.parent):
        if path.exists() or path.is_symlink():
            raise KeySlotError(f"There are keys of a profile already: {path}. They were left as they are.")
        _write(path, file)
    return file


def read_slots(path: Path) -> SlotFile:
    """Read the slots of a profile.

    Raises:
        VaultMissing: there is no such file, so no profile.
        VaultNewer: a newer version of the program wrote it.
        VaultDamaged: it is not in the form it should have; it was left as it is.
        UsageError: it is a link, another user's, or open to others.
    """
    try:
        data = read_private(path, _LIMIT)
    except FileNotFoundError as error:
        raise VaultMissing from error
    try:
        version = msgspec.json.decode(data, type=_Version).version
        if version > _WITH_DRAWER:
            raise VaultNewer(f"{path} was written by a newer version of therapy-tui. It was left as it is; update.")
        file = msgspec.json.decode(data, type=SlotFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path) from error
    if version != (_WITH_DRAWER if file.process else _VERSION):
        raise _damaged(path)
    return file


def add_slots(
    path: Path,
    keys: Mapping[str, bytes],
    way: Way,
    random_bytes: Callable[[int], bytes],
    *,
    replace: bool = False,
) -> SlotFile:
    """Add a way into each database of which the key is given; the drawer is there from its first.

    Args:
        path: slots.json.
        keys: database name to its key, as `open_with` gave it.
        way: what will open the new slots.
        random_bytes: the source of ids, nonces and the salt.
        replace: drop the older slots of this kind in those databases in the same write; so a passphrase is changed.

    Raises:
        KeySlotError: a database has as many slots as it may have; and what `make_slots` raises.
        VaultError, UsageError, LocalError: as `read_slots` and `write_private`.
    """
    made = make_slots(keys, way, random_bytes)
    kind = kind_of(way)

    def change(database: str, slots: tuple[AnySlot, ...]) -> tuple[AnySlot, ...]:
        if database not in made:
            return slots
        kept = tuple(slot for slot in slots if not (replace and kind_of(slot) == kind))
        if len(kept) >= _MOST_SLOTS:
            raise KeySlotError(f"A vault has at most {_MOST_SLOTS} ways in. Remove one first.")
        return (*kept, made[database])

    return _change(path, change)


def add_drawer(
    path: Path, key: bytes, way: Way, random_bytes: Callable[[int], bytes], put_in_place: Callable[[], object]
) -> SlotFile:
    """Add the first way into the drawer, where there is none yet.

    Args:
        path: slots.json.
        key: of the drawer, 32 bytes.
        way: what will open it.
        random_bytes: the source of ids, nonces and the salt.
        put_in_place: moves the new file to its place; called while nobody else may change the slots.

    Raises:
        KeySlotError: another was quicker; nothing was changed.
        VaultError, UsageError, LocalError: as `read_slots` and `write_private`.
    """
    made = make_slots({DRAWER: key}, way, random_bytes)[DRAWER]

    def change(database: str, slots: tuple[AnySlot, ...]) -> tuple[AnySlot, ...]:
        if database != DRAWER:
            return slots
        if slots:
            raise KeySlotError(ALREADY)
        put_in_place()
        return (made,)

    return _change(path, change)


def remove_slots(path: Path, kind: str, databases: Sequence[str] = (*DATABASES, DRAWER)) -> SlotFile:
    """Remove every slot of one kind from the databases named.

    Raises:
        KeySlotError: it would leave a database without any way in; nothing was changed.
        VaultError, UsageError, LocalError: as `read_slots` and `write_private`.
    """

    def change(database: str, slots: tuple[AnySlot, ...]) -> tuple[AnySlot, ...]:
        kept = tuple(slot for slot in slots if database not in databases or kind_of(slot) != kind)
        if slots and not kept:
            raise KeySlotError("That is the last way into this vault. Add another one first.")
        return kept

    return _change(path, change)


def destroy_slots(path: Path) -> None:
    """Overwrite and remove the slots: without them, or a way to the keys kept elsewhere, the databases stay closed.

    Raises:
        LocalError: the system refused.
    """
    destroy_private(path)


def kinds(file: SlotFile, database: str = "vault") -> tuple[str, ...]:
    """Name the ways into a database, in the order in which they were added, each once."""
    return tuple(dict.fromkeys(kind_of(slot) for slot in file.of(database)))


def commands(file: SlotFile, database: str = "vault") -> tuple[str, ...]:
    """Give the commands of the slots that a command opens."""
    return tuple(slot.command for slot in file.of(database) if isinstance(slot, CommandSlot))


def open_with(
    file: SlotFile, way: Way, databases: Sequence[str] = DATABASES, may_stay_closed: Collection[str] = ()
) -> dict[str, bytes]:
    """Give the key (32 bytes) of each database named, or raise; nothing is written.

    Args:
        file: the slots.
        way: what opens them.
        databases: which are wanted.
        may_stay_closed: those among them that are left out of the answer where this way does not open them.

    Raises:
        WrongPassphrase, KeySlotError, VaultDamaged: as `open_slots`.
    """
    return open_slots({database: file.of(database) for database in databases}, way, may_stay_closed)


def _change(path: Path, change: Callable[[str, tuple[AnySlot, ...]], tuple[AnySlot, ...]]) -> SlotFile:
    with locked_folder(path.parent):
        old = read_slots(path)
        vault, notes, process = (change(name, old.of(name)) for name in (*DATABASES, DRAWER))
        new = SlotFile(_WITH_DRAWER if process else _VERSION, old.profile_id, vault, notes, process)
        _write(path, new)
    return new


def _write(path: Path, file: SlotFile) -> None:
    write_private(path, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")


def _damaged(path: Path) -> VaultError:
    return VaultDamaged(
        f"{path} is damaged, so the keys in it cannot be read. It was left as it is: put a whole one back from a"
        " copy, or restore a backup into a new home."
    )
