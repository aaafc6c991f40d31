-- A page is found by its tags as well as by its words, so the index of the pages knows both.
DROP TRIGGER entries_in;
DROP TRIGGER entries_changed;
DROP TRIGGER entries_out;
DROP TABLE pages;
CREATE VIRTUAL TABLE pages USING fts5 (
    text, tags, content = 'entries', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER entries_in AFTER INSERT ON entries BEGIN
    INSERT INTO pages (rowid, text, tags) VALUES (new.row, new.text, new.tags);
END;
CREATE TRIGGER entries_changed AFTER UPDATE OF text, tags ON entries
WHEN old.text != new.text OR old.tags != new.tags BEGIN
    INSERT INTO pages (pages, rowid, text, tags) VALUES ('delete', old.row, old.text, old.tags);
    INSERT INTO pages (rowid, text, tags) VALUES (new.row, new.text, new.tags);
END;
CREATE TRIGGER entries_out AFTER DELETE ON entries BEGIN
    INSERT INTO pages (pages, rowid, text, tags) VALUES ('delete', old.row, old.text, old.tags);
END;
INSERT INTO pages (pages) VALUES ('rebuild');
