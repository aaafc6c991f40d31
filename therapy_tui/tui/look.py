"""Which palette is shown, at which depth: what the person chose, else what the terminal says of itself."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import msgspec
from textual.filter import LineFilter
from textual.theme import Theme

from therapy_tui.tui.palettes import FALLBACK, Depth, Palette, load_palette, load_palettes
from therapy_tui.tui.terminal.abilities import colours_of
from therapy_tui.tui.themes import line_filters, to_theme

DARK, LIGHT, PLAIN = "calm-dark", "calm-light", "monochrome"
_TRUE = {"truecolor", "24bit"}
_LIGHT_GROUNDS = {"7", "15"}
_FEWEST, _MANY = 8, 256
"""With fewer colours than the first a terminal has none; from the second on it has the 240 that never differ."""


class Look(msgspec.Struct, frozen=True):
    """What the application is drawn with."""

    palette: Palette
    depth: Depth
    own: Path | None = None
    """The person's own folder of themes."""
    amiss: tuple[str, ...] = ()
    """What was wished for and is not there, in a sentence."""

    @property
    def name(self) -> str:
        """The name of the palette."""
        return self.palette.name

    @property
    def theme(self) -> Theme:
        """The theme of the palette."""
        return to_theme(self.palette, self.depth)

    def load_all(self) -> tuple[dict[str, Palette], list[str]]:
        """Give all palettes there are by name, and a sentence for everything that was amiss with them."""
        palettes, failed = load_palettes(self.own)
        return palettes, [*failed, *self.amiss]

    def wearing(self, name: str) -> "Look":
        """Give the same with another palette, where there is one of this name."""
        return msgspec.structs.replace(self, palette=load_palette(name, self.own) or self.palette)

    @property
    def filters(self) -> list[LineFilter]:
        """What every cell passes on its way out."""
        return line_filters(self.depth)

    @property
    def is_ansi(self) -> bool:
        """Whether the terminal's own ground and ink are used."""
        return self.depth in {"16", "none"} or self.palette.mode == "terminal"


def depth_of(environment: Mapping[str, str], colours: Callable[[str], int | None] = colours_of) -> Depth:
    """Tell how many colours the terminal has, by what it says of itself and by terminfo.

    Args:
        environment: what it says of itself in `TERM` and `COLORTERM`, and whether none are wanted.
        colours: gives the number of terminfo, or None for a terminal that it does not know.
    """
    name = environment.get("TERM", "dumb")
    if environment.get("NO_COLOR") or name in {"", "dumb"}:
        return "none"
    if environment.get("COLORTERM", "").lower() in _TRUE or name.endswith("-direct"):
        return "true"
    if "256color" in name:
        return "256"
    known = colours(name)
    if known is None:
        return "none" if name.startswith("vt") else "16"
    return "none" if known < _FEWEST else "16" if known < _MANY else "256"


def choose(
    wanted: str, own: Path | None = None, environment: Mapping[str, str] | None = None, colours: str = ""
) -> Look:
    """Choose the look: no colour where none is wanted, else the person's palette, else as the terminal is."""
    environment = os.environ if environment is None else environment
    depth = cast("Depth", colours) if colours else depth_of(environment)
    if depth == "none":
        return Look(load_palette(PLAIN, own) or FALLBACK, depth, own)
    found = load_palette(wanted, own) if wanted else None
    if found is not None:
        return Look(found, depth, own)
    amiss = (f"There is no theme called {wanted!a}; the program's own is shown.",) if wanted else ()
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    usual = load_palette(LIGHT if ground in _LIGHT_GROUNDS else DARK, own)
    return Look(usual or FALLBACK, depth, own, amiss)
