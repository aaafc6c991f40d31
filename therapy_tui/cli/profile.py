"""init, passwd, keys, lock, erase."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, ask_line
from therapy_tui.config import write_private, write_settings
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.recovery import read_recovery_phrase, recovery_phrase
from therapy_tui.crypto.slots import CommandWay, KeyringWay, PassphraseWay, RecoveryWay, Way
from therapy_tui.keys.command import split_command, take_secret
from therapy_tui.keys.keyring import Operation
from therapy_tui.keys.passphrase import ask_on_terminal, read_new_passphrase
from therapy_tui.services import access, erasing, making, presence
from therapy_tui.services.making import NewProfile
from therapy_tui.services.relays import read_relay, remember
from therapy_tui.store import slots

ROLES = {"client": CLIENT, "therapist": THERAPIST}
SHARED_LOCK_MINUTES = 2
LOCK_SECONDS = 10.0
NO_RECOVERY = (
    "There is no recovery phrase, because there is neither a terminal to show it on nor a --recovery-file."
    " Add one later: therapy-tui keys add recovery"
)
WRITE_DOWN = (
    "These words open your vault if everything else is lost. Write them on paper, now; they are not shown again.\n\n"
)


@click.command()
@click.option(
    "--role", type=click.Choice(sorted(ROLES)), required=True, help="Who you are; it cannot be changed later."
)
@click.option("--name", required=True, help="The name that others see, 1 to 60 characters.")
@click.option("--relay", default="", metavar="URL", help="The relay of your mailbox; a client may take the invite's.")
@click.option("--allow-plain", is_flag=True, help="Allow this relay without TLS beyond this machine.")
@click.option("--ticket", default="", help="What the relay asks of new mailboxes.")
@click.option("--unlock", type=click.Choice(["keyring", "passphrase", "command"]), help="What opens the vault.")
@click.option(
    "--unlock-command", default="", metavar="CMD", help="A command that prints a secret, such as: pass show x"
)
@click.option("--shared-machine", is_flag=True, help="Other people use this machine: a passphrase, a short lock.")
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
    choice = read_relay(relay, allow_plain=allow_plain) if relay else None
    profile_id = slots.new_profile_id(desk.random)
    way, sentence = _first_way(desk, profile_id, unlock, unlock_command, shared=shared_machine)
    ways: list[Way] = [way]
    phrase = recovery_phrase(entropy := desk.random(32))
    can_tell = recovery_file is not None or _has_terminal()
    if can_tell:
        ways.append(RecoveryWay(entropy))
    if recovery_file is not None:
        _write_phrase(recovery_file, phrase)
    new = NewProfile(ROLES[role], name, choice.address if choice else "", ticket.encode())
    making.create(folders, new, ways, profile_id, desk.random, desk.now)
    settings = desk.settings
    if shared_machine:
        settings = replace(settings, shared_machine=True, idle_lock_minutes=SHARED_LOCK_MINUTES)
    write_settings(folders.settings, remember(settings, choice) if choice else settings)
    if recovery_file is None and can_tell:
        _show_phrase(phrase)
    elif not can_tell:
        desk.output.aside(NO_RECOVERY)
    kind = {KeyringWay: "keyring", CommandWay: "command"}.get(type(way), "passphrase")
    desk.output.row(
        {
            "profile": folders.profile,
            "role": role,
            "name": name,
            "relay": choice.address if choice else "",
            "unlock": kind,
            "recovery": can_tell,
            "sentence": sentence,
        },
        f"{sentence}\nYour profile is made, in {folders.data}. Nothing has left this machine.".strip(),
    )


def _first_way(desk: Desk, profile_id: str, unlock: str | None, command: str, *, shared: bool) -> tuple[Way, str]:
    """Choose what opens the vault: what was asked for, else the keyring where it works, else a passphrase."""
    if command and unlock is None:
        unlock = "command"
    if shared and unlock == "keyring":
        raise errors.UsageError("On a machine that other people use, a passphrase opens the vault, not the keyring.")
    if unlock == "command":
        if not command:
            raise errors.UsageError("Say which command prints the secret: --unlock-command CMD")
        split_command(command)
        return CommandWay(take_secret(command), command), "The command opens your vault."
    sentence = "A passphrase opens your vault each time, because other people use this machine." if shared else ""
    if unlock != "passphrase" and not shared and (unlock == "keyring" or desk.passphrase_file is None):
        probe = desk.keyring.probe(desk.random)
        if probe.usable:
            return access.new_keyring_way(profile_id, desk.random, desk.keyring), probe.sentence
        if unlock == "keyring":
            raise errors.KeyringUnusable(probe.sentence)
        sentence = probe.sentence
        desk.output.aside(sentence)
    passphrase = read_new_passphrase(desk.passphrase_file)
    return PassphraseWay(passphrase, making.new_cost()), sentence or "A passphrase opens your vault."


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _show_phrase(phrase: tuple[str, ...]) -> None:
    """Show the phrase on the terminal itself, never on standard output."""
    lines = [
        " ".join(f"{word:10}" for word in phrase[start : start + 6]).rstrip() for start in range(0, len(phrase), 6)
    ]
    descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
    try:
        os.write(descriptor, (WRITE_DOWN + "\n".join(lines) + "\n\n").encode())
    finally:
        os.close(descriptor)


def _write_phrase(path: Path, phrase: tuple[str, ...]) -> None:
    if path.exists():
        raise errors.UsageError(f"{path} is there already. It was left as it is; name another file.")
    write_private(path, (" ".join(phrase) + "\n").encode())


@click.command()
@click.option("--recovery", is_flag=True, help="Open the vault with the recovery phrase, and give it a passphrase.")
@click.option("--new-passphrase-file", type=click.Path(path_type=Path), help="Read the new passphrase from a file.")
@click.pass_obj
def passwd(desk: Desk, new_passphrase_file: Path | None, *, recovery: bool) -> None:
    """Change the passphrase, or give the vault one."""
    folders = desk.folders
    old = _present_way(desk, recovery=recovery)
    access.keys_by(folders, old)  # before the new one is asked for
    new = PassphraseWay(read_new_passphrase(new_passphrase_file), making.new_cost())
    access.change_passphrase(folders, old, new, desk.random)
    desk.output.row({"changed": True}, "The passphrase is changed. The old one no longer opens anything here.")


def _present_way(desk: Desk, *, recovery: bool = False) -> Way:
    """Take a way that leads in now, for changing the ways."""
    folders = desk.folders
    kinds = access.look(folders).kinds
    if not kinds:
        raise errors.VaultMissing
    if recovery:
        return RecoveryWay(read_recovery_phrase(ask_on_terminal("Recovery phrase: ")))
    if desk.passphrase_file is None and "keyring" in kinds:
        users = access.keyring_users(slots.read_slots(folders.slots).profile_id)
        asked = [Operation("get", users[name]) for name in access.DATABASES]
        found = desk.keyring.begin(asked).result()
        return KeyringWay({name: secret for name, secret in zip(access.DATABASES, found, strict=True) if secret})
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
    for database in access.DATABASES:
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
    old = _present_way(desk)
    access.keys_by(folders, old)
    new: Way
    phrase: tuple[str, ...] = ()
    if kind == "keyring":
        new = access.new_keyring_way(slots.read_slots(folders.slots).profile_id, desk.random, desk.keyring)
    elif kind == "passphrase":
        new = PassphraseWay(read_new_passphrase(file), making.new_cost())
    elif kind == "command":
        split_command(command)
        new = CommandWay(take_secret(command), command)
    else:
        if file is None and not _has_terminal():
            raise errors.UsageError("There is no terminal to show the phrase on. Give --file FILE.")
        entropy = desk.random(32)
        new, phrase = RecoveryWay(entropy), recovery_phrase(entropy)
        if file is not None:
            _write_phrase(file, phrase)
    access.add_way(folders, old, new, desk.random)
    if phrase and file is None:
        _show_phrase(phrase)
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
    """Erase this profile: the keys first, so that nothing can be read, then the files, and the mailbox at the relay."""
    folders = desk.folders
    if not folders.data.exists() or not any(folders.data.iterdir()):
        raise errors.VaultMissing
    if not yes:
        answer = ask_line("This erases every letter of this profile on this machine, for ever. Type erase to go on: ")
        if answer.strip() != "erase":
            raise errors.UsageError("Nothing was erased.")
    left: list[str] = []
    if not keep_mailbox:
        left += _close_mailbox(desk)
    presence.lock_everyone(folders.state, LOCK_SECONDS)
    left += erasing.erase(folders, desk.keyring)
    for sentence in left:
        desk.output.aside(sentence)
    desk.output.row(
        {"erased": not left, "left": left}, "Erased." if not left else "Erased, but for what is said above."
    )
    if sys.stdout.isatty():
        desk.output.aside("Copies that you made yourself, and the letters on the other side, are not touched.")


def _close_mailbox(desk: Desk) -> list[str]:
    """Ask the relay to erase the mailbox; give what could not be done."""
    from therapy_tui.services.courier import CourierBusy, courier_lock

    left = ["The mailbox at the relay is still there; it empties itself after 30 days."]
    try:
        with courier_lock(desk.folders.state / "courier"), desk.vault() as vault:
            if not vault.profile.opened:
                return []
            return [] if desk.close_mailbox(vault) else left
    except CourierBusy:
        return left
    except errors.TherapyError as error:
        return [str(error), *left]
