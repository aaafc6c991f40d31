"""A proxy on loopback that counts the bytes of TCP payload in each direction."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Self


@dataclass
class Count:
    """Bytes of payload: `up` to the relay, `down` from it."""

    up: int = 0
    down: int = 0

    @property
    def both(self) -> int:
        """Both directions."""
        return self.up + self.down

    def take(self) -> "Count":
        """Give what was counted and begin again."""
        taken = Count(self.up, self.down)
        self.up = self.down = 0
        return taken


class CountingProxy:
    """Carries every connection on to a port and counts."""

    def __init__(self, port: int) -> None:
        self._target = port
        self.count = Count()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *reason: object) -> None:
        del reason
        if self._server is not None:
            self._server.close()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=1)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        out_reader, out_writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            with contextlib.suppress(asyncio.CancelledError):  # the server's own callback would print it
                await asyncio.gather(
                    self._pump(reader, out_writer, up=True),
                    self._pump(out_reader, writer, up=False),
                    return_exceptions=True,
                )
        finally:
            out_writer.close()
            writer.close()
            if task is not None:
                self._tasks.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        while data := await reader.read(65536):
            if up:
                self.count.up += len(data)
            else:
                self.count.down += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()
