"""The measures that can be asked, one file each; a file that cannot be used never keeps the others away."""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.soundness import faults
from therapy_tui.errors import ConfigError

_FOLDER = Path(__file__).with_name("data") / "measures"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder of measures holds."""

    measures: tuple[Measure, ...]
    """Those that can be used, by the names of their files."""
    problems: tuple[str, ...]
    """One sentence for each file that cannot be used; it names the file, and the line where that is known."""


def measures() -> tuple[Measure, ...]:
    """Give every measure that comes with the program and can be used, by its id."""
    return _load().measures


def measure(name: str) -> Measure | None:
    """Give one measure.

    Args:
        name: Its id: `phq9`, `phq2`, `gad7`, `pcl5`, `k10` or `k6`.

    Returns:
        The measure, or None when there is no such measure or its file cannot be used.
    """
    return next((each for each in measures() if each.id == name), None)


def problems() -> tuple[str, ...]:
    """Give a sentence for each file of the program's own measures that cannot be used."""
    return _load().problems


def read_folder(folder: Path) -> Shelf:
    """Read every `.toml` file of a folder as a measure; a folder that is not there is an empty one."""
    found, told = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read_measure(path))
        except ConfigError as error:
            told.append(str(error))
    return Shelf(tuple(found), tuple(told))


def read_measure(path: Path) -> Measure:
    """Read one measure.

    Args:
        path: A file in TOML; its fields are those of `Measure`, and its name without the ending is the id.

    Raises:
        ConfigError: It cannot be read, is not TOML, lacks a field or has one that is not known, or is not sound.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(table, Measure)
    except OSError as error:
        raise ConfigError(f"{path.name} could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name} is not text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name} is not in the form of a data file (TOML): {error}.") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path.name} cannot be used as a measure: {error}.") from error
    wrong = [*_unknown(table, Measure), *faults(found)]
    if found.id != path.stem:
        wrong.append(f"it calls itself {found.id!r}")
    if wrong:
        raise ConfigError(f"{path.name} cannot be used as a measure: {'; '.join(wrong)}.")
    return found


@functools.cache
def _load() -> Shelf:
    # Read when first asked: start-up must not pay for it.
    return read_folder(_FOLDER)


def _unknown(table: Mapping[str, Any], kind: type) -> Iterator[str]:
    # A misspelt name must not be passed over: it might be the one that says `safety`.
    kinds = get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    for name, value in table.items():
        if name not in known:
            yield f"it has {name!a}, which is not known"
            continue
        inner = next((each for each in (kinds[name], *get_args(kinds[name])) if is_dataclass(each)), None)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(inner, type):
                yield from _unknown(each, inner)
