"""init: make a profile."""

from pathlib import Path

import click
from msgspec.structs import replace

from therapy_tui import errors
from therapy_tui.cli import phrase
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.ticket import HELP, read_ticket
from therapy_tui.cli.ways import SHARED_LOCK_MINUTES, first_way, way_options
from therapy_tui.config import write_settings
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.recovery import recovery_phrase
from therapy_tui.crypto.slots import RecoveryWay, Way, kind_of
from therapy_tui.services import access, making
from therapy_tui.services.making import NewProfile
from therapy_tui.services.relays import RelayChoice, read_relay, remember
from therapy_tui.store import slots

ROLES = {"client": CLIENT, "therapist": THERAPIST}
MADE = "Your profile is made, in {folder}. Nothing has left this machine."
ALLOWED_BY = "allow this relay with --allow-plain"
NO_RECOVERY = (
    "There is no recovery phrase, because there is neither a terminal to show it on nor a --recovery-file."
    " Add one later: therapy-tui keys add recovery"
)


@click.command()
@click.option(
    "--role", type=click.Choice(sorted(ROLES)), required=True, help="Who you are; it cannot be changed later."
)
@click.option("--name", required=True, help="The name that others see, 1 to 60 characters.")
@click.option("--relay", default="", metavar="URL", help="The relay of your mailbox; a client may take the invite's.")
@click.option("--allow-plain", is_flag=True, help="Allow this relay without TLS beyond this machine.")
@click.option("--ticket", default="", help=HELP)
@way_options
@click.option("--recovery-file", type=click.Path(path_type=Path), help="Write the recovery phrase there (0600).")
@click.pass_obj
def init(  # noqa: PLR0913 - the options are the function
    desk: Desk,
    role: str,
    name: str,
    relay: str,
    ticket: str,
    unlock: str | None,
    unlock_command: str,
    recovery_file: Path | None,
    *,
    allow_plain: bool,
    shared_machine: bool,
) -> None:
    """Make a profile. Nothing leaves this machine."""
    folders = desk.folders
    if access.look(folders).exists:
        raise errors.UsageError(f"There is a profile here already, in {folders.data}. It was left as it is.")
    making.check_name(name)
    choice = read_relay(relay, allow_plain=allow_plain, allowed_by=ALLOWED_BY) if relay else None
    kept_ticket = read_ticket(ticket, shared=shared_machine or desk.settings.shared_machine)
    profile_id = slots.new_profile_id(desk.random)
    way, sentence = first_way(desk, profile_id, unlock, unlock_command, shared=shared_machine)
    recovery, words = _recovery(desk, recovery_file)
    new = NewProfile(ROLES[role], name, choice.address if choice else "", kept_ticket)
    making.create(folders, new, [way, *recovery], profile_id, desk.random, desk.now)
    _keep_settings(desk, choice, shared=shared_machine)
    if words and recovery_file is None:
        phrase.show(words)
    elif not words:
        desk.output.aside(NO_RECOVERY)
    fields = {
        "profile": folders.profile,
        "role": role,
        "name": name,
        "relay": choice.address if choice else "",
        "unlock": kind_of(way),
        "recovery": bool(words),
        "sentence": sentence,
    }
    desk.output.row(fields, f"{sentence}\n{MADE.format(folder=folders.data)}".strip())


def _recovery(desk: Desk, file: Path | None) -> tuple[list[Way], tuple[str, ...]]:
    """Draw the recovery phrase, where there is a way to tell it."""
    if file is None and not phrase.has_terminal():
        return [], ()
    entropy = desk.random(32)
    words = recovery_phrase(entropy)
    if file is not None:
        phrase.write(file, words)
    return [RecoveryWay(entropy)], words


def _keep_settings(desk: Desk, choice: RelayChoice | None, *, shared: bool) -> None:
    settings = desk.settings
    if shared:
        settings = replace(settings, shared_machine=True, idle_lock_minutes=SHARED_LOCK_MINUTES)
    write_settings(desk.folders.settings, remember(settings, choice) if choice else settings)
