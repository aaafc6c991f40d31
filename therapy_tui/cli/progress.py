"""progress, caseload: measures over time, out of what was shared."""

from collections.abc import Mapping
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.audit import What
from therapy_tui.core.caseload import PAIR, Ends, Summary
from therapy_tui.core.measures import Change, Verdict
from therapy_tui.core.progress import Course, Point
from therapy_tui.services import audit, directory, measures
from therapy_tui.services import progress as courses
from therapy_tui.services import progress_words as words
from therapy_tui.services.progress import Row

NAME = 28


@click.command()
@click.argument("contact")
@click.argument("id", required=False, default="")
@click.pass_obj
def progress(desk: Desk, contact: str, id: str) -> None:
    """Show what CONTACT shared over time, oldest first, of all measures or of ID alone."""
    name = measures.find(id).id if id else ""
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        audit.note_now(vault, What.OPENED, person.id, "measures")
        found = [each for each in courses.results_of(vault, person.id) if name in {"", each.name}]
        for course in found:
            for point in course.points:
                desk.output.row(_point(person.name, course, point), _line(course, point))
            told = words.told(course, vault.now())
            desk.output.say(" ".join((*told.changes, *told.safety)))
        if not found:
            desk.output.say(f"{person.name} has shared nothing of that yet.")


def _point(person: str, course: Course, point: Point) -> dict[str, Any]:
    last, first = point.since_last, point.since_first
    rule = course.measure.rule if course.measure else None
    return {
        "contact": person,
        "at": stamp(point.at),
        "measure": course.name,
        "answers": list(point.answers),
        "scale": list(point.scale),
        "total": point.total,
        "band": point.band.label if point.band else None,
        "compared": point.is_compared,
        "change": last.difference if last else None,
        "change_reliable": _reliable(last),
        "change_first": first.difference if first else None,
        "change_first_reliable": _reliable(first),
        "rule": rule.name if rule else None,
        "rule_points": rule.points if rule else None,
        "response": first.response if first else None,
        "remission": first.remission if first else None,
        "support": bool(course.measure and words.safety_words(course.measure, point)),
    }


def _reliable(change: Change | None) -> bool | None:
    return None if change is None or change.verdict is None else change.verdict is not Verdict.WITHIN


def _line(course: Course, point: Point) -> str:
    why = words.UNKNOWN if course.measure is None else words.why_apart(point)
    band = f", {point.band.label}" if point.band else ""
    moved = words.moved(point.since_last)
    said = why or f"{point.total}{band}{f', {moved}' if moved else ''}"
    raised = words.safety_words(course.measure, point) if course.measure else ""
    return f"{near(point.at)}  {course.short}: {said}{f'. {raised}' if raised else ''}"


@click.command()
@click.pass_obj
def caseload(desk: Desk) -> None:
    """List everybody by name with the first and last total of each measure, and after them the summary."""
    with desk.vault() as vault:
        if not vault.is_therapist:
            raise errors.UsageError("The caseload is a therapist's: in this profile you are the one who is answered.")
        found = courses.caseload(vault)
    pair = tuple(each for name in PAIR for each in measures.every_measure() if each.id == name)
    for row in found.rows:
        figures = [f"{each.short} {words.figures_of(each, row.ends[each.id])}" for each in pair if each.id in row.ends]
        text = "; ".join(figures) or ("other measures" if row.last_at else words.NOTHING_SHARED)
        desk.output.row(_person(row), f"{row.contact.name:<{NAME}}  {text}")
    said = words.in_numbers(found.summary, pair)
    has_any = any(of for _, _, of in said.counts)
    counts = [f"{name}: {n} of {of}" for name, n, of in said.counts if has_any]
    desk.output.row(_summary(found.summary), "\n".join([*([""] if found.rows else []), said.who, *counts, said.rules]))


def _person(row: Row) -> dict[str, Any]:
    return {
        "name": row.contact.name,
        "id": row.contact.id.hex(),
        "last_at": stamp(row.last_at),
        "measures": _measures(row.ends),
    }


def _measures(ends: Mapping[str, Ends]) -> dict[str, dict[str, Any]]:
    known = {each.id: each for each in measures.every_measure()}
    found = {}
    for name, each in ends.items():
        verdict = each.verdict(known[name])
        found[name] = {
            "first": each.first,
            "last": each.last,
            "change": each.last - each.first,
            "times": each.times,
            "verdict": str(verdict) if verdict else None,
        }
    return found


def _summary(found: Summary) -> dict[str, Any]:
    return {
        "summary": {
            "counted": found.counted,
            "left_out": found.left_out,
            "reliable_improvement": found.improved,
            "caseness_at_start": found.caseness,
            "recovery": found.recovered,
            "reliable_recovery": found.reliably_recovered,
            "sources": list(found.sources),
        }
    }
