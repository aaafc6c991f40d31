-- The vault, version 2: a letter too large for the day's bytes waits until a person lets it go.

ALTER TABLE outbox ADD COLUMN allowed INTEGER NOT NULL DEFAULT 0;  -- it may go whatever its size
