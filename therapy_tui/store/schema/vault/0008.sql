-- The vault, version 8: what was shared, and can be taken back. The copy itself is a message.

CREATE TABLE shared (
    message       BLOB    PRIMARY KEY,              -- the id of the message that carries the copy
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    item          BLOB    NOT NULL,                 -- the id of the page or of the answers
    revision      INTEGER NOT NULL,                 -- which one of a page that changes
    at            INTEGER NOT NULL,
    taken_back_at INTEGER NOT NULL DEFAULT 0        -- 0 while it is there
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_item ON shared (item);
CREATE INDEX shared_contact ON shared (contact);

-- Words that are taken back leave the index of words too.
CREATE TRIGGER messages_changed AFTER UPDATE OF text ON messages WHEN old.text != new.text BEGIN
    INSERT INTO letters (letters, rowid, text) VALUES ('delete', old.row, old.text);
    INSERT INTO letters (rowid, text) VALUES (new.row, new.text);
END;
CREATE INDEX messages_taken_back ON messages (contact) WHERE kind = 18;
