-- The vault, version 7: the person's own safety plan, a row a step. A step that was never written has none.

CREATE TABLE plan_steps (
    number        INTEGER NOT NULL PRIMARY KEY CHECK (number BETWEEN 1 AND 6),
    text          TEXT    NOT NULL,
    changed_at    INTEGER NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1        -- goes up with every change, so that two windows notice each other
) STRICT;

CREATE TABLE plan_versions (
    step          INTEGER NOT NULL REFERENCES plan_steps (number) ON DELETE CASCADE,
    number        INTEGER NOT NULL,                 -- 1 is the oldest
    kept_at       INTEGER NOT NULL,                 -- when it was last changed
    text          TEXT    NOT NULL,
    PRIMARY KEY (step, number)
) STRICT, WITHOUT ROWID;
