"""From a passphrase to a key: what counts as the same passphrase, and Argon2id with its bounds."""

import unicodedata
from collections.abc import Callable

import msgspec

from therapy_tui.errors import KeySlotError, UsageError, VaultDamaged

__all__ = [
    "KEY_SIZE",
    "SALT_SIZE",
    "Cost",
    "calibrate",
    "check_cost",
    "check_new_passphrase",
    "normalise",
    "stretch",
]

KEY_SIZE = 32
SALT_SIZE = 16
SHORTEST = 8
"""The fewest characters of a new passphrase."""
MEBIBYTE = 1024 * 1024
LEAST_MEMORY = 64 * MEBIBYTE
MOST_MEMORY = 4096 * MEBIBYTE
LEAST_PASSES = 3
MOST_PASSES = 50
_WANTED_SECONDS = 0.5
_MOST_CALIBRATED = 1024 * MEBIBYTE
"""Calibration stops here, so that a vault made on a large machine still opens on a small one."""


class Cost(msgspec.Struct, frozen=True):
    """What one try at a passphrase costs with Argon2id."""

    passes: int = LEAST_PASSES
    """How often it goes over its memory: 3 to 50."""
    memory: int = LEAST_MEMORY
    """Bytes: 64 MiB to 4 GiB."""


def check_cost(cost: Cost) -> None:
    """Refuse a cost that protects too little, or one that would stop the machine.

    Raises:
        VaultDamaged: out of bounds; nobody but a hand or a fault writes such a slot.
    """
    if not (LEAST_PASSES <= cost.passes <= MOST_PASSES and LEAST_MEMORY <= cost.memory <= MOST_MEMORY):
        raise VaultDamaged("A passphrase slot of this vault asks for a cost out of bounds. The file was left as it is.")


def normalise(passphrase: str) -> bytes:
    """Give the bytes of a passphrase: one trailing line end dropped, Unicode NFC, UTF-8.

    NFC, so that an accent typed on one keyboard equals the same accent from another. Nothing else is changed: spaces
    count, also at the ends, and letters that merely look alike stay different.

    Raises:
        UsageError: it holds half a character (a lone surrogate), so it has no bytes.
    """
    text = passphrase.removesuffix("\n").removesuffix("\r") if passphrase.endswith("\n") else passphrase
    try:
        return unicodedata.normalize("NFC", text).encode()
    except UnicodeEncodeError as error:
        raise UsageError("The passphrase holds a character that is no text. Type it again.") from error


def check_new_passphrase(passphrase: str) -> None:
    """Look at a passphrase before it is set; never at unlocking.

    Raises:
        UsageError: fewer than 8 characters after `normalise`.
    """
    length = len(normalise(passphrase).decode())
    if length < SHORTEST:
        raise UsageError(
            f"A passphrase needs at least {SHORTEST} characters, and this one has {length}. "
            "Four or five unrelated words are easy to remember and hard to guess."
        )


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Stretch a passphrase with Argon2id (RFC 9106, one lane) to 32 bytes.

    Args:
        passphrase: as it was typed.
        salt: 16 bytes.
        cost: within the bounds of `check_cost`.

    Raises:
        VaultDamaged: the cost is out of bounds.
        KeySlotError: the machine has not that much memory.
        UsageError: as `normalise`.
    """
    import nacl.exceptions  # here, so that the lock screen stands without it
    from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13  # as above

    check_cost(cost)
    try:
        return crypto_pwhash_alg(
            KEY_SIZE, normalise(passphrase), salt, cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13
        )
    except (nacl.exceptions.RuntimeError, MemoryError) as error:
        wanted = cost.memory // MEBIBYTE
        raise KeySlotError(f"The passphrase needs {wanted} MiB of free memory, and this machine has less.") from error


def calibrate(timer: Callable[[], float], free_memory: int) -> Cost:
    """Choose a cost of about half a second on this machine, which it tries once at the lowest cost.

    Memory is raised first, for it is what costs an attacker most; then passes.

    Args:
        timer: seconds of a clock that only goes forward.
        free_memory: bytes; at most a quarter of them is used, but never less than 64 MiB.
    """
    start = timer()
    stretch("calibration", bytes(SALT_SIZE), Cost())
    taken = max(timer() - start, 0.001)
    allowed = max(LEAST_MEMORY, min(free_memory // 4, _MOST_CALIBRATED))
    times = max(1.0, _WANTED_SECONDS / taken)
    memory = min(allowed, int(LEAST_MEMORY * times)) // MEBIBYTE * MEBIBYTE
    passes = int(LEAST_PASSES * times * LEAST_MEMORY / memory)
    return Cost(max(LEAST_PASSES, min(passes, MOST_PASSES)), memory)
