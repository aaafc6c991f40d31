-- The vault, version 1. Times are seconds since 1970; ids and keys are bytes.

CREATE TABLE profile (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    role          INTEGER NOT NULL,                 -- 1 client, 2 therapist
    name          TEXT    NOT NULL,
    account       TEXT    NOT NULL,                 -- the Olm account, pickled under pickle_key
    pickle_key    BLOB    NOT NULL,
    owner_seed    BLOB    NOT NULL,                 -- the owner key of the mailbox
    relay         TEXT    NOT NULL,                 -- "host:port", empty until it is known
    card          BLOB    NOT NULL,                 -- the signed public half, empty until there is a relay
    ticket        BLOB    NOT NULL,                 -- what the relay asks of a new mailbox, may be empty
    opened        INTEGER NOT NULL DEFAULT 0,       -- the relay has said that the mailbox is there
    done          INTEGER NOT NULL DEFAULT 0,       -- all up to this sequence is safe here; -1: the relay knows
    epoch_count   INTEGER NOT NULL DEFAULT 0,
    epoch_chance  INTEGER NOT NULL DEFAULT 0,
    next_slot     INTEGER NOT NULL DEFAULT 1,
    restored_at   INTEGER NOT NULL DEFAULT 0,       -- when it was last noticed that the vault went back in time
    made_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE contacts (
    id            BLOB    PRIMARY KEY,              -- 8 random bytes, of this vault only
    name          TEXT    NOT NULL,                 -- as shown; the person may rename
    role          INTEGER NOT NULL,
    trust         TEXT    NOT NULL CHECK (trust IN ('unverified', 'verified', 'changed')),
    trust_before  TEXT    NOT NULL DEFAULT 'unverified',
    trust_at      INTEGER NOT NULL,
    closed        TEXT    NOT NULL DEFAULT '' CHECK (closed IN ('', 'ours', 'theirs')),
    used          INTEGER NOT NULL DEFAULT 0,       -- the greatest number given to a letter of ours
    have          INTEGER NOT NULL DEFAULT 0,       -- the greatest number held of theirs
    numbers_from  INTEGER NOT NULL DEFAULT 1,       -- no gap is told before this number of theirs
    made_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pairs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- a number that was in use is never given again
    contact       BLOB    NOT NULL REFERENCES contacts (id),
    state         TEXT    NOT NULL CHECK (state IN ('current', 'pending', 'old')),
    secret        BLOB    NOT NULL,                 -- P
    mine          BLOB    NOT NULL,                 -- the id of our card at the join
    theirs        BLOB    NOT NULL,                 -- the id of their card at the join
    card          BLOB    NOT NULL,                 -- their newest card
    slot_in       INTEGER NOT NULL,                 -- our slot in which they deposit
    slot_out      INTEGER NOT NULL,                 -- their slot in which we deposit
    invite_seed   BLOB    NOT NULL DEFAULT x'',     -- deposit with this until something of theirs has opened
    spare         BLOB    NOT NULL DEFAULT x'',     -- their spare key, for our use
    spare_given   BLOB    NOT NULL DEFAULT x'',     -- our spare key that they hold
    spare_with    BLOB    NOT NULL DEFAULT x'',     -- the letter that carried it
    broken        INTEGER NOT NULL DEFAULT 0,
    reset_at      INTEGER NOT NULL DEFAULT 0,       -- the last reset we sent
    reset_wait    INTEGER NOT NULL DEFAULT 0,       -- seconds until the next may be sent
    answered_at   INTEGER NOT NULL DEFAULT 0,       -- when the hour began in which answers are counted
    answers       INTEGER NOT NULL DEFAULT 0,       -- how often we sealed again what had been delivered
    made_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX pairs_contact ON pairs (contact);
CREATE INDEX pairs_slot ON pairs (slot_in);

CREATE TABLE ratchets (
    pair          INTEGER NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
    id            TEXT    NOT NULL,
    pickle        TEXT    NOT NULL,
    used          INTEGER NOT NULL,                 -- rises: the greatest opened something or was started last
    PRIMARY KEY (pair, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    row           INTEGER PRIMARY KEY,
    contact       BLOB    NOT NULL REFERENCES contacts (id),
    id            BLOB    NOT NULL,
    kind          INTEGER NOT NULL,                 -- 1 a letter; others are kept as they came
    outgoing      INTEGER NOT NULL,
    number        INTEGER NOT NULL,                 -- the sender's count
    place         INTEGER NOT NULL,                 -- order in the conversation; ties by number
    written_at    INTEGER NOT NULL,                 -- what the sender's clock said
    arrived_at    INTEGER NOT NULL,                 -- when it came into this vault
    state         TEXT    NOT NULL,
    state_at      INTEGER NOT NULL,
    reason        TEXT    NOT NULL DEFAULT '',      -- why it did not go
    seals         INTEGER NOT NULL DEFAULT 0,       -- how often it was sealed without a receipt
    proved        TEXT    NOT NULL DEFAULT '',      -- the last state that a receipt proved: delivered, read
    text          TEXT    NOT NULL,
    tone          INTEGER NOT NULL,
    answers       BLOB    NOT NULL,
    raw           BLOB    NOT NULL DEFAULT x'',     -- the body of a kind that this version does not know
    again         INTEGER NOT NULL DEFAULT 0,       -- was sent again after healing
    UNIQUE (contact, id)
) STRICT;
CREATE INDEX messages_place ON messages (contact, place, number, row);
CREATE INDEX messages_waiting ON messages (contact, number) WHERE outgoing = 1 AND state IN ('queued', 'sent');
CREATE INDEX messages_unread ON messages (contact, place) WHERE outgoing = 0 AND state = 'received';

CREATE VIRTUAL TABLE letters USING fts5 (text, content = 'messages', content_rowid = 'row', tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER messages_in AFTER INSERT ON messages BEGIN
    INSERT INTO letters (rowid, text) VALUES (new.row, new.text);
END;
CREATE TRIGGER messages_out AFTER DELETE ON messages BEGIN
    INSERT INTO letters (letters, rowid, text) VALUES ('delete', old.row, old.text);
END;

CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- as above: an answer may be under way for one that is gone
    pair          INTEGER NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
    kind          TEXT    NOT NULL,                 -- join, letter, hello, closing, receipt, reset
    message       BLOB    NOT NULL DEFAULT x'',     -- the letter it carries
    envelope      BLOB    NOT NULL,                 -- the sealed bytes; they never change
    made_at       INTEGER NOT NULL,
    tries         INTEGER NOT NULL DEFAULT 0,
    next_at       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at);

CREATE TABLE receipts (
    contact       BLOB    NOT NULL,
    short         BLOB    NOT NULL,                 -- the first 8 bytes of the id of a letter of theirs
    kind          TEXT    NOT NULL CHECK (kind IN ('delivered', 'read')),
    due_at        INTEGER NOT NULL,
    carrier       BLOB    NOT NULL DEFAULT x'',     -- the letter of ours in which it rides
    PRIMARY KEY (contact, short, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
    contact       BLOB    NOT NULL,
    hash          BLOB    NOT NULL,
    PRIMARY KEY (contact, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    hash          BLOB    PRIMARY KEY,
    contact       BLOB    NOT NULL DEFAULT x'',
    slot          INTEGER NOT NULL,
    reason        TEXT    NOT NULL,                 -- seal, ratchet, pair, newer, malformed, join
    envelope      BLOB    NOT NULL,
    arrived_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE invites (
    id            BLOB    PRIMARY KEY,              -- 4 random bytes
    slot          INTEGER NOT NULL,
    label         TEXT    NOT NULL,
    contact       BLOB    NOT NULL DEFAULT x'',     -- whose keys this invite renews
    secret        BLOB    NOT NULL,                 -- I, empty once it is used or revoked
    kem           BLOB    NOT NULL,                 -- the private KEM key, empty once it is used or revoked
    offer_hash    BLOB    NOT NULL,
    link          TEXT    NOT NULL,
    expires       INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('open', 'joined', 'revoked', 'expired')),
    made_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE joins (
    link          TEXT    PRIMARY KEY,
    claim         BLOB    NOT NULL,
    contact       BLOB    NOT NULL DEFAULT x'',     -- whose keys this join renews
    made_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE slots (
    slot          INTEGER PRIMARY KEY,
    key           BLOB    NOT NULL,                 -- the public deposit key, empty when cleared
    expires       INTEGER NOT NULL,
    pickup        BLOB    NOT NULL,
    offer         BLOB    NOT NULL,
    told          INTEGER NOT NULL DEFAULT 0        -- the relay has it
) STRICT;

CREATE TABLE drafts (
    contact       BLOB    PRIMARY KEY,
    text          TEXT    NOT NULL,
    tone          INTEGER NOT NULL,
    answers       BLOB    NOT NULL,
    cursor        INTEGER NOT NULL,
    kept_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name          TEXT    PRIMARY KEY,
    value         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic (
    day           TEXT    NOT NULL,                 -- local date
    contact       BLOB    NOT NULL,                 -- empty: not for one contact
    up            INTEGER NOT NULL,
    down          INTEGER NOT NULL,
    PRIMARY KEY (day, contact)
) STRICT, WITHOUT ROWID;
