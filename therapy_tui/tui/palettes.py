"""Palettes from TOML files: read, checked and collected; a broken one costs a sentence and never the start."""

import contextlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from therapy_tui.core.text import safe_line
from therapy_tui.errors import ConfigError
from therapy_tui.tui.colours import FIRST_FIXED, LAST_FIXED, fixed_hex, nearest_number

Depth = Literal["true", "256", "16", "none"]
"""How many colours the terminal takes."""
Mode = Literal["dark", "light", "terminal"]

ROLES = (
    *("ground", "surface", "raised", "text", "quiet", "strong", "accent", "accent-text"),
    *("rule", "focus", "ok", "warn", "crisis", "selection"),
)
"""Every role that a palette names; the interface knows no other colour."""
STYLES: Mapping[str, str] = {
    "strong": "bold",
    "key": "none",
    "chosen": "bold",
    "chosen-number": "none",
    "selection": "none",
    "new": "none",
    "crisis": "bold",
}
"""How a text is marked where there is colour, by what it is."""
PLAIN_STYLES: Mapping[str, str] = {
    **STYLES,
    "key": "bold",
    "chosen-number": "bold reverse",
    "selection": "reverse",
    "new": "bold",
}
"""The same where colour cannot part the grounds: 16 colours, or none."""
OWN = "ansi_default"
"""The terminal's own ground or ink."""

_LARGEST = 64 * 1024
_MOST_FILES = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_STYLE = re.compile(r"(none|(bold|reverse|underline)( (bold|reverse|underline))*)\Z")
_BASE = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_ANSI = frozenset([OWN, *(f"ansi_{name}" for name in _BASE), *(f"ansi_bright_{name}" for name in _BASE)])
_PARTS = ("mode", "roles", "xterm256", "ansi16", "styles")


class Palette(msgspec.Struct, frozen=True):
    """One palette, by role."""

    name: str
    """The name of its file: small letters, digits and hyphens."""
    mode: Mode
    """`terminal` lays everything on the terminal's own ground and ink."""
    roles: Mapping[str, str]
    """`#rrggbb` by role; `ansi_default` throughout when the mode is `terminal`."""
    numbers: Mapping[str, int] = msgspec.field(default_factory=dict)
    """xterm-256 numbers by role, 16 to 255."""
    named: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The colours of a 16-colour terminal, for the roles that do not keep its ink."""
    styles: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Text styles that take the place of the usual ones."""

    def colours(self, depth: Depth) -> dict[str, str]:
        """Give the colour of every role as it is drawn.

        Args:
            depth: What the terminal takes.

        Returns:
            `#rrggbb` or the name of an ANSI colour by role. In 256 colours, the exact look of the palette's numbers.
        """
        if self.mode == "terminal" or depth == "none":
            return dict.fromkeys(ROLES, OWN)
        if depth == "16":
            return {role: self.named.get(role, OWN) for role in ROLES}
        if depth == "256":
            return {role: fixed_hex(self.numbers[role]) for role in ROLES}
        return dict(self.roles)

    def text_styles(self, depth: Depth) -> dict[str, str]:
        """Give the text style of everything in `STYLES` as it is drawn."""
        plain = self.mode == "terminal" or depth in {"16", "none"}
        return {**(PLAIN_STYLES if plain else STYLES), **self.styles}


FALLBACK = Palette("monochrome", "terminal", dict.fromkeys(ROLES, OWN))
"""What is there even when no file can be read."""


def _table(parsed: Mapping[str, object], part: str, known: Iterable[str]) -> dict[str, object]:
    table = parsed.get(part, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{part} is not a table")
    for key in table:
        if key not in known:
            raise ConfigError(f"{part} has a name that is not known: {safe_line(key, 40)}")
    return table


def _matching(table: Mapping[str, object], form: re.Pattern[str], what: str) -> dict[str, str]:
    for key, value in table.items():
        if not isinstance(value, str) or not form.match(value):
            raise ConfigError(f"{key} is not {what}")
    return cast("dict[str, str]", dict(table))


def _all_roles(table: Mapping[str, object], part: str) -> None:
    for role in ROLES:
        if role not in table:
            raise ConfigError(f"{part} does not name {role}")


def _numbers(parsed: Mapping[str, object], roles: Mapping[str, str]) -> dict[str, int]:
    table = _table(parsed, "xterm256", ROLES)
    if not table:
        return {role: nearest_number(colour) for role, colour in roles.items()}
    _all_roles(table, "xterm256")
    for role, number in table.items():
        if type(number) is not int or not FIRST_FIXED <= number <= LAST_FIXED:
            raise ConfigError(f"xterm256: {role} is not a number from 16 to 255")
    return cast("dict[str, int]", table)


def parse_palette(name: str, text: str) -> Palette:
    """Read one palette.

    Args:
        name: The name it will have.
        text: The TOML of it.

    Raises:
        ConfigError: It cannot be used; the sentence says why.
    """
    if not _NAME.match(name):
        raise ConfigError("a theme has a name of small letters, digits and hyphens, at most 40")
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError("this is not TOML") from error
    _table({"the file": parsed}, "the file", _PARTS)
    if parsed.get("mode") not in get_args(Mode):
        raise ConfigError("mode is not dark, light or terminal")
    mode = cast("Mode", parsed["mode"])
    styles = _matching(_table(parsed, "styles", STYLES), _STYLE, "made of bold, reverse and underline")
    if mode == "terminal":
        return Palette(name, "terminal", dict.fromkeys(ROLES, OWN), styles=styles)
    roles = _matching(_table(parsed, "roles", ROLES), _COLOUR, "a colour like #1c1c1b")
    _all_roles(roles, "roles")
    named = _table(parsed, "ansi16", ROLES)
    for role, value in named.items():
        if not isinstance(value, str) or value not in _ANSI:
            raise ConfigError(f"ansi16: {role} is not the name of one of the 16 colours")
    return Palette(name, mode, roles, _numbers(parsed, roles), cast("dict[str, str]", named), styles)


def _read(path: Path) -> Palette:
    # A pipe would never end: only a regular file is opened.
    if not path.is_file():
        raise ConfigError("this is not a file")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8")
    except OSError as error:
        raise ConfigError("it could not be read") from error
    except UnicodeDecodeError as error:
        raise ConfigError("this is not UTF-8") from error
    if len(data) > _LARGEST:
        raise ConfigError("it is larger than 64 KB")
    return parse_palette(path.stem, text)


def theme_folder() -> Path:
    """Find the themes that come with the program: in the package when installed, else in the repository."""
    package = Path(__file__).parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load_palette(name: str, own: Path | None = None) -> Palette | None:
    """Load one palette: the person's where it can be used, else the program's, else None; `monochrome` always is."""
    for folder in (*([own] if own else []), theme_folder()):
        with contextlib.suppress(ConfigError):
            if _NAME.match(name):
                return _read(folder / f"{name}.toml")
    return FALLBACK if name == FALLBACK.name else None


def load_palettes(own: Path | None = None) -> tuple[dict[str, Palette], list[str]]:
    """Load the palettes of the program and then the person's, which may take a name that is there already.

    Args:
        own: The person's own folder of themes, which need not be there.

    Returns:
        The palettes by name, `monochrome` among them whatever happens; and one sentence for each file that was left
        out, fit to be drawn as plain text.
    """
    loaded, failed = {FALLBACK.name: FALLBACK}, []
    for folder in (theme_folder(), *([own] if own else [])):
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        except FileNotFoundError:
            continue
        except OSError:
            failed.append("The folder of themes could not be read.")
            continue
        if len(paths) > _MOST_FILES:
            failed.append(f"There are more than {_MOST_FILES} themes; the rest were left out.")
        for path in paths[:_MOST_FILES]:
            try:
                loaded[path.stem] = _read(path)
            except ConfigError as error:
                failed.append(f"The theme {safe_line(path.name, 60)} was left out: {error}.")
    return loaded, failed
