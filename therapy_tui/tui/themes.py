"""A palette as Textual takes it: every variable of a stock widget comes from a role that was measured."""

import functools

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter, NoColor
from textual.theme import Theme

from therapy_tui.tui.colours import fixed_number
from therapy_tui.tui.palettes import OWN, Depth, Palette

_BASES = {
    "primary": "accent",
    "secondary": "accent",
    "primary-background": "raised",
    "secondary-background": "raised",
    "background": "ground",
    "foreground": "text",
    "surface": "surface",
    "panel": "raised",
    "warning": "warn",
    "error": "crisis",
    "success": "ok",
    "accent": "accent",
}
"""Textual's own names that have shades, and the role that stands for all of them."""
_STOCK = {
    "text-muted": "quiet",
    "text-disabled": "quiet",
    "text-primary": "accent",
    "text-secondary": "accent",
    "text-accent": "accent",
    "text-warning": "warn",
    "text-error": "crisis",
    "text-success": "ok",
    "foreground-muted": "quiet",
    "foreground-disabled": "quiet",
    "background-muted": "surface",
    "surface-active": "surface",
    "block-cursor-foreground": "strong",
    "block-cursor-background": "raised",
    "block-cursor-blurred-foreground": "text",
    "block-cursor-blurred-background": "surface",
    "block-hover-background": "raised",
    "border": "focus",
    "border-blurred": "rule",
    "scrollbar": "rule",
    "scrollbar-hover": "quiet",
    "scrollbar-active": "accent",
    "scrollbar-background": "ground",
    "scrollbar-background-hover": "ground",
    "scrollbar-background-active": "ground",
    "scrollbar-corner-color": "ground",
    "link-color": "text",
    "link-color-hover": "strong",
    "link-background-hover": "raised",
    "footer-foreground": "quiet",
    "footer-background": "ground",
    "footer-item-background": "ground",
    "footer-key-foreground": "strong",
    "footer-key-background": "ground",
    "footer-description-foreground": "quiet",
    "footer-description-background": "ground",
    "input-cursor-foreground": "ground",
    "input-cursor-background": "text",
    "input-selection-foreground": "strong",
    "input-selection-background": "selection",
    "screen-selection-foreground": "strong",
    "screen-selection-background": "selection",
    "button-foreground": "text",
    "button-color-foreground": "accent-text",
    "ansi-foreground": "text",
    "ansi-background": "ground",
    "chosen-number-ink": "accent-text",
    "chosen-number-ground": "accent",
    **{f"{name}-muted": "raised" for name in ("primary", "secondary", "accent", "warning", "error", "success")},
    **{f"markdown-h{level}-color": "strong" for level in range(1, 7)},
}
_STOCK_STYLES = {
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-text-style": "none",
    "button-focus-text-style": "bold",
    "link-style": "underline",
    "link-style-hover": "underline bold",
    **{f"markdown-h{level}-text-style": "bold" for level in range(1, 7)},
}


def _variables(palette: Palette, depth: Depth, *, ansi: bool) -> dict[str, str]:
    roles = palette.colours(depth)
    shades = [f"-{way}-{step}" for way in ("darken", "lighten") for step in (1, 2, 3)]
    found = dict(roles)
    for name, role in _BASES.items():
        found |= {name + shade: roles[role] for shade in ("", *shades)}
    found |= {"boost" + shade: "transparent" for shade in ("", *shades)}
    found |= {name: roles[role] for name, role in _STOCK.items()}
    # Style sheets know `none`; the style of a word in a text does not, and would search for it among the colours.
    styles = {name: "not bold" if style == "none" else style for name, style in palette.text_styles(depth).items()}
    found |= _STOCK_STYLES | {f"style-{name}": style for name, style in styles.items()}
    found["input-cursor-text-style"] = "reverse" if ansi else "none"
    if ansi:
        # Ink and ground are both the terminal's here, and `reverse` parts them.
        found |= {"chosen-number-ink": OWN, "chosen-number-ground": OWN, "button-color-foreground": OWN}
        found["button-focus-text-style"] = "bold reverse"
    # Textual keeps a role of its own name where the two meet: `surface`, `accent`.
    return found | roles


def to_theme(palette: Palette, depth: Depth) -> Theme:
    """Make the Textual theme of a palette.

    Its `variables` hold every role (`$quiet`), `$style-strong`, `$style-key`, `$style-chosen`, `$style-chosen-number`,
    `$style-selection`, `$style-new`, `$style-crisis`, the pair `$chosen-number-ink` and `$chosen-number-ground`, and
    every variable that a stock widget reads. Give them in `App.get_theme_variable_defaults` as well: the style sheet
    is parsed before a theme is active.

    Args:
        palette: The palette.
        depth: What the terminal takes; the app needs its `line_filters` too.

    Returns:
        A theme with the palette's name.
    """
    roles = palette.colours(depth)
    ansi = palette.mode == "terminal" or depth in {"16", "none"}
    return Theme(
        name=palette.name,
        primary=roles["accent"],
        secondary=roles["accent"],
        warning=roles["warn"],
        error=roles["crisis"],
        success=roles["ok"],
        accent=roles["accent"],
        foreground=roles["text"],
        background=roles["ground"],
        surface=roles["surface"],
        panel=roles["raised"],
        dark=palette.mode != "light",
        luminosity_spread=0.0,
        text_alpha=1.0,
        variables=_variables(palette, depth, ansi=ansi),
        ansi=ansi,
    )


def _numbered(colour: Color | None) -> Color | None:
    if colour is None or colour.type is not ColorType.TRUECOLOR or colour.triplet is None:
        return colour
    number = fixed_number((colour.triplet.red, colour.triplet.green, colour.triplet.blue))
    return colour if number is None else Color.from_ansi(number)


@functools.lru_cache(maxsize=1024)
def _numbered_style(style: Style) -> Style:
    ink, ground = _numbered(style.color), _numbered(style.bgcolor)
    if ink is style.color and ground is style.bgcolor:
        return style
    return style + Style.from_color(ink, ground)


class ExactNumbers(LineFilter):
    """Send the exact look of an xterm colour as its number: Rich's own matching moves greys by a step."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Give the same segments with numbers in place of exact colours; other colours stay as they are."""
        del background
        return [Segment(text, style and _numbered_style(style), control) for text, style, control in segments]


class PaperStays(LineFilter):
    """Give a QR code its black on white back: inverted, or in unknown inks, not every camera reads it."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Colour the segments that are marked as paper; all others stay as they are."""
        del background
        paper = Style(color=Color.from_ansi(16), bgcolor=Color.from_ansi(231))
        return [
            Segment(text, style + paper if style and style.meta.get("paper") else style, control)
            for text, style, control in segments
        ]


def line_filters(depth: Depth) -> list[LineFilter]:
    """Give what `App.get_line_filters` must return, so that no widget sends what was not asked for.

    Args:
        depth: What the terminal takes. With `16` and `none` the app is made with `ansi_color=True` besides: otherwise
            NO_COLOR makes Textual draw black on black.

    Returns:
        For `256`, colours as numbers; for `none`, no colour from any widget but a QR code; else nothing.
    """
    if depth == "256":
        return [ExactNumbers()]
    return [NoColor(), PaperStays()] if depth == "none" else []
