"""Files of TOML that a person may have written: read within bounds, and refused with a reason."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from therapy_tui.core.text import safe_line
from therapy_tui.errors import ConfigError

LARGEST = 64 * 1024
"""The most bytes that a file may have."""
MOST_FILES = 200
"""The most files that a folder may have."""

_LINE = re.compile(r"\bline (\d+)")


def toml_files(folder: Path) -> list[Path]:
    """Find the files of TOML in a folder, by name; a folder that is not there has none.

    Raises:
        ConfigError: It cannot be read, or has too many; the words are the end of a sentence.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ConfigError("it could not be read") from error
    if len(paths) > MOST_FILES:
        raise ConfigError(f"it has more than {MOST_FILES} files")
    return paths


def read_text(path: Path) -> str:
    """Read a file as text.

    Raises:
        ConfigError: It cannot be used; the words say why and are the end of a sentence.
    """
    # A pipe would never end: only a regular file is opened.
    if not path.is_file():
        raise ConfigError("this is not a file")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError("it could not be read") from error
    if len(data) > LARGEST:
        raise ConfigError("it is larger than 64 KB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"line {line} is not UTF-8") from error


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML.

    Raises:
        ConfigError: It is none; the words name the line.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"line {line[1]}" if line else "its end"
        raise ConfigError(f"it is not TOML at {where}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError("it is not TOML") from error


def words(table: Mapping[str, Any], key: str, most: int, usual: str | None = None) -> str:
    """Take one line of words out of a table, fit to be drawn.

    Args:
        table: Where it stands.
        key: Its name there.
        most: The most characters that it may have.
        usual: What stands for it when it is not there; None when it has to be.

    Raises:
        ConfigError: It is missing, empty, too long or no text.
    """
    value = table.get(key, usual)
    if value is None:
        raise ConfigError(f"it has no {key}")
    if not isinstance(value, str):
        raise ConfigError(f"its {key} is not text in quotation marks")
    line = safe_line(" ".join(value.split()), most + 1)
    if not line and usual != "":
        raise ConfigError(f"its {key} is empty")
    if len(line) > most:
        raise ConfigError(f"its {key} is longer than {most} characters")
    return line


def listed(table: Mapping[str, Any], key: str, most: int) -> tuple[str, ...]:
    """Take a list of lines of words out of a table, each as `words` does; one that is not there is empty.

    Raises:
        ConfigError: It is no list, or one of its lines is empty, too long or no text.
    """
    value = table.get(key, [])
    if not isinstance(value, list):
        raise ConfigError(f"its {key} is not a list")
    return tuple(words({key: each}, key, most) for each in value)
