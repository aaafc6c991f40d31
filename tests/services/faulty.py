"""A line and a relay that do all that a line and a relay may do wrong, one fault a request."""

from collections import deque
from enum import StrEnum

from tests.services.office import Killed, Relay
from therapy_tui import errors


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    LOST_REQUEST = "the request is lost"
    LOST_ANSWER = "the relay did it, the answer is lost"
    TWICE = "the request arrives twice"
    LATE = "the request arrives later, when nobody waits for it"
    CUT = "the answer is cut"
    RUBBISH = "the answer is rubbish"
    BUSY = "HTTP 503"
    TOO_LARGE = "HTTP 413"
    DISK = "HTTP 507"
    KILLED_BEFORE = "the process is killed before the request leaves"
    KILLED_AFTER = "the process is killed after the relay did it"


class Faulty:
    """A transport to the relay with the faults that a test has planned; then faultless."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.plan: deque[Fault] = deque()
        self.late: list[bytes] = []

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Carry one frame, or do not."""
        fault = self.plan.popleft() if self.plan else Fault.NONE
        for frame in self.late:
            await self.relay.post(relay, frame)
        self.late.clear()
        _before(fault)
        if fault is Fault.LATE:
            self.late.append(body)
            raise errors.Unreachable
        answer = await self.relay.post(relay, body, wait)
        if fault is Fault.TWICE:
            answer = await self.relay.post(relay, body, wait)
        return _after(fault, answer)

    async def close(self) -> None:
        """Keep nothing open between requests."""


def _before(fault: Fault) -> None:
    status = {Fault.BUSY: 6, Fault.TOO_LARGE: 5, Fault.DISK: 10}
    if fault in status:
        raise errors.RelayRefused(status[fault])
    if fault is Fault.LOST_REQUEST:
        raise errors.Unreachable
    if fault is Fault.KILLED_BEFORE:
        raise Killed


def _after(fault: Fault, answer: bytes) -> bytes:
    if fault is Fault.LOST_ANSWER:
        raise errors.Unreachable
    if fault is Fault.KILLED_AFTER:
        raise Killed
    if fault is Fault.CUT:
        return answer[: len(answer) // 2]
    if fault is Fault.RUBBISH:
        return b"<html>welcome to this hotel</html>"
    return answer
