"""The relay over HTTP: one door for frames, and one for whoever watches whether it is well."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from therapy_tui.core.wire import Code, Limits, Refused, pack_answer
from therapy_tui.errors import Malformed
from therapy_tui.relay.body import Bodies, BodyRefused
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.store.base import StoreFault, StoreFull

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]
LOG: Final = logging.getLogger("therapy_tui.relay")

# A Date that never changes costs one byte on a kept HTTP/2 connection; the server's own, which changes, costs 23.
_HEADERS: Final = {"date": "Thu, 01 Jan 1970 00:00:00 GMT"}
_MALFORMED: Final = pack_answer([Refused(Code.MALFORMED)])
_HEALTH_SECONDS: Final = 5.0


def _answer(status: int, content: bytes = b"") -> Response:
    return Response(content, status, _HEADERS)


class Doors:
    """What HTTP can reach. Nothing here writes a name, a size or an address anywhere."""

    def __init__(self, counter: Counter, limits: Limits, *, behind_proxy: bool) -> None:
        """Take the counter behind the doors.

        Args:
            counter: serves the frames.
            limits: of bodies.
            behind_proxy: whether the last X-Forwarded-For tells who asks.
        """
        self._counter = counter
        self._bodies = Bodies(limits)
        self._behind_proxy = behind_proxy

    def _address(self, request: Request) -> str:
        """Give who asks; behind a proxy, the address that the proxy itself wrote down, which is the last."""
        forwarded = request.headers.getlist("x-forwarded-for") if self._behind_proxy else []
        if forwarded:
            return forwarded[-1].rpartition(",")[2].strip()
        return request.client.host if request.client else ""

    async def frame(self, request: Request) -> Response:
        """Take a frame and answer with a frame."""

        async def gone() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass

        try:
            data = await self._bodies.read(request.stream())
            return _answer(200, await self._counter.serve(data, self._address(request), gone))
        except (Malformed, ClientDisconnect):
            return _answer(400, _MALFORMED)
        except BodyRefused as refused:
            return _answer(refused.status)
        except Exception as error:  # noqa: BLE001  # the edge: whatever failed, no traceback, which may hold content
            LOG.error("a request failed: %s", type(error).__name__)  # noqa: TRY400  # for the same reason
            return _answer(507 if isinstance(error, StoreFull) else 503)

    async def health(self, _: Request) -> Response:
        """Say whether the database answers."""
        try:
            async with asyncio.timeout(_HEALTH_SECONDS):
                await self._counter.store.run(lambda _: None)
        except (StoreFault, TimeoutError):
            return _answer(503)
        return _answer(200, b"ok\n")


def build(doors: Doors, lifespan: Lifespan | None = None) -> Starlette:
    """Make the application."""
    routes = [
        Route("/", doors.frame, methods=["POST"]),
        Route("/healthz", doors.health, methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
