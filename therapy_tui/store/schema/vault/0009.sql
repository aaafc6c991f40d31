-- The vault, version 9: prompts that a person wrote down, and those that a contact sent; and check-ins can be searched.

CREATE TABLE prompts (
    row           INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    made_at       INTEGER NOT NULL,                 -- when it was written down, or came
    contact       BLOB    NOT NULL DEFAULT x'',     -- who sent it; x'': one's own
    mark          BLOB    NOT NULL DEFAULT x'',     -- what the message that brought it is known by
    text          TEXT    NOT NULL,                 -- '': it was erased, and stays so whenever it is sent again
    weight        TEXT    NOT NULL CHECK (weight IN ('light', 'middle', 'heavy'))
) STRICT;
CREATE UNIQUE INDEX prompts_mark ON prompts (contact, mark) WHERE contact != x'';

-- Check-ins are searched as one types, so their words and lines have an index, as letters and pages have.
CREATE VIRTUAL TABLE check_in_words USING fts5 (
    words, text, content = 'check_ins', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER check_ins_in AFTER INSERT ON check_ins BEGIN
    INSERT INTO check_in_words (rowid, words, text) VALUES (new.row, new.words, new.text);
END;
CREATE TRIGGER check_ins_changed AFTER UPDATE OF words, text ON check_ins BEGIN
    INSERT INTO check_in_words (check_in_words, rowid, words, text) VALUES ('delete', old.row, old.words, old.text);
    INSERT INTO check_in_words (rowid, words, text) VALUES (new.row, new.words, new.text);
END;
CREATE TRIGGER check_ins_out AFTER DELETE ON check_ins BEGIN
    INSERT INTO check_in_words (check_in_words, rowid, words, text) VALUES ('delete', old.row, old.words, old.text);
END;
INSERT INTO check_in_words (check_in_words) VALUES ('rebuild');
