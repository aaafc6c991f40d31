"""Sources of the search that have no index, because there are few: each text is read, the newest first."""

from itertools import islice

from therapy_tui.core.safety import STEPS
from therapy_tui.core.search import Hit, Wanted
from therapy_tui.services import days, measures, own_prompts, safety
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts

OWN_QUESTION, ASKED_BY = "your own question", "asked by {}"


def _measures(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    if wanted.who:
        return []
    told = ((each, days.day_of(each.at), measures.told(each)) for each in reversed(measures.kept(vault)))
    found = ((each, day, text) for each, day, text in told if wanted.holds(day))
    fitting = (
        Hit("measure", each.id, day, "questionnaire", text)
        for each, day, text in found
        if text and wanted.fits(f"{text} {each.measure} {day}")
    )
    return list(islice(fitting, most))


def _plan(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    if wanted.who:
        return []
    written = ((each, days.day_of(each.changed_at)) for each in safety.read(vault).written)
    fitting = [
        Hit("plan", bytes([each.number]), day, f"plan, {STEPS[each.number - 1].label}", each.text)
        for each, day in written
        if wanted.holds(day) and wanted.fits(each.text)
    ]
    return fitting[:most]


def _prompts(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    names = {each.id: each.name for each in contacts.every(vault.database)}
    found = ((each, days.day_of(each.made_at), names.get(each.contact, "")) for each in own_prompts.every(vault))
    fitting = (
        Hit("prompt", each.id, day, ASKED_BY.format(name) if each.contact else OWN_QUESTION, each.text, each.contact)
        for each, day, name in found
        if wanted.holds(day)
        and wanted.fits(each.text)
        and (not wanted.who or (each.contact and wanted.who in name.casefold()))
    )
    return list(islice(fitting, most))


SOURCES = (_measures, _plan, _prompts)
"""What is searched so."""
