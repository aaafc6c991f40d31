"""The codes of LOINC as they were pinned by hand, apart from the measures' files, and a check of a bundle by them."""

from collections.abc import Iterator
from typing import Any

SCALE = {"Not at all": "LA6568-5", "Several days": "LA6569-3", "More than half the days": "LA6570-1"}
SCALE["Nearly every day"] = "LA6571-9"
ORDINALS = {"LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3}
PANELS = {
    "PHQ9": ("44249-1", "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8 44261-6"),
    "PHQ2": ("55757-9", "44250-9 44255-8 55758-7"),
    "GAD7": ("69737-5", "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7 70274-6"),
}
"""Each panel, its questions in the order of the form, and its total at the end."""
TOTALS = {"PHQ-9 total": "44261-6", "PHQ-2 total": "55758-7", "GAD-7 total": "70274-6"}


def wrong_codes(bundle: dict[str, Any]) -> list[str]:
    """Name every code of a bundle that is not the pinned one, and every one that is missing."""
    return [found for entry in bundle["entry"] for found in _wrong(entry["resource"])]


def _wrong(resource: dict[str, Any]) -> Iterator[str]:
    kind = resource["resourceType"]
    if kind == "Questionnaire":
        panel, items = PANELS.get(resource["name"], ("", ""))
        yield from _differ(resource["name"], _codes(resource.get("code", [])), [panel] if panel else [])
        asked = [each for each in resource["item"] if each["type"] != "display"]
        found = [code for each in asked for code in _codes(each.get("code", []))]
        yield from _differ(resource["name"], found, items.split())
        options = [option["valueCoding"] for each in asked for option in each.get("answerOption", [])]
        yield from (wrong for each in options for wrong in _wrong_answer(each))
    elif kind == "QuestionnaireResponse":
        given = [answer for each in resource["item"] for answer in each.get("answer", [])]
        yield from (wrong for each in given if "valueCoding" in each for wrong in _wrong_answer(each["valueCoding"]))
    elif kind == "Observation":
        wanted = TOTALS.get(resource["code"]["text"], "")
        yield from _differ("total", _codes(resource["code"].get("coding", [])), [wanted] if wanted else [])


def _codes(codings: list[dict[str, Any]]) -> list[str]:
    assert {each["system"] for each in codings} <= {"http://loinc.org"}
    return [each["code"] for each in codings]


def _differ(where: str, found: list[str], wanted: list[str]) -> Iterator[str]:
    if found != wanted:
        yield f"{where}: {found}"


def _wrong_answer(coding: dict[str, Any]) -> Iterator[str]:
    wanted = SCALE.get(coding["display"], "")
    yield from _differ(coding["display"], [coding.get("code", "")], [wanted])
    if wanted and coding["extension"][0]["valueDecimal"] != ORDINALS[wanted]:
        yield f"{wanted} counts {coding['extension'][0]['valueDecimal']}"
