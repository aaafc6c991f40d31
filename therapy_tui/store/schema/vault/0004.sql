-- The vault, version 4: the journal. A day is the person's own, 'YYYY-MM-DD'.

CREATE TABLE entries (
    row           INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    day           TEXT    NOT NULL,
    begun_at      INTEGER NOT NULL,                 -- when it was first kept, or when it says it was written
    changed_at    INTEGER NOT NULL,
    mood          INTEGER NOT NULL DEFAULT 0,       -- 1 to 10; 0: none was given
    tags          TEXT    NOT NULL DEFAULT '',      -- one a line
    prompt        TEXT    NOT NULL DEFAULT '',      -- the id of the prompt that it answers
    question      TEXT    NOT NULL DEFAULT '',      -- the prompt in the words in which it was asked
    text          TEXT    NOT NULL,
    words         INTEGER NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1,       -- goes up with every change, so that two windows notice each other
    versions      INTEGER NOT NULL DEFAULT 0,       -- how many earlier ones are kept
    source        BLOB    NOT NULL DEFAULT x''      -- what an import knows it by
) STRICT;
CREATE INDEX entries_day ON entries (day, begun_at, row);
CREATE UNIQUE INDEX entries_source ON entries (source) WHERE source != x'';

CREATE TABLE entry_versions (
    entry         INTEGER NOT NULL REFERENCES entries (row) ON DELETE CASCADE,
    number        INTEGER NOT NULL,                 -- 1 is the oldest
    kept_at       INTEGER NOT NULL,                 -- when it was last changed
    text          TEXT    NOT NULL,
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE pages USING fts5 (
    text, content = 'entries', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER entries_in AFTER INSERT ON entries BEGIN
    INSERT INTO pages (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER entries_changed AFTER UPDATE OF text ON entries WHEN old.text != new.text BEGIN
    INSERT INTO pages (pages, rowid, text) VALUES ('delete', old.row, old.text);
    INSERT INTO pages (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER entries_out AFTER DELETE ON entries BEGIN
    INSERT INTO pages (pages, rowid, text) VALUES ('delete', old.row, old.text);
END;

CREATE TABLE prompts_asked (
    day           TEXT    NOT NULL,
    place         INTEGER NOT NULL,                 -- order within the day
    prompt        TEXT    NOT NULL,
    PRIMARY KEY (day, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompts_asked_prompt ON prompts_asked (prompt, day);

-- A search as one types begins with two letters, so the index of the letters knows beginnings too.
DROP TABLE letters;
CREATE VIRTUAL TABLE letters USING fts5 (
    text, content = 'messages', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO letters (letters) VALUES ('rebuild');
