"""The counter of the post office: one request's bytes in, its answer's bytes out, and the wait between."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from therapy_tui.core.wire import (
    VERSION,
    Code,
    Collected,
    Own,
    Refused,
    Result,
    pack_answer,
    unpack_body,
    unpack_request,
)
from therapy_tui.errors import Malformed, UnknownVersion
from therapy_tui.relay.office import Office, Order, Outcome
from therapy_tui.relay.store.base import Shelf, Store
from therapy_tui.relay.wait import Arrival, Waiting

Gone = Callable[[], Awaitable[None]]
_CROWDED: Final = Refused(Code.SLOW_DOWN, (60,))


def read_orders(data: bytes) -> list[Order]:
    """Read a request; a body that cannot be read is an order without a part.

    Raises:
        Malformed: the request itself cannot be read.
    """
    return [_read_order(signature, body) for signature, body in unpack_request(data)]


def _read_order(signature: bytes, body: bytes) -> Order:
    try:
        return Order(signature, body, unpack_body(body))
    except Malformed:
        return Order(signature, body, None)


@dataclass(frozen=True, slots=True)
class Counter:
    """Serves requests over a store."""

    office: Office
    store: Store
    waiting: Waiting

    async def serve(self, data: bytes, address: str, gone: Gone) -> bytes:
        """Do a request and give its answer, after the wait that it asked for.

        Args:
            data: the request.
            address: who asks, for limits that count by address.
            gone: returns when the asker has gone away.

        Raises:
            Malformed: the request cannot be read.
            StoreFault: the database failed, and nothing was done.
        """
        try:
            orders = read_orders(data)
        except UnknownVersion:
            return pack_answer([Refused(Code.VERSION, (VERSION,))])
        waiters = [order.part for order in orders if isinstance(order.part, Own) and order.part.wait]
        with self.waiting.listen(part.mailbox for part in waiters) as arrival:

            def work(shelf: Shelf) -> Outcome:
                return self.office.perform(shelf, orders, address)

            outcome = await self.store.run(work)
            self.waiting.arrived(outcome.deposited)
            results = dict(enumerate(outcome.results))
            held = _held(orders, outcome.results)
            if held:
                with self.waiting.hold(arrival, address) as allowed:
                    results |= await self._wait(held, arrival, gone) if allowed else dict.fromkeys(held, _CROWDED)
        return pack_answer(list(results.values()))

    async def _wait(self, held: dict[int, Own], arrival: Arrival, gone: Gone) -> dict[int, Result]:
        """Hold the answer; if something arrived, look again into the mailboxes that had nothing."""

        async def watch() -> None:
            await gone()
            arrival.end()

        def look(shelf: Shelf) -> dict[int, Result]:
            return {place: self.office.collect(shelf, part) for place, part in held.items()}

        watching = asyncio.create_task(watch())
        try:
            seconds = min(self.office.limits.wait, *(part.wait for part in held.values()))
            return await self.store.run(look) if await arrival.wait(seconds) else {}
        finally:
            watching.cancel()


def _held(orders: Sequence[Order], results: Sequence[Result]) -> dict[int, Own]:
    """Give the parts to wait for, by place: all that ask for it, if every one was done and none has anything yet."""
    held: dict[int, Own] = {}
    for place, (order, result) in enumerate(zip(orders, results, strict=True)):
        if isinstance(order.part, Own) and order.part.wait:
            if not isinstance(result, Collected) or result.envelopes:
                return {}
            held[place] = order.part
    return held
