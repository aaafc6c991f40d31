"""post export, post import."""

import sys
from pathlib import Path

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.core.armour import armour
from therapy_tui.services import post as posts
from therapy_tui.services.post import Packed, Taken
from therapy_tui.transport.files import LONGEST, read_post, write_post

STREAM = "-"


@click.group()
def post() -> None:
    """Carry letters by hand, in a sealed file: by stick, by e-mail, on paper. No relay is asked."""


@post.command("export")
@click.argument("file")
@click.option("--to", "to", metavar="CONTACT", help="For whom; may be left out when there is only one person.")
@click.option("--armour", "as_text", is_flag=True, help="As text, for e-mail.")
@click.option("--force", is_flag=True, help="Replace whatever file is there.")
@click.pass_obj
def export(desk: Desk, file: str, to: str | None, *, as_text: bool, force: bool) -> None:
    """Write what waits for CONTACT to FILE, sealed for that person alone; with - as text to standard output.

    The letters stay queued until a receipt comes back, and may go by the relay as well. What answers an invite that
    came in a file holds two things, and is text.
    """
    with desk.vault() as vault:
        packed = posts.export(vault, posts.addressee(vault, to))
        text = "".join(armour(part) for part in packed.parts)
        if file == STREAM:
            desk.output.row(_packed_fields(packed, file, len(text)) | {"post": text}, text.removesuffix("\n"))
            desk.output.aside(_packed_words(packed))
            return
        data = text.encode() if as_text or len(packed.parts) > 1 else packed.parts[0]
        write_post(Path(file), data, lambda there: force or posts.is_spent(vault, there))
        words = f"{_packed_words(packed)} Hand {file} over; only {packed.contact.name} can open it."
        desk.output.row(_packed_fields(packed, file, len(data)), words)


def _packed_fields(packed: Packed, file: str, size: int) -> dict[str, object]:
    return {
        "file": file,
        "contact": packed.contact.name,
        "contact_id": packed.contact.id.hex(),
        "letters": packed.letters,
        "envelopes": packed.envelopes,
        "left": packed.left,
        "bytes": size,
    }


def _packed_words(packed: Packed) -> str:
    rest = f", {_count(packed.envelopes - packed.letters, 'receipt or the like', 'receipts and the like')}"
    left = f" {packed.left} more did not fit and wait." if packed.left else ""
    return f"For {packed.contact.name}: {_count(packed.letters, 'letter')}{rest}.{left}"


@post.command("import")
@click.argument("file")
@click.pass_obj
def import_(desk: Desk, file: str) -> None:
    """Take in what somebody wrote with `post export`: FILE, or - for standard input; as it is, or within a mail."""
    data = sys.stdin.buffer.read(LONGEST + 1) if file == STREAM else read_post(Path(file))
    if len(data) > LONGEST:
        raise errors.UsageError(f"This is longer than the {LONGEST:,} bytes it may have.")
    refusals: list[errors.TherapyError] = []
    with desk.vault() as vault:
        found = posts.find(data)
        for each in found:
            try:
                taken = posts.take(vault, each)
            except (errors.RemoteError, errors.UsageError) as error:
                refusals.append(error)
                continue
            desk.output.row(_taken_fields(taken, file), _taken_words(taken))
    if len(refusals) == len(found):
        raise refusals[0]
    for refusal in refusals:
        desk.output.aside(str(refusal))


def _taken_fields(taken: Taken, file: str) -> dict[str, object]:
    return {
        "file": file,
        "contact": taken.contact.name,
        "contact_id": taken.contact.id.hex(),
        "received": taken.received,
        "delivered": taken.delivered,
        "known": taken.known,
        "aside": taken.aside,
        "met": taken.met,
    }


def _taken_words(taken: Taken) -> str:
    name = taken.contact.name
    if taken.met:
        return f'You can now write to {name}. Compare the ten words when you can: therapy-tui verify "{name}"'
    words = [f"From {name}: {_count(taken.received, 'new letter')}."]
    if taken.delivered:
        words.append(f"Of your letters {taken.delivered} more {'is' if taken.delivered == 1 else 'are'} delivered.")
    if taken.known:
        words.append(f"Already here: {taken.known}.")
    if taken.aside:
        words.append(f"Put aside, because it could not be opened now: {taken.aside}.")
    return " ".join(words)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
