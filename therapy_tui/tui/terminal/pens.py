"""Pens: how a cell is drawn, read from the orders of Textual and written as the shortest orders of a terminal."""

import functools
from typing import Final, NamedTuple

from rich.color import Color, ColorSystem

from therapy_tui.tui.colours import fixed_number
from therapy_tui.tui.palettes import Depth

BOLD, DIM, ITALIC, UNDERLINE, BLINK, REVERSE, CONCEAL, STRIKE, OVERLINE = (1 << bit for bit in range(9))
SEEN_ON_BLANKS: Final = UNDERLINE | REVERSE | STRIKE | OVERLINE
"""What makes a blank visible: a blank that has any of these cannot be erased into being."""

_ON: Final = {
    "1": BOLD,
    "2": DIM,
    "3": ITALIC,
    "4": UNDERLINE,
    "5": BLINK,
    "6": BLINK,
    "7": REVERSE,
    "8": CONCEAL,
    "9": STRIKE,
    "21": UNDERLINE,
    "53": OVERLINE,
}
_OFF: Final = {
    "22": BOLD | DIM,
    "23": ITALIC,
    "24": UNDERLINE,
    "25": BLINK,
    "27": REVERSE,
    "28": CONCEAL,
    "29": STRIKE,
    "55": OVERLINE,
}
_CODES: Final = (
    *((BOLD, "1", "22"), (DIM, "2", "22"), (ITALIC, "3", "23"), (UNDERLINE, "4", "24"), (BLINK, "5", "25")),
    *((REVERSE, "7", "27"), (CONCEAL, "8", "28"), (STRIKE, "9", "29"), (OVERLINE, "53", "55")),
)
_SYSTEMS: Final = {"256": ColorSystem.EIGHT_BIT, "16": ColorSystem.STANDARD}
_KINDS: Final = {"5": 1, "2": 3}
"""How many numbers follow 38 or 48 and this."""


class Pen(NamedTuple):
    """How a cell is drawn. Colours are the numbers of their order, such as `38;5;110`; empty is the terminal's own."""

    attributes: int = 0
    ink: str = ""
    ground: str = ""

    @property
    def is_seen_on_blanks(self) -> bool:
        """Whether a blank that is drawn with it shows more than its ground."""
        return bool(self.attributes & SEEN_ON_BLANKS)

    def on_blanks(self) -> "Pen":
        """Give what of it can be seen on a blank, so that blanks that look the same are the same."""
        return self if self.is_seen_on_blanks else Pen(0, "", self.ground)


PLAIN: Final = Pen()


_PAPER = frozenset({"38;5;16", "48;5;231"})
"""Black and white of a QR code, which alone are sent where no colour is: inverted, not every camera reads it."""


@functools.lru_cache(maxsize=4096)
def apply(pen: Pen, numbers: str, depth: Depth) -> Pen:
    """Give the pen after an order `CSI numbers m`, in colours of this depth; numbers that are not known change nothing.

    Args:
        pen: the pen before it.
        numbers: what stands between `CSI` and `m`.
        depth: how many colours the terminal takes.
    """
    attributes, ink, ground = pen
    rest = numbers.replace(":", ";").split(";")
    while rest:
        number = rest.pop(0).lstrip("0")
        if not number:
            attributes, ink, ground = PLAIN
        elif number in _ON:
            attributes |= _ON[number]
        elif number in _OFF:
            attributes &= ~_OFF[number]
        elif number == "39":
            ink = ""
        elif number == "49":
            ground = ""
        elif number in {"38", "48"}:
            colour = _extended(number, rest)
            ink, ground = (_at(colour, depth), ground) if number == "38" else (ink, _at(colour, depth))
        elif number.isdigit() and (30 <= int(number) <= 37 or 90 <= int(number) <= 97):  # noqa: PLR2004 - ECMA-48
            ink = "" if depth == "none" else number
        elif number.isdigit() and (40 <= int(number) <= 47 or 100 <= int(number) <= 107):  # noqa: PLR2004 - ECMA-48
            ground = "" if depth == "none" else number
    return Pen(attributes, ink, ground)


def _extended(number: str, rest: list[str]) -> str:
    kind = rest.pop(0) if rest else ""
    values = [rest.pop(0) for _ in range(min(len(rest), _KINDS.get(kind, 0)))]
    return ";".join([number, kind, *values])


def _at(colour: str, depth: Depth) -> str:
    """Give an order for a colour at a depth: an exact number where there is one, else the nearest."""
    which, kind, *values = colour.split(";")
    if depth == "none":
        return colour if colour in _PAPER else ""
    if len(values) != _KINDS.get(kind):
        return ""
    if depth == "true" or (depth == "256" and kind == "5"):
        return colour
    if kind == "2":
        red, green, blue = (int(value) for value in values)
        number = fixed_number((red, green, blue))
        if depth == "256" and number is not None:
            return f"{which};5;{number}"
        made = Color.from_rgb(red, green, blue)
    else:
        made = Color.from_ansi(int(values[0]))
    return ";".join(made.downgrade(_SYSTEMS[depth]).get_ansi_codes(foreground=which == "38"))


@functools.lru_cache(maxsize=4096)
def change(before: Pen, after: Pen) -> str:
    """Give the shortest order that makes one pen the other; nothing when they are the same."""
    if before == after:
        return ""
    whole = [code for bit, code, _ in _CODES if after.attributes & bit] + [each for each in after[1:] if each]
    fresh = f"\x1b[;{';'.join(whole)}m" if whole else "\x1b[m"
    steps = _steps(before, after)
    return min(f"\x1b[{';'.join(steps)}m", fresh, key=len)


def _steps(before: Pen, after: Pen) -> list[str]:
    gone, come = before.attributes & ~after.attributes, after.attributes & ~before.attributes
    steps = list(dict.fromkeys(off for bit, _, off in _CODES if gone & bit))
    if "22" in steps:  # bold and dim have one off switch
        come |= after.attributes & (BOLD | DIM)
    steps += [on for bit, on, _ in _CODES if come & bit]
    if before.ink != after.ink:
        steps.append(after.ink or "39")
    if before.ground != after.ground:
        steps.append(after.ground or "49")
    return steps
