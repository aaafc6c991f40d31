"""Questionnaires, their answers and their totals as FHIR resources, with the codes that the measures' files pin."""

import html
from typing import Final

from therapy_tui.core.fhir.elements import (
    CATEGORIES,
    ORDINAL,
    SCORE,
    UNITS,
    Resource,
    concept,
    id_of,
    loinc,
    moment,
    reference,
    string,
    url_of,
)
from therapy_tui.core.questionnaire import Measure, Option
from therapy_tui.core.record import Answered

TOTAL: Final = "total"
"""The link id of a total."""


def questionnaire_id(measure: Measure) -> str:
    """Give the id of a measure in the words of its day; another day's words are another questionnaire."""
    return id_of("Questionnaire", measure.id, measure.compiled)


def questionnaire(measure: Measure) -> Resource:
    """Give a measure as a Questionnaire, with its notice, and LOINC's where it has codes of LOINC."""
    notices = [measure.notice, measure.loinc_notice, measure.citation]
    made = {
        "resourceType": "Questionnaire",
        "id": questionnaire_id(measure),
        "url": url_of(questionnaire_id(measure)),
        "version": measure.compiled,
        "name": measure.id.upper(),
        "title": measure.title,
        "status": "active",
        "subjectType": ["Patient"],
        "date": measure.compiled,
        "description": f"Asks about {measure.window}. Scored {measure.scoring.stored}.",
        "copyright": "\n\n".join(filter(None, notices)),
        "code": loinc(measure.panel_loinc),
        "item": [
            {"linkId": "instruction", "text": measure.instruction, "type": "display"},
            *(
                {
                    "linkId": str(item.number),
                    "code": loinc(item.loinc),
                    "text": _asked(measure, item.text),
                    "type": "choice",
                    "answerOption": [{"valueCoding": _coding(option)} for option in measure.options],
                }
                for item in measure.items
            ),
            {
                "linkId": TOTAL,
                "code": loinc(measure.total_loinc),
                "text": "Total",
                "type": "integer",
                "readOnly": True,
            },
        ],
    }
    return _without_empty(made)


def _without_empty(resource: Resource) -> Resource:
    """Leave out what is empty, for FHIR has no empty lists."""
    kept = {name: value for name, value in resource.items() if value != []}
    if "item" in kept:
        kept["item"] = [_without_empty(each) for each in kept["item"]]
    return kept


def _asked(measure: Measure, text: str) -> str:
    return f"{measure.stem} {text}" if measure.stem else text


def _coding(option: Option) -> Resource:
    """Give an answer: its words, what it counts, and its code where it has one."""
    extension = [{"url": ORDINAL, "valueDecimal": option.score}]
    coded = loinc(option.loinc)[0] if option.loinc else {}
    return {"extension": extension, **coded, "display": option.text}


def response_id(answered: Answered, patient: str) -> str:
    """Give the id of a set of answers."""
    return id_of("QuestionnaireResponse", patient, answered.id)


def response(answered: Answered, patient: str) -> Resource:
    """Give a set of answers.

    Where the measure or its scale is not known, the numbers stand as they are stored, and the narrative says so.

    Args:
        answered: what was answered.
        patient: the id of the Patient.
    """
    made: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": response_id(answered, patient),
        **_narrative(answered),
        "status": "completed",
        "subject": reference(patient),
        "authored": moment(answered.at),
        "author": reference(patient),
        "source": reference(patient),
        "item": _known(answered, answered.measure) if answered.measure is not None else _stored(answered),
    }
    if answered.measure is not None:
        made["questionnaire"] = f"{url_of(questionnaire_id(answered.measure))}|{answered.measure.compiled}"
    return made


def _known(answered: Answered, measure: Measure) -> list[Resource]:
    options = {option.score: option for option in measure.options}
    items: list[Resource] = []
    for item, answer in zip(measure.items, answered.answers, strict=True):
        given = [] if answer is None else [{"valueCoding": _coding(options[answer])}]
        made = {"linkId": str(item.number), "text": _asked(measure, item.text), "answer": given}
        items.append(_without_empty(made))
    total = answered.result.total if answered.result is not None else None
    if total is not None:
        items.append({"linkId": TOTAL, "text": "Total", "answer": [{"valueInteger": total}]})
    return items


def _stored(answered: Answered) -> list[Resource]:
    return [
        _without_empty({"linkId": str(number), "answer": [] if answer is None else [{"valueInteger": answer}]})
        for number, answer in enumerate(answered.answers, 1)
    ]


def _narrative(answered: Answered) -> Resource:
    said = "".join(f"<p>{html.escape(string(line))}</p>" for line in (answered.title, *answered.told))
    return {"text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>'}}


def observation(answered: Answered, patient: str) -> Resource | None:
    """Give the total as an Observation; None where there is none, for nothing is filled in."""
    measure, result = answered.measure, answered.result
    if measure is None or result is None or result.total is None:
        return None
    made: Resource = {
        "resourceType": "Observation",
        "id": id_of("Observation", patient, answered.id),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "survey", "display": "Survey"}]}],
        "code": concept(f"{measure.short} total", measure.total_loinc),
        "subject": reference(patient),
        "effectiveDateTime": moment(answered.at),
        "performer": [reference(patient)],
        "valueQuantity": {"value": result.total, "unit": SCORE, "system": UNITS, "code": SCORE},
        "method": {"text": f"Scored {measure.scoring.stored}"},
        "derivedFrom": [reference(response_id(answered, patient))],
    }
    if result.band is not None:
        made["interpretation"] = [{"text": result.band.label}]
    return made
