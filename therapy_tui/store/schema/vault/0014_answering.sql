-- The vault, version 14: what lies beside an answer, and a therapist's own words for one.

-- Pages, answers and questions by kind, the newest last; and the letters that answer a message.
CREATE INDEX messages_pieces ON messages (contact, kind, outgoing, place) WHERE kind IN (16, 17, 19);
CREATE INDEX messages_answering ON messages (contact, answers) WHERE kind = 1 AND answers != x'';

CREATE TABLE snippets (                             -- words of one's own, with blanks
    id            BLOB    PRIMARY KEY,              -- 16 random bytes
    name          TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
