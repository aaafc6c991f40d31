"""A country's numbers in a few lines."""

from therapy_tui.content import crisis
from therapy_tui.content.brief import brief, fitting
from therapy_tui.content.crisis import Country, Emergency, Line
from therapy_tui.core.columns import columns

MOST, WIDTH = 5, 58


def test_every_country_fits_and_no_number_is_cut() -> None:
    """For each country: at most five lines within the width, the emergency numbers first and all of them whole."""
    for country in crisis.countries():
        told = brief(country, MOST, WIDTH)
        left = max(columns(number) for number, _ in told)
        assert 0 < len(told) <= MOST
        assert all(left + 2 + columns(words) <= WIDTH for _, words in told), country.code
        assert told[0][0].split(" or ")[0] == country.emergency[0].number
        numbers = [each for number, _ in told for each in number.split(" or ")]
        assert {each.number for each in country.emergency} <= set(numbers)
        assert {line.phone for line in country.lines if line.phone} <= set(numbers), country.code


def test_one_source_is_always_said() -> None:
    """A number that only one source carried says so in its line, however little room there is."""
    for country in crisis.countries():
        told = dict(brief(country, MOST, WIDTH))
        firsts = [each for each in told if each.split(" or ")[0] == country.emergency[0].number]
        assert ("one source" in told[firsts[0]]) == country.one_source
        for line in country.lines:
            if line.phone in told:
                assert told[line.phone].endswith("one source") == line.one_source


def test_lines_for_everybody_come_first() -> None:
    """Where there is room for some only, a line for everybody stands before one for a few."""
    lines = (Line("Young", 2, phone="1", audience="the young"), Line("All", 2, phone="2", text="HI to 3"))
    country = Country("XX", "X", (Emergency("112", "all services"), Emergency("999", "all services")), 2, lines)
    assert brief(country, 3, WIDTH) == [
        ("112 or 999", "life in danger, now, all services"),
        ("2", "All"),
        ("1", "Young, for the young"),
    ]
    assert brief(country, 5, WIDTH)[3] == ("text HI to 3", "All, in writing")


def test_words_that_do_not_fit() -> None:
    """Hours go first, then the end of the name; one source stays."""
    assert fitting("A long name", ("24/7", "one source"), 40) == "A long name, 24/7, one source"
    assert fitting("A long name", ("24/7", "one source"), 25) == "A long name, one source"
    assert fitting("A long name", ("24/7", "one source"), 18) == "A lon…, one source"
    assert fitting("安心專線安心專線", (), 9) == "安心專線…"
