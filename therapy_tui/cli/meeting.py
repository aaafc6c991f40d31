"""invite, invites, join."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, ask_line, given_text
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.ticket import read_ticket
from therapy_tui.core.people import Contact, Invite
from therapy_tui.services import directory, invite_sheet, pairing
from therapy_tui.services.vault import Vault

SHARED = (
    "On a machine that other people use, a link is not given as an argument: others could read it there."
    " Write: therapy-tui join -"
)
HAND_OVER = (
    "Hand this link over outside the program: on paper, by e-mail, in the room. It works once, until {until}."
    " Whoever has it can write to you in that person's place, so compare the ten words afterwards."
    " The other person types: therapy-tui join"
)
WORD_SHARED = (
    "On a machine that other people use, a code word is not given as an argument: others could read it there."
    " Write: --word - and give it on standard input."
)
SEVERAL = "{count} people here have that name, so nobody's keys are renewed: this is an invite for somebody new."
COMPARE = (
    'Compare the ten words when you can: therapy-tui verify "{}". If you agreed on a code word, ask for its first half'
    " then, and say the rest."
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
@click.option(
    "--word",
    default="",
    help="A code word agreed on beforehand, neither sent nor printed; - reads it from standard input.",
)
@click.option("--sheet", default="", metavar="FILE", help="Write a page to print too, as a new file for you alone.")
@click.option("--file", "file", default="", metavar="FILE", help="Write it to a file too, for where there is no line.")
@click.pass_obj
def invite(desk: Desk, *, label: str, days: int, ticket: str, word: str, sheet: str, file: str) -> None:
    """Make an invite. The link alone goes to standard output.

    With --file it can be taken up without the relay: hand over FILE, and the link apart from it.
    """
    given = read_ticket(ticket, shared=desk.settings.shared_machine)
    code_word = given_text(desk, word, WORD_SHARED, "") if word else ""
    if sheet:
        invite_sheet.check_new(Path(sheet))
    with desk.vault() as vault:
        known = [each for each in directory.people(vault) if label and each.contact.name == label]
        renewed = known[0].contact.id if len(known) == 1 else b""
        made = pairing.make_invite(vault, label, days, renewed, given, word=code_word)
        if sheet:
            invite_sheet.write_sheet(Path(sheet), invite_sheet.page_of(vault, made, near(made.expires)))
        if file:
            _write_offer(vault, made, file)
        report = desk.exchange(vault)
        published = pairing.is_published(vault, made)
    fields = {
        "id": made.id.hex(),
        "link": made.link,
        "expires": stamp(made.expires),
        "label": made.label,
        "published": published,
        "sheet": sheet or None,
    }
    _hand_over(desk, made, fields, len(known))
    if not published and report is not None and not file:
        why = report.problem or str(errors.Unreachable())
        raise errors.Unreachable(f"{why} The link works as soon as the relay has it: therapy-tui sync")


def _hand_over(desk: Desk, made: Invite, fields: Mapping[str, object], known: int) -> None:
    desk.output.row(fields, made.link)
    if not desk.output.as_json:
        if sys.stdout.isatty() and not desk.output.plain:
            desk.output.picture(made.link)
        desk.output.aside(HAND_OVER.format(until=near(made.expires)))
        if known > 1:
            desk.output.aside(SEVERAL.format(count=known))


def _write_offer(vault: Vault, made: Invite, file: str) -> None:
    from therapy_tui.core.armour import armour  # few hand an invite over so
    from therapy_tui.services import post  # as above
    from therapy_tui.transport.files import write_post  # as above

    write_post(Path(file), armour(post.export_offer(vault, made)).encode(), lambda there: post.is_spent(vault, there))


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
                "code_word": made.word,
                "used_by": pairing.used_by(vault, made) or None,
                "used_at": stamp(made.used_at),
            }
            desk.output.row(fields, _line(fields, made))


def _line(fields: Mapping[str, object], made: Invite) -> str:
    facts = [made.id.hex(), f"{made.state:8}", f"until {near(made.expires)}", made.label]
    facts += [f"used by {fields['used_by']}, {near(made.used_at)}" if fields["used_by"] else ""]
    facts += [f"code word {made.word}" if made.word else ""]
    return "  ".join(each for each in facts if each)


@click.command()
@click.argument("link", required=False)
@click.option(
    "--for", "label", default="", metavar="CONTACT", help="This invite renews the keys of a contact you have."
)
@click.option("--file", "file", default="", metavar="FILE", help="The invite came in this file; no relay is asked.")
@click.pass_obj
def join(desk: Desk, link: str | None, label: str, file: str) -> None:
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
        if file:
            _join_by_file(desk, vault, link.strip(), file, renewed)
            return
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
            desk.output.row(_fields(contact), f"You can now write to {contact.name}. {COMPARE.format(contact.name)}")
            if person.alike:
                desk.output.aside(f"This name looks like {person.alike}, whom you have already. Make sure who it is.")
    if report is not None and not report.reachable:
        raise errors.Unreachable("The invite is taken up; the other side learns of it with the next exchange.")


def _fields(contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "id": contact.id.hex(), "trust": contact.trust}


def _join_by_file(desk: Desk, vault: Vault, link: str, file: str, renewed: bytes) -> None:
    """Take up an invite that came in a file; the answer waits for the next post."""
    from therapy_tui.services import post  # few meet so
    from therapy_tui.transport.files import read_post  # as above

    contact = pairing.join_by_file(vault, link, post.read_offer(read_post(Path(file))), renewed)
    desk.output.row(
        _fields(contact),
        f"Taken up. Your answer to {contact.name} goes by hand, with what you write: therapy-tui post export FILE."
        f" {COMPARE.format(contact.name)}",
    )
