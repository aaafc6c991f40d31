"""measure: take, list, ask, asked."""

from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.sending import send_body
from therapy_tui.content import crisis
from therapy_tui.core.asked import MOST_WEEKS
from therapy_tui.services import asked, directory, measures, plan_page
from therapy_tui.services.days import day_of
from therapy_tui.services.measures import Taken


@click.group()
def measure() -> None:
    """Answer a questionnaire; it is scored by its own published rule."""


def _fields(taken: Taken) -> dict[str, Any]:
    result = taken.result
    change = result.change
    return {
        "id": taken.id.hex(),
        "at": stamp(taken.at),
        "measure": taken.measure.id,
        "answers": list(result.answers),
        "total": result.total,
        "band": result.band.label if result.band else None,
        "change": change.difference if change else None,
        "rule": change.rule.name if change and change.rule else None,
        "support": result.support,
        "scoring": taken.measure.scoring.stored,
    }


@measure.command()
@click.argument("id")
@click.option("--answers", required=True, metavar="0,1,2,...", help="One number for each question, in order.")
@click.pass_obj
def take(desk: Desk, id: str, answers: str) -> None:
    """Keep the answers to one measure. ID is one of phq9, phq2, gad7, pcl5, k10, k6."""
    wanted = measures.find(id)
    try:
        given = tuple(int(each) if each.strip() else None for each in answers.split(","))
    except ValueError:
        raise errors.UsageError("Answers are numbers with commas between them, such as 0,1,2.") from None
    if measures.needs_support(wanted, given):
        _support(desk)
    with desk.vault() as vault:
        asked.refuse_unasked(vault, wanted)
        taken = measures.take(vault, wanted, given)
    desk.output.row(_fields(taken), f"{wanted.short}: {' '.join(measures.sentences(taken))}")


def _support(desk: Desk) -> None:
    """Give the numbers to call, before the vault is opened and anything is kept, whatever the settings say."""
    code = desk.country()
    pairs = plan_page.numbers_of(code)
    desk.output.aside(
        "Thank you for answering that one as it is. You do not have to be alone with it. Numbers to call:"
    )
    for number, words in pairs:
        desk.output.aside(f"  {number}  {words}")
    desk.output.aside(f"{crisis.dated(code)}. In the application, F8 has more.")


@measure.command(name="list")
@click.argument("id", required=False, default="")
@click.pass_obj
def list_(desk: Desk, id: str) -> None:
    """List what was answered, the oldest first."""
    name = measures.find(id).id if id else ""
    with desk.vault() as vault:
        for taken in measures.taken(vault, name):
            said = " ".join(measures.sentences(taken))
            desk.output.row(_fields(taken), f"{near(taken.at)}  {taken.measure.short}: {said}")


@measure.command()
@click.argument("contact")
@click.argument("id")
@click.option("--every", type=click.IntRange(1, MOST_WEEKS), metavar="N", help="Every N weeks; once without it.")
@click.option("--stop", is_flag=True, help="Ask no longer.")
@click.pass_obj
def ask(desk: Desk, contact: str, id: str, every: int | None, *, stop: bool) -> None:
    """Ask CONTACT to answer the measure ID, once or every few weeks; nothing comes back unless it is shared."""
    if stop and every is not None:
        raise click.UsageError("--stop and --every do not go together.")
    wanted = measures.find(id)
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        if stop:
            message = asked.stop_asking(vault, person, wanted.id)
        else:
            message = asked.ask_measure(vault, person, wanted, every or 0)
        send_body(desk, vault, message, person)


@measure.command(name="asked")
@click.pass_obj
def asked_(desk: Desk) -> None:
    """List what is asked for: of others by you, and of you."""
    with desk.vault() as vault:
        names = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
        today = day_of(vault.now())
        due = {measure.id for measure, _ in asked.due(vault, today)}
        for direction, standing in (("out", asked.asked_by_us(vault)), ("in", asked.asked_here(vault))):
            for each in standing:
                is_due = direction == "in" and each.name in due
                fields = {
                    "contact": names.get(each.contact, ""),
                    "direction": direction,
                    "measure": each.name,
                    "every_weeks": each.weeks,
                    "at": stamp(each.at),
                    "due": is_due,
                }
                who = f"of {fields['contact']}" if direction == "out" else f"by {fields['contact']}"
                told = f"{asked.in_words(each)}, asked {who} {near(each.at)}"
                desk.output.row(fields, f"{told}: due now" if is_due else told)
