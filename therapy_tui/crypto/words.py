"""The English word list of BIP-39, for words that two people read to each other."""

from functools import cache

from mnemonic import Mnemonic

BITS = 11
"""Bits that one word says."""


@cache
def word_list() -> tuple[str, ...]:
    """Give the 2,048 words in order; read once in a process."""
    return tuple(Mnemonic("english").wordlist)


def say(number: int, count: int) -> tuple[str, ...]:
    """Say a number in words.

    Args:
        number: at most `count` times 11 bits.
        count: how many words.

    Returns:
        The words, of the highest bits first.
    """
    words = word_list()
    return tuple(words[number >> BITS * place & (1 << BITS) - 1] for place in reversed(range(count)))
