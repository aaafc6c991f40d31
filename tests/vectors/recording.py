"""What cannot be made twice: accounts, key agreements and ratchets. Made once and kept in recorded.json."""

from tests.vectors.calls import PICKLE_KEY
from therapy_tui.core.contents import Content, Form, Hello, Kind, Letter, Tone, pack_content
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.card import make_card
from therapy_tui.crypto.envelope import EXPANDED_LIMIT, pack_plaintext, seal, squeeze
from therapy_tui.crypto.invite import kem_public, make_offer, new_kem_key, offer_hash, open_offer, seal_offer
from therapy_tui.crypto.join import derive_pair_secret, make_join
from therapy_tui.crypto.link import Link
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.crypto.ratchet import accept, start

RELAY = "relay.example.org"
EXPIRES = 1_800_000_000
NOW = EXPIRES - 86_400
SECRET, S, NONCE = bytes(range(16)), bytes(range(64, 96)), bytes(range(100, 124))
ADA_MAILBOX, BEA_MAILBOX = b"mailbox of Ada..", b"mailbox of Bea.."
IDS = (b"id of the hello.", b"id of a letter..", b"id of an answer.")
TEXT = "Dear Ada, this week was harder than the last, and I would like to tell you about it. Bea"
ANSWER = "Dear Bea, thank you for telling me. Ada"


def record() -> dict[str, str]:
    """Let two people meet and write, and give everything of it that chance decided."""
    ada, bea, kem = Account.new(), Account.new(), new_kem_key()
    ada_card = make_card(ada, 2, "Dr Ada Byron", ADA_MAILBOX, RELAY)
    bea_card = make_card(bea, 1, "Bea", BEA_MAILBOX, RELAY)
    key, spare = ada.new_one_time_key(), ada.new_one_time_key()
    kept = {"ada": ada.dump(PICKLE_KEY), "bea": bea.dump(PICKLE_KEY), "kem": kem.hex(), "one_time_key": key.hex()}
    offer = make_offer(
        ada, card=ada_card, one_time_key=key, kem_public=kem_public(kem), expires=EXPIRES, slot=2, ticket=b"ticket"
    )
    link = Link(RELAY, EXPIRES, SECRET, offer_hash(offer)[:16])
    opened = open_offer(link, seal_offer(SECRET, offer, NONCE), NOW)
    secret = derive_pair_secret(S, SECRET, opened.hash, bea_card.id)
    bea_keys, ada_keys = PairKeys(secret, bea_card.id, ada_card.id), PairKeys(secret, ada_card.id, bea_card.id)
    ratchet = start(bea, ada.curve25519, opened.one_time_key)
    hello = pack_content(Content(Kind.HELLO, 0, NOW, Hello(0, 0)))
    _, message = ratchet.encrypt(pack_plaintext(bea_keys.bind_out, IDS[0], hello))
    join = make_join(opened, secret=SECRET, s=S, card=bea_card, hello=message, slot=1, nonce=NONCE)
    letter = pack_content(Content(Kind.LETTER, 1, NOW + 60, Letter(TEXT, Tone.HARD_TO_WRITE), spare=spare))
    form, second = ratchet.encrypt(pack_plaintext(bea_keys.bind_out, IDS[1], letter))
    ada_ratchet, _ = accept(ada, bea.curve25519, message)
    kept |= {
        "hello": message.hex(),
        "join": join.hex(),
        "ada_ratchet": ada_ratchet.dump(PICKLE_KEY),
        "letter": seal(bea_keys.seal_out, form, second, NONCE).hex(),
        "squeezed": squeeze(TEXT.encode() * 4).hex(),
        "too_much": squeeze(bytes(EXPANDED_LIMIT + 1)).hex(),
    }
    ada_ratchet.decrypt(form, second)
    answer = pack_content(Content(Kind.LETTER, 1, NOW + 90, Letter(ANSWER, 0, IDS[1][:8]), (IDS[1][:8],)))
    form, third = ada_ratchet.encrypt(pack_plaintext(ada_keys.bind_out, IDS[2], answer))
    assert form == Form.NORMAL
    return kept | {"answer": seal(ada_keys.seal_out, form, third, NONCE).hex(), "bea_ratchet": ratchet.dump(PICKLE_KEY)}
