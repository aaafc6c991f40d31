"""Colours as numbers: contrast by WCAG 2, and the 240 fixed colours of an xterm."""

import functools

FIRST_FIXED = 16
"""The first of the xterm colours whose look is fixed; those below are the terminal's own."""
LAST_FIXED = 255
_FIRST_GREY = 232
_LEVELS = (0, 95, 135, 175, 215, 255)

Triplet = tuple[int, int, int]


def parse_hex(colour: str) -> Triplet:
    """Read `#rrggbb`.

    Raises:
        ValueError: It is something else.
    """
    if len(colour) != len("#rrggbb") or not colour.startswith("#"):
        raise ValueError("a colour is written #rrggbb")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, by relative luminance (WCAG 2.2, success criterion 1.4.3).

    Args:
        one: A colour as `#rrggbb`.
        other: Another; the order does not matter.

    Raises:
        ValueError: One of them is not a colour of that form.
    """
    dark, light = sorted((_luminance(parse_hex(one)), _luminance(parse_hex(other))))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Triplet) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    threshold = 0.04045  # sRGB; WCAG prints 0.03928, which is the same for colours of 8 bits
    return part / 12.92 if part <= threshold else ((part + 0.055) / 1.055) ** 2.4


def fixed_triplet(number: int) -> Triplet:
    """Give the red, green and blue of an xterm colour from 16 to 255.

    Raises:
        ValueError: The number is another, whose look only the terminal knows.
    """
    if not FIRST_FIXED <= number <= LAST_FIXED:
        raise ValueError("an xterm colour of fixed look has a number from 16 to 255")
    if number >= _FIRST_GREY:
        grey = 8 + 10 * (number - _FIRST_GREY)
        return grey, grey, grey
    red, rest = divmod(number - FIRST_FIXED, 36)
    return _LEVELS[red], _LEVELS[rest // 6], _LEVELS[rest % 6]


def fixed_hex(number: int) -> str:
    """Give an xterm colour from 16 to 255 as `#rrggbb`; errors as in `fixed_triplet`."""
    return "#{:02x}{:02x}{:02x}".format(*fixed_triplet(number))


@functools.cache
def _numbers() -> dict[Triplet, int]:
    # No two of the 240 are alike, so the way back is exact.
    return {fixed_triplet(number): number for number in range(FIRST_FIXED, LAST_FIXED + 1)}


def fixed_number(colour: Triplet) -> int | None:
    """Give the number of a colour that is exactly one of the 240, else None."""
    return _numbers().get(colour)


def nearest_number(colour: str) -> int:
    """Give the nearest of the 240 to a `#rrggbb`: what is left for a palette that brings no numbers of its own."""
    wanted = parse_hex(colour)
    return min(
        (sum((a - b) ** 2 for a, b in zip(wanted, fixed, strict=True)), number) for fixed, number in _numbers().items()
    )[1]
