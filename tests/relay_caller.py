"""A person's side of the relay protocol, in a few lines: keys, signed parts and one HTTP/2 connection."""

import ssl
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import httpx
from nacl.signing import SigningKey

from therapy_tui.core.wire import (
    SIGNED,
    Change,
    Claim,
    Close,
    Collected,
    Deposit,
    Open,
    Own,
    Part,
    Result,
    mailbox_of,
    pack_body,
    pack_request,
    unpack_answer,
)

Signed = tuple[SigningKey, Part]


def public(key: SigningKey) -> bytes:
    """Give the public half of a key."""
    return bytes(key.verify_key)


def sign(key: SigningKey, body: bytes) -> tuple[bytes, bytes]:
    """Make a part out of a body."""
    return key.sign(SIGNED + body).signature, body


def frame(*signed: Signed) -> bytes:
    """Make a request."""
    return pack_request([sign(key, pack_body(part)) for key, part in signed])


def clock() -> int:
    """Give the true time."""
    return int(time.time())


class Owner:
    """An owner key with its mailbox, and the parts that it signs. The epoch rises with every set of changes."""

    def __init__(self, seed: int = 0, clock: Callable[[], int] = clock) -> None:
        self.key = SigningKey(seed.to_bytes(32, "big")) if seed else SigningKey.generate()
        self.mailbox = mailbox_of(public(self.key))
        self.epoch = 1 << 32 | 7
        self.clock = clock

    def open(self, ticket: bytes = b"") -> Signed:
        """Make the mailbox."""
        return self.key, Open(self.clock(), self.mailbox, public(self.key), ticket)

    def own(self, done: int = 0, room: int = 2**20, wait: int = 0, changes: Sequence[Change] = ()) -> Signed:
        """Acknowledge, collect, wait and change slots."""
        self.epoch += bool(changes) << 32
        return self.key, Own(self.clock(), self.mailbox, self.epoch, done, room, wait, tuple(changes))

    def close(self) -> Signed:
        """Erase the mailbox."""
        return self.key, Close(self.clock(), self.mailbox)


def change(slot: int, key: SigningKey | None, expires: int = 0, pickup: bytes = b"", offer: bytes = b"") -> Change:
    """Say what a slot shall be."""
    return Change(slot, public(key) if key else None, expires, pickup, offer)


def deposit(
    key: SigningKey, slot: int, mailboxes: Sequence[bytes], envelopes: Sequence[bytes], now: int | None = None
) -> Signed:
    """Put envelopes into mailboxes."""
    return key, Deposit(clock() if now is None else now, slot, tuple(mailboxes), tuple(envelopes))


def claim(key: SigningKey, pickup: bytes, claim_id: bytes, now: int | None = None) -> Signed:
    """Take an offer."""
    return key, Claim(clock() if now is None else now, pickup, claim_id)


def collected(result: Result) -> list[bytes]:
    """Give the envelopes of an own's result."""
    assert isinstance(result, Collected), result
    return [delivery.envelope for delivery in result.envelopes]


class Caller:
    """One HTTP/2 connection to a relay, without TLS unless there is a context for it."""

    def __init__(self, url: str, seconds: float = 30, tls: ssl.SSLContext | None = None) -> None:
        transport = httpx.AsyncHTTPTransport(http1=False, http2=True, verify=tls or False)
        self.url = url
        self.client = httpx.AsyncClient(transport=transport, timeout=seconds, trust_env=False)

    async def post(self, data: bytes) -> httpx.Response:
        """Send bytes as they are."""
        return await self.client.post(self.url + "/", content=data)

    async def ask(self, *signed: Signed) -> list[Result]:
        """Send parts and give their results."""
        answer = await self.post(frame(*signed))
        assert answer.status_code == 200, answer.status_code
        return unpack_answer(answer.content, [part for _, part in signed])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.aclose()
