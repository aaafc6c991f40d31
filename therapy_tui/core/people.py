"""The records of people: one's own profile, a contact, and the pair that two profiles are."""

import msgspec

CLIENT, THERAPIST = 1, 2
ROLES = {CLIENT: "client", THERAPIST: "therapist"}

UNVERIFIED, VERIFIED, CHANGED = "unverified", "verified", "changed"


class Profile(msgspec.Struct, frozen=True):
    """One's own identity on this machine. Keys are bytes; `relay` and `card` are empty until there is a relay."""

    role: int
    name: str
    account: str
    pickle_key: bytes
    owner_seed: bytes
    relay: str
    card: bytes
    ticket: bytes
    opened: bool
    done: int
    epoch_count: int
    epoch_chance: int
    next_slot: int
    restored_at: int
    made_at: int

    @property
    def epoch(self) -> int:
        """The 64 bits that the relay is told: count (high 32) and chance (low 32)."""
        return self.epoch_count << 32 | self.epoch_chance


class Contact(msgspec.Struct, frozen=True):
    """Somebody one writes with."""

    id: bytes
    name: str
    role: int
    trust: str
    trust_before: str
    trust_at: int
    closed: str
    used: int
    have: int
    numbers_from: int
    made_at: int

    @property
    def may_be_written_to(self) -> bool:
        """Whether letters leave for this person now."""
        return self.trust != CHANGED and not self.closed


GOOD, ASKED, REFUSED = 0, 1, 2
"""How letters open: all of them; some did not, and we asked for them; some did not since we asked last."""


class Pair(msgspec.Struct, frozen=True):
    """Two profiles that share a pair secret; a contact whose keys changed has two until a person decides."""

    id: int
    contact: bytes
    state: str
    secret: bytes
    mine: bytes
    theirs: bytes
    card: bytes
    slot_in: int
    slot_out: int
    invite_seed: bytes
    spare: bytes
    spare_given: bytes
    spare_with: bytes
    broken: int
    reset_at: int
    reset_wait: int
    made_at: int
    by_hand: bool = False


class Invite(msgspec.Struct, frozen=True):
    """An invite that this profile made."""

    id: bytes
    slot: int
    label: str
    contact: bytes
    secret: bytes
    kem: bytes
    offer_hash: bytes
    link: str
    expires: int
    state: str
    made_at: int
    word: str = ""
    """The code word agreed on beforehand; it is never sent."""
    used_by: bytes = b""
    """Who joined with it."""
    used_at: int = 0
