"""What opens a profile that is made: asked for by options, else the keyring where it works, else a passphrase."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.crypto.slots import CommandWay, PassphraseWay, Way
from therapy_tui.keys.command import split_command, take_secret
from therapy_tui.keys.passphrase import read_new_passphrase
from therapy_tui.services import access, making

SHARED_LOCK_MINUTES = 2

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--unlock", type=click.Choice(["keyring", "passphrase", "command"]), help="What opens the vault."),
    click.option(
        "--unlock-command", default="", metavar="CMD", help="A command that prints a secret, such as: pass show x"
    ),
    click.option("--shared-machine", is_flag=True, help="Other people use this machine: a passphrase, a short lock."),
)


def way_options(function: Function) -> Function:
    """Give a command the options that choose what opens the vault."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def first_way(desk: Desk, profile_id: str, unlock: str | None, command: str, *, shared: bool) -> tuple[Way, str]:
    """Choose what opens the vault; give it and a sentence that says so.

    Raises:
        UsageError, KeySlotError, KeyringUnusable: with the reason.
    """
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
