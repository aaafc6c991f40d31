"""A line that remembers: carries bytes between callers and a relay on this machine, and keeps a copy of all of them."""

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Recorder:
    """Listens on loopback and carries every connection to a port.

    Args:
        port: where the relay listens; may be set before the first connection.
    """

    def __init__(self, port: int = 0) -> None:
        self.target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._lock = threading.Lock()
        self._streams: list[bytearray] = []
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def streams(self) -> list[bytes]:
        """What has passed, each direction of each connection by itself."""
        with self._lock:
            return [bytes(each) for each in self._streams]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A thread that waits on a socket that was merely closed may wait on, or wake on another of the same number.
        _shut(self._listener)
        self._threads[0].join()
        self._listener.close()
        for each in self._sockets:
            _shut(each)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()

    def _start(self, work: Callable[..., None], *values: object) -> None:
        thread = threading.Thread(target=work, args=values, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            try:
                relay = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                caller.close()
                continue
            self._sockets += [caller, relay]
            for from_, to in ((caller, relay), (relay, caller)):
                stream = bytearray()
                with self._lock:
                    self._streams.append(stream)
                self._start(self._carry, from_, to, stream)

    def _carry(self, from_: socket.socket, to: socket.socket, stream: bytearray) -> None:
        with contextlib.suppress(OSError):
            while data := from_.recv(65_536):
                with self._lock:
                    stream += data
                to.sendall(data)
        _shut(to)


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
