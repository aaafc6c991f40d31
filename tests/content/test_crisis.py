"""The crisis lines: facts of a shape that can be shown and dialled."""

import re
import subprocess
import sys
from datetime import date
from urllib.parse import urlsplit

import pytest

from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country, Line
from therapy_tui.core.text import safe_line

DIALABLE = re.compile(r"[+*]?\d(?:[ -]?\d)*")
COUNTRIES = crisis.countries()
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
