-- An appointment has a few words, such as where, and can be moved; a calendar needs to know how often that was.
ALTER TABLE appointments ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;
