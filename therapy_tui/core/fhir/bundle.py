"""The record of one person as one Bundle: the person, letters, questionnaires with totals, notes and hours."""

import base64
import itertools
from collections.abc import Iterator
from typing import Final

from therapy_tui.core.appointments import Appointment
from therapy_tui.core.delivery import State
from therapy_tui.core.fhir.elements import Resource, concept, id_of, moment, reference, string, url_of
from therapy_tui.core.fhir.questionnaires import observation, questionnaire, response
from therapy_tui.core.persons import Version
from therapy_tui.core.record import Noted, Record, Said

TAKEN_BACK: Final = "It was taken back. Nothing of it is kept."
_STATUS: Final = {State.QUEUED: "in-progress", State.FAILED: "not-done"}
"""Of a letter; every other has gone, or has come."""


def bundle(record: Record) -> Resource:
    """Give the record as a Bundle of the type `collection`. Only its time differs between two of the same record."""
    return {
        "resourceType": "Bundle",
        "id": id_of("Bundle", record.contact),
        "type": "collection",
        "timestamp": moment(record.made_at),
        "entry": [{"fullUrl": url_of(each["id"]), "resource": each} for each in _resources(record)],
    }


def patient_id(record: Record) -> str:
    """Give the id of the person, which is not their name: two people may have the same."""
    return id_of("Patient", record.contact)


def _resources(record: Record) -> Iterator[Resource]:
    patient = patient_id(record)
    yield {
        "resourceType": "Patient",
        "id": patient,
        "name": [{"text": string(record.name)}],
        "generalPractitioner": [{"display": string(record.therapist)}],
    }
    yield from (questionnaire(each) for each in {each.measure: None for each in record.answered} if each is not None)
    for answered in record.answered:
        yield response(answered, patient)
        total = observation(answered, patient)
        if total is not None:
            yield total
    yield from (_communication(record, each, patient) for each in record.said)
    yield from (_document(record, each, patient) for each in record.noted)
    yield from (_appointment(record, each, patient) for each in record.appointments)
    for title, versions in itertools.groupby(record.agreed, key=lambda each: each[0]):
        known = [version for _, version in versions]
        yield from (_agreed(record, title, each, patient, is_newest=each is known[-1]) for each in known if each.text)


def _communication(record: Record, said: Said, patient: str) -> Resource:
    person, therapist = reference(patient, record.name), {"display": string(record.therapist)}
    made: Resource = {
        "resourceType": "Communication",
        "id": id_of("Communication", record.contact, said.id),
        "status": _STATUS.get(said.state, "completed"),
        "subject": reference(patient),
        "sent": moment(said.written_at),
        "sender": therapist if said.outgoing else person,
        "recipient": [person if said.outgoing else therapist],
    }
    if not said.outgoing:
        made["received"] = moment(said.arrived_at)
    if said.about:
        made["topic"] = concept(said.about)
    if said.answers:
        made["inResponseTo"] = [reference(id_of("Communication", record.contact, said.answers))]
    if said.is_taken_back:
        made["note"] = [{"text": TAKEN_BACK}]
    elif said.text:
        made["payload"] = [{"contentString": string(said.text)}]
    return made


def _document(record: Record, noted: Noted, patient: str) -> Resource:
    """Give a note, its text byte for byte in an attachment."""
    made: Resource = {
        "resourceType": "DocumentReference",
        "id": id_of("DocumentReference", record.contact, noted.id),
        "status": "current",
        "docStatus": "final" if noted.signed_at else "preliminary",
        "type": concept(f"Session note ({noted.format})"),
        "subject": reference(patient),
        "date": moment(noted.signed_at or noted.written_at),
        "author": [{"display": string(record.therapist)}],
        "content": _attached("Session note", noted.text, noted.written_at),
    }
    said = " ".join(filter(None, (", ".join(noted.facts), noted.warning)))
    if said:
        made["description"] = string(said)
    if noted.amends:
        target = reference(id_of("DocumentReference", record.contact, noted.amends))
        made["relatesTo"] = [{"code": "appends", "target": target}]
    if noted.hour_at:
        end = {"end": moment(noted.hour_at + 60 * noted.minutes)} if noted.minutes else {}
        made["context"] = {"period": {"start": moment(noted.hour_at), **end}}
    return made


def _attached(title: str, text: str, at: int) -> list[Resource]:
    raw = text.encode()
    attachment = {
        "contentType": "text/plain; charset=utf-8",
        "data": base64.b64encode(raw).decode("ascii"),
        "size": len(raw),
        "title": title,
        "creation": moment(at),
    }
    return [{"attachment": attachment}]


def _agreed(record: Record, title: str, version: Version, patient: str, *, is_newest: bool) -> Resource:
    """Give a version of what was agreed, or of where somebody is."""
    return {
        "resourceType": "DocumentReference",
        "id": id_of("DocumentReference", record.contact, title, version.at, version.text),
        "status": "current" if is_newest else "superseded",
        "type": concept(title),
        "subject": reference(patient),
        "date": moment(version.at),
        "author": [{"display": string(record.therapist)}],
        "description": string(f"{title}, {version.day}"),
        "content": _attached(title, version.text, version.at),
    }


def _appointment(record: Record, each: Appointment, patient: str) -> Resource:
    made: Resource = {
        "resourceType": "Appointment",
        "id": id_of("Appointment", record.contact, each.id),
        "status": "cancelled" if each.cancelled_at else "booked",
        "start": moment(each.at),
        "end": moment(each.until),
        "minutesDuration": each.minutes,
        "created": moment(each.made_at),
        "participant": [{"actor": reference(patient), "status": "accepted"}],
    }
    return {**made, "comment": string(each.words)} if each.words else made
