"""The application in the demo: two seats in one window, and one line that says that everybody is made up."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.services.seat import Seat
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.look import Look

if TYPE_CHECKING:
    from therapy_tui.services.caseload import Caseload

WELCOME = "All made up, gone when you leave. {key} {word}."
SEATED = "You sit as {name} now."
THE_OTHERS = " The others here are made up too."


class DemoApp(TherapyApp):
    """The application with its made-up people."""

    _is_welcomed = False
    _opening: "asyncio.Task[None] | None" = None

    def __init__(self, seats: Sequence[Seat], look: Look, caseload: "Caseload") -> None:
        super().__init__(seats, look)
        self._caseload = caseload
        caseload.fill(self.seat)

    def begin(self) -> None:
        """Let the therapist's other people come when that seat is first taken, and show its first screen."""
        problem = ""
        try:
            self._caseload.fill(self.seat)
        except errors.TherapyError as error:
            problem = str(error)
        super().begin()
        if problem:
            self.call_after_refresh(self.say, problem, failed=True)

    def arrive(self) -> None:
        """Let letters travel, and say what this is, or who one is now."""
        super().arrive()
        if self._caseload.ends:
            self._opening = asyncio.create_task(self._open_mailboxes())

    async def _open_mailboxes(self) -> None:
        # A relay that does not answer is told of by the courier.
        with contextlib.suppress(errors.TherapyError):
            await self._caseload.open_mailboxes()

    def _greet(self) -> None:
        if self._is_welcomed:
            others = THE_OTHERS if self.seat is self._caseload.seat else ""
            self.say(SEATED.format(name=self.seat.open_vault.profile.name) + others)
            return
        self._is_welcomed = True
        key, word = self.hint("seats")
        self.say(WELCOME.format(key=key, word=word))
