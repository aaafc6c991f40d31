-- The vault, version 5: check-ins. A day is the person's own, 'YYYY-MM-DD'.

CREATE TABLE check_ins (
    row           INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    at            INTEGER NOT NULL,
    day           TEXT    NOT NULL,
    mood          INTEGER NOT NULL CHECK (mood BETWEEN 1 AND 10),
    words         TEXT    NOT NULL,                 -- one a line
    text          TEXT    NOT NULL
) STRICT;
CREATE INDEX check_ins_day ON check_ins (day, at, row);

CREATE TABLE check_in_draft (                       -- what is being written and was not yet kept
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    day           TEXT    NOT NULL,
    mood          INTEGER NOT NULL,                 -- 0: none was chosen yet
    words         TEXT    NOT NULL,
    text          TEXT    NOT NULL
) STRICT;
