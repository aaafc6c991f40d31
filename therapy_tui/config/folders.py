"""The folders of one profile: found, made for their owner alone, and refused when others could reach in."""

import os
import re
import stat
from pathlib import Path

import msgspec
import platformdirs

from therapy_tui.errors import UsageError

__all__ = ["Folders", "find_folders"]

_NAME = re.compile(r"[a-z0-9-]{1,32}\Z")
_PROGRAM = "therapy-tui"


class Folders(msgspec.Struct, frozen=True):
    """Where one profile is kept on this machine."""

    profile: str
    """The profile's name on this machine: 1 to 32 of a-z, 0-9 and the hyphen."""
    data: Path
    """What must be kept: the databases and the key slots."""
    config: Path
    """What the person chose, for all profiles: settings and themes."""
    state: Path
    """What belongs to this machine only and is not part of a backup: locks and the epoch."""

    @property
    def vault(self) -> Path:
        """The database of letters, contacts and all else but session notes."""
        return self.data / "vault.db"

    @property
    def notes(self) -> Path:
        """The database of session notes."""
        return self.data / "notes.db"

    @property
    def process(self) -> Path:
        """The database of process notes; there only once it was wanted."""
        return self.data / "process.db"

    @property
    def slots(self) -> Path:
        """The wrapped keys of the databases."""
        return self.data / "slots.json"

    @property
    def open_plan(self) -> Path:
        """The safety plan in clear, to be read while locked; there only if the person chose that."""
        return self.data / "open-plan.json"

    @property
    def settings(self) -> Path:
        """The settings of this profile, TOML."""
        return self.config / f"{self.profile}.toml"

    @property
    def themes(self) -> Path:
        """The person's own themes; there only if they made it."""
        return self.config / "themes"

    def make(self) -> None:
        """Make the folders that are not there yet, for their owner alone (0700), and look at those that are.

        Raises:
            UsageError: one is a link, no folder, another user's, or open to others; says how to mend it.
        """
        for folder in (self.data.parent, self.data, self.config, self.state.parent, self.state):
            _make(folder)


def find_folders(home: Path | None, profile: str) -> Folders:
    """Name the folders of a profile; nothing is made or read.

    Args:
        home: holds everything (`data/PROFILE`, `config`, `state/PROFILE`); None means the platform's own places.
        profile: 1 to 32 of a-z, 0-9 and the hyphen.

    Raises:
        UsageError: the name is not such a name.
    """
    if not _NAME.match(profile):
        raise UsageError("A profile's name is 1 to 32 small letters, digits and hyphens.")
    if home is not None:
        home = home.expanduser().absolute()
        return Folders(profile, home / "data" / profile, home / "config", home / "state" / profile)
    return Folders(
        profile,
        platformdirs.user_data_path(_PROGRAM) / profile,
        platformdirs.user_config_path(_PROGRAM),
        platformdirs.user_state_path(_PROGRAM) / profile,
    )


def _make(folder: Path) -> None:
    _make_above(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        # The mode given to mkdir is cut by the umask; a setgid bit may come down from the parent.
        folder.chmod(0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise UsageError(f"{folder} could not be made: {error.strerror}.") from error
    _check(folder)


def _make_above(folder: Path) -> None:
    """Make what is missing above our own folders, and refuse a place where anybody may swap them for others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as error:
        raise UsageError(f"{folder} could not be made: {error.strerror}.") from error
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise UsageError(f"Anybody on this machine may write in {folder}, so it is no place for a vault.")


def _check(folder: Path) -> None:
    state = folder.lstat()
    if stat.S_ISLNK(state.st_mode):
        raise UsageError(f"{folder} is a link to somewhere else. Give the folder itself with --home.")
    if not stat.S_ISDIR(state.st_mode):
        raise UsageError(f"{folder} is not a folder.")
    if state.st_uid != os.geteuid():
        raise UsageError(f"{folder} belongs to another user, so it is not used.")
    if state.st_mode & 0o077:
        raise UsageError(f"Other people on this machine may open {folder}. Close it with: chmod 700 {folder}")
