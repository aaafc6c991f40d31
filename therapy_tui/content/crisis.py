"""Crisis lines and emergency numbers by country, read from a dated file; nothing here uses a line or a clock."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("data") / "crisis.toml"
_REGION = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Za-z]{2})(?![A-Za-z0-9])")
ELSEWHERE = "ZZ"
"""The code that stands for a country that the file does not have; ISO 3166-1 leaves it to its users."""
ONE_SOURCE = "one source"
"""The words that stand beside a number which only one source carried."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A number for danger of life."""

    number: str
    """As one dials it."""
    use: str
    """What it is for: `all services`, `ambulance`, `police` ..."""


@dataclass(frozen=True, slots=True)
class Line:
    """One crisis line. It has a phone number or a way to write to it, or both."""

    name: str
    confirmed: int
    """How many independent sources carried the number, at least 1."""
    phone: str = ""
    also: tuple[str, ...] = ()
    """Further numbers of the same line."""
    text: str = ""
    """How to write to it: `HOME to 741741`, `WhatsApp 9151 1767`."""
    web: str = ""
    hours: str = ""
    """`24/7`, or the hours in local time; empty when they were not confirmed."""
    languages: tuple[str, ...] = ()
    audience: str = ""
    """Whom it is for, when it is not for everybody."""
    note: str = ""

    @property
    def one_source(self) -> bool:
        """Whether a screen must say `one source` beside it."""
        return self.confirmed == 1


UNREAD = "The file of numbers cannot be read"


@dataclass(frozen=True, slots=True)
class Country:
    """What can be called in one country, the emergency numbers first."""

    code: str
    """ISO 3166-1, two capital letters."""
    name: str
    emergency: tuple[Emergency, ...]
    emergency_confirmed: int
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def one_source(self) -> bool:
        """Whether a screen must say `one source` beside the emergency numbers."""
        return self.emergency_confirmed == 1


BARE = Country(
    code=ELSEWHERE,
    name="Another country",
    emergency=(
        Emergency("112", "most of Europe"),
        Emergency("911", "Canada, the United States, Mexico"),
        Emergency("999", "the United Kingdom, Hong Kong, Malaysia"),
        Emergency("000", "Australia"),
        Emergency("111", "New Zealand"),
    ),
    emergency_confirmed=2,
    lines=(),
    note="The file of numbers of this program cannot be read, so these are all it knows. Install it anew.",
)
"""What is shown while the file cannot be read: the numbers that it has for a country that it does not have."""


def _line(entry: Mapping[str, Any]) -> Line:
    return Line(
        name=entry["name"],
        confirmed=entry["confirmed"],
        phone=entry.get("phone", ""),
        also=tuple(entry.get("also", ())),
        text=entry.get("text", ""),
        web=entry.get("web", ""),
        hours=entry.get("hours", ""),
        languages=tuple(entry.get("languages", ())),
        audience=entry.get("audience", ""),
        note=entry.get("note", ""),
    )


def _country(entry: Mapping[str, Any]) -> Country:
    return Country(
        code=entry["code"],
        name=entry["name"],
        emergency=tuple(Emergency(one["number"], one["use"]) for one in entry["emergency"]),
        emergency_confirmed=entry["emergency_confirmed"],
        lines=tuple(_line(one) for one in entry.get("lines", ())),
        note=entry.get("note", ""),
    )


@functools.cache
def _load() -> tuple[date | None, Country, dict[str, Country]]:
    # Read when first asked, some 10 ms: start-up must not pay for it.
    try:
        table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        found = {each.code: each for each in map(_country, table["countries"])}
        return table["compiled"], _country(table["elsewhere"]), found
    except (OSError, ValueError, KeyError, TypeError):  # whoever is here needs a number, and no fault of a file
        return None, BARE, {}


def countries() -> tuple[Country, ...]:
    """Give every country in the file, by its English name."""
    return tuple(sorted(_load()[2].values(), key=lambda country: country.name))


def country(code: str) -> Country | None:
    """Give one country.

    Args:
        code: ISO 3166-1 letters, in either case.

    Returns:
        The country, or None when the file does not have it; the few bare numbers when it cannot be read.
    """
    day, other, known = _load()
    return other if day is None or code.upper() == ELSEWHERE else known.get(code.upper())


def elsewhere() -> Country:
    """Give the numbers that most countries use, where none was chosen or theirs are not known: never a crisis line."""
    return _load()[1]


def compiled() -> date:
    """Give the day on which the numbers were compiled, shown wherever one of them is; the first of all if unread."""
    return _load()[0] or date.min


def dated(code: str) -> str:
    """Say whose numbers are shown and of which day they are; of which day, where they are those of no country."""
    day, _, known = _load()
    found = known.get(code.upper())
    if day is None:
        return UNREAD
    told = f"{day.day} {day:%b %Y}"
    return f"{found.name}, compiled {told}" if found is not None else f"Compiled {told}"


def guess_country(lang: str) -> str | None:
    """Guess a country from a locale, so that set-up can offer it first.

    Args:
        lang: What LC_ALL or LANG hold, such as `en_GB.UTF-8` or `zh-Hant_TW`.

    Returns:
        Two capital letters, of a country that the file may not have; None when the locale names no region.
    """
    region = _REGION.match(lang)
    return region[1].upper() if region else None
