-- An answer to a reset or a hello that had to wait, because there were many in an hour: what they said that they hold.
ALTER TABLE pairs ADD COLUMN owed INTEGER;
