"""The relay's SQL for SQLite: one transaction's reads and writes."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from therapy_tui.core.wire import Delivery
from therapy_tui.relay.records import Mailbox, Slot
from therapy_tui.relay.store.base import Horizon

_EVER = 2**62
_SEQUENCES = 2**32
_READ_AHEAD = 64


def _place(mailbox: int, sequence: int) -> int:
    """Give the row number of an envelope."""
    return mailbox * _SEQUENCES + sequence


class SqliteShelf:
    """`Shelf` over a connection that is inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._do = connection.execute
        self._each = connection.executemany

    def mailbox(self, name: bytes) -> Mailbox | None:
        """Find a mailbox by its 16-byte name."""
        query = "SELECT id, name, key, used, epoch, acked, last, envelopes, size FROM mailbox WHERE name = ?"
        row = self._do(query, (name,)).fetchone()
        if row is None:
            return None
        number, name, key, used, epoch, *rest = row
        return Mailbox(number, name, key, used, int.from_bytes(epoch, "big"), *rest)

    def make_mailbox(self, name: bytes, key: bytes, now: int) -> None:
        """Make an empty mailbox."""
        self._do("INSERT INTO mailbox (name, key, used, epoch) VALUES (?, ?, ?, zeroblob(8))", (name, key, now))

    def put_mailbox(self, mailbox: Mailbox) -> None:
        """Keep epoch, `acked`, `last`, `used` and the counts of a mailbox."""
        self._do(
            "UPDATE mailbox SET used = ?, epoch = ?, acked = ?, last = ?, envelopes = ?, size = ? WHERE id = ?",
            (
                mailbox.used,
                mailbox.epoch.to_bytes(8, "big"),
                mailbox.acked,
                mailbox.last,
                mailbox.envelopes,
                mailbox.size,
                mailbox.id,
            ),
        )

    def drop_mailbox(self, mailbox: int) -> None:
        """Erase a mailbox with its slots, envelopes and hashes."""
        self._do("DELETE FROM envelope WHERE place BETWEEN ? AND ?", (_place(mailbox, 0), _place(mailbox + 1, 0) - 1))
        self._do("DELETE FROM seen WHERE mailbox = ?", (mailbox,))
        self._do("DELETE FROM slot WHERE mailbox = ?", (mailbox,))
        self._do("DELETE FROM mailbox WHERE id = ?", (mailbox,))

    def slot(self, mailbox: int, number: int) -> Slot | None:
        """Find a slot."""
        row = self._do("SELECT * FROM slot_record WHERE mailbox = ? AND number = ?", (mailbox, number)).fetchone()
        return Slot(*row) if row else None

    def slots(self, mailbox: int) -> int:
        """Count the slots of a mailbox."""
        return int(self._do("SELECT count(*) FROM slot WHERE mailbox = ?", (mailbox,)).fetchone()[0])

    def put_slot(self, slot: Slot) -> None:
        """Make or replace a slot. Its counts are kept as given."""
        self._do(
            "INSERT INTO slot VALUES (?, ?, ?, ?, nullif(?, x''), ?, ?, nullif(?, x''), ?, ?)"
            " ON CONFLICT (mailbox, number) DO UPDATE SET key = excluded.key, expires = excluded.expires,"
            " pickup = excluded.pickup, offer = excluded.offer, since = excluded.since, claim = excluded.claim,"
            " envelopes = excluded.envelopes, size = excluded.size",
            (
                slot.mailbox,
                slot.number,
                slot.key,
                slot.expires,
                slot.pickup,
                slot.offer,
                slot.since,
                slot.claim,
                slot.envelopes,
                slot.size,
            ),
        )

    def fill_slot(self, slot: Slot) -> None:
        """Keep the counts of a slot."""
        self._do(
            "UPDATE slot SET envelopes = ?, size = ? WHERE mailbox = ? AND number = ?",
            (slot.envelopes, slot.size, slot.mailbox, slot.number),
        )

    def drop_slot(self, mailbox: int, number: int) -> None:
        """Clear a slot; envelopes that came through it stay."""
        self._do("DELETE FROM slot WHERE mailbox = ? AND number = ?", (mailbox, number))

    def offered(self, pickup: bytes) -> Slot | None:
        """Find the slot whose offer has this 16-byte name."""
        row = self._do(
            "SELECT * FROM slot_record WHERE (mailbox, number) IN (SELECT mailbox, number FROM slot WHERE pickup = ?)",
            (pickup,),
        ).fetchone()
        return Slot(*row) if row else None

    def used_by(self, mailbox: int, number: int) -> tuple[int, int]:
        """Count the envelopes that came through a slot, and their bytes."""
        row = self._do(
            "SELECT count(*), coalesce(sum(length(body)), 0) FROM envelope WHERE place BETWEEN ? AND ? AND slot = ?",
            (_place(mailbox, 0), _place(mailbox + 1, 0) - 1, number),
        ).fetchone()
        return int(row[0]), int(row[1])

    def known(self, mailbox: int, hashes: Sequence[bytes]) -> set[bytes]:
        """Give those of the 16-byte hashes that the mailbox has had."""
        query = "SELECT 1 FROM seen WHERE mailbox = ? AND hash = ?"
        return {mark for mark in hashes if self._do(query, (mailbox, mark)).fetchone()}

    def add(self, slot: Slot, first: int, envelopes: Iterable[tuple[bytes, bytes]], now: int) -> None:
        """Keep pairs of hash and envelope under the sequence numbers from `first`."""
        pairs = list(envelopes)
        places = range(_place(slot.mailbox, first), _place(slot.mailbox, first + len(pairs)))
        rows = ((place, slot.number, now, body) for place, (_, body) in zip(places, pairs, strict=True))
        self._each("INSERT INTO envelope VALUES (?, ?, ?, ?)", rows)
        self._each("INSERT INTO seen VALUES (?, ?, ?)", ((slot.mailbox, mark, now) for mark, _ in pairs))

    def collect(self, mailbox: int, after: int, room: int) -> tuple[tuple[Delivery, ...], bool]:
        """Read envelopes above a sequence number, in order, up to `room` bytes but at least one; and if more wait."""
        rows = self._do(
            "SELECT place, slot, body FROM envelope WHERE place > ? AND place < ? ORDER BY place",
            (_place(mailbox, after), _place(mailbox + 1, 0)),
        )
        rows.arraysize = _READ_AHEAD
        found: list[Delivery] = []
        for place, number, body in rows:
            room -= len(body)
            if found and room < 0:
                rows.close()
                return tuple(found), True
            found.append(Delivery(place % _SEQUENCES, number, body))
        return tuple(found), False

    def acknowledge(self, mailbox: Mailbox) -> Mailbox:
        """Erase the envelopes up to `mailbox.acked`; give the mailbox with its counts corrected."""
        return self._erase(mailbox, _place(mailbox.id, mailbox.acked), _EVER)

    def _erase(self, mailbox: Mailbox, last: int, before: int) -> Mailbox:
        """Erase the envelopes of a mailbox up to a row number that came before a second; correct the counts."""
        bounds = (_place(mailbox.id, 0), last, before)
        gone = self._do(
            "SELECT slot, count(*), sum(length(body)) FROM envelope WHERE place BETWEEN ? AND ? AND at < ?"
            " GROUP BY slot",
            bounds,
        ).fetchall()
        if not gone:
            return mailbox
        self._do("DELETE FROM envelope WHERE place BETWEEN ? AND ? AND at < ?", bounds)
        self._each(
            "UPDATE slot SET envelopes = envelopes - ?, size = size - ? WHERE mailbox = ? AND number = ?",
            ((count, size, mailbox.id, number) for number, count, size in gone),
        )
        count = sum(row[1] for row in gone)
        size = sum(row[2] for row in gone)
        return replace(mailbox, envelopes=mailbox.envelopes - count, size=mailbox.size - size)

    def spend(self, ticket: bytes, now: int) -> bool:
        """Note a ticket's hash as used; False if it was before."""
        return self._do("INSERT OR IGNORE INTO ticket VALUES (?, ?)", (ticket, now)).rowcount > 0

    def spare(self) -> int:
        """Give the bytes that were erased and will be filled again before the database grows."""
        pages = self._do("PRAGMA freelist_count").fetchone()[0]
        return int(pages) * int(self._do("PRAGMA page_size").fetchone()[0])

    def expire(self, before: Horizon, most: int) -> int:
        """Erase about `most` of each kind that is older than its horizon; give how many rows went."""
        hashes = self._do(
            "DELETE FROM seen WHERE (mailbox, hash) IN"
            " (SELECT mailbox, hash FROM seen WHERE at < ? ORDER BY at LIMIT ?)",
            (before.hashes, most),
        ).rowcount
        slots = self._do(
            "DELETE FROM slot WHERE rowid IN (SELECT rowid FROM slot"
            " WHERE expires > 0 AND expires < ? AND (claim IS NULL OR expires < ?) LIMIT ?)",
            (before.slots, before.claimed, most),
        ).rowcount
        unused = self._do("SELECT id FROM mailbox WHERE used < ? LIMIT ?", (before.mailboxes, most)).fetchall()
        for (mailbox,) in unused:
            self.drop_mailbox(mailbox)
        # Old envelopes go mailbox by mailbox, so that the counts stay true.
        query = "SELECT place, name FROM envelope JOIN mailbox ON id = place / ? WHERE at < ? ORDER BY at LIMIT ?"
        old = self._do(query, (_SEQUENCES, before.envelopes, most)).fetchall()
        newest = {name: place for place, name in sorted(old)}
        for name, place in newest.items():
            found = self.mailbox(name)
            if found is not None:
                self.put_mailbox(self._erase(found, place, before.envelopes))
        return len(old) + hashes + slots + len(unused)
