"""The plan as one page of plain text, with the numbers of the person's country above it."""

import time

from therapy_tui.content import crisis
from therapy_tui.content.brief import Pair, brief
from therapy_tui.core import safety as rules
from therapy_tui.core.safety import Page, Plan

IN_CLEAR = "This page is in clear: whoever has it can read it."


def numbers_of(code: str, width: int = rules.NUMBERS) -> tuple[Pair, ...]:
    """Give the numbers of a country in a few lines; where none was chosen, those that most countries use."""
    return tuple(brief(crisis.country(code) or crisis.elsewhere(), rules.MOST_NUMBERS, width))


def page_of(plan: Plan, code: str, *, in_clear: bool = False) -> Page:
    """Lay the plan on one page, or the numbers alone; `in_clear` where it leaves the vault, so that it says so."""
    parts = time.localtime(plan.changed_at)
    heading = f"My safety plan, in my own words   changed {parts.tm_mday} {time.strftime('%b %Y', parts)}"
    if plan.is_empty:
        heading = "Numbers to call"
    foot = [crisis.dated(code), IN_CLEAR if in_clear else ""]
    return rules.page(plan, numbers_of(code), heading, ". ".join(each for each in foot if each))
