"""The relay's main process: binds, sets the bounds of the process, and runs Granian with one worker."""

import os
import resource
import socket
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.server import Server

from therapy_tui.errors import UsageError
from therapy_tui.relay import parent
from therapy_tui.relay.settings import Settings
from therapy_tui.relay.store.sqlite import prepare
from therapy_tui.relay.tickets import TicketFile
from therapy_tui.relay.worker import load

# Each of these was tried with Granian 2.8: without them 1,100 silent connections stop it, a silent HTTP/2 peer stays
# for ever, and one kept HTTP/2 connection holds up the end.
_CONNECTIONS: Final = 16_384
# Longer than the minute of a wait: who asks again each minute is never pinged, and a mute peer still ends.
_KEEP_ALIVE_MS: Final = 75_000
_KEEP_ALIVE_TIMEOUT: Final = 20
_KILL_SECONDS: Final = 5
_FILES: Final = 65_536
_LOGGING: Final[dict[str, Any]] = {
    "formatters": {"generic": {"format": "%(levelname)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}},
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "therapy_tui.relay": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}


def run(settings: Settings) -> None:
    """Serve until a signal says otherwise.

    Raises:
        ConfigError: database or tickets cannot be used.
        UsageError: the address cannot be had.
    """
    os.umask(0o077)
    parent.hide()
    if settings.parent is not None:
        parent.watch(settings.parent)
    _raise_files()
    settings = replace(settings, database=settings.database.absolute())
    prepare(settings.database)
    TicketFile(settings.tickets)
    with _reserve(settings.host, settings.port) as reserved:
        settings = replace(settings, port=reserved.getsockname()[1])
        _serve(settings)


def _raise_files() -> None:
    """Allow as many open files as connections need, as far as the system lets us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _reserve(host: str, port: int) -> socket.socket:
    """Hold the port without listening, so that it is known before the worker binds it too.

    The worker's listener shares its port (SO_REUSEPORT), so a second relay could slip in beside it unseen; a first try
    without sharing finds one that is already there.

    Raises:
        UsageError: the address cannot be had.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if port:
            with socket.socket(family, kind) as alone:
                alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                alone.bind(address)
        reserved = socket.socket(family, kind)
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(address)
    except OSError as error:
        raise UsageError(f"The relay cannot listen at {host}, port {port}: {error.strerror}.") from error
    return reserved


def _serve(settings: Settings) -> None:
    header_ms = max(1, int(settings.limits.header_seconds * 1000))
    server = Server(
        "therapy-tui relay",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=1,
        http=HTTPModes.auto,
        websockets=False,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=header_ms),
        http2_settings=HTTP2Settings(
            keep_alive_interval=_KEEP_ALIVE_MS,
            keep_alive_timeout=_KEEP_ALIVE_TIMEOUT,
            max_headers_size=16 * 1024,
        ),
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
        ssl_cert=settings.certificate,
        ssl_key=settings.key,
        workers_kill_timeout=_KILL_SECONDS,
    )
    server.serve(target_loader=partial(load, settings, os.getpid()), wrap_loader=False)
