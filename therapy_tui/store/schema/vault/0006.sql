-- The vault, version 6: measures that were answered, and those that were begun.

CREATE TABLE responses (
    row           INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    at            INTEGER NOT NULL,
    measure       TEXT    NOT NULL,
    low           INTEGER NOT NULL,                 -- the scale in which it was scored: its lowest and highest answer
    high          INTEGER NOT NULL,
    answers       TEXT    NOT NULL,                 -- '0,3,,1': nothing where nothing was answered
    total         INTEGER,                          -- NULL while an answer is missing
    support       INTEGER NOT NULL                  -- an answer for which the support page was opened
) STRICT;
CREATE INDEX responses_measure ON responses (measure, at, row);

CREATE TABLE begun_measures (
    measure       TEXT    PRIMARY KEY,
    at            INTEGER NOT NULL,
    answers       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
