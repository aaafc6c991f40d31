"""The plan as one page of plain text, with the numbers of the person's country above it."""

import time

from therapy_tui.content import crisis
from therapy_tui.content.brief import Pair, brief
from therapy_tui.core import safety as rules
from therapy_tui.core.safety import Page, Plan

IN_CLEAR = "This page is in clear: whoever has it can read it."
NO_COUNTRY: tuple[Pair, ...] = (
    ("", "the emergency number that you know"),
    ("112", "leads to one from a mobile phone in many countries"),
)
"""Where no country was chosen."""


def numbers_of(code: str, width: int = rules.NUMBERS) -> tuple[Pair, ...]:
    """Give the numbers of a country in a few lines, or what can be said where none was chosen."""
    country = crisis.country(code)
    return tuple(brief(country, rules.MOST_NUMBERS, width)) if country is not None else NO_COUNTRY


def page_of(plan: Plan, code: str, *, in_clear: bool = False) -> Page:
    """Lay the plan on one page; `in_clear` where it leaves the vault, so that it says so itself."""
    parts = time.localtime(plan.changed_at)
    heading = f"My safety plan, in my own words   changed {parts.tm_mday} {time.strftime('%b %Y', parts)}"
    foot = [crisis.dated(code), IN_CLEAR if in_clear else ""]
    return rules.page(plan, numbers_of(code), heading, ". ".join(each for each in foot if each))
