"""triage: who needs a therapist, and why; clear, not-before, label."""

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import stamp
from therapy_tui.core.people import THERAPIST
from therapy_tui.core.triage import Verdict
from therapy_tui.services import directory, moments, office, triage_words
from therapy_tui.services import triage as caseloads
from therapy_tui.services.arranged_words import moment
from therapy_tui.services.vault import Vault

HOUR = 3_600
NOT_A_CLIENT = "Triage is a therapist's: in this profile you are the one who is answered."
SHARED_MACHINE = (
    "On a machine that other people use, words about a person are not given as an argument: others could read them"
    " there. Give - in place of them, and they are read from standard input."
)
CLEAR_PROMPT = "What do you know now, or what was done? End it with Ctrl+D on a line of its own.\n\n"
LABEL_PROMPT = "Which label? End it with Ctrl+D on a line of its own.\n\n"


@click.group(invoke_without_command=True)
@click.option("--find", default="", help="Only those whose name, label or reasons have these words; or a view's name.")
@click.pass_context
def triage(ctx: click.Context, *, find: str) -> None:
    """List who needs you and why, who needs you first in front. Everybody is in it."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    with desk.vault() as vault:
        _check(vault)
        if told := caseloads.unlooked():
            desk.output.aside(told)
        now = vault.now()
        wanted = caseloads.views(vault).get(find, find)
        for each in caseloads.Caseload(vault).order():
            if not wanted or triage_words.fits(each, wanted, now):
                desk.output.row(fields_of(each, now), line_of(each, now))


def _check(vault: Vault) -> None:
    if vault.profile.role != THERAPIST:
        raise errors.UsageError(NOT_A_CLIENT)


def fields_of(verdict: Verdict, now: int) -> dict[str, object]:
    """Give the JSON fields of a person."""
    facts = verdict.facts
    since, last = facts.standing.since, facts.measure
    return {
        "name": facts.name,
        "waiting_hours": round((now - since) / HOUR, 1) if since else None,
        "due": stamp(facts.standing.until),
        "reasons": triage_words.reasons(verdict, now),
        "mood": [None if each is None else round(each, 1) for each in triage_words.weeks(facts.moods)],
        "last_measure": f"{last.short} {'not complete' if last.total is None else last.total}" if last else None,
        "measured_at": stamp(last.at) if last else None,
        "change": last.difference if last else None,
        "needs_you": verdict.needs,
        "promised": facts.standing.is_said,
        "not_before": stamp(facts.not_before) if verdict.is_put_off else None,
        "label": facts.label,
        "id": facts.id.hex(),
    }


def line_of(verdict: Verdict, now: int) -> str:
    """Write a person as two lines."""
    facts = verdict.facts
    known = [triage_words.measure(facts.measure, now), triage_words.mood(facts.moods), facts.label]
    first = f"{facts.name}  ({triage_words.due(verdict, now)})  {'  '.join(each for each in known if each)}".rstrip()
    why = "; ".join(triage_words.reasons(verdict, now))
    return f"{first}\n    {why}" if why else first


@triage.command()
@click.argument("contact")
@click.argument("reason", required=False)
@click.pass_obj
def clear(desk: Desk, contact: str, reason: str | None) -> None:
    """Clear what stands first for CONTACT, with a REASON that is kept; - reads it from standard input."""
    text = given_text(desk, reason, SHARED_MACHINE, CLEAR_PROMPT)
    with desk.vault() as vault:
        _check(vault)
        person = directory.find(vault, contact)
        flags = caseloads.standing_flags(vault, person)
        count = caseloads.clear(vault, person, text, flags)
        said = "; ".join(map(triage_words.flag_words, flags))
        desk.output.row(
            {"name": person.name, "cleared": count}, f"Cleared for {person.name}, and kept with its reason: {said}."
        )


@triage.command(name="not-before")
@click.argument("contact")
@click.argument("when", nargs=-1)
@click.pass_obj
def not_before(desk: Desk, contact: str, when: tuple[str, ...]) -> None:
    """Let CONTACT not stand among the first until WHEN (such as Thu 15:00); without WHEN, take that back."""
    with desk.vault() as vault:
        _check(vault)
        person = directory.find(vault, contact)
        now = vault.now()
        until = moments.read(" ".join(when), now, office.own(vault).closes) if when else 0
        caseloads.put_off(vault, person, until)
        told = f"{person.name} does not stand among the first until {moment(until, now)}." if until else "Taken back."
        desk.output.row({"name": person.name, "not_before": stamp(until)}, told)


@triage.command()
@click.argument("contact")
@click.argument("text", required=False)
@click.pass_obj
def label(desk: Desk, contact: str, text: str | None) -> None:
    """Give CONTACT a label, a few words of your own; - reads it from standard input, an empty one takes it away."""
    words = given_text(desk, text, SHARED_MACHINE, LABEL_PROMPT)
    with desk.vault() as vault:
        _check(vault)
        person = directory.find(vault, contact)
        kept = caseloads.label(vault, person, words)
        desk.output.row({"name": person.name, "label": kept}, f"{person.name}: {kept or 'no label'}.")
