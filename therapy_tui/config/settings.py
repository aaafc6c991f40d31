"""What a person has chosen for a profile and what is needed before the vault is open: one small TOML file."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from therapy_tui.errors import ConfigError, LocalError
from therapy_tui.files import read_private, write_private

if TYPE_CHECKING:
    import tomlkit

__all__ = ["BY_HAND", "GENTLE", "LINES", "LIVE", "Settings", "country_in", "read_settings", "write_settings"]

_LIMIT = 64 * 1024
_COUNTRY = re.compile(r"([A-Z]{2})?\Z")
_COUNTRY_LINE = re.compile(r"""^\s*country\s*=\s*["']([A-Z]{2})["']\s*(?:#.*)?$""", re.MULTILINE)
_LONGEST_IDLE = 24 * 60
_MOST_BYTES = 2**40

LIVE, GENTLE, BY_HAND = LINES = ("live", "gentle", "by hand")
"""The ways in which letters may travel."""


class Settings(msgspec.Struct, frozen=True):
    """The choices of one profile; the defaults are for a machine that nobody else uses."""

    theme: str = ""
    """The id of a theme; empty means the program's own default."""
    country: str = ""
    """ISO 3166 code of the country whose crisis lines are shown, such as "GB"; empty when none was chosen."""
    shared_machine: bool = False
    """Other people use this machine: no keyring, no clipboard, no notices, a short lock."""
    idle_lock_minutes: int = 10
    """Lock after so many minutes without a key: 1 to 1440."""
    plain_relays: tuple[str, ...] = ()
    """Relays ("host" or "host:port") that may be reached by http beyond this machine."""
    secure_relays: tuple[str, ...] = ()
    """Relays on this machine that are asked with TLS all the same."""
    proxy: str = ""
    """A SOCKS proxy on the way to every relay, such as "socks5://127.0.0.1:9050"; empty for none."""
    line: str = "live"
    """How letters travel: "live" (at once), "gentle" (every quarter of an hour) or "by hand" (only when asked)."""
    daily_bytes: int = 0
    """After so many bytes on a day, large things wait; 0 for no such bound."""
    thin: bool = True
    """Send the terminal only what changes; false leaves the drawing to Textual alone."""
    colours: str = ""
    """How many colours the terminal takes: "true", "256", "16" or "none"; empty as the terminal says."""
    mouse: bool = False
    """Hear the mouse, which costs bytes at each move."""
    keys: Mapping[str, str] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    """The person's own keys: command id to key names."""


_Check = tuple[Callable[[object], bool], str]
_CHECKS: dict[str, _Check] = {
    "theme": (lambda value: isinstance(value, str), "the name of a theme in quotation marks"),
    "country": (
        lambda value: isinstance(value, str) and _COUNTRY.match(value) is not None,
        'a country code of two capital letters, such as "GB"',
    ),
    "shared_machine": (lambda value: isinstance(value, bool), "true or false"),
    "idle_lock_minutes": (
        lambda value: type(value) is int and 1 <= value <= _LONGEST_IDLE,
        f"a whole number of minutes from 1 to {_LONGEST_IDLE}",
    ),
    "plain_relays": (
        lambda value: isinstance(value, list) and all(isinstance(each, str) and each for each in value),
        'a list of relays, such as ["relay.example.org:8080"]',
    ),
    "secure_relays": (
        lambda value: isinstance(value, list) and all(isinstance(each, str) and each for each in value),
        'a list of relays, such as ["127.0.0.1:8443"]',
    ),
    "proxy": (
        lambda value: isinstance(value, str) and (not value or value.startswith(("socks5://", "socks5h://"))),
        'the address of a SOCKS proxy, such as "socks5://127.0.0.1:9050"',
    ),
    "line": (lambda value: value in LINES, '"live", "gentle" or "by hand"'),
    "daily_bytes": (
        lambda value: type(value) is int and 0 <= value <= _MOST_BYTES,
        "a whole number of bytes, or 0 for no bound",
    ),
    "thin": (lambda value: isinstance(value, bool), "true or false"),
    "colours": (lambda value: value in {"", "true", "256", "16", "none"}, '"true", "256", "16" or "none"'),
    "mouse": (lambda value: isinstance(value, bool), "true or false"),
    "keys": (
        lambda value: isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
        'a table of commands and their keys, such as send = "ctrl+d"',
    ),
}


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read a settings file; a missing one means the defaults.

    Returns:
        The settings, and one sentence for each name that this version does not know (they stay in the file).

    Raises:
        ConfigError: not TOML, or a value of the wrong kind; the sentence names the file and the setting.
    """
    text = _read(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not in the form of a settings file (TOML): {error}.") from error
    chosen: dict[str, object] = {}
    told = []
    for name, value in table.items():
        if name not in _CHECKS:
            told.append(f"{path.name}: {name!a} is not a setting of this version; it was left there.")
            continue
        is_right, wanted = _CHECKS[name]
        if not is_right(value):
            raise ConfigError(f"In {path}, {name} should be {wanted}.")
        chosen[name] = value
    return _settings(chosen), tuple(told)


def country_in(path: Path) -> str:
    """Find the country in a settings file that cannot be read as a whole; empty when it is not to be found."""
    try:
        found = _COUNTRY_LINE.search(read_private(path, _LIMIT, secret=False).decode(errors="replace"))
    except (OSError, LocalError):
        return ""
    return found[1] if found else ""


def write_settings(path: Path, settings: Settings) -> None:
    """Write what differs from the file as it is; comments, order and unknown names stay.

    Raises:
        ConfigError: the file there is not TOML or holds a wrong value; it was left as it is.
        UsageError, DiskFull, LocalError: as `write_private`.
    """
    import tomlkit  # writing is rare, and start-up need not wait for it
    from tomlkit.exceptions import TOMLKitError  # as above

    before, _ = read_settings(path)
    try:
        document = tomlkit.parse(_read(path))
    except TOMLKitError as error:
        raise ConfigError(f"{path} could not be changed: {error}.") from error
    for name in _CHECKS:
        value = getattr(settings, name)
        if value == getattr(before, name):
            continue
        if name == "keys":
            _change_keys(document, before.keys, settings.keys)
        else:
            document[name] = list(value) if isinstance(value, tuple) else value
    write_private(path, tomlkit.dumps(document).encode())


def _settings(chosen: Mapping[str, object]) -> Settings:
    default = Settings()
    values = {name: chosen.get(name, getattr(default, name)) for name in _CHECKS}
    return Settings(
        theme=str(values["theme"]),
        country=str(values["country"]),
        shared_machine=values["shared_machine"] is True,
        idle_lock_minutes=int(str(values["idle_lock_minutes"])),
        plain_relays=_relays(values["plain_relays"]),
        secure_relays=_relays(values["secure_relays"]),
        proxy=str(values["proxy"]),
        line=str(values["line"]),
        daily_bytes=int(str(values["daily_bytes"])),
        thin=values["thin"] is True,
        colours=str(values["colours"]),
        mouse=values["mouse"] is True,
        keys=_keys(values["keys"]),
    )


def _relays(value: object) -> tuple[str, ...]:
    return tuple(str(each).lower() for each in value) if isinstance(value, (list, tuple)) else ()


def _keys(value: object) -> Mapping[str, str]:
    return MappingProxyType({str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else {})


def _change_keys(document: "tomlkit.TOMLDocument", before: Mapping[str, str], after: Mapping[str, str]) -> None:
    import tomlkit  # as in `write_settings`

    if "keys" not in document:
        document["keys"] = tomlkit.table()
    table = document["keys"]
    if not isinstance(table, dict):
        raise ConfigError("The keys in the settings file could not be changed.")
    for name in before:
        if name not in after:
            del table[name]
    for name, keys in after.items():
        if before.get(name) != keys:
            table[name] = keys


def _read(path: Path) -> str:
    try:
        return read_private(path, _LIMIT, secret=False).decode()
    except FileNotFoundError:
        return ""
    except LocalError as error:
        raise ConfigError(str(error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not text in UTF-8.") from error
