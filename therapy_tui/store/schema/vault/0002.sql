-- The vault, version 2: a letter too large for the day's bytes waits until a person lets it go; people meet by file.

ALTER TABLE outbox ADD COLUMN allowed INTEGER NOT NULL DEFAULT 0;  -- it may go whatever its size
ALTER TABLE pairs ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;   -- they met by file; their relay may know nothing of it
