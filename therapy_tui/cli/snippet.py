"""snippet: list, add, show, erase."""

from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import stamp
from therapy_tui.core.snippets import Snippet, blanks
from therapy_tui.services import snippets
from therapy_tui.services.snippets import SHORT_ID
from therapy_tui.services.vault import Vault

SHARED = (
    "On a machine that other people use, a snippet is not given as an argument: others could read it there."
    " Write: therapy-tui snippet add NAME -"
)
NOT_A_THERAPIST = "Snippets are a therapist's, for letters that answer. This profile is a client's."


def _check(vault: Vault) -> None:
    if not vault.is_therapist:
        raise errors.UsageError(NOT_A_THERAPIST)


def fields_of(each: Snippet) -> dict[str, Any]:
    """Give the JSON fields of a snippet."""
    return {
        "id": each.id.hex(),
        "name": each.name,
        "changed_at": stamp(each.changed_at),
        "blanks": blanks(each.text),
        "text": each.text,
    }


@click.group()
def snippet() -> None:
    """Keep words of your own for letters, with blanks such as [name] and [day]. None are there at first."""


@snippet.command(name="list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List your snippets, by name."""
    with desk.vault() as vault:
        _check(vault)
        for each in snippets.every(vault):
            beginning = " ".join(each.text.split())[:60]
            desk.output.row(fields_of(each), f"{each.id.hex()[:SHORT_ID]}  {each.name}: {beginning}")


@snippet.command()
@click.argument("name")
@click.argument("text", required=False)
@click.pass_obj
def add(desk: Desk, name: str, text: str | None) -> None:
    """Keep a new snippet under a name.

    With - its words are read from standard input; with nothing they are asked for on the terminal.
    """
    text = given_text(desk, text, SHARED, "Write the snippet; end it with Ctrl+D on a line of its own.\n\n")
    with desk.vault() as vault:
        _check(vault)
        if any(each.name.casefold() == name.strip().casefold() for each in snippets.every(vault)):
            raise errors.UsageError("A snippet has that name already. Give another name, or erase that one first.")
        kept = snippets.keep(vault, name, text)
        desk.output.row(fields_of(kept), f"Kept as {kept.name}.")


@snippet.command()
@click.argument("name")
@click.pass_obj
def show(desk: Desk, name: str) -> None:
    """Show one. NAME is its name, or the beginning of its id."""
    with desk.vault() as vault:
        _check(vault)
        each = snippets.find(vault, name)
        desk.output.row(fields_of(each), f"{each.name}\n\n{each.text}\n")


@snippet.command()
@click.argument("name")
@click.pass_obj
def erase(desk: Desk, name: str) -> None:
    """Erase one; letters in which it was used keep their words."""
    with desk.vault() as vault:
        _check(vault)
        each = snippets.find(vault, name)
        snippets.erase(vault, each.id)
        desk.output.row(fields_of(each), "The snippet was erased.")
