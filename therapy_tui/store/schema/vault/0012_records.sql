-- The vault, version 12: the audit log of a therapist's vault, legal holds, and appointments.

CREATE TABLE audit (
    number        INTEGER PRIMARY KEY,              -- 1, 2, 3: no number is ever left out
    at            INTEGER NOT NULL,
    what          TEXT    NOT NULL,                 -- opened, exported, erased: core/audit.py
    contact       BLOB    NOT NULL,                 -- about whom; x'': nobody in particular
    detail        TEXT    NOT NULL,                 -- never a word of a letter, nor a name
    way           TEXT    NOT NULL,                 -- the kind of slot by which the vault was opened
    before        BLOB    NOT NULL,                 -- the hash of the row before; zeros in the first
    hash          BLOB    NOT NULL                  -- over all the rest
) STRICT;

CREATE TABLE holds (                                -- whose record may not be erased now, and why
    contact       BLOB    PRIMARY KEY,
    since         INTEGER NOT NULL,
    reason        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appointments (
    id            BLOB    PRIMARY KEY,
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    at            INTEGER NOT NULL,                 -- the moment at which it begins
    minutes       INTEGER NOT NULL,
    zone          TEXT    NOT NULL,                 -- in which time zone it was agreed, 'Europe/Berlin'
    made_at       INTEGER NOT NULL,
    cancelled_at  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX appointments_at ON appointments (at, id);
CREATE INDEX appointments_contact ON appointments (contact, at);
