"""Made-up letters: several paragraphs of plain words with what trips programs up, the same for the same seed."""

import random

_WHO = ("My sister", "The neighbour", "Herr Müller", "Zoë", "Мама", "Nobody", "The woman at the till", "我妹妹")
_DID = (
    "rang at six",
    "left the light on",
    "said “not today”",
    "sat with me \N{EN DASH} a while",
    "asked what's wrong",
    "went quiet",
)
_SO = (
    "and I didn't know what to say",
    "so I walked to the canal 🌧️",
    "— it was, in the end, all right",
    "and «das war's», as she says",
    "which is 50 % better than last week",
    "\tand I made tea; twice",
    "👩🏽‍🦰 and we laughed",
    "and the naïve café waiter brought crème brûlée",
)
_ENDS = (".", "…", "?", ". (I think.)", ' "so it goes".', ".  ")


def sentence(chance: random.Random) -> str:
    """Give one sentence."""
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_SO)}{chance.choice(_ENDS)}"


def letter(seed: int, number: int, paragraphs: int = 0) -> str:
    """Give letter `number` of a correspondence; the first line tells it from all others of the seed.

    Args:
        seed: of the correspondence.
        number: any.
        paragraphs: how many; 2 to 6 by chance when 0.
    """
    chance = random.Random(f"{seed}:{number}")
    wanted = paragraphs or chance.randint(2, 6)
    parts = [" ".join(sentence(chance) for _ in range(chance.randint(1, 7))) for _ in range(wanted)]
    return f"Letter {number} of {seed}\n\n" + "\n\n".join(parts)
