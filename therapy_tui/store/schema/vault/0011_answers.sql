-- The vault, version 11: answers that were shared, and measures that were asked for, are found without reading letters.

-- What a list of everybody needs of answers stands in the index itself; it is short, and empty once they were taken back.
CREATE INDEX messages_answers ON messages (contact, number, arrived_at, raw) WHERE kind = 17 AND outgoing = 0;
CREATE INDEX messages_asked ON messages (outgoing, contact, number) WHERE kind = 23;
