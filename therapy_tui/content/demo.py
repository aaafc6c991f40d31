"""The two made-up people of the demo and what they have written to each other, read from a file of data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import localtime, mktime
from typing import Any

from therapy_tui.core.office import OfficeHours

_FILE = Path(__file__).with_name("data") / "demo.toml"
CLIENT, THERAPIST = "client", "therapist"


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time, so many days before today."""

    days_ago: int
    """Less than 0 for days to come."""
    hour: int
    minute: int

    def seconds(self, now: int) -> int:
        """Give the seconds since 1970 at which it is, was or will be, if `now` is today."""
        day = localtime(now)
        # An hour that a change of clocks leaves out or repeats is one of the two, as the system says.
        return int(mktime((day.tm_year, day.tm_mon, day.tm_mday - self.days_ago, self.hour, self.minute, 0, 0, 0, -1)))


@dataclass(frozen=True, slots=True)
class DemoLetter:
    """One letter of the demo."""

    role: str
    """Who wrote it: "client" or "therapist"."""
    when: Moment
    text: str
    tone: int = 0
    """How it is meant, 0 to 4."""
    answers: int = 0
    """Which letter it answers, counted from 1; 0 for none."""
    readers: tuple[str, ...] = ()
    """Who has read, before it is written, everything that has come until then."""


@dataclass(frozen=True, slots=True)
class Story:
    """What has happened before somebody sits down at the demo."""

    names: Mapping[str, str]
    """Role to name; each says that it is made up."""
    begins: Moment
    """When the invite was made."""
    office: OfficeHours
    """When the therapist works; without a time zone."""
    letters: tuple[DemoLetter, ...]
    """In order; the last one of each person is not read yet."""


def story(sits: str) -> Story:
    """Read the story as it is for whoever sits down first.

    Args:
        sits: "client" or "therapist"; the last letter is to them.
    """
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    evening = table["evening"]
    # The two of the last evening cross: both have read all that came before, and neither has read the other's.
    first, second = sorted(table["last"], key=lambda entry: bool(entry["from"] != sits))
    day = {"days_ago": evening["days_ago"]}
    letters = (
        *(_letter(entry, (entry["from"],)) for entry in table["letters"]),
        _letter({**first, **day, "at": evening["first"]}, (CLIENT, THERAPIST)),
        _letter({**second, **day, "at": evening["second"]}, ()),
    )
    return Story(dict(table["people"]), _moment(table["begins"]), OfficeHours(**table["office"], zone=""), letters)


def _moment(entry: Mapping[str, Any]) -> Moment:
    hour, _, minute = str(entry["at"]).partition(":")
    return Moment(int(entry["days_ago"]), int(hour), int(minute))


def _letter(entry: Mapping[str, Any], readers: tuple[str, ...]) -> DemoLetter:
    return DemoLetter(
        role=entry["from"],
        when=_moment(entry),
        text=entry["text"].strip(),
        tone=entry.get("tone", 0),
        answers=entry.get("answers", 0),
        readers=readers,
    )
