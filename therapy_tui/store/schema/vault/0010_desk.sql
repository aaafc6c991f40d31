-- The vault, version 10: a therapist's desk: who waits for an answer, what was promised, and what asks for attention.

-- The letters of each side: the newest answer, and what came after it.
CREATE INDEX messages_letters ON messages (contact, outgoing, place, written_at) WHERE kind = 1;
-- What was arranged beside them: promises, office hours, more time.
CREATE INDEX messages_arranged ON messages (contact, kind, place) WHERE kind IN (4, 21, 22);

CREATE TABLE flags (                                -- what stands first until it is cleared with a reason
    message       BLOB    PRIMARY KEY,              -- the answers in which it was said
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    at            INTEGER NOT NULL,                 -- when they were given
    measure       TEXT    NOT NULL,
    item          INTEGER NOT NULL,                 -- the number of the question
    answer        INTEGER NOT NULL,
    cleared_at    INTEGER NOT NULL DEFAULT 0,
    reason        TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX flags_contact ON flags (contact, cleared_at);
-- Of answers that came before there were flags: question 9 of PHQ-9, the last of nine bytes at the end of the body.
INSERT INTO flags (message, contact, at, measure, item, answer)
    SELECT id, contact, written_at, 'phq9', 9, instr(x'00010203', substr(raw, -1)) - 1 FROM messages
    WHERE kind = 17 AND outgoing = 0 AND substr(raw, 2, 5) = x'a470687139' AND substr(raw, -1) IN (x'01', x'02', x'03')
          AND substr(raw, -11, 2) = x'c409';

CREATE TABLE shared_moods (                         -- the numbers that a contact shared
    contact       BLOB    NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    day           TEXT    NOT NULL,
    message       BLOB    NOT NULL,                 -- what brought it: a page, or check-ins
    place         INTEGER NOT NULL,                 -- order within that message
    mood          INTEGER NOT NULL CHECK (mood BETWEEN 1 AND 10),
    PRIMARY KEY (contact, day, message, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_moods_message ON shared_moods (message);

CREATE TABLE desk (                                 -- what the therapist set for a person
    contact       BLOB    PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE,
    label         TEXT    NOT NULL DEFAULT '',
    not_before    INTEGER NOT NULL DEFAULT 0,       -- does not stand among the first until then
    set_at        INTEGER NOT NULL DEFAULT 0        -- when that was said: a letter that comes later ends it
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
    name          TEXT    PRIMARY KEY,
    find          TEXT    NOT NULL                  -- what is written into the field to find it
) STRICT, WITHOUT ROWID;

