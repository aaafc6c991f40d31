"""The recovery phrase: 256 random bits as 24 English words (BIP-39), read tolerantly."""

import functools
import re
from typing import TYPE_CHECKING

from therapy_tui.errors import UsageError

if TYPE_CHECKING:
    from mnemonic import Mnemonic

__all__ = ["ENTROPY_SIZE", "read_recovery_phrase", "recovery_phrase"]

ENTROPY_SIZE = 32
WORDS = 24
_PREFIX = 4
"""The list is made so that four letters tell every word from all others."""


def recovery_phrase(entropy: bytes) -> tuple[str, ...]:
    """Give the 24 words that stand for 32 random bytes and their check.

    Args:
        entropy: 32 random bytes.
    """
    if len(entropy) != ENTROPY_SIZE:
        raise ValueError("a recovery phrase stands for 32 bytes")
    return tuple(_english().to_mnemonic(entropy).split())


def read_recovery_phrase(text: str) -> bytes:
    """Read a recovery phrase: any case, any space, commas or numbers between; four letters of a word are enough.

    Returns:
        The 32 bytes it stands for.

    Raises:
        UsageError: not 24 words, an unknown word, or the check is wrong; the sentence never repeats a word.
    """
    tokens = re.findall(r"[^\W\d_]+", text.casefold())
    if len(tokens) != WORDS:
        raise UsageError(f"A recovery phrase has {WORDS} words, and this has {len(tokens)}.")
    words = []
    for place, token in enumerate(tokens, 1):
        word = _known().get(token) or _known().get(token[:_PREFIX], "")
        if not word.startswith(token):
            raise UsageError(f"Word {place} of the recovery phrase is not one of the words it can have.")
        words.append(word)
    try:
        return bytes(_english().to_entropy(words))
    except ValueError as error:
        raise UsageError("These words do not fit together: one is another's, or two changed places.") from error


@functools.cache
def _english() -> "Mnemonic":
    from mnemonic import Mnemonic  # only for who uses a recovery phrase

    return Mnemonic("english")


@functools.cache
def _known() -> dict[str, str]:
    words = _english().wordlist
    return {word[:_PREFIX]: word for word in words} | {word: word for word in words}
