-- Process notes, version 1: a drawer of their own under a third key. Words, and whom they are about; nothing else is offered.

CREATE TABLE process_notes (
    row         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE,
    written_at  INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    contact     BLOB    NOT NULL DEFAULT x'',     -- whom it is about; x'': nobody in particular
    text        TEXT    NOT NULL,
    revision    INTEGER NOT NULL DEFAULT 1        -- goes up with every change, so that two windows notice each other
) STRICT;
CREATE INDEX process_written ON process_notes (written_at, row);
CREATE INDEX process_contact ON process_notes (contact, written_at, row);
