"""share: page, answers, question, list, back."""

from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.sending import send_body
from therapy_tui.config import BY_HAND
from therapy_tui.core.shared import Copy
from therapy_tui.services import checkins, checkins_shared, conversation, directory, journal, measures, sharing
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault

CAN = (
    "It goes as a copy, sealed. You can take it back: then it leaves their program too, once the news has arrived,"
    " and both sides say so. What was read, copied or written out into a record by then stays with them."
)
BACK = (
    "It leaves their program when the news has arrived; therapy-tui share list says when that is so. What was read,"
    " copied or written out into a record before stays."
)
NOT_YET = "Nothing was shared. {name} would see exactly this. Add --yes to share it."
SHARED_MACHINE = (
    "On a machine that other people use, a question is not given as an argument: others could read it there."
    " Write: therapy-tui share question CONTACT -"
)
SHORT_ID = 12


@click.group()
def share() -> None:
    """Share one thing with one person, and take it back."""


@share.command()
@click.argument("id")
@click.argument("contact")
@click.option("--yes", is_flag=True, help="Share it; without this it is only shown.")
@click.pass_obj
def page(desk: Desk, id: str, contact: str, *, yes: bool) -> None:
    """Share a page of the journal as it stands. ID is the beginning of its id, as `journal list` prints it."""
    with desk.vault() as vault:
        _share(desk, vault, journal.find_by_id(vault, id), contact, yes=yes)


@share.command()
@click.argument("id")
@click.argument("contact")
@click.option("--yes", is_flag=True, help="Share it; without this it is only shown.")
@click.pass_obj
def answers(desk: Desk, id: str, contact: str, *, yes: bool) -> None:
    """Share the answers to a questionnaire. ID is the beginning of their id, as `--json measure list` prints it."""
    with desk.vault() as vault:
        _share(desk, vault, measures.find_taken(vault, id), contact, yes=yes)


@share.command(name="check-ins")
@click.argument("contact")
@click.option("--yes", is_flag=True, help="Share the numbers of the last four weeks; without this they are only shown.")
@click.option("--from-now-on/--no-longer", "along", default=None, help="Whether each new number goes along by itself.")
@click.pass_obj
def check_ins(desk: Desk, contact: str, *, yes: bool, along: bool | None) -> None:
    """Share the numbers of your check-ins, without their words and lines."""
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        if along is not None:
            checkins_shared.let_go_along(vault, person, along)
            told = f"From now on each new number {'goes' if along else 'no longer goes'} to {person.name}."
            desk.output.row({"contact": person.name, "from_now_on": along}, told)
            if not yes:
                return
        numbers = checkins_shared.recent(vault, checkins.local_day(vault.now()))
        _share(desk, vault, numbers, contact, yes=yes)


@share.command()
@click.argument("contact")
@click.argument("text", required=False)
@click.pass_obj
def question(desk: Desk, contact: str, text: str | None) -> None:
    """Send a question for the other's journal: with - from standard input, with nothing from the terminal."""
    asked = "Write the question; end it with Ctrl+D on a line of its own.\n\n"
    line = given_text(desk, text, SHARED_MACHINE, asked)
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        send_body(desk, vault, sharing.ask(vault, person, line), person)


@share.command(name="list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List what was shared, oldest first, with where it is; also what was taken back."""
    with desk.vault() as vault:
        for copy in sharing.every_copy(vault):
            desk.output.row(*_row(vault, copy))


@share.command()
@click.argument("id")
@click.pass_obj
def back(desk: Desk, id: str) -> None:
    """Take back what was shared. ID is the beginning of its id, as `share list` prints it."""
    with desk.vault() as vault:
        found = [each for each in sharing.every_copy(vault) if each.message.hex().startswith(id.lower())]
        if len(found) != 1 or len(id) < journal.SHORTEST_ID:
            told = "Two begin so. Give more of the id." if len(found) > 1 else "Nothing was shared with that id."
            raise errors.UsageError(f"{told} `therapy-tui share list` shows them.")
        sharing.take_back(vault, found[0])
        if desk.settings.line != BY_HAND:
            desk.exchange(vault)
        again = sharing.copy_in(vault, found[0].message) or found[0]
        desk.output.row(*_row(vault, again))
        desk.output.aside(BACK)


def _share(desk: Desk, vault: Vault, thing: sharing.Thing, contact: str, *, yes: bool) -> None:
    person = directory.find(vault, contact)
    if yes:
        send_body(desk, vault, sharing.share(vault, person, thing), person)
        return
    what = sharing.preview(thing)
    desk.output.row({"about": what.about, "asked": what.asked, "text": what.text, "shared": False}, f"{what.whole}\n")
    desk.output.aside(f"{CAN} {NOT_YET.format(name=person.name)}")


def _row(vault: Vault, copy: Copy) -> tuple[dict[str, Any], str]:
    person = directory.get(vault, copy.contact)
    message = conversation.get(vault, copy.contact, copy.message)
    about = shown(message).about if message else ""
    fields = {
        "id": copy.message.hex(),
        "item": copy.item.hex(),
        "contact": person.name,
        "about": about,
        "at": stamp(copy.at),
        "state": str(copy.state),
        "taken_back_at": stamp(copy.taken_back_at) if copy.taken_back_at else None,
        "news": copy.news or None,
    }
    back = f"taken back {near(copy.taken_back_at)}; {copy.back_words}"
    now = back if copy.taken_back_at else f"{copy.state} {near(copy.state_at)}"
    return fields, f"{copy.message.hex()[:SHORT_ID]}  {about}, shared with {person.name} {near(copy.at)}: {now}"
