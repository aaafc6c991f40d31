"""journal prompts: list them, and add or erase one of one's own."""

from typing import Any, cast

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, ask_line, given_text
from therapy_tui.core.prompts import OWN, Prompt, Weight
from therapy_tui.services import own_prompts, prompts
from therapy_tui.services.line import today as local_day
from therapy_tui.services.vault import Vault

SHARED = (
    "On a machine that other people use, a question is not given as an argument: others could read it there."
    " Write: therapy-tui journal prompts --add -"
)
SHORT_ID = len(OWN) + 1 + 12
ASK = ""
"""What `--add` has where no text follows it."""


@click.command(name="prompts")
@click.option("--approach", default="", help="Only those of one approach; `own` are yours, `sent` were sent to you.")
@click.option("--today", "of_today", is_flag=True, help="The prompt of today alone.")
@click.option(
    "--add",
    "added",
    is_flag=False,
    flag_value=ASK,
    metavar="[TEXT | -]",
    help="Keep a prompt of your own; - reads it from standard input, and nothing asks for it.",
)
@click.option(
    "--weight",
    type=click.Choice(own_prompts.WEIGHTS),
    default="middle",
    show_default=True,
    help="How heavy the new one is to write about.",
)
@click.option("--erase", "erased", default="", metavar="ID", help="Erase one of yours, or one that was sent to you.")
@click.pass_obj
def list_prompts(desk: Desk, approach: str, added: str | None, weight: str, erased: str, *, of_today: bool) -> None:
    """List the prompts that a page can begin with, yours first; or add or erase one of yours."""
    if sum((bool(approach), of_today, added is not None, bool(erased))) > 1:
        raise click.UsageError("One of --approach, --today, --add and --erase at a time.")
    text = _text(desk, added) if added is not None else ""
    with desk.vault() as vault:
        if added is not None:
            kept = own_prompts.add(vault, text, cast("Weight", weight)).prompt
            _tell(desk, vault, [kept], f"Kept as {kept.id[:SHORT_ID]}.")
        elif erased:
            gone = own_prompts.find_by_id(vault, erased)
            fields = fields_of(gone.prompt, own_prompts.sources(vault))
            own_prompts.erase(vault, gone.id)
            desk.output.row(fields, "The question was erased. Pages that answer it keep it.")
        elif of_today:
            _tell(desk, vault, [prompts.of_today(vault, local_day())])
        else:
            _tell(desk, vault, _listed(vault, approach))


def _text(desk: Desk, text: str) -> str:
    return ask_line("Your question: ") if text == ASK else given_text(desk, text, SHARED, "")


def _listed(vault: Vault, approach: str) -> list[Prompt]:
    known = prompts.all_prompts(vault)
    names = [each.id for each in known.approaches]
    if approach and approach not in {*names, *(each.id for each in prompts.OWN_APPROACHES)}:
        raise errors.UsageError(f"There is no approach {approach[:40]!r}. There are: {', '.join(names)}.")
    return [each for each in known.prompts if approach in {"", each.approach}]


def fields_of(prompt: Prompt, sources: dict[str, str]) -> dict[str, Any]:
    """Give the JSON fields of a prompt; `own` for one that can be erased, and where it is from."""
    fields = {"id": prompt.id, "approach": prompt.approach, "weight": prompt.weight, "text": prompt.text}
    return {**fields, "own": prompt.id in sources, "source": sources.get(prompt.id)}


def _tell(desk: Desk, vault: Vault, chosen: list[Prompt], said: str = "") -> None:
    sources = own_prompts.sources(vault)
    for each in chosen:
        source = f"  ({sources[each.id]})" if each.id in sources else ""
        desk.output.row(fields_of(each, sources), said or f"{each.id[:SHORT_ID]:16}  {each.text}{source}")
