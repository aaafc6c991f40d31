"""Two people who met, for the tests of what passes between them."""

from dataclasses import dataclass, field
from functools import cache

from therapy_tui.core.contents import Content, Hello, Kind, pack_content
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.card import ROLE_CLIENT, ROLE_THERAPIST, Card, make_card
from therapy_tui.crypto.envelope import open_plaintext, pack_plaintext
from therapy_tui.crypto.invite import kem_public, make_offer, new_kem_key, offer_hash, open_offer, seal_offer
from therapy_tui.crypto.join import derive_pair_secret, make_join, open_join
from therapy_tui.crypto.link import Link
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.crypto.ratchet import Ratchet, accept, start

RELAY = "relay.example.org"
EXPIRES = 1_800_000_000
NOW = EXPIRES - 100
SECRET = bytes(range(16))
S = bytes(range(32))
NONCE = bytes(range(24))


@dataclass
class Invited:
    """An invite, from the side of the one who made it."""

    account: Account = field(default_factory=Account.new)
    kem: bytes = field(default_factory=new_kem_key)

    def __post_init__(self) -> None:
        self.card = make_card(self.account, ROLE_THERAPIST, "Dr Ada Byron", b"a" * 16, RELAY)
        self.one_time_key = self.account.new_one_time_key()
        self.offer = self.make(EXPIRES)
        self.hash = offer_hash(self.offer)
        self.link = Link(RELAY, EXPIRES, SECRET, self.hash[:16])
        self.sealed = seal_offer(SECRET, self.offer, NONCE)

    def make(self, expires: int) -> bytes:
        """Make the offer with another expiry."""
        return make_offer(
            self.account,
            card=self.card,
            one_time_key=self.one_time_key,
            kem_public=kem_public(self.kem),
            expires=expires,
            slot=2,
            ticket=b"ticket",
        )


def hello(keys: PairKeys, ratchet: Ratchet) -> bytes:
    """Give the pre-key message that a join carries."""
    content = pack_content(Content(Kind.HELLO, 0, NOW, Hello(0, 0)))
    return ratchet.encrypt(pack_plaintext(keys.bind_out, b"h" * 16, content))[1]


@dataclass
class Meeting:
    """Ada invited Bea, and Bea joined."""

    def __post_init__(self) -> None:
        self.invited = Invited()
        self.ada, self.bea = self.invited.account, Account.new()
        self.ada_card: Card = self.invited.card
        self.bea_card = make_card(self.bea, ROLE_CLIENT, "Bea", b"b" * 16, RELAY)
        offer = open_offer(self.invited.link, self.invited.sealed, NOW)
        secret = derive_pair_secret(S, SECRET, offer.hash, self.bea_card.id)
        self.bea_keys = PairKeys(secret, self.bea_card.id, offer.card.id)
        self.bea_ratchet = start(self.bea, offer.card.curve25519, offer.one_time_key)
        self.join = make_join(
            offer,
            secret=SECRET,
            s=S,
            card=self.bea_card,
            hello=hello(self.bea_keys, self.bea_ratchet),
            slot=1,
            nonce=NONCE,
        )
        join = open_join(SECRET, self.invited.kem, self.invited.hash, self.join)
        secret = derive_pair_secret(join.s, SECRET, self.invited.hash, join.card.id)
        self.ada_keys = PairKeys(secret, self.ada_card.id, join.card.id)
        self.ada_ratchet, plaintext = accept(self.ada, join.card.curve25519, join.hello)
        self.hello = open_plaintext(plaintext, self.ada_keys.bind_in)


@cache
def met() -> Meeting:
    """Give one meeting for tests that change nothing in it."""
    return Meeting()
