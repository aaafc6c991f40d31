"""The one row about oneself: identity, mailbox, cursor and epoch."""

from therapy_tui import errors
from therapy_tui.core.people import Profile
from therapy_tui.store.database import Database
from therapy_tui.store.rows import columns, select_one


def add(database: Database, profile: Profile) -> None:
    """Write the row, once in the life of a vault."""
    names = columns(Profile)
    marks = ", ".join("?" for _ in names.split(","))
    values = [getattr(profile, name.strip()) for name in names.split(",")]
    database.run(f"INSERT INTO profile (one, {names}) VALUES (1, {marks})", values)  # noqa: S608 - the record's own names


def read(database: Database) -> Profile:
    """Read the row.

    Raises:
        VaultDamaged: there is none.
    """
    profile = select_one(database, Profile, "profile")
    if profile is None:
        raise errors.VaultDamaged("The vault holds no profile. It was left as it is; restore it from a backup.")
    return profile


def save_account(database: Database, pickle: str) -> None:
    """Keep the Olm account after a step of it."""
    database.run("UPDATE profile SET account = ?", (pickle,))


def settle(database: Database, relay: str, card: bytes, ticket: bytes) -> None:
    """Keep the relay of this profile and the card that names it."""
    database.run("UPDATE profile SET relay = ?, card = ?, ticket = ?", (relay, card, ticket))


def mark_opened(database: Database, opened: bool) -> None:  # noqa: FBT001 - the fact itself
    """Keep whether the relay has said that the mailbox is there."""
    database.run("UPDATE profile SET opened = ?", (opened,))


def advance_done(database: Database, sequence: int) -> None:
    """Keep that all up to `sequence` is safe here; it only goes forward."""
    database.run("UPDATE profile SET done = max(done, ?)", (sequence,))


def forget_done(database: Database) -> None:
    """Take the relay's word, once, for what was safe here, after the vault went back in time."""
    database.run("UPDATE profile SET done = -1")


def restart_done(database: Database, sequence: int = 0) -> None:
    """Begin again, for a mailbox that the relay made anew, or that went back in time with it."""
    database.run("UPDATE profile SET done = ?", (sequence,))


def take_slot(database: Database) -> int:
    """Give a slot number that was never used before."""
    slot = int(database.value("SELECT next_slot FROM profile"))
    database.run("UPDATE profile SET next_slot = ?", (slot + 1,))
    return slot


def read_epoch(database: Database) -> tuple[int, int]:
    """Give the epoch's count and chance."""
    row = database.one("SELECT epoch_count, epoch_chance FROM profile")
    if row is None:
        raise errors.VaultDamaged
    return int(row[0]), int(row[1])


def step_epoch(database: Database) -> None:
    """Raise the count, as every transaction must that steps a sending ratchet or changes a slot."""
    database.run("UPDATE profile SET epoch_count = epoch_count + 1")


def set_epoch(database: Database, count: int, chance: int) -> None:
    """Set both halves, at an unlock."""
    database.run("UPDATE profile SET epoch_count = ?, epoch_chance = ?", (count, chance))


def mark_restored(database: Database, at: int, count: int) -> None:
    """Keep when it was noticed that the vault went back, and leave all slot numbers up to `count` to the past."""
    database.run("UPDATE profile SET restored_at = ?, next_slot = max(next_slot, ?)", (at, count))
