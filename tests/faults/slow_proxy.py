"""A slow line on loopback: carries TCP both ways at a pace and with a delay, and can be cut or fall silent."""

import asyncio
import contextlib
import threading
from types import TracebackType
from typing import Self

from tests.benchmarks.counting import Count
from tests.outside.channel import Channel

READ_AHEAD = 512
"""The line itself holds little; what waits, waits with whoever sends."""
AT_ONCE = 0.001
"""Bytes that are had within so many seconds were waiting."""


class SlowProxy:
    """Carries every connection to a port; runs in a thread of its own.

    Args:
        port: where the server listens.
        rate: bytes a second each way, of what TCP carries; 0 for no limit.
        delay: seconds that each byte is on its way, in either direction.
    """

    def __init__(self, port: int, rate: float = 0.0, delay: float = 0.0) -> None:
        self._target = port
        self.rate, self.delay = rate, delay
        self.is_silent = False
        """While it is, no byte passes, and nobody is told."""
        self.count = Count()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._writers: set[asyncio.StreamWriter] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def passed(self) -> tuple[int, int]:
        """The bytes that were carried down and up since the count began."""
        return self.count.down, self.count.up

    def pace(self, rate: float, delay: float) -> None:
        """Carry at another pace from now on."""
        self.rate, self.delay = rate, delay

    def cut(self) -> None:
        """Break every connection, as both ends are told at once."""

        async def abort() -> None:
            for each in self._writers:
                each.transport.abort()

        asyncio.run_coroutine_threadsafe(abort(), self._loop).result(10)

    async def _listen(self) -> asyncio.Server:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0, limit=READ_AHEAD)
        self.port = int(server.sockets[0].getsockname()[1])
        return server

    async def _end(self) -> None:
        self._server.close()
        for each in self._writers:
            each.transport.abort()
        tasks = asyncio.all_tasks(self._loop) - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target, limit=READ_AHEAD)
        self._writers |= {writer, far_writer}
        with contextlib.suppress(asyncio.CancelledError):  # the server's own callback would print it
            await asyncio.gather(self._pump(reader, far_writer, up=True), self._pump(far_reader, writer, up=False))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        channel = Channel()
        with contextlib.suppress(ConnectionError):
            while True:
                channel.rate, channel.delay = self.rate, self.delay
                asked = self._loop.time()
                data = await reader.read(channel.piece)
                if not data:
                    break
                now = self._loop.time()
                was_waiting = now - asked < AT_ONCE
                (channel.give_waiting if was_waiting else channel.give)(data, now)
                if up:
                    self.count.up += len(data)
                else:
                    self.count.down += len(data)
                self._loop.call_at(channel.free_at + channel.delay, self._deliver, channel, writer)
                if channel.free_at > now:
                    await asyncio.sleep(channel.free_at - now)
        self._loop.call_at(max(self._loop.time(), channel.free_at + channel.delay) + 0.001, writer.close)

    def _deliver(self, channel: Channel, writer: asyncio.StreamWriter) -> None:
        arrived = channel.take(channel.next_at)
        if not self.is_silent and not writer.is_closing():
            writer.write(arrived)
