"""Reads request bodies: counted as they come, within their time, and with a bound on all of them together."""

import asyncio
from collections.abc import AsyncIterator

from therapy_tui.core.wire import Limits


class BodyRefused(Exception):
    """A body was not taken."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
        """What HTTP calls it: 408 too slow, 413 too large, 503 too many at once."""


class Bodies:
    """The bodies that are being read now."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held = 0

    @property
    def held(self) -> int:
        """The bytes in memory of bodies that have not come to their end."""
        return self._held

    async def read(self, stream: AsyncIterator[bytes]) -> bytes:
        """Read a body to its end.

        Raises:
            BodyRefused: it came too slowly, is too large, or there are too many.
        """
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                async for chunk in stream:
                    chunks.append(chunk)
                    size += len(chunk)
                    self._held += len(chunk)
                    if size > self._limits.body:
                        raise BodyRefused(413)
                    if self._held > self._limits.bodies:
                        raise BodyRefused(503)
        except TimeoutError as error:
            raise BodyRefused(408) from error
        finally:
            self._held -= size
        return b"".join(chunks)
