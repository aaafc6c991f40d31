"""backup: create, verify, restore."""

import contextlib
from pathlib import Path
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli import phrase
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.exporting import settings_text
from therapy_tui.cli.notebook import opened_beside
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.ways import SHARED_LOCK_MINUTES, first_way, way_options
from therapy_tui.core.audit import What
from therapy_tui.crypto.slots import kind_of
from therapy_tui.services import access, audit, backup_reading, making, restoring
from therapy_tui.services import backup as making_backups
from therapy_tui.services.backup import Held
from therapy_tui.store import slots

KEEP = (
    "Only your recovery phrase opens it. Keep it on another disk than this machine's, and try it now and then:"
    " therapy-tui backup verify {}"
)
WHOLE = "It is whole, and this phrase opens it. Nothing was written."
NO_NOTES = "Your session notes are not in it."
NO_DRAWER = "Process notes are not in it: a backup never has them, so their drawer is on this machine alone."
NOT_BY_PHRASE = "The recovery phrase does not open them: therapy-tui keys add recovery"
OLD_HOME = (
    "Do not use the old home any more, nor put this backup in place twice: two homes would take each other's letters."
)
SINCE = (
    "What you wrote after that is not in it. Letters that came since are asked for with the next exchange:"
    " therapy-tui sync"
)
_FILE = click.Path(path_type=Path)
_RECOVERY = click.option(
    "--recovery-file", type=_FILE, help="Read the recovery phrase from a file that only you can read."
)
_WORDS = {
    "letters": ("letter", "letters"),
    "contacts": ("person", "people"),
    "pages": ("page", "pages"),
    "check_ins": ("check-in", "check-ins"),
    "measures": ("questionnaire", "questionnaires"),
    "notes": ("session note", "session notes"),
}


@click.group()
def backup() -> None:
    """Keep everything that is yours in one sealed file, which your recovery phrase opens."""


@backup.command(short_help="Write a backup to a new file.")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Put it in the place of a file of that name.")
@click.pass_obj
def create(desk: Desk, file: Path, *, replace: bool) -> None:
    """Write a backup to FILE: letters, pages, check-ins, questionnaires, plan, people, notes, settings and your keys.

    It can be made while the application is open.
    """
    if access.look(desk.folders).exists and not making_backups.has_phrase(desk.folders):
        raise errors.KeySlotError(making_backups.NO_PHRASE)
    with contextlib.ExitStack() as stack:
        vault = stack.enter_context(desk.vault())
        notes, why = None, ""
        try:
            notes = stack.enter_context(opened_beside(desk, vault)).database
        except errors.LocalError as error:
            why = str(error)
        ways = slots.read_slots(desk.folders.slots)
        if notes is not None and not making_backups.recovery_slots(ways, "notes"):
            notes, why = None, NOT_BY_PHRASE
        held = making_backups.create(
            file,
            vault,
            notes,
            ways,
            settings_text(desk),
            desk.random,
            replace=replace,
        )
        audit.note_or_wait(vault, What.BACKED_UP, detail="with notes" if held.has_notes else "without notes")
    missing = [] if held.has_notes else [f"{NO_NOTES} {why}".strip()]
    if slots.DRAWER in ways.databases:
        desk.output.aside(NO_DRAWER)
    fields = {"file": str(file), **_fields(held), "size": file.stat().st_size, "without_notes_because": why or None}
    desk.output.row(fields, "\n".join([f"Kept in {file}: {_told(held)}.", *missing, KEEP.format(file)]))


@backup.command(short_help="Open all of a backup; nothing is written.")
@click.argument("file", type=_FILE)
@_RECOVERY
@click.pass_obj
def verify(desk: Desk, file: Path, recovery_file: Path | None) -> None:
    """Open all of the backup in FILE, and say what it holds; nothing is written, and no profile is needed."""
    backup_reading.check_file(file)
    entropy = phrase.ask(recovery_file)
    held = backup_reading.verify(file, entropy)
    missing = [] if held.has_notes else [NO_NOTES]
    text = "\n".join([f"Made on {near(held.made_at)}: {_told(held)}.", *missing, WHOLE])
    desk.output.row({"file": str(file), **_fields(held), "size": file.stat().st_size}, text)


@backup.command(short_help="Make a profile of a backup.")
@click.argument("file", type=_FILE)
@_RECOVERY
@way_options
@click.pass_obj
def restore(
    desk: Desk, file: Path, recovery_file: Path | None, unlock: str | None, unlock_command: str, *, shared_machine: bool
) -> None:
    """Put the backup in FILE in place where there is no profile yet; every conversation heals by itself.

    The home that it was made of must not be used any more.
    """
    folders = desk.folders
    making.check_place(folders)
    backup_reading.check_file(file)
    entropy = phrase.ask(recovery_file)
    backup_reading.check_phrase(file, entropy)
    profile_id = slots.new_profile_id(desk.random)
    way, sentence = first_way(desk, profile_id, unlock, unlock_command, shared=shared_machine)
    held = restoring.restore(
        file,
        entropy,
        folders,
        way,
        profile_id,
        desk.random,
        desk.now,
        shared_lock=SHARED_LOCK_MINUTES if shared_machine else 0,
    )
    missing = [] if held.has_notes else [NO_NOTES]
    done = f"Your profile is in {folders.data}, as it was on {near(held.made_at)}: {_told(held)}."
    fields = {"profile": folders.profile, **_fields(held), "unlock": kind_of(way), "sentence": sentence}
    desk.output.row(fields, "\n".join([sentence, done, *missing, OLD_HOME, SINCE]))


def _fields(held: Held) -> dict[str, Any]:
    return {"made_at": stamp(held.made_at), **{name: held.counts.get(name) for name in _WORDS}}


def _told(held: Held) -> str:
    """Say how much of everything there is: 1 letter, 3 pages."""
    told = [f"{count:,} {_WORDS[name][count != 1]}" for name in _WORDS if (count := held.counts.get(name))]
    return ", ".join(told) or "nothing was written yet"
