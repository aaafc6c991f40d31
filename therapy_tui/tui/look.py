"""Which palette is shown, at which depth: what the person chose, else what the terminal says of itself."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import msgspec
from textual.filter import LineFilter
from textual.theme import Theme

from therapy_tui.tui.palettes import FALLBACK, Depth, Palette, load_palette, load_palettes
from therapy_tui.tui.themes import line_filters, to_theme

DARK, LIGHT, PLAIN = "calm-dark", "calm-light", "monochrome"
_TRUE = {"truecolor", "24bit"}
_LIGHT_GROUNDS = {"7", "15"}


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


def depth_of(environment: Mapping[str, str]) -> Depth:
    """Tell how many colours the terminal says it has."""
    if environment.get("NO_COLOR") or environment.get("TERM", "dumb") in {"dumb", "vt100", "vt220"}:
        return "none"
    if environment.get("COLORTERM", "").lower() in _TRUE or environment["TERM"].endswith("-direct"):
        return "true"
    return "256" if "256color" in environment["TERM"] else "16"


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
