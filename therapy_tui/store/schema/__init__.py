"""Numbered schema files: bring a database up to date, keep a copy before, refuse a newer one."""

from pathlib import Path

from therapy_tui import errors
from therapy_tui.store.database import Database

NEEDS_ROOM = (
    "The disk is full, and this version of the program has to bring your files up to date before it can read them."
    " They were left as they are; make room and try again."
)

_FOLDER = Path(__file__).parent


def versions(name: str) -> list[str]:
    """Give the SQL of each version of the database `name`, oldest first."""
    return [file.read_text("utf-8") for file in sorted((_FOLDER / name).glob("*.sql"))]


def newest(name: str) -> int:
    """Give the newest version that this program knows."""
    return len(list((_FOLDER / name).glob("*.sql")))


def upgrade(database: Database, name: str, steps: list[str] | None = None, *, keep_copy: bool = True) -> Path | None:
    """Bring `database` to the newest version in one transaction; give the copy kept from before, if any.

    A step that fails takes all of them back, so that an older program can go on with the file.

    Args:
        database: an open database.
        name: the folder of its schema files, "vault" or "notes".
        steps: the versions to go through; the program's own when not given.
        keep_copy: keep the file as it was before, beside it.

    Raises:
        VaultNewer: it was written by a newer program; nothing was changed.
        DiskFull: there is no room for the newer version.
    """
    version = int(database.value("PRAGMA user_version"))
    known = newest(name) if steps is None else len(steps)
    if version == known:
        return None
    if version > known:
        raise errors.VaultNewer
    if database.is_for_reading:
        raise errors.DiskFull(NEEDS_ROOM)
    copy = None
    if version and keep_copy:
        copy = database.path.with_name(f"{database.path.name}.before-{version + 1}")
        database.copy_to(copy)
    with database.transaction():
        version = int(database.value("PRAGMA user_version"))  # another process may have been quicker
        if version < known:
            for sql in (steps or versions(name))[version:]:
                database.run(sql)
            database.run(f"PRAGMA user_version = {known}")
    return copy
