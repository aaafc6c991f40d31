"""The one seam to the outside: a frame goes to a relay, its answer comes back."""

from typing import Protocol


class Transport(Protocol):
    """Carries frames to relays and counts nothing, decides nothing, understands nothing."""

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Carry one frame.

        Args:
            relay: "host" or "host:port", as cards and links name it.
            body: the request's bytes.
            wait: seconds for which the relay may hold its answer.

        Returns:
            The answer's bytes, at most what `core.wire` allows.

        Raises:
            Unreachable: no whole answer came; whether the relay has seen the frame is not known.
            RelayRefused: the relay said in HTTP that it takes no such frame (too large, full, slow down).
        """
        ...

    async def close(self) -> None:
        """Let go of kept connections."""
        ...
