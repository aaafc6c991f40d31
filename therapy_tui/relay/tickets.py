"""The file of tickets: one a line, each good for one mailbox."""

from pathlib import Path

from therapy_tui.errors import ConfigError
from therapy_tui.relay.admission import ticket_hash


class TicketFile:
    """Gives the hashes of all tickets; lines added later count at once."""

    def __init__(self, path: Path | None) -> None:
        """Read the file.

        Raises:
            ConfigError: it cannot be read.
        """
        self._path = path
        self._mark: tuple[int, int] | None = None
        self._hashes: frozenset[bytes] = frozenset()
        try:
            self._read()
        except OSError as error:
            raise ConfigError(f"The file of tickets cannot be read: {error}.") from error

    def __call__(self) -> frozenset[bytes]:
        """Give the hashes, reading the file again if it changed; what was read last stands while it cannot be."""
        try:
            self._read()
        except OSError:
            return self._hashes
        return self._hashes

    def _read(self) -> None:
        if self._path is None:
            return
        found = self._path.stat()
        mark = (found.st_mtime_ns, found.st_size)
        if mark != self._mark:
            lines = (line.strip() for line in self._path.read_bytes().splitlines())
            self._hashes = frozenset(ticket_hash(line) for line in lines if line)
            self._mark = mark
