"""Vectors of two people who meet: cards, links, offers, joins, the keys of a pair, ratchets and resets."""

import base64

from tests.vectors.calls import PICKLE_KEY
from tests.vectors.cases import Case, ask, flipped, gives, refuses
from tests.vectors.recording import ADA_MAILBOX, BEA_MAILBOX, EXPIRES, NONCE, NOW, RELAY, SECRET, S
from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import derive, digest
from therapy_tui.crypto import kem
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.envelope import open_seal, seal
from therapy_tui.crypto.pair import PairKeys

ORDER_8 = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
ANY_KEY = (b"\x09" + bytes(31)).hex()


def cards(kept: dict[str, str]) -> list[Case]:
    """Cards of one account, and cards that are refused."""
    ada, bea = (Account.load(kept[name], PICKLE_KEY) for name in ("ada", "bea"))
    given = {"pickle": kept["ada"], "role": 2, "name": "Dr Ada Byron", "mailbox": ADA_MAILBOX.hex(), "relay": RELAY}
    raw = str(ask("make card", **given))
    fields = [2, "Ada", ada.ed25519, ada.curve25519, ADA_MAILBOX, RELAY]

    def signed(account: Account = ada, **changed: object) -> str:
        names = ("role", "name", "ed25519", "curve25519", "mailbox", "relay")
        body = [changed.get(name, value) for name, value in zip(names, fields, strict=True)]
        return account.sign_whole("card", pack(*body)).hex()

    bad = {
        "no role": signed(role=0),
        "another role": signed(role=3),
        "no name": signed(name=""),
        "a name of 61 characters": signed(name="x" * 61),
        "a name as bytes": signed(name=b"Ada"),
        "a mailbox of 15 bytes": signed(mailbox=bytes(15)),
        "a relay in capitals": signed(relay="Relay.example.org"),
        "a relay with a scheme": signed(relay="https://relay.example.org"),
        "a port out of range": signed(relay="relay.example.org:65536"),
        "a zero Curve25519 key": signed(curve25519=bytes(32)),
        "a Curve25519 key of order 8": signed(curve25519=bytes.fromhex(ORDER_8)),
        "a zero Ed25519 key": signed(ed25519=bytes(32)),
        "a byte behind": raw + "00",
        "a byte less": raw[:-2],
        "nothing": "",
    }
    return [
        gives("made and signed", "make card", **given),
        gives("read", "read card", raw=raw),
        gives("a name in another script", "read card", raw=signed(name="\u0391\u03b4\u03b1", relay="127.0.0.1:8443")),
        *(refuses(claim, "Malformed", "read card", raw=data) for claim, data in bad.items()),
        refuses("signed by another", "CannotOpen", "read card", raw=signed(bea)),
        refuses("another letter in the name", "CannotOpen", "read card", raw=raw.replace(b"Ada".hex(), b"Eda".hex())),
        refuses("a bit of the signature", "CannotOpen", "read card", raw=flipped(raw, -1)),
        refuses("signed as an offer", "CannotOpen", "read card", raw=ada.sign_whole("offer", pack(*fields)).hex()),
    ]


class Meeting:
    """The cards, offer and keys that follow from the recording."""

    def __init__(self, kept: dict[str, str]) -> None:
        self.kept = kept
        self.ada, self.bea = (Account.load(kept[name], PICKLE_KEY) for name in ("ada", "bea"))
        self.ada_raw = self._card("ada", 2, "Dr Ada Byron", ADA_MAILBOX)
        self.bea_raw = self._card("bea", 1, "Bea", BEA_MAILBOX)
        self.ada_id, self.bea_id = (
            digest("tt1 card", bytes.fromhex(raw)).hex() for raw in (self.ada_raw, self.bea_raw)
        )
        self.offer_fields = {
            "pickle": kept["ada"],
            "card_raw": self.ada_raw,
            "one_time_key": kept["one_time_key"],
            "kem": kept["kem"],
            "expires": EXPIRES,
            "slot": 2,
            "ticket": b"ticket".hex(),
        }
        self.offer = str(ask("make offer", **self.offer_fields))
        self.hash = str(ask("offer hash", offer=self.offer))
        self.link = str(ask("make link", relay=RELAY, expires=EXPIRES, secret=SECRET.hex(), offer_hash=self.hash[:32]))
        self.secret_parts = {"s": S.hex(), "secret": SECRET.hex(), "offer_hash": self.hash, "card_id": self.bea_id}
        self.secret = str(ask("pair secret", **self.secret_parts))
        pair = bytes.fromhex(self.secret)
        self.bea_keys = PairKeys(pair, bytes.fromhex(self.bea_id), bytes.fromhex(self.ada_id))
        self.ada_keys = PairKeys(pair, self.bea_keys.theirs, self.bea_keys.mine)

    def _card(self, who: str, role: int, name: str, mailbox: bytes) -> str:
        given = {"role": role, "name": name, "mailbox": mailbox.hex(), "relay": RELAY}
        return str(ask("make card", pickle=self.kept[who], **given))


def links(met: Meeting) -> list[Case]:
    """Links as people write them, and links that are refused."""
    text = met.link
    digits = text[:26] + text[26:].translate(str.maketrans("OIB", "018"))
    given = {"relay": RELAY, "expires": EXPIRES, "secret": SECRET.hex(), "offer_hash": met.hash[:32]}

    def with_version(version: int, size: int) -> str:
        head = bytes((version,)) + bytes(size)
        code = base64.b32encode(head + digest("tt1 check", RELAY.encode() + head, 3)).decode()
        return f"THERAPY:{RELAY.upper()}/{code}"

    bad = {
        "nothing": "",
        "another word": "hello",
        "an address of the web": "https://relay.example.org/abc",
        "no scheme": text.removeprefix("THERAPY:"),
        "no relay": "THERAPY:/" + text[-64:],
        "another relay": text.replace("RELAY", "RELAX"),
        "a letter changed": text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:],
        "a letter missing": text[:-1],
        "a letter too many": text + "A",
        "padding": text[:-1] + "=",
        "a digit outside the alphabet": text[:-1] + "9",
        "39 bytes with a right check": with_version(1, 35),
        "a later version": with_version(2, 36),
    }
    return [
        gives("a link is made", "make link", **given),
        gives("a link with a port", "make link", **given | {"relay": "127.0.0.1:8443"}),
        gives("what an invite secret opens", "from invite secret", secret=SECRET.hex()),
        gives("read", "read link", text=text),
        gives("in small letters", "read link", text=text.lower()),
        gives("with spaces, line ends and hyphens", "read link", text=f" {text[:50]}\n{text[50:70]}-{text[70:]} "),
        gives("with 0, 1, 8 for O, I, B", "read link", text=digits),
        *(refuses(claim, "InviteRefused", "read link", text=typed) for claim, typed in bad.items()),
    ]


def offers(met: Meeting) -> list[Case]:
    """An offer, opened through its link, and what was changed on its way."""
    secret, nonce = SECRET.hex(), NONCE.hex()
    sealed = str(ask("seal offer", secret=secret, offer=met.offer, nonce=nonce))

    def harmed(claim: str, data: str, text: str = met.link, now: int = NOW) -> Case:
        return refuses(claim, "InviteRefused", "open offer", text=text, sealed=data, now=now)

    other = str(ask("make link", relay=RELAY, expires=EXPIRES, secret=secret, offer_hash="00" * 16))
    elsewhere = str(ask("make link", relay="o.example", expires=EXPIRES, secret=secret, offer_hash=met.hash[:32]))
    return [
        gives("made and signed", "make offer", **met.offer_fields),
        gives("sealed", "seal offer", secret=secret, offer=met.offer, nonce=nonce),
        gives("opened", "open offer", text=met.link, sealed=sealed, now=NOW),
        gives("claimed in the last second", "open offer", text=met.link, sealed=sealed, now=EXPIRES),
        harmed("expired", sealed, now=EXPIRES + 1),
        harmed("the link names another offer", sealed, other),
        harmed("the link names another relay", sealed, elsewhere),
        harmed("a bit changed", flipped(sealed, 700)),
        harmed("cut short", sealed[:-2]),
        harmed("nothing", ""),
    ]


def forged_offers(met: Meeting) -> list[Case]:
    """Offers that somebody signed and a link names, and that do not hold together."""
    kem_public = kem.kem_public(bytes.fromhex(met.kept["kem"]))
    names = ("card", "one_time_key", "kem_public", "expires", "slot", "ticket")
    fields = [bytes.fromhex(met.ada_raw), bytes.fromhex(met.kept["one_time_key"]), kem_public, EXPIRES, 2, b""]

    def refused(claim: str, signer: Account = met.ada, form: int = 0x1E, **changed: object) -> Case:
        body = pack(*(changed.get(name, value) for name, value in zip(names, fields, strict=True)))
        offer = signer.sign_whole("offer", body)
        found = digest("tt1 offer", offer).hex()[:32]
        text = ask("make link", relay=RELAY, expires=EXPIRES, secret=SECRET.hex(), offer_hash=found)
        bad = seal(derive(SECRET, "tt1 offer seal"), form, offer, NONCE).hex()
        return refuses(claim, "InviteRefused", "open offer", text=text, sealed=bad, now=NOW)

    return [
        refused("another form", form=0x1F),
        refused("signed by another", signer=met.bea),
        refused("another expiry than the link's", expires=EXPIRES + 1),
        refused("no card", card=b""),
        refused("a zero one-time key", one_time_key=bytes(32)),
        refused("a zero X25519 half", kem_public=kem_public[:-32] + bytes(32)),
        refused("an ML-KEM half out of range", kem_public=b"\xff" * 1184 + kem_public[-32:]),
        refused("a KEM key of 1,215 bytes", kem_public=kem_public[:-1]),
        refused("a slot above 32 bits", slot=2**32),
        refused("a ticket of 257 bytes", ticket=bytes(257)),
    ]


def joins(met: Meeting) -> list[Case]:
    """The recorded join, and joins that are refused."""
    join = met.kept["join"]
    given = {"secret": SECRET.hex(), "kem": met.kept["kem"], "offer_hash": met.hash}

    def sealed(inside: bytes, form: int = 0x1F) -> str:
        return seal(derive(SECRET, "tt1 join seal"), form, inside, NONCE).hex()

    inside = open_seal(derive(SECRET, "tt1 join seal"), bytes.fromhex(join))[1]
    return [
        gives("the pair secret", "pair secret", **met.secret_parts),
        gives("opened", "open join", **given, sealed=join),
        refuses("another secret", "CannotOpen", "open join", **given | {"secret": "00" * 16}, sealed=join),
        refuses("another offer", "CannotOpen", "open join", **given | {"offer_hash": "00" * 32}, sealed=join),
        refuses(
            "another KEM key", "CannotOpen", "open join", **given | {"kem": flipped(met.kept["kem"], 0)}, sealed=join
        ),
        refuses("a bit of the envelope", "CannotOpen", "open join", **given, sealed=flipped(join, 500)),
        refuses("a bit of the agreement", "CannotOpen", "open join", **given, sealed=sealed(inside[:9] + inside[10:])),
        refuses("zeros", "CannotOpen", "open join", **given, sealed=sealed(bytes(1500))),
        refuses("nothing", "CannotOpen", "open join", **given, sealed=sealed(b"")),
        refuses("another form", "Malformed", "open join", **given, sealed=sealed(inside, 0x10)),
    ]


def pairs(met: Meeting) -> list[Case]:
    """All that follows from a pair secret, seen from both sides."""
    return [
        gives("Bea's side", "pair keys", secret=met.secret, mine=met.bea_id, theirs=met.ada_id),
        gives("Ada's side", "pair keys", secret=met.secret, mine=met.ada_id, theirs=met.bea_id),
        gives("zeros", "pair keys", secret="00" * 32, mine="00" * 32, theirs="01" * 32),
        refuses("a pair with oneself", "Malformed", "pair keys", secret="00" * 32, mine="02" * 32, theirs="02" * 32),
    ]


def ratchets(met: Meeting) -> list[Case]:
    """The recorded hello, letter and answer, opened layer by layer, and what a ratchet refuses."""
    kept, keys = met.kept, met.ada_keys
    hello, curve = kept["hello"], met.bea.curve25519.hex()
    form, letter = open_seal(keys.seal_in, bytes.fromhex(kept["letter"]))
    answered, answer = open_seal(met.bea_keys.seal_in, bytes.fromhex(kept["answer"]))
    plaintext = str(ask("decrypt", pickle=kept["ada_ratchet"], form=form, message=letter.hex()))
    at_ada = {"pickle": kept["ada_ratchet"], "form": form}
    at_bea = {"pickle": kept["bea_ratchet"], "form": answered}
    return [
        gives("the hello of a join starts a ratchet", "accept", pickle=kept["ada"], curve25519=curve, message=hello),
        gives("a letter's seal", "open seal", key=keys.seal_in.hex(), sealed=kept["letter"]),
        gives("its ratchet", "decrypt", **at_ada, message=letter.hex()),
        gives("its bind", "open plaintext", plaintext=plaintext, bind=keys.bind_in.hex()),
        gives("the answer on the same ratchet", "decrypt", **at_bea, message=answer.hex()),
        refuses("another sender", "CannotOpen", "accept", pickle=kept["ada"], curve25519=ANY_KEY, message=hello),
        refuses("a key never made", "CannotOpen", "accept", pickle=kept["bea"], curve25519=curve, message=hello),
        refuses("used before", "CannotOpen", "decrypt", **at_ada, message=hello),
        refuses("a bit of the text", "CannotOpen", "decrypt", **at_bea, message=flipped(answer.hex(), -12)),
        refuses("a bit of the tag", "CannotOpen", "decrypt", **at_bea, message=flipped(answer.hex(), -1)),
        refuses("another form", "Malformed", "decrypt", **at_ada | {"form": 0x12}, message=letter.hex()),
        refuses("nothing", "Malformed", "decrypt", **at_ada, message=""),
        refuses("the other direction", "CannotOpen", "open plaintext", plaintext=plaintext, bind=keys.bind_out.hex()),
    ]


def resets(met: Meeting) -> list[Case]:
    """A reset, and resets that are refused."""
    bind = met.ada_keys.bind_out.hex()
    given = {"pickle": met.kept["ada"], "bind": bind, "one_time_key": ANY_KEY, "have": 7, "last": 9}
    payload = str(ask("make reset", **given))
    read = {"ed25519": met.ada.ed25519.hex(), "bind": bind}

    def signed(*body: object) -> str:
        return met.ada.sign_whole("reset", pack(*body)).hex()

    raw_bind, key = met.ada_keys.bind_out, bytes.fromhex(ANY_KEY)
    bad = {
        "a zero key": signed(raw_bind, bytes(32), 7, 9),
        "a key of order 8": signed(raw_bind, bytes.fromhex(ORDER_8), 7, 9),
        "three elements": signed(raw_bind, key, 7),
        "five elements": signed(raw_bind, key, 7, 9, 0),
        "a number above 32 bits": signed(raw_bind, key, 2**32, 9),
        "a byte behind": payload + "00",
        "nothing": "",
    }
    return [
        gives("made and signed", "make reset", **given),
        gives("read", "read reset", **read, payload=payload),
        *(refuses(claim, "Malformed", "read reset", **read, payload=data) for claim, data in bad.items()),
        refuses("another bind", "CannotOpen", "read reset", **read | {"bind": "00" * 16}, payload=payload),
        refuses(
            "another signer",
            "CannotOpen",
            "read reset",
            **read | {"ed25519": met.bea.ed25519.hex()},
            payload=payload,
        ),
        refuses("a bit of the body", "CannotOpen", "read reset", **read, payload=flipped(payload, 30)),
        refuses("a bit of the signature", "CannotOpen", "read reset", **read, payload=flipped(payload, -1)),
    ]
