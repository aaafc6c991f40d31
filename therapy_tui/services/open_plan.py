"""The plan's copy that is read while locked: in clear, and there only where the person chose that.

That the file is there is the choice itself: no setting could disagree with it. It is never made by default, never on a
machine that other people use, and it goes when the choice is taken back, with the profile, and with an empty plan.
"""

import os

import msgspec

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.core.safety import Plan, Step, check_text, plan_of
from therapy_tui.files import destroy_private, read_private, unfinished, write_private

LIMIT = 256 * 1024
BROKEN = "{} is not in the form it should have. Opening your plan, unlocked, mends it."


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    number: int
    text: str
    changed_at: int


def is_chosen(folders: Folders) -> bool:
    """Tell whether the person chose that the plan is readable while locked."""
    return os.path.lexists(folders.open_plan)


def read(folders: Folders) -> Plan | None:
    """Read the copy; None where it was not chosen.

    Raises:
        LocalError: it is a link, not ours, open to others, too long, or not in the form it should have.
    """
    try:
        data = read_private(folders.open_plan, LIMIT)
    except FileNotFoundError:
        return None
    try:
        kept = msgspec.json.decode(data, type=list[_Kept])
        for each in kept:
            check_text(each.text)
    except (msgspec.MsgspecError, errors.UsageError, UnicodeDecodeError, RecursionError):
        raise errors.LocalError(BROKEN.format(folders.open_plan)) from None
    return plan_of(Step(each.number, each.text, each.changed_at, 1) for each in kept)


def write(folders: Folders, plan: Plan) -> None:
    """Make the copy, 0600, whole or not at all.

    Raises:
        UsageError: there is a link or something else in its place.
        DiskFull, LocalError: it is as it was before.
    """
    kept = [_Kept(step.number, step.text, step.changed_at) for step in plan.written]
    write_private(folders.open_plan, msgspec.json.encode(kept))


def remove(folders: Folders) -> None:
    """Overwrite and remove the copy, and what a kill may have left of one; a link is removed, not followed.

    Raises:
        LocalError: the system refused.
    """
    destroy_private(folders.open_plan)


def follow(folders: Folders, plan: Plan, *, shared_machine: bool) -> None:
    """Let the copy say what the plan says now, where there is to be one; take away what should not be there.

    Raises:
        UsageError, DiskFull, LocalError: the copy is as it was.
    """
    if is_chosen(folders) and not plan.is_empty and not shared_machine:
        if not _says(folders, plan):
            write(folders, plan)
    elif is_chosen(folders) or os.path.lexists(unfinished(folders.open_plan)):
        remove(folders)


def _says(folders: Folders, plan: Plan) -> bool:
    try:
        kept = read(folders)
    except errors.LocalError:
        return False
    return kept is not None and kept.same_words(plan)
