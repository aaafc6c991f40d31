-- The notes, version 2: what was noted of hours and letters.

CREATE TABLE notes (
    row           INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    written_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    contact       BLOB    NOT NULL DEFAULT x'',     -- whom it is about; x'': nobody in particular
    message       BLOB    NOT NULL DEFAULT x'',     -- the letter that it is about
    hour          TEXT    NOT NULL DEFAULT '',      -- local, 'YYYY-MM-DD HH:MM'
    format        TEXT    NOT NULL DEFAULT 'free',
    text          TEXT    NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1,       -- goes up with every change, so that two windows notice each other
    versions      INTEGER NOT NULL DEFAULT 0        -- how many earlier ones are kept
) STRICT;
CREATE INDEX notes_written ON notes (written_at, row);
CREATE INDEX notes_contact ON notes (contact, written_at, row);

CREATE TABLE note_versions (
    note          INTEGER NOT NULL REFERENCES notes (row) ON DELETE CASCADE,
    number        INTEGER NOT NULL,                 -- 1 is the oldest
    kept_at       INTEGER NOT NULL,                 -- when it was last changed
    text          TEXT    NOT NULL,
    PRIMARY KEY (note, number)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE note_words USING fts5 (
    text, content = 'notes', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER notes_in AFTER INSERT ON notes BEGIN
    INSERT INTO note_words (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER notes_changed AFTER UPDATE OF text ON notes WHEN old.text != new.text BEGIN
    INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', old.row, old.text);
    INSERT INTO note_words (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER notes_out AFTER DELETE ON notes BEGIN
    INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', old.row, old.text);
END;
