-- The vault, version 13: the code word of an invite and who used it; what is kept of a person; how a relationship ends.

ALTER TABLE invites ADD COLUMN word TEXT NOT NULL DEFAULT '';        -- agreed on beforehand; never sent, nor printed
ALTER TABLE invites ADD COLUMN used_by BLOB NOT NULL DEFAULT x'';    -- the contact who joined with it
ALTER TABLE invites ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;   -- when that was seen here

CREATE TABLE person_words (                         -- every version of what was agreed with, or is known of, a person
    row           INTEGER PRIMARY KEY,
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    field         TEXT    NOT NULL CHECK (field IN ('consent', 'place')),
    text          TEXT    NOT NULL,                 -- '': taken out
    day           TEXT    NOT NULL,                 -- the day on which it was agreed or said
    at            INTEGER NOT NULL                  -- when it was written down here
) STRICT;
CREATE INDEX person_words_contact ON person_words (contact, field, row);

CREATE TABLE emergency_contacts (                   -- whom to call about a person; of this machine only
    row           INTEGER PRIMARY KEY,
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    relation      TEXT    NOT NULL,
    telephone     TEXT    NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX emergency_contacts_contact ON emergency_contacts (contact, row);

CREATE TABLE endings (                              -- an end that was begun; it may take days
    contact       BLOB    PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
    begun_at      INTEGER NOT NULL,
    exported_at   INTEGER NOT NULL DEFAULT 0,
    keep_until    TEXT    NOT NULL DEFAULT '',      -- the day to which the record is kept
    keep_why      TEXT    NOT NULL DEFAULT '',
    ended_at      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
