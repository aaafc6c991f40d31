"""The worker process: builds the relay's application and keeps its small background tasks."""

import asyncio
import contextlib
import json
import os
import ssl
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from starlette.applications import Starlette

from therapy_tui.relay import parent
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.app import LOG, Doors, Lifespan, build
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.settings import Settings
from therapy_tui.relay.store.base import Store, StoreFault
from therapy_tui.relay.store.sqlite import SqliteStore
from therapy_tui.relay.tickets import TicketFile
from therapy_tui.relay.wait import Waiting

_SWEEP_SECONDS: Final = 600
_SWEEP_PAUSE: Final = 0.05
_LOOK_SECONDS: Final = 0.01
_FOLLOW_SECONDS: Final = 1
_SWITCH_SECONDS: Final = 0.0005


def load(settings: Settings, main: int) -> Starlette:
    """Make the application inside a worker of the main process `main`, and let the worker end with it."""
    os.umask(0o077)
    parent.hide()
    parent.die_with(main)
    # the database's thread would else keep the event loop waiting for 5 ms at a time; this gives a quarter more
    sys.setswitchinterval(_SWITCH_SECONDS)
    store = SqliteStore(settings.database)
    limits = settings.limits
    admission = Admission(limits, anyone=settings.anyone, tickets=TicketFile(settings.tickets))
    office = Office(limits, admission, lambda: int(time.time()), store.free)
    counter = Counter(office, store, Waiting(limits.waiting, limits.waiting_an_address))
    doors = Doors(counter, limits, behind_proxy=settings.behind_proxy)
    return build(doors, _lifespan(settings, main, office, store))


def _lifespan(settings: Settings, main: int, office: Office, store: Store) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(_every(_SWEEP_SECONDS, partial(_sweep, office, store))),
            asyncio.create_task(_every(_LOOK_SECONDS, partial(_announce, settings))),
            asyncio.create_task(_every(_FOLLOW_SECONDS, partial(_follow, main))),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            store.close()

    return lifespan


async def _every(seconds: float, work: Callable[[], Awaitable[bool]]) -> None:
    """Do `work` again and again, with a pause between, until it says that it is finished."""
    finished = False
    while not finished:
        finished = await work()
        await asyncio.sleep(0 if finished else seconds)


async def _sweep(office: Office, store: Store) -> bool:
    """Erase what is over, a little at a time, so that requests come between."""

    async def some() -> bool:
        return not await store.run(office.sweep)

    try:
        await _every(_SWEEP_PAUSE, some)
    except StoreFault as error:
        LOG.error("a sweep failed: %s", type(error).__name__)  # a traceback may hold content
    return False


async def _follow(main: int) -> bool:
    """Look after the main process, for systems that send no signal when it ends."""
    parent.end_without(main)
    return False


async def _announce(settings: Settings) -> bool:
    """Print where the relay listens, once it really answers there."""
    if not await _answers(settings):
        return False
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    sys.stdout.write(json.dumps({"listening": f"{settings.scheme}://{host}:{settings.port}"}) + "\n")
    sys.stdout.flush()
    return True


async def _answers(settings: Settings) -> bool:
    """Ask the relay's own health door, over HTTP/1.1 because that needs no library."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104  # compared, not bound
    context = None
    if settings.certificate:
        context = ssl.create_default_context()
        # our own port, whatever name the certificate is for
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        reader, writer = await asyncio.open_connection(host, settings.port, ssl=context)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = await reader.readline()
        writer.close()
        await writer.wait_closed()
        return b" 200 " in status
    return False
