-- The vault, version 3: what is asked of a hundred thousand letters is found without reading them.

-- The letters of one side by number: a late one's place, a missing one, what they may not have.
CREATE INDEX messages_number ON messages (contact, outgoing, number, place);

-- Ours by what became of them: those that wait, were not confirmed, or could not go.
DROP INDEX messages_waiting;
CREATE INDEX messages_state ON messages (state, contact, number) WHERE outgoing = 1;

CREATE TABLE tallies (                              -- kept by the triggers below
    contact       BLOB    PRIMARY KEY,
    letters       INTEGER NOT NULL,
    theirs        INTEGER NOT NULL,
    unread        INTEGER NOT NULL,
    proved        INTEGER NOT NULL,                 -- ours that a receipt has proved to be there
    last_at       INTEGER NOT NULL                  -- when the last came or went
) STRICT, WITHOUT ROWID;
INSERT INTO tallies
    SELECT contact, count(*), sum(outgoing = 0), sum(outgoing = 0 AND state = 'received'),
           sum(outgoing = 1 AND proved != ''), max(arrived_at)
    FROM messages GROUP BY contact;
CREATE TRIGGER tallies_in AFTER INSERT ON messages BEGIN
    INSERT INTO tallies (contact, letters, theirs, unread, proved, last_at)
    VALUES (new.contact, 1, new.outgoing = 0, new.outgoing = 0 AND new.state = 'received',
            new.outgoing = 1 AND new.proved != '', new.arrived_at)
    ON CONFLICT (contact) DO UPDATE SET letters = letters + 1, theirs = theirs + excluded.theirs,
        unread = unread + excluded.unread, proved = proved + excluded.proved, last_at = max(last_at, excluded.last_at);
END;
CREATE TRIGGER tallies_moved AFTER UPDATE OF state, proved ON messages BEGIN
    UPDATE tallies
    SET unread = unread + (new.outgoing = 0 AND new.state = 'received') - (old.outgoing = 0 AND old.state = 'received'),
        proved = proved + (new.outgoing = 1 AND new.proved != '') - (old.outgoing = 1 AND old.proved != '')
    WHERE contact = new.contact;
END;
CREATE TRIGGER tallies_out AFTER DELETE ON messages BEGIN
    UPDATE tallies
    SET letters = letters - 1, theirs = theirs - (old.outgoing = 0),
        unread = unread - (old.outgoing = 0 AND old.state = 'received'),
        proved = proved - (old.outgoing = 1 AND old.proved != '')
    WHERE contact = old.contact;
    DELETE FROM tallies WHERE contact = old.contact AND letters = 0;
END;

-- All of theirs up to this number is here. It goes forward as letters come, and is looked for from here on.
ALTER TABLE contacts ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

CREATE INDEX outbox_pair ON outbox (pair);
CREATE INDEX outbox_message ON outbox (message, pair);
CREATE INDEX outbox_large ON outbox (length(envelope)) WHERE kind = 'letter';
CREATE INDEX receipts_due ON receipts (due_at) WHERE carrier = x'';
CREATE INDEX receipts_owed ON receipts (contact, kind, due_at) WHERE carrier = x'';
CREATE INDEX receipts_carried ON receipts (contact, carrier);
CREATE INDEX quarantine_arrived ON quarantine (arrived_at);
CREATE INDEX quarantine_contact ON quarantine (contact, reason);
CREATE INDEX quarantine_slot ON quarantine (slot, reason);
