"""lock and erase."""

import sys

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, ask_line
from therapy_tui.services import access, erasing, holding, presence

LOCK_SECONDS = 10.0
HELD_AND_CLOSED = (
    "Nothing was erased: a record in this profile is held, and whose is known only once it is open. {} If nothing opens"
    " it any more, nobody can read it, and {} can be removed by hand."
)


@click.command()
@click.pass_obj
def lock(desk: Desk) -> None:
    """Lock the vault in every process that has it open, and wait until it is locked."""
    folders = desk.folders
    if not access.look(folders).exists:
        raise errors.VaultMissing
    folders.make()
    presence.lock_everyone(folders.state, LOCK_SECONDS)
    desk.output.row({"locked": True}, "Locked.")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--keep-mailbox", is_flag=True, help="Do not ask the relay to erase the mailbox.")
@click.pass_obj
def erase(desk: Desk, *, yes: bool, keep_mailbox: bool) -> None:
    """Erase this profile: the keys first, so that nothing can be read, then the files, and the mailbox at the relay.

    It needs no key, unless a record in it is held: then it has to be opened, and nothing goes while a hold stands.
    """
    folders = desk.folders
    if not folders.data.exists() or not any(folders.data.iterdir()):
        raise errors.VaultMissing
    if holding.is_told_outside(folders):
        _check_holds(desk)
    if not yes:
        answer = ask_line("This erases every letter of this profile on this machine, for ever. Type erase to go on: ")
        if answer.strip() != "erase":
            raise errors.UsageError("Nothing was erased.")
    left: list[str] = []
    if not keep_mailbox:
        left += _close_mailbox(desk)
    folders.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with presence.alone(folders.state, LOCK_SECONDS):
        if holding.is_told_outside(folders):  # since it was looked at
            raise holding.RecordsHeld
        left += erasing.erase(folders, desk.keyring)
    for sentence in left:
        desk.output.aside(sentence)
    desk.output.row(
        {"erased": not left, "left": left}, "Erased." if not left else "Erased, but for what is said above."
    )
    if sys.stdout.isatty():
        desk.output.aside("Copies that you made yourself, and the letters on the other side, are not touched.")


def _check_holds(desk: Desk) -> None:
    """Refuse while a hold stands, and where nobody can look whether one does."""
    try:
        with desk.vault() as vault:
            holding.check_none(vault)
    except holding.RecordsHeld:
        raise
    except errors.TherapyError as error:
        raise errors.UsageError(HELD_AND_CLOSED.format(error, desk.folders.data)) from None


def _close_mailbox(desk: Desk) -> list[str]:
    """Ask the relay to erase the mailbox; give what could not be done."""
    from therapy_tui.services.courier import CourierBusy, courier_lock

    left = ["The mailbox at the relay is still there; it empties itself after 30 days."]
    try:
        with courier_lock(desk.folders.state / "courier"), desk.vault() as vault:
            holding.check_none(vault)  # of before that was told outside
            if not vault.profile.opened:
                return []
            return [] if desk.close_mailbox(vault) else left
    except CourierBusy:
        return left
    except holding.RecordsHeld:
        raise
    except errors.TherapyError as error:
        return [str(error), *left]
