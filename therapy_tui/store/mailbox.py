"""One's own side of the relay: slots, invites, joins that are under way, and the bytes of each day."""

import msgspec

from therapy_tui.core.people import Invite
from therapy_tui.store.database import Database
from therapy_tui.store.rows import columns, select, select_one


class Slot(msgspec.Struct, frozen=True):
    """One correspondent's right to deposit, as the relay has it or shall have it. An empty key clears it."""

    slot: int
    key: bytes
    expires: int
    pickup: bytes
    offer: bytes


class Join(msgspec.Struct, frozen=True):
    """A join that is under way: the link, the claim id drawn before the first request, and whose keys it renews."""

    link: str
    claim: bytes
    contact: bytes
    made_at: int


def set_slot(database: Database, new: Slot) -> None:
    """Set a slot and owe the relay the news."""
    database.run(
        "INSERT INTO slots (slot, key, expires, pickup, offer, told) VALUES (?, ?, ?, ?, ?, 0)"
        " ON CONFLICT (slot) DO UPDATE SET key = excluded.key, expires = excluded.expires, pickup = excluded.pickup,"
        " offer = excluded.offer, told = 0",
        (new.slot, new.key, new.expires, new.pickup, new.offer),
    )


def untold(database: Database) -> list[Slot]:
    """Read the slots that the relay does not have yet as they are here."""
    return select(database, Slot, "slots WHERE told = 0 ORDER BY slot")


def told(database: Database, slots: list[Slot]) -> None:
    """Keep that the relay has these, unless one changed meanwhile; a cleared one is forgotten."""
    for slot in slots:
        database.run(
            "UPDATE slots SET told = 1 WHERE slot = ? AND key = ? AND pickup = ?",
            (slot.slot, slot.key, slot.pickup),
        )
    database.run("DELETE FROM slots WHERE told = 1 AND key = x''")


def tell_all_again(database: Database) -> None:
    """Owe the relay every slot anew."""
    database.run("UPDATE slots SET told = 0")


# invites


def add_invite(database: Database, invite: Invite) -> None:
    """Keep a new invite."""
    names = columns(Invite)
    values = [getattr(invite, name) for name in names.split(", ")]
    marks = ", ".join("?" for _ in values)
    database.run(f"INSERT INTO invites ({names}) VALUES ({marks})", values)  # noqa: S608 - the record's own names


def invites(database: Database) -> list[Invite]:
    """Read all invites, oldest first."""
    return select(database, Invite, "invites ORDER BY made_at, id")


def offer_of(database: Database, slot: int) -> bytes:
    """Read the sealed offer of a slot, or empty."""
    return bytes(database.value("SELECT offer FROM slots WHERE slot = ?", (slot,), b""))


def invite_for_slot(database: Database, slot: int) -> Invite | None:
    """Read the open invite of a slot, also an expired one whose keys are still here, or None."""
    return select_one(database, Invite, "invites WHERE slot = ? AND secret != x''", (slot,))


def end_invite(database: Database, invite_id: bytes, state: str) -> None:
    """Erase the secret and the KEM key of an invite."""
    database.run("UPDATE invites SET state = ?, secret = x'', kem = x'', link = '' WHERE id = ?", (state, invite_id))


def note_use(database: Database, invite_id: bytes, contact: bytes, at: int) -> None:
    """Keep who joined with an invite, and when."""
    database.run("UPDATE invites SET used_by = ?, used_at = ? WHERE id = ?", (contact, at, invite_id))


def mark_expired(database: Database, now: int) -> None:
    """Mark what can no longer be claimed; its keys wait for a join that is on its way."""
    database.run("UPDATE invites SET state = 'expired' WHERE state = 'open' AND expires < ?", (now,))


# joins


def add_join(database: Database, new: Join) -> Join:
    """Keep a join before its first request; the same link keeps its first claim id."""
    database.run(
        "INSERT OR IGNORE INTO joins (link, claim, contact, made_at) VALUES (?, ?, ?, ?)",
        (new.link, new.claim, new.contact, new.made_at),
    )
    return select(database, Join, "joins WHERE link = ?", (new.link,))[0]


def joins(database: Database) -> list[Join]:
    """Read the joins that are under way, oldest first."""
    return select(database, Join, "joins ORDER BY made_at, link")


def end_join(database: Database, link: str) -> None:
    """Forget a join that is done or was refused."""
    database.run("DELETE FROM joins WHERE link = ?", (link,))


# bytes


def count_bytes(database: Database, day: str, up: int, down: int, contact: bytes = b"") -> None:
    """Add to the bytes of a day."""
    database.run(
        "INSERT INTO traffic (day, contact, up, down) VALUES (?, ?, ?, ?) ON CONFLICT (day, contact)"
        " DO UPDATE SET up = up + excluded.up, down = down + excluded.down",
        (day, contact, up, down),
    )


def share_bytes(database: Database, day: str, up: dict[bytes, int], down: dict[bytes, int]) -> None:
    """Add to each contact's bytes of a day; those of other days are forgotten, for nobody asks for them."""
    database.run("DELETE FROM traffic WHERE contact != x'' AND day != ?", (day,))
    for contact in up.keys() | down.keys():
        count_bytes(database, day, up.get(contact, 0), down.get(contact, 0), contact)


def bytes_by_contact(database: Database, day: str) -> dict[bytes, tuple[int, int]]:
    """Give the bytes (up, down) of envelopes of a day, by contact."""
    rows = database.all("SELECT contact, up, down FROM traffic WHERE day = ? AND contact != x''", (day,))
    return {bytes(contact): (int(up), int(down)) for contact, up, down in rows}


def bytes_of(database: Database, day: str) -> tuple[int, int]:
    """Give the bytes (up, down) of a day."""
    row = database.one("SELECT up, down FROM traffic WHERE day = ? AND contact = x''", (day,))
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


# settings


def setting(database: Database, name: str, default: str = "") -> str:
    """Read one setting that lives in the vault."""
    return str(database.value("SELECT value FROM settings WHERE name = ?", (name,), default))


def settings(database: Database) -> list[tuple[str, str]]:
    """Read all of them, by name."""
    return [(str(name), str(value)) for name, value in database.all("SELECT name, value FROM settings ORDER BY name")]


def set_setting(database: Database, name: str, value: str) -> None:
    """Keep one setting in the vault."""
    database.run(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
