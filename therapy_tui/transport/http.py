"""Frames over HTTP/2: one kept connection a relay, no header that need not be, bounded answers."""

import asyncio
import ssl
from collections.abc import Callable, Collection

import httpx

from therapy_tui import errors
from therapy_tui.core.address import is_loopback
from therapy_tui.transport.trust import NO_FILE, unreachable

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
"""How long an answer may take, beside the wait that was asked for."""
MOST_BYTES = 2 * 1024 * 1024

_STATUS = {413: 5, 429: 6, 503: 6, 507: 10}


def url_of(relay: str, plain: Collection[str] = (), secure: Collection[str] = ()) -> str:
    """Give the address of a relay: https, but http on loopback and where the person's settings name it as plain."""
    unsealed = relay in plain or (is_loopback(relay) and relay not in secure)
    return f"{'http' if unsealed else 'https'}://{relay}/"


class HttpTransport:
    """The transport of the real program.

    Args:
        plain: relays ("host:port") that the person allowed without TLS.
        secure: relays on loopback that are to be asked with TLS all the same.
        proxy: a SOCKS proxy's address, such as "socks5://127.0.0.1:9050", or None.
        counter: is told the bytes (up, down) of each exchange: bodies, without headers.
    """

    def __init__(
        self,
        plain: Collection[str] = (),
        secure: Collection[str] = (),
        proxy: str | None = None,
        counter: Callable[[int, int], None] | None = None,
    ) -> None:
        self._plain = plain
        self._secure = secure
        self._proxy = proxy
        self._count = counter
        self._kept: httpx.AsyncHTTPTransport | None = None

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Carry one frame; see `Transport.post`."""
        url = httpx.URL(url_of(relay, self._plain, self._secure))
        seconds = ANSWER_SECONDS + wait
        limits = {"connect": CONNECT_SECONDS, "read": seconds, "write": ANSWER_SECONDS, "pool": CONNECT_SECONDS}
        headers = [(b"host", url.netloc), (b"content-length", b"%d" % len(body))]
        request = httpx.Request("POST", url, headers=headers, content=body, extensions={"timeout": limits})
        try:
            # The whole exchange has an end: httpx's own limits are for each read, and a drop at a time passes them.
            async with asyncio.timeout(CONNECT_SECONDS + seconds):
                response = await self._transport().handle_async_request(request)
                try:
                    answer = await _read(response)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ssl.SSLError, TimeoutError) as error:
            raise unreachable(error) from error
        if self._count is not None:
            self._count(len(body), len(answer))
        if response.status_code in _STATUS:
            raise errors.RelayRefused(_STATUS[response.status_code])
        if response.status_code not in {200, 400}:
            raise errors.Unreachable("The relay gave an answer that is not a relay's.")
        return answer

    def _transport(self) -> httpx.AsyncHTTPTransport:
        if self._kept is None:
            try:
                self._kept = httpx.AsyncHTTPTransport(
                    http1=False,
                    http2=True,
                    proxy=self._proxy,
                    limits=httpx.Limits(max_connections=8, keepalive_expiry=300.0),
                )
            except OSError as error:  # the certificates are read here; an SSLError is one, too
                raise errors.Unreachable(NO_FILE) from error
        return self._kept

    async def close(self) -> None:
        """Let go of kept connections."""
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept.aclose()


async def _read(response: httpx.Response) -> bytes:
    """Read an answer, but no more of it than a relay may give."""
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > MOST_BYTES:
            raise errors.Unreachable("The relay gave an answer that is not a relay's.")
        parts.append(part)
    return b"".join(parts)
