"""Which palette is shown, at which depth: what the person chose, else what the terminal says of itself."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import msgspec
from textual.filter import LineFilter
from textual.theme import Theme

from therapy_tui.tui.palettes import Depth, Palette, load_palettes
from therapy_tui.tui.themes import line_filters, to_theme

DARK, LIGHT, PLAIN = "calm-dark", "calm-light", "monochrome"
_TRUE = {"truecolor", "24bit"}
_LIGHT_GROUNDS = {"7", "15"}


class Look(msgspec.Struct, frozen=True):
    """What the application is drawn with."""

    palettes: Mapping[str, Palette]
    failed: tuple[str, ...]
    name: str
    depth: Depth

    @property
    def theme(self) -> Theme:
        """The theme of the palette that was chosen."""
        return to_theme(self.palettes[self.name], self.depth)

    @property
    def themes(self) -> list[Theme]:
        """All themes, to choose from."""
        return [to_theme(palette, self.depth) for palette in self.palettes.values()]

    def wearing(self, name: str) -> "Look":
        """Give the same with another of its palettes."""
        return msgspec.structs.replace(self, name=name) if name in self.palettes else self

    @property
    def filters(self) -> list[LineFilter]:
        """What every cell passes on its way out."""
        return line_filters(self.depth)

    @property
    def is_ansi(self) -> bool:
        """Whether the terminal's own ground and ink are used."""
        return self.depth in {"16", "none"} or self.palettes[self.name].mode == "terminal"


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
    palettes, failed = load_palettes(own)
    depth = cast("Depth", colours) if colours else depth_of(environment)
    if depth == "none":
        return Look(palettes, tuple(failed), PLAIN, depth)
    if wanted not in palettes:
        if wanted:
            failed.append(f"There is no theme called {wanted!a}; the program's own is shown.")
        ground = environment.get("COLORFGBG", "").rpartition(";")[2]
        wanted = LIGHT if ground in _LIGHT_GROUNDS else DARK
    return Look(palettes, tuple(failed), wanted if wanted in palettes else next(iter(palettes)), depth)
