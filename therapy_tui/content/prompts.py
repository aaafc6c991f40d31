"""The prompts of the journal: those that come with the program, and those that a person has written.

A file of prompts is TOML. `approach`, `title`, `about` and `everyday` may stand at its top; without them it is named
after the file. Each prompt is a `[[prompts]]` with an `id`, a `text` and a `weight`: "light", "middle" or "heavy".
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from therapy_tui.content.tables import parse_toml, read_text, toml_files, words
from therapy_tui.core.prompts import Prompt, Weight
from therapy_tui.core.text import safe_line
from therapy_tui.errors import ConfigError

LONGEST = 160
"""The most characters of a prompt."""

SPARE = Prompt("spare-01", "spare", "What do you want to keep of today?", "light")
"""What is asked where no file has a prompt for every day."""
_FOLDER = Path(__file__).with_name("data") / "prompts"
_MOST_SENTENCES = 20
_LONGEST_TITLE = 40
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NAMED = "small letters, digits and hyphens, at most 40"
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*prompts[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Approach:
    """What some prompts have in common; one can be chosen."""

    id: str
    title: str
    about: str
    """A sentence; empty when a person gave none."""
    everyday: bool = True
    """Whether its prompts may come on any day; the others belong to an occasion and come only when chosen."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts there are."""

    approaches: tuple[Approach, ...]
    """In the order of their files, those of the program first."""
    prompts: tuple[Prompt, ...]
    left_out: tuple[str, ...] = ()
    """A sentence for each file and each entry that could not be used, fit to be drawn as plain text."""

    @property
    def everyday(self) -> tuple[Prompt, ...]:
        """What the prompt of the day is chosen from."""
        usual = {approach.id for approach in self.approaches if approach.everyday}
        return tuple(prompt for prompt in self.prompts if prompt.approach in usual)


class _Reader:
    """What was read so far."""

    def __init__(self) -> None:
        self.approaches: dict[str, Approach] = {}
        self.prompts: dict[str, tuple[Prompt, str]] = {}
        """By id, with the name of the file."""
        self.left_out: list[str] = []

    def folder(self, folder: Path) -> None:
        """Read the files of a folder; one that is not there has none."""
        try:
            paths = toml_files(folder)
        except ConfigError as error:
            self.left_out.append(f"The folder of prompts was left out: {error}.")
            return
        for path in paths:
            try:
                self._file(path)
            except ConfigError as error:
                self.left_out.append(f"The prompts in {safe_line(path.name, 60)} were left out: {error}.")

    def _file(self, path: Path) -> None:
        text = read_text(path)
        table = parse_toml(text)
        approach = _approach(table, path.stem)
        entries = table.get("prompts", [])
        if not isinstance(entries, list):
            raise ConfigError("its prompts are not a list")
        self.approaches.setdefault(approach.id, approach)
        name = safe_line(path.name, 60)
        for entry, place in zip(entries, _places(text, len(entries)), strict=True):
            try:
                self._take(_prompt(entry, approach.id), name)
            except ConfigError as error:
                self.left_out.append(f"A prompt in {name}, {place}, was left out: {error}.")

    def _take(self, prompt: Prompt, file: str) -> None:
        if prompt.id in self.prompts:
            raise ConfigError(f"the id {prompt.id} is taken, in {self.prompts[prompt.id][1]}")
        self.prompts[prompt.id] = prompt, file


def _places(text: str, entries: int) -> Iterator[str]:
    """Say where each entry stands: by its line, if every entry has a heading of its own."""
    found = [text.count("\n", 0, heading.start()) + 1 for heading in _ENTRY.finditer(text)]
    for number in range(entries):
        yield f"line {found[number]}" if len(found) == entries else f"entry {number + 1}"


def _name(table: Mapping[str, Any], key: str, usual: str | None = None) -> str:
    name = words(table, key, LONGEST, usual)
    if not _NAME.fullmatch(name):
        raise ConfigError(f"its {key} is not made of {_NAMED}")
    return name


def _approach(table: Mapping[str, Any], stem: str) -> Approach:
    name = _name(table, "approach", stem)
    title = words(table, "title", _LONGEST_TITLE, name.replace("-", " ").capitalize())
    everyday = table.get("everyday", True)
    if not isinstance(everyday, bool):
        raise ConfigError("its everyday is neither true nor false")
    return Approach(name, title, words(table, "about", LONGEST, ""), everyday)


def _prompt(entry: object, approach: str) -> Prompt:
    if not isinstance(entry, dict):
        raise ConfigError("it is not a table")
    weight = words(entry, "weight", LONGEST)
    if weight not in get_args(Weight):
        raise ConfigError("its weight is not light, middle or heavy")
    return Prompt(_name(entry, "id"), approach, words(entry, "text", LONGEST), cast("Weight", weight))


@functools.cache
def _built_in() -> Prompts:
    return _load(_FOLDER)


def _load(*folders: Path) -> Prompts:
    reader = _Reader()
    for folder in folders:
        reader.folder(folder)
    left_out, more = reader.left_out[:_MOST_SENTENCES], len(reader.left_out) - _MOST_SENTENCES
    if more > 0:
        left_out.append(f"And {more} more were left out.")
    prompts = tuple(prompt for prompt, _ in reader.prompts.values())
    found = Prompts(tuple(reader.approaches.values()), prompts, tuple(left_out))
    if found.everyday:
        return found
    spare = Approach(SPARE.approach, "A question", "")
    return Prompts((*found.approaches, spare), (SPARE, *prompts), found.left_out)


def load_prompts(own: Path | None = None) -> Prompts:
    """Load the prompts of the program, and then a person's own, which may add to an approach that is there.

    Args:
        own: The folder of the person's own files, which need not be there.
    """
    return _load(_FOLDER, own) if own else _built_in()
