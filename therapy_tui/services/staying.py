"""What all ways of staying at the line share: they survive what may pass, and notice other processes."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

from therapy_tui import errors
from therapy_tui.services.carrier import Report, http_sentence
from therapy_tui.services.courier import Courier
from therapy_tui.services.events import Noticed

NOTICE_SECONDS = 1.0
"""How often other processes' changes are looked for."""

Sleep = Callable[[float], Awaitable[None]]
Lock = Callable[[], contextlib.AbstractContextManager[None]]
"""Makes one process the courier of a vault, as long as it is held; raises `CourierBusy`."""


class Staying:
    """Keeps one courier at work until it is cancelled.

    Args:
        courier: does the exchanges.
        chance: gives a number from 0 to 1, for pauses of which no two are the same.
        sleep: waits.
    """

    next_at: int = 0
    """When letters travel next by themselves, in seconds since 1970; 0 where that is not a matter of time."""

    def __init__(self, courier: Courier, chance: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        self.courier = courier
        self._vault = courier.vault
        self._chance = chance
        self._sleep = sleep
        self._wake = asyncio.Event()
        self._exchanging = asyncio.Lock()

    async def run(self) -> None:
        """Let letters travel, until cancelled."""
        raise NotImplementedError

    def wake(self, *, waited_for: bool = False) -> None:
        """Hear that there is something to send; `waited_for` where a person sits before it, as at an invite."""

    async def exchange(self, *, everything: bool = False) -> Report:
        """Exchange now, because a person asked for it; `everything` lets large letters go too."""
        async with self._exchanging:
            return await self.courier.exchange(everything=everything)

    @contextlib.contextmanager
    def steady(self) -> Iterator[list[errors.TherapyError]]:
        """Survive what may pass: a lost line is a state, a full or failing disk is told; both are tried again."""
        trouble: list[errors.TherapyError] = []
        try:
            yield trouble
        except (errors.Unreachable, errors.RelayRefused) as error:
            trouble.append(error)
            sentence = http_sentence(error) if isinstance(error, errors.RelayRefused) else str(error)
            self.courier.note_line(reachable=False, problem=sentence)
        except errors.VaultLocked:
            raise
        except errors.TherapyError as error:
            trouble.append(error)
            self._vault.events.publish(Noticed(str(error)))
