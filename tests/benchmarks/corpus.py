"""Made-up letters in plain English, short and long, the same each time."""

import random

_WHO = ("My sister", "The neighbour", "A man at work", "The woman upstairs", "My father", "Nobody", "The dog", "She")
_DID = (
    "rang before breakfast",
    "left the light on in the hall",
    "said \N{LEFT DOUBLE QUOTATION MARK}not today\N{RIGHT DOUBLE QUOTATION MARK}",
    "sat with me for a while and looked at the rain",
    "asked how the week had been",
    "went quiet when I spoke of the move",
    "forgot the appointment once more",
    "wanted to know whether I had slept",
)
_SO = (
    "and I did not know what to answer",
    "so I walked to the canal and back, twice",
    "which was, in the end, all right",
    "and it took me until the evening to see why it hurt",
    "and then we laughed about it",
    "because that is how it has always gone",
    "although I had promised myself to say something",
    "and I noticed my shoulders come down",
)
_THEN = (
    "I wrote it down as you suggested.",
    "The breathing helped a little.",
    "I don\N{RIGHT SINGLE QUOTATION MARK}t want to make too much of it.",
    "That was Tuesday.",
    "It is easier in the mornings.",
    "We could talk about it next time.",
)


def sentence(chance: random.Random) -> str:
    """Give one sentence, now and then with a short one after it."""
    first = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_SO)}."
    return f"{first} {chance.choice(_THEN)}" if chance.random() < 0.4 else first


def letter(number: int) -> str:
    """Give letter `number`: mostly a paragraph or two, sometimes a line, sometimes a page."""
    chance = random.Random(number)
    paragraphs = chance.choices((1, 2, 3, 5), (4, 3, 2, 1))[0]
    most = chance.choice((1, 3, 6))
    return "\n\n".join(" ".join(sentence(chance) for _ in range(chance.randint(1, most))) for _ in range(paragraphs))


def phrase(length: int, seed: int = 0) -> str:
    """Give something to type, of so many letters, on one line, that stands in no letter: its words go backwards."""
    chance = random.Random(f"phrase {seed}")
    text = ""
    while len(text) < length:
        text += " ".join(reversed(sentence(chance).split())) + " "
    return text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'})[:length].strip()
