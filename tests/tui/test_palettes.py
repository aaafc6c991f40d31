"""The palettes: measured, whole, and harmless when broken."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.core.text import safe_line
from therapy_tui.errors import ConfigError
from therapy_tui.tui.colours import contrast, fixed_hex, fixed_number, fixed_triplet, nearest_number, parse_hex
from therapy_tui.tui.palettes import (
    FALLBACK,
    OWN,
    ROLES,
    STYLES,
    Depth,
    Palette,
    load_palettes,
    parse_palette,
    theme_folder,
)

NAMES = ["calm-dark", "calm-light", "high-contrast", "monochrome", "night"]
LOADED, FAILED = load_palettes()
COLOURED = [LOADED[name] for name in NAMES if name != "monochrome"]
PROSE = ("text", "strong")
OTHERS = ("quiet", "accent", "ok", "warn", "crisis")
GOOD = (theme_folder() / "calm-dark.toml").read_text(encoding="utf-8")


def test_the_five_are_there() -> None:
    """The program's own palettes load, all five, without a word of complaint."""
    assert sorted(LOADED) == NAMES
    assert FAILED == []
    assert all(set(palette.roles) == set(ROLES) for palette in LOADED.values())
    assert LOADED["monochrome"].mode == "terminal"


@pytest.mark.parametrize("depth", ["true", "256"])
@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_contrast(palette: Palette, depth: Depth) -> None:
    """Prose reads at 7:1 and all other text at 4.5:1 on every surface; high contrast at 10:1."""
    colours = palette.colours(depth)
    prose, other = (10, 10) if palette.name == "high-contrast" else (7, 4.5)
    for surface in ("ground", "surface", "raised"):
        for role in PROSE:
            assert contrast(colours[role], colours[surface]) >= prose, (role, surface)
        for role in (*OTHERS, "focus"):
            assert contrast(colours[role], colours[surface]) >= other, (role, surface)
    assert contrast(colours["accent-text"], colours["accent"]) >= prose
    assert contrast(colours["strong"], colours["selection"]) >= prose


def test_night_is_darker_in_blue() -> None:
    """The prose of night gives well under half of the blue light of calm dark's."""
    blue = {name: (parse_hex(LOADED[name].roles["text"])[2] / 255) ** 2.2 for name in ("night", "calm-dark")}
    assert blue["night"] < 0.45 * blue["calm-dark"]


def test_depths() -> None:
    """16 colours name a few roles and keep the terminal's ink for the rest; without colour nothing is named."""
    calm = LOADED["calm-dark"]
    assert calm.colours("16")["crisis"] == "ansi_bright_red"
    assert calm.colours("16")["text"] == OWN
    assert set(calm.colours("none").values()) == {OWN}
    assert set(LOADED["monochrome"].colours("true").values()) == {OWN}
    assert calm.colours("256")["accent"] == "#87afd7"
    assert calm.text_styles("true") == STYLES
    assert calm.text_styles("16")["chosen-number"] == "bold reverse"
    assert LOADED["monochrome"].text_styles("true")["selection"] == "reverse"


def test_contrast_of_known_pairs() -> None:
    """Black on white is 21, a colour on itself 1, and the order does not matter."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    assert contrast("#17596b", "#f8f5ee") == contrast("#f8f5ee", "#17596b")


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12345g", "123456", "#1234567", "# 12345"])
def test_what_is_not_a_colour(colour: str) -> None:
    """Contrast is taken of `#rrggbb` and of nothing else."""
    with pytest.raises(ValueError, match=r"rrggbb|fromhex"):
        contrast(colour, "#ffffff")


def test_the_240_fixed_colours() -> None:
    """Every fixed xterm colour has its own look, and the way back gives its number."""
    assert [fixed_hex(number) for number in (16, 110, 231, 232, 255)] == [
        *("#000000", "#87afd7", "#ffffff", "#080808", "#eeeeee"),
    ]
    assert all(fixed_number(fixed_triplet(number)) == number for number in range(16, 256))
    assert all(nearest_number(fixed_hex(number)) == number for number in range(16, 256))
    assert fixed_number((1, 2, 3)) is None
    with pytest.raises(ValueError, match="16 to 255"):
        fixed_triplet(15)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('mode = "dark"', 'mode = "dim"', "mode is not dark, light or terminal"),
        ('quiet = "#a8a298"', "", "roles does not name quiet"),
        ('quiet = "#a8a298"', 'quiet = "grey"', "quiet is not a colour like #1c1c1b"),
        ('quiet = "#a8a298"', "quiet = 7", "quiet is not a colour like #1c1c1b"),
        ('quiet = "#a8a298"', 'quiet = "#a8a298\\n"', "quiet is not a colour like #1c1c1b"),
        ('quiet = "#a8a298"', 'loud = "#a8a298"', "roles has a name that is not known: loud"),
        ("quiet = 247", "", "xterm256 does not name quiet"),
        ("quiet = 247", "quiet = 7", "xterm256: quiet is not a number from 16 to 255"),
        ("quiet = 247", "quiet = true", "xterm256: quiet is not a number from 16 to 255"),
        ('warn = "ansi_bright_yellow"', 'warn = "ansi_pink"', "ansi16: warn is not the name of one of the 16 colours"),
        ('warn = "ansi_bright_yellow"', "warn = [1]", "ansi16: warn is not the name of one of the 16 colours"),
        ("[ansi16]", '[styles]\nstrong = "italic"\n[ansi16]', "strong is not made of bold, reverse and underline"),
        ("[ansi16]", '"[/x]\\u001b" = 1\n[ansi16]', "xterm256 has a name that is not known: [/x]␛"),
        ("[roles]", "[colours]", "the file has a name that is not known: colours"),
        ("[roles]", "[roles", "this is not TOML"),
        ("[roles]", "x = " + "[" * 9000, "this is not TOML"),
        ('mode = "dark"', 'mode = "dark"\nstyles = 1', "styles is not a table"),
    ],
)
def test_broken_palette(old: str, new: str, why: str) -> None:
    """A palette that is broken in any part is refused with the reason, and nothing of it is drawn unsafe."""
    assert old in GOOD
    with pytest.raises(ConfigError) as refused:
        parse_palette("mine", GOOD.replace(old, new))
    assert str(refused.value) == why
    assert safe_line(why) == why


def test_numbers_may_be_left_out() -> None:
    """A person's palette without numbers of its own gets the nearest ones."""
    head, _, rest = GOOD.partition("[xterm256]")
    palette = parse_palette("mine", head + rest[rest.index("[ansi16]") :])
    assert set(palette.numbers) == set(ROLES)
    assert palette.numbers["ground"] == 234


def test_own_themes_are_found_and_broken_ones_told(tmp_path: Path) -> None:
    """A person's themes join and replace; each file that cannot be used costs one sentence, safe to draw."""
    (tmp_path / "mine.toml").write_text(GOOD)
    (tmp_path / "night.toml").write_text(GOOD)
    (tmp_path / "notes.txt").write_text("no theme")
    (tmp_path / "broken.toml").write_text("mode = ")
    (tmp_path / "latin.toml").write_bytes(b'mode = "\xff"')
    (tmp_path / "large.toml").write_text("#" * 70_000)
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "\x1b]0;x\x07[@click=app.quit].toml").write_text(GOOD)
    (tmp_path / "calm-light.toml").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.toml")
    loaded, failed = load_palettes(tmp_path)
    assert sorted(loaded) == sorted([*NAMES, "mine"])
    assert loaded["night"].roles == LOADED["calm-dark"].roles
    assert loaded["calm-light"] == LOADED["calm-light"]
    unfit = "a theme has a name of small letters, digits and hyphens, at most 40"
    assert failed == [
        f"The theme ␛]0;x␇[@click=app.quit].toml was left out: {unfit}.",
        "The theme broken.toml was left out: this is not TOML.",
        "The theme calm-light.toml was left out: this is not a file.",
        "The theme folder.toml was left out: this is not a file.",
        "The theme large.toml was left out: it is larger than 64 KB.",
        "The theme latin.toml was left out: this is not UTF-8.",
        "The theme pipe.toml was left out: this is not a file.",
    ]


def test_no_folder_and_a_file_in_its_place(tmp_path: Path) -> None:
    """A folder that is not there is no matter; one that cannot be read is told."""
    assert load_palettes(tmp_path / "themes")[1] == []
    (tmp_path / "themes").write_text("a file")
    assert load_palettes(tmp_path / "themes")[1] == ["The folder of themes could not be read."]


def test_too_many_themes(tmp_path: Path) -> None:
    """Only so many files are read, and it is told."""
    for count in range(201):
        (tmp_path / f"t{count:03}.toml").write_text("x")
    failed = load_palettes(tmp_path)[1]
    assert failed[0] == "There are more than 200 themes; the rest were left out."
    assert len(failed) == 201


def test_there_is_always_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any file the terminal's own ground and ink remain."""
    monkeypatch.setattr("therapy_tui.tui.palettes.theme_folder", lambda: tmp_path / "gone")
    assert load_palettes() == ({"monochrome": FALLBACK}, [])


@settings(max_examples=60)
@given(st.text(max_size=80), st.integers(0, len(GOOD)))
def test_any_text_is_refused_or_read(text: str, place: int) -> None:
    """Whatever is written into a palette, it is read or refused with a sentence, never anything else."""
    try:
        palette = parse_palette("mine", GOOD[:place] + text + GOOD[place:])
    except ConfigError as error:
        said = str(error)
    else:
        said = ""
        assert set(palette.roles) == set(palette.numbers) == set(ROLES)
    assert safe_line(said) == said
