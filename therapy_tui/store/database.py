"""One encrypted SQLite file: open it for certain, read it, change it in transactions, and say kindly what is wrong."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from therapy_tui import errors
from therapy_tui.crypto.slots import backup_key

BUSY_MILLISECONDS = 5_000
"""How long a statement waits for another process's transaction."""

_PLAIN_HEADER = b"SQLite format 3\0"
NO_FILE = (
    "{} is no file: a folder, a link or something else has its place. It was left as it is; put the file itself there."
)
_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW

Row = tuple[Any, ...]


class Database:
    """An open database. One thread uses it; several processes may have the same file open.

    `changes` differs whenever somebody else committed (`PRAGMA data_version`).
    """

    def __init__(
        self, path: Path, connection: apsw.Connection, backup_key: bytes = b"", *, is_for_reading: bool = False
    ) -> None:
        self.path = path
        self.is_open = True
        self.is_for_reading = is_for_reading
        """Whether it was opened on a disk without any room, and takes nothing."""
        self.backup_key = backup_key
        """Seals what a backup holds of this file: a key below the file's own, until it is closed."""
        self._connection = connection

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and give all its rows."""
        with translated(self.path):
            return list(self._connection.execute(sql, values))

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run one statement and give its rows one by one, however many there are."""
        with translated(self.path):
            yield from self._connection.execute(sql, values)

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Run one statement and give its first row, or None."""
        with translated(self.path):
            return next(iter(self._connection.execute(sql, values)), None)

    def value(self, sql: str, values: Sequence[Any] = (), default: Any = None) -> Any:  # noqa: ANN401 - a column of any type
        """Run one statement and give the first column of its first row, or `default`."""
        row = self.one(sql, values)
        return default if row is None or row[0] is None else row[0]

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and give the number of rows it changed."""
        with translated(self.path):
            self._connection.execute(sql, values)
            return self._connection.changes()

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one INSERT and give the row's number."""
        with translated(self.path):
            self._connection.execute(sql, values)
            return self._connection.last_insert_rowid()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock from the first read to the commit; any exception takes everything back.

        Raises:
            VaultBusy: another process held the lock for five seconds.
            DiskFull: nothing was written.
        """
        if self.is_for_reading:
            raise errors.DiskFull
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with translated(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with translated(self.path):
                    self._connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the file as it is now to the end, whatever others write meanwhile; nobody waits for it.

        What is changed within is taken back.
        """
        with translated(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with translated(self.path):
                self._connection.execute("ROLLBACK")

    @property
    def changes(self) -> int:
        """A number that differs whenever another connection has committed."""
        return int(self.value("PRAGMA data_version"))

    def check(self) -> list[str]:
        """Read every page and give what is damaged, an empty list when nothing is."""
        return [str(row[0]) for row in self.all("PRAGMA quick_check") if row[0] != "ok"]

    def copy_to(self, path: Path) -> None:
        """Write an encrypted copy under the same key, 0600, for example before an upgrade."""
        path.unlink(missing_ok=True)
        self.run("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)

    def rekey(self, key: bytes) -> None:
        """Encrypt the whole file anew under another 32-byte key."""
        self.value(f"PRAGMA rekey = '{_raw(key)}'")

    def close(self) -> None:
        """Close the file and let go of the key; its memory is free, not wiped (Python cannot)."""
        self.is_open = False
        self.backup_key = b""
        self._connection.close()


def create_database(path: Path, key: bytes) -> Database:
    """Make a new encrypted file, 0600; an existing one is never touched.

    Raises:
        VaultError: a file of that name exists.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600))
    except FileExistsError:
        raise errors.VaultError(f"There is a vault here already: {path}. It was left as it is.") from None
    database = _keyed(path, key)
    database.value("PRAGMA journal_mode = WAL")
    return database


def open_database(path: Path, key: bytes, *, for_reading: bool = False) -> Database:
    """Open an existing file and make sure that the key opened it and that it is encrypted.

    A missing file, a wrong key, a plain database and a damaged header are told apart from each other as far as that is
    possible, and none of them changes the file.

    Args:
        path: the file.
        key: 32 bytes.
        for_reading: ask for no room on the disk, and take nothing. Other processes may have it open in either way; in
            this one nothing else may.

    Raises:
        VaultMissing, VaultDamaged, VaultBusy: as their names say.
        DiskFull: there is no room for what is needed beside the file.
    """
    check_file(path)
    return _keyed(path, key, for_reading=for_reading)


def memory_database() -> Database:
    """Make a database that is never on a disk, to try rows in: triggers do nothing there."""
    path = Path(":memory:")
    with translated(path):
        connection = apsw.Connection(str(path))
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    return Database(path, connection)


def check_file(path: Path) -> None:
    """Make sure by its first bytes that a file can be a database of ours: never through a link, and without waiting.

    Raises:
        VaultMissing: there is nothing of that name.
        VaultDamaged: a folder, a link, a pipe or the like has its place, or it is cut short or not encrypted.
        VaultError: the system refused.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise errors.VaultMissing(f"{path} is missing. Nothing was made in its place.") from None
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:  # a link, a socket
            raise errors.VaultDamaged(NO_FILE.format(path)) from None
        raise errors.VaultError(f"{path} cannot be opened here: {error.strerror}. It was left as it is.") from None
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        header = os.read(descriptor, len(_PLAIN_HEADER)) if is_file else b""
    except OSError as error:
        raise errors.VaultError(f"{path} cannot be read here: {error.strerror}. It was left as it is.") from None
    finally:
        os.close(descriptor)
    if not is_file:
        raise errors.VaultDamaged(NO_FILE.format(path))
    if header == _PLAIN_HEADER:
        raise errors.VaultDamaged(f"{path} is not encrypted, so it is not this program's. It was left as it is.")
    if len(header) < len(_PLAIN_HEADER):
        raise errors.VaultDamaged(f"{path} is cut short. It was left as it is; restore it from a backup.")


def _keyed(path: Path, key: bytes, *, for_reading: bool = False) -> Database:
    name, flags = str(path), _FLAGS
    if for_reading:
        # The index of the write-ahead log is then made in memory. The file that processes share has to be there for
        # that, empty as it may be, so that whoever writes is noticed in it.
        with contextlib.suppress(OSError):
            os.close(os.open(f"{path}-shm", os.O_CREAT | os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        name, flags = f"{path.absolute().as_uri()}?readonly_shm=1", _FLAGS | apsw.SQLITE_OPEN_URI
    with translated(path):
        connection = apsw.Connection(name, flags=flags)
    database = Database(path, connection, backup_key(key), is_for_reading=for_reading)
    try:
        connection.set_busy_timeout(BUSY_MILLISECONDS)
        database.value(f"PRAGMA key = '{_raw(key)}'")
        database.value("SELECT count(*) FROM sqlite_schema")
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY"):
            database.value(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return database


def _raw(key: bytes) -> str:
    # A key of any other length would silently be taken as a passphrase.
    if len(key) != 32:  # noqa: PLR2004 - the cipher's key length
        raise errors.KeySlotError("The key of the vault has the wrong length. The vault was left as it is.")
    return "raw:" + key.hex()


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the library's errors into this program's sentences."""
    try:
        yield
    except apsw.FullError:
        raise errors.DiskFull from None
    except (apsw.BusyError, apsw.LockedError):
        raise errors.VaultBusy from None
    except (apsw.NotADBError, apsw.CorruptError):
        raise errors.VaultDamaged(
            f"{path} is damaged, or this key is not its key. It was left as it is; restore it from a backup."
        ) from None
    except apsw.CantOpenError:
        raise errors.VaultError(f"{path} cannot be opened here.") from None
    except apsw.IOError as error:
        if (
            getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE
        ):  # the file that its processes share has no room
            raise errors.DiskFull from None
        raise errors.VaultError(f"{path} could not be read or written; the disk reports an error.") from None
    except apsw.ReadOnlyError:
        raise errors.VaultError(f"{path} cannot be written here.") from None
