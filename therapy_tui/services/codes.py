"""A QR code as half blocks, for the terminal and for paper."""

from functools import lru_cache

_CELLS = " ▄▀█"


@lru_cache(maxsize=4)
def rows_of(text: str, quiet: int) -> tuple[str, ...]:
    """Draw a code, two modules of height in a cell.

    Args:
        text: what it says; upper case with digits and a few signs makes the smallest code.
        quiet: modules of white on each side.

    Returns:
        Rows of equal length, to be drawn black on white.
    """
    import segno  # only when there is something to draw

    code = segno.make(text, error="m", micro=False, boost_error=False)
    modules = [list(row) for row in code.matrix_iter(border=quiet)]
    lower = [*modules[1::2], [0] * len(modules[0])]
    pairs = zip(modules[::2], lower, strict=False)
    return tuple("".join(_CELLS[2 * top + low] for top, low in zip(*pair, strict=True)) for pair in pairs)
