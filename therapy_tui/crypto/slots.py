"""Key slots: the key of a database, wrapped under what opens it: a keyring, a passphrase, a command, a phrase."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated

import msgspec

from therapy_tui.core.hashing import derive
from therapy_tui.crypto.passphrase import (
    KEY_SIZE,
    SALT_SIZE,
    Cost,
    calibrate,
    check_cost,
    check_new_passphrase,
    normalise,
    stretch,
)
from therapy_tui.crypto.recovery import read_recovery_phrase, recovery_phrase
from therapy_tui.errors import KeySlotError, LocalError, WrongPassphrase

__all__ = [
    "KEY_SIZE",
    "AnySlot",
    "CommandSlot",
    "CommandWay",
    "Cost",
    "KeyringSlot",
    "KeyringWay",
    "PassphraseSlot",
    "PassphraseWay",
    "RecoverySlot",
    "RecoveryWay",
    "Slot",
    "Way",
    "backup_key",
    "calibrate",
    "check_new_passphrase",
    "kind_of",
    "make_slots",
    "normalise",
    "open_slots",
    "read_recovery_phrase",
    "recovery_phrase",
]

ID_SIZE = 16
NONCE_SIZE = 24
WRAPPED_SIZE = KEY_SIZE + 16

_Id = Annotated[bytes, msgspec.Meta(min_length=ID_SIZE, max_length=ID_SIZE)]
_Nonce = Annotated[bytes, msgspec.Meta(min_length=NONCE_SIZE, max_length=NONCE_SIZE)]
_Salt = Annotated[bytes, msgspec.Meta(min_length=SALT_SIZE, max_length=SALT_SIZE)]
_Wrapped = Annotated[bytes, msgspec.Meta(min_length=WRAPPED_SIZE, max_length=WRAPPED_SIZE)]
_Command = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One way into one database."""

    id: _Id
    """16 random bytes."""
    nonce: _Nonce
    """24 random bytes for XChaCha20-Poly1305."""
    wrapped: _Wrapped
    """The database's key (32 bytes) and its tag (16)."""


class KeyringSlot(Slot, frozen=True, tag="keyring"):
    """Opened by 32 random bytes that the operating system's keyring keeps."""


class PassphraseSlot(Slot, frozen=True, tag="passphrase"):
    """Opened by a passphrase, stretched with Argon2id."""

    salt: _Salt
    """16 random bytes; the slots that one passphrase makes together share them, so that it is stretched once."""
    passes: int
    """How often Argon2id goes over its memory."""
    memory: int
    """How much memory Argon2id uses, in bytes."""


class CommandSlot(Slot, frozen=True, tag="command"):
    """Opened by what a command prints."""

    command: _Command
    """The command, as the person gave it; it is run without a shell."""


class RecoverySlot(Slot, frozen=True, tag="recovery"):
    """Opened by the recovery phrase of 24 words."""


AnySlot = KeyringSlot | PassphraseSlot | CommandSlot | RecoverySlot


class KeyringWay(msgspec.Struct, frozen=True):
    """What the keyring keeps: 32 random bytes for each database, by its name."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    secrets: Mapping[str, bytes]


class PassphraseWay(msgspec.Struct, frozen=True):
    """A passphrase as it was typed; the cost counts only when slots are made."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    passphrase: str
    cost: Cost = msgspec.field(default_factory=Cost)


class CommandWay(msgspec.Struct, frozen=True):
    """What a command gave, hashed to 32 bytes; the command itself counts only when slots are made."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    secret: bytes
    command: str = ""


class RecoveryWay(msgspec.Struct, frozen=True):
    """The 32 bytes that the recovery phrase stands for."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    entropy: bytes


Way = KeyringWay | PassphraseWay | CommandWay | RecoveryWay

_KINDS: dict[type, str] = {
    KeyringWay: "keyring",
    KeyringSlot: "keyring",
    PassphraseWay: "passphrase",
    PassphraseSlot: "passphrase",
    CommandWay: "command",
    CommandSlot: "command",
    RecoveryWay: "recovery",
    RecoverySlot: "recovery",
}
_REFUSALS = {
    "keyring": "What the keyring keeps does not open this vault. Nothing was changed.",
    "command": "What the command gave does not open this vault. Nothing was changed.",
    "recovery": "That recovery phrase does not open this vault. Nothing was changed.",
}
_NAMES = {"keyring": "keyring", "passphrase": "passphrase", "command": "command", "recovery": "recovery phrase"}


def kind_of(way_or_slot: Way | AnySlot) -> str:
    """Name a way in or a slot: "keyring", "passphrase", "command" or "recovery"."""
    return _KINDS[type(way_or_slot)]


def make_slots(keys: Mapping[str, bytes], way: Way, random_bytes: Callable[[int], bytes]) -> dict[str, AnySlot]:
    """Wrap the key of each database for one way in.

    Args:
        keys: database name to its key, 32 bytes each.
        way: what will open the slots.
        random_bytes: the source of ids, nonces and the salt.

    Returns:
        Database name to its new slot.

    Raises:
        VaultDamaged: the cost is out of bounds.
        KeySlotError: there is not enough memory for that cost.
        UsageError: the passphrase is no valid text.
    """
    salt, stretched = b"", b""
    if isinstance(way, PassphraseWay):
        salt = random_bytes(SALT_SIZE)
        stretched = stretch(way.passphrase, salt, way.cost)
    made: dict[str, AnySlot] = {}
    for database, key in keys.items():
        slot_id, nonce = random_bytes(ID_SIZE), random_bytes(NONCE_SIZE)
        wrapped = _wrap(key, _bound(kind_of(way), database, slot_id), nonce, _secret(way, database, stretched))
        match way:
            case KeyringWay():
                made[database] = KeyringSlot(slot_id, nonce, wrapped)
            case PassphraseWay():
                made[database] = PassphraseSlot(slot_id, nonce, wrapped, salt, way.cost.passes, way.cost.memory)
            case CommandWay():
                made[database] = CommandSlot(slot_id, nonce, wrapped, way.command)
            case RecoveryWay():
                made[database] = RecoverySlot(slot_id, nonce, wrapped)
    return made


def open_slots(
    slots: Mapping[str, Sequence[AnySlot]], way: Way, may_stay_closed: Collection[str] = ()
) -> dict[str, bytes]:
    """Unwrap the key of each database with one way in; all of them, or none.

    Args:
        slots: database name to its slots; those of other kinds are passed over.
        way: what opens them.
        may_stay_closed: databases that are left out of the answer where this way does not open them.

    Returns:
        Database name to its key, 32 bytes each.

    Raises:
        WrongPassphrase: no passphrase slot of a database opens with this one.
        KeySlotError: no slot of this kind is there, none opens, or there is not enough memory to stretch.
        VaultDamaged: a passphrase slot asks for a cost out of bounds.
    """
    stretched: dict[tuple[bytes, Cost], bytes] = {}
    keys = {}
    for database, each in slots.items():
        try:
            keys[database] = _open_any(database, each, way, stretched)
        except LocalError:
            if database not in may_stay_closed:
                raise
    return keys


def backup_key(database_key: bytes) -> bytes:
    """Give the key below a database's own from which the keys of its backups follow; 32 bytes."""
    return derive(database_key, "tt1 backup")


def _open_any(database: str, slots: Sequence[AnySlot], way: Way, stretched: dict[tuple[bytes, Cost], bytes]) -> bytes:
    kind = kind_of(way)
    fitting = [slot for slot in slots if kind_of(slot) == kind]
    if not fitting:
        raise KeySlotError(f"This vault has no {_NAMES[kind]} as a way in.")
    for slot in fitting:
        once = b""
        if isinstance(slot, PassphraseSlot) and isinstance(way, PassphraseWay):
            cost = Cost(slot.passes, slot.memory)
            check_cost(cost)
            mark = (slot.salt, cost)
            if mark not in stretched:
                stretched[mark] = stretch(way.passphrase, slot.salt, cost)
            once = stretched[mark]
        key = _unwrap(slot, database, _secret(way, database, once))
        if key is not None:
            return key
    if kind == "passphrase":
        raise WrongPassphrase
    raise KeySlotError(_REFUSALS[kind])


def _secret(way: Way, database: str, stretched: bytes) -> bytes:
    if isinstance(way, PassphraseWay):
        return stretched
    if isinstance(way, KeyringWay):
        return way.secrets.get(database, b"")
    return way.secret if isinstance(way, CommandWay) else way.entropy


def _wrap(key: bytes, bound: bytes, nonce: bytes, secret: bytes) -> bytes:
    if len(key) != KEY_SIZE or len(secret) != KEY_SIZE:
        raise KeySlotError("A key of the vault has not the right length.")
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as seal  # as in `_unwrap`

    return bytes(seal(key, bound, nonce, derive(secret, "tt1 slot key", bound)))


def _unwrap(slot: AnySlot, database: str, secret: bytes) -> bytes | None:
    if len(secret) != KEY_SIZE:
        return None
    import nacl.exceptions  # here, so that the lock screen stands without it
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as unseal  # as above

    bound = _bound(kind_of(slot), database, slot.id)
    try:
        key = unseal(slot.wrapped, bound, slot.nonce, derive(secret, "tt1 slot key", bound))
    except nacl.exceptions.CryptoError:
        return None
    # The tag stands for the length too; a database would take any other for a passphrase.
    return bytes(key) if len(key) == KEY_SIZE else None


def _bound(kind: str, database: str, slot_id: bytes) -> bytes:
    """Bind the key and the tag to kind, database and slot, so that no slot can be put in another's place."""
    return b"tt1 slot\x00" + kind.encode() + b"\x00" + database.encode() + b"\x00" + slot_id
