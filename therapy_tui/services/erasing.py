"""Erase a profile: what opens it first, so that nothing can be read whatever happens next."""

from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, open_plan
from therapy_tui.store import slots


def erase(folders: Folders, keyring: Keyring) -> tuple[str, ...]:
    """Erase a profile: the key slots first, then what lies in clear, the keyring's entries and the files.

    Gives what could not be done.
    An erasing that was cut short is finished by the next one.
    """
    left: list[str] = []
    try:
        file = slots.read_slots(folders.slots)
    except errors.TherapyError:
        file = None
    if folders.slots.is_symlink() or folders.slots.exists():
        try:
            slots.destroy_slots(folders.slots)
        except errors.TherapyError as error:
            left.append(str(error))
    try:
        open_plan.remove(folders)
    except errors.TherapyError as error:
        left.append(str(error))
    if file is not None and "keyring" in slots.kinds(file):
        try:
            keyring.delete(access.keyring_users(file.profile_id).values())
        except errors.KeyringUnusable as error:
            left.append(f"The keyring's entry is still there: {error}")
    for path in (*folders.data.parent.glob(".new-*/*"), *folders.data.parent.glob(".new-*"), folders.settings):
        left += _unlink(path)
    # What shows that there is something to erase goes last, so that an erasing that was cut short is noticed.
    for folder in (folders.state, folders.data):
        for path in sorted(folder.rglob("*"), reverse=True):
            left += _unlink(path)
        left += _unlink(folder)
    return tuple(left)


def _unlink(path: Path) -> list[str]:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    except OSError as error:
        return [f"{path} is still there: {error.strerror}."]
    return []
