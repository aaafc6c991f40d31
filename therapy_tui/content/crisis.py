"""Crisis lines and emergency numbers by country, read from a dated file; nothing here uses a line or a clock."""

import functools
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from therapy_tui.content.entries import Table, read_entries
from therapy_tui.content.tables import listed, words
from therapy_tui.errors import ConfigError

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


_LONGEST = 200
_SPARE_DAY = date(2026, 11, 23)
_SPARE = Country(
    ELSEWHERE,
    "Another country",
    (
        Emergency("112", "most of Europe"),
        Emergency("911", "Canada, the United States, Mexico"),
        Emergency("999", "the United Kingdom, Hong Kong, Malaysia"),
        Emergency("000", "Australia"),
        Emergency("111", "New Zealand"),
    ),
    2,
    (),
)
"""What the file says of a country that it does not have, for where the file itself cannot be read."""
DAMAGED = "The list of crisis lines is damaged on this machine, and what cannot be read of it is left out."


def _line(entry: Table) -> Line:
    found = Line(
        name=words(entry, "name", _LONGEST),
        confirmed=_count(entry["confirmed"]),
        phone=words(entry, "phone", _LONGEST, ""),
        also=listed(entry, "also", _LONGEST),
        text=words(entry, "text", _LONGEST, ""),
        web=words(entry, "web", _LONGEST, ""),
        hours=words(entry, "hours", _LONGEST, ""),
        languages=listed(entry, "languages", _LONGEST),
        audience=words(entry, "audience", _LONGEST, ""),
        note=words(entry, "note", _LONGEST, ""),
    )
    if not (found.phone or found.text):
        raise ValueError
    return found


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _country(entry: Table) -> Country:
    emergency = (Emergency(words(one, "number", _LONGEST), words(one, "use", _LONGEST)) for one in entry["emergency"])
    found = Country(
        code=words(entry, "code", _LONGEST),
        name=words(entry, "name", _LONGEST),
        emergency=tuple(emergency),
        emergency_confirmed=_count(entry["emergency_confirmed"]),
        lines=tuple(_line(one) for one in entry.get("lines", ())),
        note=words(entry, "note", _LONGEST, ""),
    )
    if not found.emergency:
        raise ValueError
    return found


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What could be read."""

    compiled: date
    elsewhere: Country
    known: dict[str, Country]
    left_out: tuple[str, ...]


@functools.cache
def _load() -> _Numbers:
    # Read when first asked, some 10 ms: start-up must not pay for it.
    return read(_FILE)


def read(path: Path) -> _Numbers:
    """Read a file of numbers; whatever is broken in it, the numbers for danger of life are there."""
    found = read_entries(path, "countries", _country)
    left_out, day = [*found.left_out], found.top.get("compiled")
    try:
        other = _country(found.top["elsewhere"])
    except (ConfigError, KeyError, TypeError, ValueError, AttributeError):
        other = _SPARE
        left_out.append(f"The numbers for another country in {path.name} were left out; the program's own stand there.")
    if type(day) is not date:
        day = _SPARE_DAY
        left_out.append(f"The day of {path.name} was left out; that of the program's own numbers stands there.")
    if left_out:
        other = replace(other, note=DAMAGED)
    return _Numbers(day, other, {each.code: each for each in found.made}, tuple(left_out))


def left_out() -> tuple[str, ...]:
    """Give a sentence for each part of the file that cannot be used."""
    return _load().left_out


def countries() -> tuple[Country, ...]:
    """Give every country in the file, by its English name."""
    return tuple(sorted(_load().known.values(), key=lambda country: country.name))


def country(code: str) -> Country | None:
    """Give one country.

    Args:
        code: ISO 3166-1 letters, in either case.

    Returns:
        The country, or None when the file does not have it. Of a damaged file what stands for any other, so that nobody
        who has chosen a country is asked again before there are numbers.
    """
    numbers = _load()
    is_lost = code != "" and numbers.left_out != ()  # it may be one that could not be read
    other = numbers.elsewhere if is_lost or code.upper() == ELSEWHERE else None
    return numbers.known.get(code.upper(), other)


def elsewhere() -> Country:
    """Give the numbers that most countries use, where none was chosen or theirs are not known: never a crisis line."""
    return _load().elsewhere


def compiled() -> date:
    """Give the day on which the numbers were compiled; it is shown wherever one of them is."""
    return _load().compiled


def dated(code: str) -> str:
    """Say whose numbers are shown and of which day they are; of which day, where they are those of no country."""
    found, day = _load().known.get(code.upper()), compiled()
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
