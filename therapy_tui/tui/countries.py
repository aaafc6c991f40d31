"""The countries of the crisis lines as a list to choose from, the likeliest first."""

import os
from collections.abc import Mapping

from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.finder import Search, fitting

_OTHER = Choice(crisis.ELSEWHERE, "Another country", "not in this list")
_IN_SENTENCES = {"Czech Republic", "Netherlands", "Philippines", "United Kingdom", "United States"}


def likely(chosen: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Give the country that was chosen, else the one of the terminal's locale; empty when neither is known."""
    environment = os.environ if environment is None else environment
    locale = environment.get("LC_ALL") or environment.get("LANG") or ""
    code = chosen or crisis.guess_country(locale) or ""
    return code if crisis.country(code) else ""


def search(first: str) -> Search:
    """Give the search over all countries by name; the emergency number stands at the right, to be seen at once.

    Args:
        first: the code of the country that comes first. Where that is empty it is the one that is not in the list, so
            that Enter alone puts nobody into the first country of the alphabet, whose numbers answer nowhere else.
    """
    every = sorted(crisis.countries(), key=lambda each: each.code != first)
    choices = [Choice(each.code, each.name, right=each.emergency[0].number) for each in every]

    def found(wanted: str) -> list[Choice]:
        if not wanted and not first:
            return [_OTHER, *choices]
        by_code = [each for each in choices if len(wanted) == 2 and each.id == wanted.upper()]  # noqa: PLR2004 - ISO 3166
        return by_code + [each for each in fitting(choices, wanted) if each not in by_code] + [_OTHER]

    return found


def spoken(country: Country) -> str:
    """Write a country as it stands in a sentence."""
    return f"the {country.name}" if country.name in _IN_SENTENCES else country.name
