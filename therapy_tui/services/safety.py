"""The person's own safety plan in the vault: read at once, kept as it is typed, with what it was before."""

import os
from pathlib import Path

from therapy_tui import errors, files
from therapy_tui.core import safety as rules
from therapy_tui.core.safety import Earlier, Plan, Step
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import safety as plans

CHANGED = RoomChanged("plan")


class ChangedElsewhere(errors.UsageError):
    """This step was changed in another window since it was opened here. Nothing was written over."""


def read(vault: Vault) -> Plan:
    """Read the plan, by one statement."""
    return rules.plan_of(plans.steps(vault.database))


def keep(vault: Vault, before: Step, text: str, *, new_sitting: bool = False) -> Step:
    """Keep a step as it is now; give it as it stands in the vault.

    Args:
        vault: the open vault.
        before: the step as it was read or last kept.
        text: the person's words.
        new_sitting: the first change since it was opened: what it was until now is kept as an earlier version.

    Raises:
        ChangedElsewhere: another window changed it; nothing was written over.
        UsageError: it cannot be kept as it is.
        DiskFull: nothing was written.
    """
    rules.check_text(text)
    now = vault.now()
    keeps_earlier = new_sitting and bool(before.text.strip()) and before.text != text
    with vault.transaction() as database:
        if not plans.keep(database, before, text, now):
            raise ChangedElsewhere
        if keeps_earlier:
            plans.keep_version(database, before.number, before.text, before.changed_at)
        vault.tell(CHANGED)
    return Step(before.number, text, now, before.revision + 1)


def put_aside(vault: Vault, number: int, text: str, place: int = 0) -> int:
    """Keep words that another window was quicker than as an earlier version of a step; give the version's number.

    Args:
        vault: the open vault.
        number: the step.
        text: the words.
        place: the version that holds them so far; 0 for none yet.
    """
    rules.check_text(text)
    with vault.transaction() as database:
        return plans.keep_version(database, number, text, vault.now(), place)


def versions(vault: Vault) -> list[Earlier]:
    """Read what the steps were before: step by step, the newest first."""
    return plans.versions(vault.database)


def write_page(path: Path, lines: tuple[str, ...]) -> None:
    """Write the page as plain text into a new file, 0600, in clear.

    Raises:
        UsageError: something has that name already, or the folder is not there; nothing is ever written over.
        DiskFull, LocalError: the system refused; nothing is left behind.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Nothing is ever written over.") from None
    try:
        files.write_private(path, ("\n".join(lines) + "\n").encode())
    except errors.LocalError:
        path.unlink(missing_ok=True)
        raise
