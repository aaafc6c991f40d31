"""contacts, verify."""

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.people import ROLES
from therapy_tui.services import directory, pairing, promises
from therapy_tui.services.directory import Person

TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "keys changed, sending has stopped"}


@click.group(invoke_without_command=True)
@click.option("--all", "everyone", is_flag=True, help="Also those whom you removed.")
@click.pass_context
def contacts(ctx: click.Context, *, everyone: bool) -> None:
    """List who you write with; rename or remove one."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    with desk.vault() as vault:
        for person in directory.people(vault, also_closed=everyone):
            standing = promises.standing(vault, person.contact)
            desk.output.row(_fields(person, standing.until), _line(person))


def _fields(person: Person, until: int) -> dict[str, object]:
    contact = person.contact
    return {
        "name": contact.name,
        "trust": contact.trust,
        "unread": person.unread,
        "last_at": stamp(person.last_at),
        "promise": stamp(until),
        "id": contact.id.hex(),
        "role": ROLES.get(contact.role, ""),
        "closed": contact.closed,
        "looks_like": person.alike,
    }


def _line(person: Person) -> str:
    contact = person.contact
    facts = [TRUST[contact.trust]]
    if contact.closed:
        facts.append("ended by you" if contact.closed == "ours" else "ended by them")
    if person.unread:
        facts.append(f"{person.unread} unread")
    if person.last_at:
        facts.append(f"last letter {near(person.last_at)}")
    if person.alike:
        facts.append(f"looks like {person.alike}")
    return f"{contact.name}  ({'; '.join(facts)})  {contact.id.hex()}"


@contacts.command()
@click.argument("contact")
@click.argument("name")
@click.pass_obj
def rename(desk: Desk, contact: str, name: str) -> None:
    """Change the name that CONTACT has here; nobody else is told."""
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        shown = directory.rename(vault, person, name)
        desk.output.row({"name": shown, "id": person.id.hex()}, f"Shown as {shown} from now on.")


@contacts.command()
@click.argument("contact")
@click.option("--erase-letters", is_flag=True, help="Erase the letters too; otherwise they stay readable.")
@click.pass_obj
def remove(desk: Desk, contact: str, *, erase_letters: bool) -> None:
    """End the correspondence with CONTACT: neither can write to the other any more."""
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        pairing.remove(vault, person, erase_letters=erase_letters)
        report = desk.exchange(vault)
    kept = "The letters are erased." if erase_letters else "The letters stay readable here."
    desk.output.row({"name": person.name, "id": person.id.hex(), "closed": "ours"}, f"Ended. {kept}")
    if report is not None and not report.reachable:
        raise errors.Unreachable("It is ended here; the other side learns of it with the next exchange.")


@click.command()
@click.argument("contact")
@click.option("--confirm", is_flag=True, help="We compared the words, and they are the same.")
@click.option("--accept-change", is_flag=True, help="Go on with the changed keys without comparing.")
@click.option("--refuse-change", is_flag=True, help="Forget the changed keys and go on with the old ones.")
@click.pass_obj
def verify(desk: Desk, contact: str, *, confirm: bool, accept_change: bool, refuse_change: bool) -> None:
    """Compare the ten words with CONTACT, by telephone or in person. Alone it prints the words."""
    if confirm + accept_change + refuse_change > 1:
        raise click.UsageError("Give one of --confirm, --accept-change and --refuse-change.")
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        if confirm:
            pairing.confirm(vault, person, pairing.shown_code(vault, person))
        elif accept_change:
            pairing.accept_change(vault, person)
        elif refuse_change:
            pairing.refuse_change(vault, person)
        after = directory.get(vault, person.id)
        words = pairing.show_words(vault, after)
        fields = {"name": after.name, "trust": after.trust, "words": list(words.words), "code": words.code}
        changed = confirm or accept_change or refuse_change
        desk.output.row(fields, f"{after.name}: {TRUST[after.trust]}." if changed else " ".join(words.words))
        if not changed:
            desk.output.aside(
                f"{after.name}: {TRUST[after.trust]}. The same ten words stand on the other screen, in the same order."
                " If they do: therapy-tui verify CONTACT --confirm"
            )
        if changed:
            desk.exchange(vault)
