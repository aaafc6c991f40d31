"""The application: who sits here, which screen is in front, and what is told to it. It only wires."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.filter import LineFilter

from therapy_tui import errors
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import EVERYWHERE, bindings
from therapy_tui.tui.guard import stand_guard
from therapy_tui.tui.keys import Keys
from therapy_tui.tui.look import Look
from therapy_tui.tui.place import Place
from therapy_tui.tui.travel import Travel

IDLE_CHECK = 5.0
HOW_TO_LEAVE = "F10 then Leave closes the program; F9 locks it. Everything you wrote is kept."


class TherapyApp(Travel, App[int], inherit_bindings=False):
    """One window for the people who sit at it: one in life, two in the demo."""

    CSS_PATH = "app.tcss"
    TITLE = "letters"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [*bindings(EVERYWHERE)]
    NOTIFICATION_TIMEOUT = 0

    def __init__(self, seats: Sequence[Seat], look: Look) -> None:
        stand_guard()
        self.look = look
        super().__init__(ansi_color=look.is_ansi)
        self.animation_level = "none"
        self.seats = list(seats)
        self.seat = self.seats[0]
        self.keys_of_person = Keys(self.seat.settings.keys)
        self._way_out = look.filters
        self._courier: asyncio.Task[None] | None = None
        self._last_key = self.seat.now()
        self.used: list[str] = []
        """The ids of the commands that were run by name, the latest first."""

    # looks

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the roles of the palette before any theme is active."""
        return self.look.theme.variables

    def get_line_filters(self) -> list[LineFilter]:
        """Let colours leave as the terminal takes them."""
        return [*super().get_line_filters(), *self._way_out]

    def wear(self, name: str) -> None:
        """Change the palette at once."""
        self.look = self.look.wearing(name)
        self.ansi_color = self.look.is_ansi
        self.theme = self.look.theme.name

    def on_mount(self) -> None:
        """Show the first screen, and look for idleness from time to time."""
        for theme in self.look.themes:
            self.register_theme(theme)
        self.theme = self.look.theme.name
        self.set_keymap(self.keys_of_person.keymap)
        self.set_interval(IDLE_CHECK, self._check_idle)
        for seat in self.seats:
            seat.events.subscribe(lambda fact, seat=seat: self._tell(seat, fact))
        self.begin()

    def hint(self, command_id: str) -> tuple[str, str]:
        """Give the key that the person has for a command, and its word."""
        return self.keys_of_person.hint(command_id)

    def seat_commands(self) -> tuple[str, ...]:
        """Name the command that changes seats, where there are two."""
        return ("seats",) if len(self.seats) > 1 else ()

    def today(self) -> str:
        """Name the local day."""
        return time.strftime("%Y-%m-%d")

    # facts

    def _tell(self, seat: Seat, fact: Fact) -> None:
        if seat is self.seat and isinstance(self.screen, Place):
            self.screen.take(fact)
            self.screen.show_line()

    # keys

    async def on_event(self, event: events.Event) -> None:
        """Take the news away at a key, let Esc and a digit be an F-key, and remember when the last key was."""
        if isinstance(event, events.Key):
            self._last_key = self.seat.now()
            if isinstance(self.screen, Place):
                self.screen.hush()
            named = self.keys_of_person.f_key(event.key)
            if named:
                event.stop()
                await self.run_action(named)
                return
        await super().on_event(event)

    # opening and locking

    def start_courier(self) -> None:
        """Let letters travel, once the first screen stands."""
        self.stop_courier()
        self._courier = asyncio.create_task(self._carry(self.seat))

    async def _carry(self, seat: Seat) -> None:
        try:
            await seat.carry()
        except errors.VaultLocked:
            return
        except errors.TherapyError as error:
            self.say(str(error), failed=True)

    def stop_courier(self) -> None:
        """Stop the courier, before the vault is closed."""
        if self._courier is not None:
            self._courier.cancel()
            self._courier = None

    def _check_idle(self) -> None:
        limit = 60 * self.seat.settings.idle_lock_minutes
        if self.seat.is_open and (self.seat.is_lock_asked() or self.seat.now() - self._last_key >= limit):
            self.lock_now(f"after {self.seat.settings.idle_lock_minutes} minutes")

    def say(self, text: str, *, failed: bool = False) -> None:
        """Tell one line of news on the screen in front."""
        if isinstance(self.screen, Place):
            self.screen.say(text, failed=failed)

    def action_how_to_leave(self) -> None:
        """Say how to leave, where a terminal's own habit is to stop at once."""
        self.say(HOW_TO_LEAVE)

    def action_redraw(self) -> None:
        """Draw every cell again."""
        self.refresh(repaint=True, layout=True)

    # the end

    def _handle_exception(self, error: Exception) -> None:
        """End without a word of content: a traceback would show what was on the screen and in memory."""
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else ""
        self.fault = f"A fault of the program: {type(error).__name__}{place}. Nothing that was accepted is lost."
        self._return_code = 70
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    fault = ""

    async def action_leave(self) -> None:
        """Keep everything and end."""
        self.keep_everything()
        self.stop_courier()
        with contextlib.suppress(errors.TherapyError):
            for seat in self.seats:
                seat.lock()
        self.exit(0)

    def _print_error_renderables(self) -> None:
        """Say nothing of what Textual would print; `fault` is told by whoever started us."""
        self._exit_renderables.clear()

    def copy_to_clipboard(self, text: str) -> None:
        """Hand text to the terminal's clipboard, never on a machine that other people use."""
        if not self.seat.settings.shared_machine:
            super().copy_to_clipboard(text)

    def get_system_commands(self, screen: Any) -> Any:  # noqa: ANN401 - Textual's own shape
        """Offer none of Textual's own commands: one of them writes a picture of the screen to disk."""
        del screen
        return iter(())


def run(app: TherapyApp) -> int:
    """Run the application and give its exit code."""
    app.run(mouse=False)
    if app.fault:
        print(f"therapy-tui: {app.fault}", file=sys.stderr)  # noqa: T201 - the terminal is the shell's again
    return app.return_code or 0
