"""send, messages, outbox, sync."""

from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import near, stamp
from therapy_tui.config import BY_HAND
from therapy_tui.core.audit import What
from therapy_tui.core.messages import LETTER, TAKEN_BACK, TONES, Message
from therapy_tui.core.people import Contact
from therapy_tui.services import audit, conversation, directory
from therapy_tui.services.budget import Day, let_go
from therapy_tui.services.carrier import Report
from therapy_tui.services.line import today
from therapy_tui.services.shown import shown

SHARED = (
    "On a machine that other people use, a letter is not given as an argument: others could read it there."
    " Write: therapy-tui send CONTACT -"
)


def fields_of(message: Message, contact: Contact, piece: Message | None = None) -> dict[str, Any]:
    """Give the JSON fields of a letter."""
    fields: dict[str, Any] = {
        "id": message.id.hex(),
        "contact": contact.name,
        "direction": "out" if message.outgoing else "in",
        "written_at": stamp(message.written_at),
        "state": str(message.state),
        "text": message.text,
        "contact_id": contact.id.hex(),
        "number": message.number,
    }
    if message.tone:
        fields["tone"] = TONES[message.tone] if message.tone < len(TONES) else ""
    if message.reason:
        fields["reason"] = message.reason
    if message.kind != LETTER:
        what = shown(message)
        fields |= {"kind": message.kind, "about": what.about + _named(piece), "asked": what.asked, "text": what.text}
    return fields


def text_of(message: Message, contact: Contact, piece: Message | None = None) -> str:
    """Give a letter as lines for a person."""
    who = "You" if message.outgoing else contact.name
    tone = f", {TONES[message.tone]}" if 0 < message.tone < len(TONES) else ""
    state = f"{message.state}: {message.reason}" if message.reason else str(message.state)
    return f"{who}, {near(message.written_at)}{tone} ({state})\n\n{shown(message).whole}{_named(piece)}\n"


def _named(piece: Message | None) -> str:
    """Name what was taken back."""
    return f": {shown(piece).about}" if piece is not None else ""


@click.command()
@click.argument("contact")
@click.argument("text", required=False)
@click.pass_obj
def send(desk: Desk, contact: str, text: str | None) -> None:
    """Send a letter to CONTACT.

    With - the letter is read from standard input; with nothing it is asked for on the terminal. TEXT is for scripts:
    other users of the machine can see it while the command runs. Where letters travel by hand it stays queued until
    the next sync.
    """
    text = given_text(desk, text, SHARED, "Write your letter; end it with Ctrl+D on a line of its own.\n\n")
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        message = conversation.send(vault, person, text, is_draft=False)
        report = None if desk.settings.line == BY_HAND else desk.exchange(vault)
        after = conversation.get(vault, person.id, message.id) or message
        reason = f" ({after.reason})" if after.reason else ""
        desk.output.row(fields_of(after, person), f"{after.state}{reason}")
    _say_line(desk, report)


def _say_line(desk: Desk, report: Report | None) -> None:
    """End with exit code 3 when the relay could not be reached."""
    if report is None:
        return
    for sentence in report.refused_joins:
        desk.output.aside(sentence)
    if report.held:
        desk.output.aside(f"Large letters that wait for the go-ahead: {report.held}. therapy-tui sync --large")
    if not report.reachable:
        raise errors.Unreachable(f"{report.problem or errors.Unreachable()} What was written is kept and goes later.")
    if report.problem:
        desk.output.aside(report.problem)


@click.command()
@click.argument("contact")
@click.option("--mark-read", is_flag=True, help="Mark the letters as read; the other may learn of it.")
@click.pass_obj
def messages(desk: Desk, contact: str, *, mark_read: bool) -> None:
    """Read the letters with CONTACT, oldest first. Nothing is marked as read unless --mark-read is given."""
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        audit.note_or_wait(vault, What.OPENED, person.id, "letters")
        for message in conversation.everything(vault, person):
            piece = conversation.answered(vault, person.id, message.answers) if message.kind == TAKEN_BACK else None
            desk.output.row(fields_of(message, person, piece), text_of(message, person, piece))
        if mark_read:
            conversation.mark_read(vault, person.id)


@click.command()
@click.pass_obj
def outbox(desk: Desk) -> None:
    """List the letters that wait for a line or did not go, oldest first."""
    with desk.vault() as vault:
        for message in conversation.waiting(vault):
            person = directory.get(vault, message.contact)
            desk.output.row(fields_of(message, person), f"To {person.name}: {text_of(message, person)}")


@click.command()
@click.option("--wait", type=click.IntRange(0, 86_400), default=0, metavar="SECONDS", help="Stay and take what comes.")
@click.option("--large", is_flag=True, help="Let large letters go too, whatever the day's bytes.")
@click.pass_obj
def sync(desk: Desk, wait: int, *, large: bool) -> None:
    """Send what waits and fetch what has come."""
    with desk.vault() as vault:
        day = Day(desk.budget(), today)
        if large:
            let_go(vault, day)
        report = desk.wait(vault, wait) if wait else desk.exchange(vault, 60.0, everything=large)
        if report is None:
            raise errors.VaultBusy("Another process carries the letters of this vault now, so nothing is to be done.")
        used = day.used(vault)
        desk.output.row(
            {
                "sent": report.sent,
                "received": report.received,
                "bytes_out": report.bytes_up,
                "bytes_in": report.bytes_down,
                "reachable": report.reachable,
                "held": report.held,
                "bytes_today": used,
                "daily_bytes": day.budget.daily,
            },
            f"{report.sent} sent, {report.received} received, {report.bytes_up + report.bytes_down} bytes.",
        )
        if day.is_spent(vault):
            desk.output.aside(f"Today's bytes are used up: {used:,} of {day.budget.daily:,}. Small letters still go.")
    _say_line(desk, report)
