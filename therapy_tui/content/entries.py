"""Files of entries: what can be used of them is, and for what cannot there is a sentence with its file and line."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from therapy_tui.content.tables import parse_toml, read_text
from therapy_tui.core.text import safe_line
from therapy_tui.errors import ConfigError

T = TypeVar("T")
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entries(Generic[T]):
    """What could be read of a file."""

    top: Table
    """What stands above the first entry; empty where that cannot be read."""
    made: tuple[T, ...]
    """What was made of each entry, in the order of the file."""
    left_out: tuple[str, ...]
    """A sentence for the file, its top and each entry that cannot be used, fit to be drawn."""


def read_entries(path: Path, name: str, make: Callable[[Table], T]) -> Entries[T]:
    """Read a file whose entries each begin with a line `[[name]]`; one that is broken keeps none of the others away.

    Args:
        path: a file in TOML.
        name: how its entries are called.
        make: makes of an entry what it stands for; a ConfigError, or whatever a missing or wrong field raises, leaves
            it out.
    """
    file = safe_line(path.name, 60)
    try:
        text = read_text(path)
    except ConfigError as error:
        return Entries({}, (), (f"The file {file} was left out: {error}.",))
    heading = re.compile(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", re.MULTILINE)
    starts = [each.start() for each in heading.finditer(text)]
    left_out: list[str] = []
    made: list[T] = []
    try:
        top = parse_toml(text[: starts[0]] if starts else text)
    except ConfigError as error:
        top = {}
        left_out.append(f"The beginning of {file} was left out: {error}.")
    for line, block in _blocks(text, starts):
        try:
            made.append(_made(_parsed(block, line)[name], make))
        except ConfigError as error:
            left_out.append(f"An entry in {file}, line {line}, was left out: {error}.")
    if not starts:
        left_out.append(f"The file {file} has no {name}.")
    return Entries(top, tuple(made), tuple(left_out))


def _blocks(text: str, starts: list[int]) -> Iterator[tuple[int, str]]:
    """Give each entry with the line on which it begins."""
    for start, end in itertools.pairwise([*starts, len(text)]):
        yield text.count("\n", 0, start) + 1, text[start:end]


def _parsed(block: str, line: int) -> Table:
    try:
        return parse_toml(block)
    except ConfigError:
        return parse_toml("\n" * (line - 1) + block)  # fails again, with the line in the file


def _made(entries: list[Table], make: Callable[[Table], T]) -> T:
    try:
        return make(entries[0])
    except KeyError as error:
        raise ConfigError(f"it has no {safe_line(str(error.args[0]), 40)}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ConfigError("something in it is of another kind than it should be") from error
