"""invite, invites, join."""

import sys

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, ask_line
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.ticket import read_ticket
from therapy_tui.services import directory, pairing

SHARED = (
    "On a machine that other people use, a link is not given as an argument: others could read it there."
    " Write: therapy-tui join -"
)
HAND_OVER = (
    "Hand this link over outside the program: on paper, by e-mail, in the room. It works once, until {until}."
    " Whoever has it can write to you in that person's place, so compare the ten words afterwards."
    " The other person types: therapy-tui join"
)


@click.command()
@click.option(
    "--for",
    "label",
    default="",
    metavar="LABEL",
    help="Whom it is for; their name here. A contact's name renews their keys.",
)
@click.option("--days", type=int, default=pairing.INVITE_DAYS, show_default=True, help="How long it lasts, 1 to 30.")
@click.option(
    "--ticket",
    default="",
    help="For the other person's mailbox, where the relay asks for tickets; - reads it from standard input.",
)
@click.pass_obj
def invite(desk: Desk, label: str, days: int, ticket: str) -> None:
    """Make an invite. The link alone goes to standard output."""
    given = read_ticket(ticket, shared=desk.settings.shared_machine)
    with desk.vault() as vault:
        known = [each for each in directory.people(vault) if label and each.contact.name == label]
        made = pairing.make_invite(vault, label, days, known[0].contact.id if known else b"", given)
        report = desk.exchange(vault)
        published = pairing.is_published(vault, made)
    desk.output.row(
        {
            "id": made.id.hex(),
            "link": made.link,
            "expires": stamp(made.expires),
            "label": made.label,
            "published": published,
        },
        made.link,
    )
    if not desk.output.as_json:
        if sys.stdout.isatty() and not desk.output.plain:
            desk.output.picture(made.link)
        desk.output.aside(HAND_OVER.format(until=near(made.expires)))
    if not published and report is not None:
        why = report.problem or str(errors.Unreachable())
        raise errors.Unreachable(f"{why} The link works as soon as the relay has it: therapy-tui sync")


@click.command()
@click.option("--revoke", metavar="ID", help="Withdraw this invite.")
@click.pass_obj
def invites(desk: Desk, revoke: str | None) -> None:
    """List the invites you made, oldest first, or withdraw one."""
    with desk.vault() as vault:
        if revoke is not None:
            pairing.revoke_invite(vault, revoke)
            report = desk.exchange(vault)
            if report is not None and not report.reachable:
                raise errors.Unreachable("It is withdrawn here; the relay learns of it with the next exchange.")
            desk.output.row({"id": revoke, "state": "revoked"}, "Withdrawn.")
            return
        for made in pairing.invites(vault):
            fields = {
                "id": made.id.hex(),
                "label": made.label,
                "state": made.state,
                "expires": stamp(made.expires),
                "published": pairing.is_published(vault, made),
            }
            desk.output.row(fields, f"{made.id.hex()}  {made.state:8}  until {near(made.expires)}  {made.label}")


@click.command()
@click.argument("link", required=False)
@click.option(
    "--for", "label", default="", metavar="CONTACT", help="This invite renews the keys of a contact you have."
)
@click.pass_obj
def join(desk: Desk, link: str | None, label: str) -> None:
    """Take up an invite.

    With - the link is read from standard input; with nothing it is asked for on the terminal. LINK is for scripts:
    other users of the machine can see it while the command runs.
    """
    if link not in {None, "-"} and desk.settings.shared_machine:
        raise errors.UsageError(SHARED)
    if link is None:
        link = ask_line("The link, as it was given to you: ")
    elif link == "-":
        link = sys.stdin.read(4096)
    with desk.vault() as vault:
        renewed = directory.find(vault, label).id if label else b""
        before = {each.contact.id for each in directory.people(vault, also_closed=True)}
        taken = pairing.begin_join(vault, link.strip(), renewed)
        report = desk.exchange(vault)
        if report is not None and report.refused_joins:
            raise errors.InviteRefused(report.refused_joins[0])
        if pairing.is_joining(vault, taken):
            why = report.problem if report is not None else ""
            raise errors.Unreachable(
                f"{why or errors.Unreachable()} The invite is kept and tried again at the next sync."
            )
        everyone = directory.people(vault)
        new = [each for each in everyone if each.contact.id not in before] or everyone[:1]
        for person in new:
            contact = person.contact
            desk.output.row(
                {"name": contact.name, "id": contact.id.hex(), "trust": contact.trust},
                f"You can now write to {contact.name}. Compare the ten words when you can:"
                f' therapy-tui verify "{contact.name}"',
            )
            if person.alike:
                desk.output.aside(f"This name looks like {person.alike}, whom you have already. Make sure who it is.")
    if report is not None and not report.reachable:
        raise errors.Unreachable("The invite is taken up; the other side learns of it with the next exchange.")
