"""The crisis lines: facts of a shape that can be shown and dialled."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country, Line
from therapy_tui.core.text import safe_line

DIALABLE = re.compile(r"[+*]?\d(?:[ -]?\d)*")
COUNTRIES = crisis.countries()
TABLE = tomllib.loads((Path(crisis.__file__).parent / "data" / "crisis.toml").read_text(encoding="utf-8"))
READ_AT = re.compile(r"(?P<address>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?,].*?)?)(?: \((?P<day>\d{4}(?:-\d\d){0,2})\))?")
"""An address, and the day of that copy where it carries one."""
Told = list[str]
LINES = [(country.code, line) for country in COUNTRIES for line in country.lines]


def test_every_country_is_there_once() -> None:
    """52 countries have two capital letters of their own, and are sorted by name."""
    assert len(COUNTRIES) == 52
    assert len({country.code for country in COUNTRIES}) == 52
    assert all(re.fullmatch("[A-Z]{2}", country.code) for country in COUNTRIES)
    assert [country.name for country in COUNTRIES] == sorted(country.name for country in COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_emergency_number(country: Country) -> None:
    """Every country has an emergency number that can be dialled, says what it is for, and how many sources agree."""
    assert country.emergency
    assert all(re.fullmatch(r"\d{2,5}", one.number) and one.use for one in country.emergency)
    assert country.one_source == (country.emergency_confirmed == 1)
    assert country.lines or country.note


@pytest.mark.parametrize(("code", "line"), LINES, ids=[f"{code}-{line.name}" for code, line in LINES])
def test_line(code: str, line: Line) -> None:
    """Every line has a name and a way to reach it; numbers can be dialled and every word can be drawn."""
    assert code
    assert line.phone or line.text
    assert all(DIALABLE.fullmatch(number) for number in (line.phone, *line.also) if number)
    assert not line.text or re.search(r"\d{3}", line.text)
    assert line.confirmed >= 1
    assert line.one_source == (line.confirmed == 1)
    web = urlsplit(line.web)
    assert not line.web or (web.scheme in {"http", "https"} and "." in web.netloc)
    words = (line.name, line.phone, line.text, line.web, line.hours, line.audience, line.note, *line.languages)
    assert all(safe_line(word) == word for word in words)


def faults(where: str, entry: Mapping[str, Any], numbers: Sequence[str], sources: Sequence[str], count: int) -> Told:
    """Tell what an entry lacks: a number, an address where it was read, a possible day, as many sources as it says."""
    found = [] if any(numbers) else [f"{where}: no number"]
    if len(set(sources)) < max(count, 1):
        found.append(f"{where}: {count} confirmed by {len(set(sources))} sources")
    for source in sources:
        read = READ_AT.fullmatch(TABLE["sources"].get(source, source))
        if read is None:
            found.append(f"{where}: {source} is no address")
        elif (read["day"] or "") > TABLE["compiled"].isoformat():
            found.append(f"{where}: {source} was read before it was written")
        elif source in TABLE["sources"] and not read["day"]:
            found.append(f"{where}: {source} has no day")
    return found if "name" in entry else [*found, f"{where}: no name"]


def test_every_entry_has_a_source_a_day_and_a_number() -> None:
    """Each number has the addresses where it was read, as many as it claims, none younger than its day."""
    assert isinstance(TABLE["compiled"], date)
    told = []
    for country in (*TABLE["countries"], TABLE["elsewhere"]):
        code = country["code"]
        dialled = [each["number"] for each in country["emergency"]]
        told += faults(code, country, dialled, country["emergency_sources"], country["emergency_confirmed"])
        for line in country.get("lines", []):
            ways = [line.get("phone", ""), line.get("text", "")]
            told += faults(f"{code} {line['name']}", line, ways, line["sources"], line["confirmed"])
    assert told == []


def test_what_an_entry_lacks_is_found() -> None:
    """An entry without a number, a source, an address or a day that can be is told by each of these."""
    assert faults("XX", {"name": "x"}, ["1"], ["example.org/page (2026-01)"], 1) == []
    assert faults("XX", {"name": "x"}, [""], [], 1) == ["XX: no number", "XX: 1 confirmed by 0 sources"]
    assert len(faults("XX", {}, ["1"], ["somewhere", "example.org (2099)"], 2)) == 3


def test_elsewhere_has_no_line_and_only_numbers_that_hold_where_it_says() -> None:
    """For another country there are five numbers, each with countries that have it by their own entry, and no line."""
    other = crisis.elsewhere()
    assert crisis.country(crisis.ELSEWHERE) is other
    assert other not in COUNTRIES
    assert (other.lines, [each.number for each in other.emergency]) == ((), ["112", "911", "999", "000", "111"])
    assert "No crisis line was verified" in other.note
    names = {country.name: country for country in COUNTRIES}
    for each in other.emergency[1:]:
        for name in each.use.replace("the ", "").split(", "):
            assert each.number in {one.number for one in names[name].emergency}
    assert crisis.dated("") == crisis.dated("ZZ") == f"Compiled {crisis.compiled().day} {crisis.compiled():%b %Y}"


def test_well_known_numbers() -> None:
    """The numbers that most people would look for are what they are known to be."""
    numbers = {(code, line.phone) for code, line in LINES}
    assert {("US", "988"), ("CA", "988"), ("GB", "116 123"), ("IE", "116 123"), ("AU", "13 11 14")} <= numbers
    assert {("FR", "3114"), ("AT", "142"), ("CH", "143"), ("DE", "0800 111 0 111"), ("NL", "113")} <= numbers
    dialled = {country.code: [one.number for one in country.emergency] for country in COUNTRIES}
    assert dialled["US"] == ["911"]
    assert dialled["GB"] == ["999", "112"]
    assert dialled["AU"] == ["000"]
    assert dialled["JP"] == ["119", "110"]


def test_the_day_is_known() -> None:
    """The day of compilation is a date, not before any that a source carries."""
    assert isinstance(crisis.compiled(), date)
    assert crisis.compiled() >= date(2026, 11, 23)


@pytest.mark.parametrize("damaged", ["rubbish = [", "", "compiled = 2026-11-23\ncountries = 3\n", "\udcff"])
def test_a_damaged_file_leaves_the_bare_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str) -> None:
    """Where the file cannot be read every country has its bare emergency numbers, those of the file, and it is said."""
    assert crisis.BARE.emergency == crisis.elsewhere().emergency
    (tmp_path / "crisis.toml").write_bytes(damaged.encode(errors="surrogateescape"))
    monkeypatch.setattr(crisis, "_FILE", tmp_path / "crisis.toml")
    crisis._load.cache_clear()
    try:
        assert crisis.country("DE") == crisis.country("") == crisis.elsewhere() == crisis.BARE
        assert crisis.countries() == ()
        assert crisis.dated("DE") == crisis.UNREAD
        assert "cannot be read" in crisis.BARE.note
    finally:
        crisis._load.cache_clear()


def test_one_source_is_told() -> None:
    """A line that only one source carried says so, and the others do not."""
    alone = [line.name for _, line in LINES if line.one_source]
    assert alone == ["Píeta samtökin"]
    assert crisis.ONE_SOURCE == "one source"


def test_country_by_code() -> None:
    """A code is found in either case, and an unknown one is none."""
    found = crisis.country("gb")
    assert found is not None
    assert found.name == "United Kingdom"
    assert crisis.country("XX") is None


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("en_GB.UTF-8", "GB"),
        ("de_AT@euro", "AT"),
        ("pt-br", "BR"),
        ("zh_Hant_TW", "TW"),
        ("en_US", "US"),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("de", None),
        ("", None),
        ("en_GBR", None),
        ("../en_GB", None),
    ],
)
def test_guess(lang: str, code: str | None) -> None:
    """A country is guessed from the region of a locale and from nothing else."""
    assert crisis.guess_country(lang) == code


def test_the_file_is_read_only_when_asked() -> None:
    """Importing the module and guessing a country read no file."""
    program = (
        "from therapy_tui.content import crisis\n"
        "crisis.guess_country('en_GB')\n"
        "assert crisis._load.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
