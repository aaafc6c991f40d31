-- The notes, version 1: a file of their own under a key of their own.

CREATE TABLE about (
    name   TEXT PRIMARY KEY,
    value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
