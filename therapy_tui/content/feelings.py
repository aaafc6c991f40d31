"""Words for feelings, in a few groups, for whoever looks for one."""

import functools
from dataclasses import dataclass
from pathlib import Path

from therapy_tui.content.tables import parse_toml, read_text

_FILE = Path(__file__).with_name("data") / "feelings.toml"


@dataclass(frozen=True, slots=True)
class Feelings:
    """Some words that lie near each other."""

    name: str
    """What the group is called, in a plain word or two."""
    words: tuple[str, ...]


@functools.cache
def feelings() -> tuple[Feelings, ...]:
    """Give every group, in the order of the file; each word is in one group only."""
    groups = parse_toml(read_text(_FILE))["groups"]
    return tuple(Feelings(group["name"], tuple(group["words"])) for group in groups)
