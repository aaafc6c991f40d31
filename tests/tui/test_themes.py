"""The Textual theme of a palette: nothing unmeasured reaches the screen."""

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import TRANSPARENT, Color
from textual.strip import Strip
from textual.widgets import Button, Input, OptionList

from therapy_tui.tui.palettes import ROLES, STYLES, Depth, Palette, load_palettes
from therapy_tui.tui.themes import ExactNumbers, line_filters, to_theme

PALETTES = list(load_palettes()[0].values())
DEPTHS: list[Depth] = ["true", "256", "16", "none"]
WORDS = {"bold", "none", "not", "underline", "reverse", "initial", "transparent"}


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_variable_is_a_role(palette: Palette, depth: Depth) -> None:
    """Every variable that Textual makes of a theme is the colour of a role, or a style without italics and dimness."""
    theme = to_theme(palette, depth)
    allowed = {Color.parse(colour) for colour in palette.colours(depth).values()}
    variables = {**theme.to_color_system().generate(), **theme.variables}
    for name, value in variables.items():
        if not set(value.split()) <= WORDS:
            assert Color.parse(value) in allowed, (name, value)
    assert {role: variables[role] for role in ROLES} == palette.colours(depth)
    assert {f"style-{name}" for name in STYLES} <= set(variables)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_numbers_are_sent_as_numbers(palette: Palette) -> None:
    """In 256 colours what leaves for the terminal is exactly the palette's own number, for every role."""
    console = Console(color_system="256", force_terminal=True)
    for role, number in palette.numbers.items():
        ground = palette.numbers["ground"]
        colours = palette.colours("256")
        style = Style.from_color(Color.parse(colours[role]).rich_color, Color.parse(colours["ground"]).rich_color)
        strip = Strip([Segment("x", style)]).apply_filter(ExactNumbers(), TRANSPARENT)
        assert strip.render(console) == f"\x1b[38;5;{number};48;5;{ground}mx\x1b[0m"


def test_other_colours_pass() -> None:
    """A colour that is none of the 240, a named one and no style at all stay as they are, and so does the rest."""
    segments = [
        Segment("a", Style.parse("bold #010203 on red")),
        Segment("b", None),
        Segment("c", Style.parse("underline #87afd7")),
    ]
    first, second, third = ExactNumbers().apply(segments, TRANSPARENT)
    assert (first, second) == (segments[0], segments[1])
    assert third.style is not None
    assert third.style.underline
    assert third.style.color is not None
    assert third.style.color.number == 110


def test_no_colour_is_sent_without_colour() -> None:
    """Without colour, a colour that a stock widget brings of its own is taken away and its style is kept."""
    without, _ = line_filters("none")
    strip = Strip([Segment("x", Style.parse("bold black on white"))]).apply_filter(without, TRANSPARENT)
    assert strip.render(Console(color_system="256", force_terminal=True)) == "\x1b[1;39;49mx\x1b[0m"
    assert [type(one) for one in line_filters("256")] == [ExactNumbers]
    assert line_filters("true") == line_filters("16") == []


class Shelf(App[None]):
    """Three stock widgets under one theme."""

    CSS = "Screen { background: $ground; color: $text; text-style: $style-crisis; }"

    def __init__(self, palette: Palette, depth: Depth) -> None:
        self.chosen = to_theme(palette, depth)
        super().__init__()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the variables before the theme is active."""
        return self.chosen.variables

    def on_mount(self) -> None:
        """Take the theme."""
        self.register_theme(self.chosen)
        self.theme = self.chosen.name

    def compose(self) -> ComposeResult:
        """Stand the widgets in a row."""
        yield Input("written")
        yield OptionList("one", "two")
        yield Button("do it", variant="primary")


@pytest.mark.parametrize("depth", DEPTHS)
async def test_an_app_starts_with_it(depth: Depth) -> None:
    """The style sheet is parsed with our variables, and the ground on screen is the palette's."""
    palette = PALETTES[1]
    app = Shelf(palette, depth)
    async with app.run_test(size=(60, 20)):
        assert app.screen.styles.background == Color.parse(palette.colours(depth)["ground"])
        assert app.native_ansi_color == (depth in {"16", "none"})
