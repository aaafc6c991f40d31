"""keys and passwd: the ways into the vault."""

from collections.abc import Mapping
from pathlib import Path

import click

from therapy_tui import errors
from therapy_tui.cli import phrase
from therapy_tui.cli.desk import Desk
from therapy_tui.crypto.recovery import read_recovery_phrase, recovery_phrase
from therapy_tui.crypto.slots import CommandWay, KeyringWay, PassphraseWay, RecoveryWay, Way
from therapy_tui.keys.command import split_command, take_secret
from therapy_tui.keys.keyring import Operation
from therapy_tui.keys.passphrase import ask_on_terminal, read_new_passphrase
from therapy_tui.services import access, making
from therapy_tui.store import slots

DRAWER_STAYS = "This does not open the drawer of process notes, so the ways into that stay as they are."


@click.command()
@click.option("--recovery", is_flag=True, help="Open the vault with the recovery phrase, and give it a passphrase.")
@click.option("--new-passphrase-file", type=click.Path(path_type=Path), help="Read the new passphrase from a file.")
@click.pass_obj
def passwd(desk: Desk, new_passphrase_file: Path | None, *, recovery: bool) -> None:
    """Change the passphrase, or give the vault one."""
    folders = desk.folders
    old = present_way(desk, recovery=recovery)
    # Before the new one is asked for.
    _say_of_drawer(desk, slots.read_slots(folders.slots), access.keys_by(folders, old))
    new = PassphraseWay(read_new_passphrase(new_passphrase_file), making.new_cost())
    access.change_passphrase(folders, old, new, desk.random)
    desk.output.row({"changed": True}, "The passphrase is changed. The old one no longer opens anything here.")


def _say_of_drawer(desk: Desk, file: slots.SlotFile, keys: Mapping[str, bytes]) -> None:
    """Say where the drawer of process notes stays as it is, because the present way does not open it."""
    if access.DRAWER in file.databases and access.DRAWER not in keys:
        desk.output.aside(DRAWER_STAYS)


def present_way(desk: Desk, *, recovery: bool = False) -> Way:
    """Take a way that leads in now, for changing the ways."""
    folders = desk.folders
    kinds = access.look(folders).kinds
    if not kinds:
        raise errors.VaultMissing
    if recovery:
        return RecoveryWay(read_recovery_phrase(ask_on_terminal("Recovery phrase: ")))
    if desk.passphrase_file is None and "keyring" in kinds:
        users = access.keyring_users(slots.read_slots(folders.slots).profile_id)
        names = slots.read_slots(folders.slots).databases
        found = desk.keyring.begin([Operation("get", users[name]) for name in names]).result()
        return KeyringWay({name: secret for name, secret in zip(names, found, strict=True) if secret})
    if desk.passphrase_file is None and "command" in kinds:
        return CommandWay(take_secret(slots.commands(slots.read_slots(folders.slots))[0]))
    return PassphraseWay(desk.passphrase("Present passphrase: "))


@click.group(invoke_without_command=True)
@click.pass_context
def keys(ctx: click.Context) -> None:
    """List the ways into the vault; add or remove one."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    file = slots.read_slots(desk.folders.slots)
    for database in file.databases:
        for kind in slots.kinds(file, database):
            name = f"{database}.{kind}"
            detail = {
                "keyring": "opens while you are logged in; other programs that you run could ask for it",
                "passphrase": "asked for each time",
                "command": "; ".join(slots.commands(file, database)),
                "recovery": "24 words on paper",
            }[kind]
            desk.output.row({"name": name, "state": "present", "detail": detail}, f"{name:18} {detail}")


@keys.command()
@click.argument("kind", type=click.Choice(["keyring", "passphrase", "command", "recovery"]))
@click.option("--command", default="", metavar="CMD", help="For kind command: what prints the secret.")
@click.option(
    "--file", type=click.Path(path_type=Path), help="For passphrase: read it there; for recovery: write it there."
)
@click.pass_obj
def add(desk: Desk, kind: str, command: str, file: Path | None) -> None:
    """Add a way in, in the place of an older one of its kind."""
    folders = desk.folders
    if kind == "keyring" and desk.settings.shared_machine:
        raise errors.UsageError("On a machine that other people use, the keyring does not open the vault.")
    if kind == "keyring" and "keyring" in access.look(folders).kinds:
        # Its entries would be written over before the new slot is on the disk.
        raise errors.UsageError("The keyring opens this vault already.")
    present = slots.read_slots(folders.slots)
    old = present_way(desk)
    opened = access.keys_by(folders, old)
    _say_of_drawer(desk, present, opened)
    new: Way
    words: tuple[str, ...] = ()
    if kind == "keyring":
        new = access.new_keyring_way(present.profile_id, desk.random, desk.keyring, list(opened))
    elif kind == "passphrase":
        new = PassphraseWay(read_new_passphrase(file), making.new_cost())
    elif kind == "command":
        split_command(command)
        new = CommandWay(take_secret(command), command)
    else:
        if file is None and not phrase.has_terminal():
            raise errors.UsageError("There is no terminal to show the phrase on. Give --file FILE.")
        entropy = desk.random(32)
        new, words = RecoveryWay(entropy), recovery_phrase(entropy)
        if file is not None:
            phrase.write(file, words)
    access.add_way(folders, old, new, desk.random)
    if words and file is None:
        phrase.show(words)
    desk.output.row({"name": kind, "state": "added"}, "Added.")


@keys.command()
@click.argument("kind", type=click.Choice(["keyring", "passphrase", "command", "recovery"]))
@click.pass_obj
def remove(desk: Desk, kind: str) -> None:
    """Remove a way in; the last one stays."""
    folders = desk.folders
    file = slots.read_slots(folders.slots)
    slots.remove_slots(folders.slots, kind)
    if kind == "keyring":
        users = access.keyring_users(file.profile_id)
        desk.keyring.delete(users.values())
    desk.output.row({"name": kind, "state": "removed"}, "Removed.")
