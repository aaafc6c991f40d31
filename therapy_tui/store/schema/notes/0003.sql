-- The notes, version 3: the hour's length, modality and codes; notes that are signed, and what is added to them.

ALTER TABLE notes ADD COLUMN minutes   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN modality  TEXT    NOT NULL DEFAULT '';
ALTER TABLE notes ADD COLUMN codes     TEXT    NOT NULL DEFAULT '';
ALTER TABLE notes ADD COLUMN amends    BLOB    NOT NULL DEFAULT x'';  -- the signed note that this is an addition to
ALTER TABLE notes ADD COLUMN signed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN salt      BLOB    NOT NULL DEFAULT x'';  -- signed with it, and erased with it

-- Lists have the notes without what was added to them.
CREATE INDEX notes_listed ON notes (written_at, row) WHERE amends = x'';
CREATE INDEX notes_listed_of ON notes (contact, written_at, row) WHERE amends = x'';
CREATE INDEX notes_amending ON notes (amends, written_at, row) WHERE amends != x'';
CREATE INDEX notes_signed ON notes (signed_at, id, amends) WHERE signed_at != 0;

-- What was signed and erased, each hashed with the one before it (core/note_chain.py). Nothing is ever changed here.
CREATE TABLE signed (
    number  INTEGER PRIMARY KEY,                     -- 1 is the first
    kind    INTEGER NOT NULL,                        -- 1 signed, 2 erased
    at      INTEGER NOT NULL,
    note    BLOB    NOT NULL,
    amends  BLOB    NOT NULL,
    content BLOB    NOT NULL,                        -- the hash of all that it was; x'' where it was erased
    hash    BLOB    NOT NULL                         -- of this link and the hash before it
) STRICT;
CREATE INDEX signed_note ON signed (note, kind);
CREATE INDEX signed_amends ON signed (amends) WHERE amends != x'';
