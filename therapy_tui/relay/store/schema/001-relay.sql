-- What a blind post office keeps: names that are hashes, public keys, sealed bytes, sizes and times.

CREATE TABLE mailbox (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE,
    key BLOB NOT NULL,
    used INTEGER NOT NULL,
    epoch BLOB NOT NULL,  -- 8 bytes, big-endian: SQLite's integers are signed
    acked INTEGER NOT NULL DEFAULT 0,
    last INTEGER NOT NULL DEFAULT 0,
    envelopes INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX mailbox_used ON mailbox (used);

CREATE TABLE slot (
    mailbox INTEGER NOT NULL,
    number INTEGER NOT NULL,
    key BLOB NOT NULL,
    expires INTEGER NOT NULL,
    pickup BLOB,
    offer BLOB NOT NULL,
    since INTEGER NOT NULL,
    claim BLOB,
    envelopes INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (mailbox, number)
) STRICT;
CREATE UNIQUE INDEX slot_pickup ON slot (pickup) WHERE pickup IS NOT NULL;
CREATE INDEX slot_expires ON slot (expires) WHERE expires > 0;

-- What the program reads: an empty name instead of none.
CREATE VIEW slot_record AS SELECT
    mailbox, number, key, expires, coalesce(pickup, x'') AS pickup, offer, since, coalesce(claim, x'') AS claim,
    envelopes, size
FROM slot;

-- One row number holds mailbox (high) and sequence (low 32 bits): a mailbox lies together on disk, in order.
CREATE TABLE envelope (
    place INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX envelope_at ON envelope (at);

CREATE TABLE seen (
    mailbox INTEGER NOT NULL,
    hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (mailbox, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE ticket (
    hash BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
