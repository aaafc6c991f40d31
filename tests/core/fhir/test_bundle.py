"""A record as FHIR R4: codes, ids, references, and what is never made up."""

import base64
import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.core.fhir.codes import wrong_codes
from tests.core.records import GAD7, HALF, NOW, OTHER_SCALE, RECORD, UNKNOWN, records, said
from therapy_tui.core.fhir.bundle import TAKEN_BACK, bundle
from therapy_tui.core.record import Record

Found = list[dict[str, Any]]


def of_type(record: Record, kind: str) -> Found:
    """Give the resources of a type."""
    return [each["resource"] for each in bundle(record)["entry"] if each["resource"]["resourceType"] == kind]


def references(value: object) -> list[str]:
    """Give every reference that stands anywhere in a value."""
    if isinstance(value, list):
        return [found for each in value for found in references(each)]
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for each in value.values() for found in references(each)]
    return []


def test_every_code_is_the_pinned_one() -> None:
    """All codes of LOINC, of panels, questions, answers and totals, are those that were pinned by hand."""
    assert wrong_codes(bundle(RECORD)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("44260-8", "44254-1"), ("LA6571-9", "LA6570-1"), ("44261-6", "44249-1"), ("70274-6", "70274-5")],
)
def test_a_planted_code_is_caught(right: str, wrong: str) -> None:
    """The check catches a wrong code wherever it stands, among them the one that lists take for tiredness."""
    text = json.dumps(bundle(RECORD))
    assert right in text
    assert wrong_codes(json.loads(text.replace(right, wrong))) != []
    once = json.loads(text.replace(right, wrong, 1))
    assert wrong_codes(once) != []


def test_a_planted_number_is_caught() -> None:
    """An answer that counts otherwise than its code says is caught too."""
    planted = copy.deepcopy(bundle(RECORD))
    (answers,) = [each["resource"] for each in planted["entry"] if each["resource"].get("questionnaire")][:1]
    answers["item"][0]["answer"][0]["valueCoding"]["extension"][0]["valueDecimal"] = 2
    assert len(wrong_codes(planted)) == 1


def test_the_same_again() -> None:
    """The same record gives the same bundle but for its time; ids are unique, and every reference leads somewhere."""
    first, later = bundle(RECORD), bundle(replace(RECORD, made_at=NOW + 9_999))
    assert first.pop("timestamp") != later.pop("timestamp")
    assert first == later
    urls = [each["fullUrl"] for each in first["entry"]]
    assert urls == [f"urn:uuid:{each['resource']['id']}" for each in first["entry"]]
    assert len(set(urls)) == len(urls)
    assert set(references(first)) <= set(urls)


def test_two_of_the_same_name() -> None:
    """Another person of the same name has other ids throughout, but for the questionnaires themselves."""
    mine, theirs = (bundle(replace(RECORD, contact=each)) for each in (b"bea-bea-", b"other-on"))
    shared = {each["fullUrl"] for each in mine["entry"]} & {each["fullUrl"] for each in theirs["entry"]}
    assert shared == {f"urn:uuid:{each['id']}" for each in of_type(RECORD, "Questionnaire")}


def test_totals() -> None:
    """A total is an Observation in the unit {score}; where an answer is missing there is none."""
    totals = {each["code"]["text"]: each for each in of_type(RECORD, "Observation")}
    assert {name: each["valueQuantity"]["value"] for name, each in totals.items()} == {
        "PHQ-9 total": 13,
        "GAD-7 total": 12,
        "K10 total": 30,
    }
    assert {each["valueQuantity"]["code"] for each in totals.values()} == {"{score}"}
    assert {each["category"][0]["coding"][0]["code"] for each in totals.values()} == {"survey"}
    assert "1 to 5 an item" in totals["K10 total"]["method"]["text"]
    (half,) = of_type(replace(RECORD, answered=(HALF,)), "QuestionnaireResponse")
    assert [("answer" in each, each["linkId"]) for each in half["item"]] == [(True, "1"), (False, "2")]


def test_another_scale_stands_as_it_is_stored() -> None:
    """Answers in a scale or to a measure that is not known are the stored numbers; the narrative says so, safely."""
    found = of_type(replace(RECORD, answered=(OTHER_SCALE, UNKNOWN)), "QuestionnaireResponse")
    assert [[each.get("answer", [{}])[0].get("valueInteger") for each in one["item"]] for one in found] == [
        [0, 1, 2, 3, 4, 0, 1, 2, 3, 4],
        [9, None, 0],
    ]
    assert "Another scale." in found[0]["text"]["div"]
    assert "Not known &amp; not reckoned." in found[1]["text"]["div"]
    assert not any("questionnaire" in each for each in found)
    assert of_type(replace(RECORD, answered=(OTHER_SCALE, UNKNOWN)), "Questionnaire") == []
    assert of_type(replace(RECORD, answered=(OTHER_SCALE, UNKNOWN)), "Observation") == []


def test_the_notices() -> None:
    """A questionnaire carries its owners' notice, and LOINC's where it has codes of LOINC."""
    (asked,) = of_type(replace(RECORD, answered=(GAD7,)), "Questionnaire")
    assert "Pfizer" in asked["copyright"]
    assert "This content from LOINC is copyright" in asked["copyright"]


def test_letters() -> None:
    """A letter has who wrote it, when, what became of it and what it answers; what was taken back has no words."""
    found = {each["sent"]: each for each in of_type(RECORD, "Communication")}
    states = [each["status"] for each in found.values()]
    assert states == ["completed", "in-progress", "not-done", "completed", "completed"]
    theirs, ours, _, page, gone = found.values()
    assert theirs["sender"]["display"] == "Bea <Bloom>"
    assert ours["sender"] == {"display": "Dr. Ada Brandt"}
    assert ours["inResponseTo"] == [{"reference": f"urn:uuid:{theirs['id']}"}]
    assert page["topic"] == {"text": "a page of 12 November 2026, mood 4 of 10"}
    assert "payload" not in gone
    assert gone["note"] == [{"text": TAKEN_BACK}]


def test_notes_byte_for_byte() -> None:
    """A note is an attachment with just its own bytes; one that is not signed is called preliminary."""
    signed, not_signed = of_type(replace(RECORD, agreed=()), "DocumentReference")
    assert (signed["docStatus"], not_signed["docStatus"]) == ("final", "preliminary")
    raw = base64.b64decode(not_signed["content"][0]["attachment"]["data"])
    assert raw == b"# Sleep\n\n\x07 two"
    assert signed["context"]["period"]["start"] == "2026-11-18T09:06:40Z"
    assert "context" not in not_signed


@given(records())
def test_strings_that_fhir_allows(record: Record) -> None:
    """Whatever people wrote, no string has a control character or a blank that FHIR's strings have not."""
    for text in _strings(bundle(record)):
        assert text
        assert not [char for char in text if char < " " and char not in "\r\n\t"]
        assert all(char in " \r\n\t" for char in text if char.isspace())


def _strings(value: object) -> list[str]:
    if isinstance(value, list):
        return [found for each in value for found in _strings(each)]
    if isinstance(value, dict):
        return [found for each in value.values() for found in _strings(each)]
    return [value] if isinstance(value, str) else []


def test_an_empty_record() -> None:
    """Of somebody with whom nothing was exchanged there is the person, and no more."""
    nothing = replace(RECORD, said=(), answered=(), noted=(), appointments=(), agreed=())
    assert [each["resource"]["resourceType"] for each in bundle(nothing)["entry"]] == ["Patient"]


def test_what_was_agreed_is_a_document_for_each_version() -> None:
    """The newest version is current and those before are superseded; one that was only taken out is no document."""
    found = [each for each in of_type(RECORD, "DocumentReference") if "docStatus" not in each]
    assert [(each["status"], each["description"]) for each in found] == [
        ("superseded", "What was agreed, 2026-11-02"),
        ("current", "What was agreed, 2026-11-16"),
        ("superseded", "Where they usually are, 2026-11-02"),
    ]
    assert base64.b64decode(found[1]["content"][0]["attachment"]["data"]) == b"And on & Fridays."
    assert len({each["id"] for each in found}) == 3


def test_appointments() -> None:
    """An appointment has its moments and words, and one that was cancelled says so."""
    stands, cancelled = of_type(RECORD, "Appointment")
    assert (stands["status"], cancelled["status"]) == ("booked", "cancelled")
    assert "comment" not in stands
    assert cancelled["comment"].startswith("by ")
    assert (stands["start"], stands["end"]) == ("2026-11-19T11:06:40Z", "2026-11-19T11:56:40Z")


def test_the_order_of_letters() -> None:
    """Letters stand in the order of the record."""
    many = replace(RECORD, said=tuple(said(number) for number in range(9)))
    assert [each["sent"] for each in of_type(many, "Communication")] == sorted(
        each["sent"] for each in of_type(many, "Communication")
    )
