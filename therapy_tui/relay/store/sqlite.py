"""The relay's default database: SQLite in one file, readable by its owner alone."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

from therapy_tui.errors import ConfigError
from therapy_tui.relay.store.base import Shelf
from therapy_tui.relay.store.writer import Counts, Writer

T = TypeVar("T")
_APPLICATION: Final = int.from_bytes(b"tt1R", "big")
_BUSY_MS: Final = 5000


class SqliteStore:
    """`Store` in one file. Everything that was told as done has been synced to disk."""

    def __init__(self, path: Path) -> None:
        """Open the file, making or upgrading it.

        Raises:
            ConfigError: it is not a relay's database, is newer than this program, or cannot be opened.
        """
        prepare(path)
        self._path = path
        self._writer = Writer(lambda: _connect(path))
        self._writer.start()

    @property
    def counts(self) -> Counts:
        """Jobs and commits since the start."""
        return self._writer.counts

    async def run(self, work: Callable[[Shelf], T]) -> T:
        """Do `work` in a transaction of its own and return once it is committed on disk.

        Raises:
            StoreFull: the disk is full; nothing of the work stands.
            StoreFault: the database failed; nothing of the work stands.
        """
        return await self._writer.run(work)

    def free(self) -> tuple[int, int]:
        """Give the bytes free and the bytes in all of the disk."""
        usage = shutil.disk_usage(self._path.parent)
        return usage.free, usage.total

    def close(self) -> None:
        """Finish what was given and close."""
        self._writer.stop()


def prepare(path: Path) -> None:
    """Make or upgrade a relay's database, 0600 in a folder that is made 0700 where there is none.

    Raises:
        ConfigError: it is not a relay's database, is newer than this program, or cannot be opened.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        os.fchmod(opened, 0o600)
        os.close(opened)
        # looked at before anything is set, because going over to WAL would already change another program's file
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _recognise(connection)
        with closing(_connect(path)) as connection:
            migrate(connection)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(f"The relay's database {path} cannot be used: {error}. It was left as it is.") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = FAST")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    return connection


def _recognise(connection: sqlite3.Connection) -> int:
    """Give the version of a relay's database; 0 for an empty one.

    Raises:
        ConfigError: it is not a relay's, or newer than this program.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if mark != _APPLICATION and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise ConfigError("This file is a database, but not a relay's. It was left as it is.")
    if version > len(_steps()):
        raise ConfigError("This relay's database was written by a newer version. It was left as it is.")
    return version


def _steps() -> list[str]:
    """Read the numbered scripts, in order."""
    folder = files(__package__).joinpath("schema")
    scripts = sorted((step for step in folder.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    return [script.read_text("utf-8") for script in scripts]


def migrate(connection: sqlite3.Connection) -> None:
    """Run the numbered steps that this database has not had, all in one transaction.

    Raises:
        ConfigError: it is not a relay's database, or is newer than this program.
    """
    connection.execute("BEGIN IMMEDIATE")
    steps = _steps()
    for step in steps[_recognise(connection) :]:
        for statement in _statements(step):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(steps)}")
    connection.execute("COMMIT")


def _statements(script: str) -> list[str]:
    """Cut a script at the semicolons that end a statement (executescript would commit first)."""
    found, text = [], ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            found.append(text)
            text = ""
    return found
