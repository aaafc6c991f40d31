"""How the application ends: kept, locked, and without a word of content on the terminal, whatever happened."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from therapy_tui import errors
from therapy_tui.services.seat import Seat

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

FAULT_CODE = 70
LEAVING = "leaving"
UNKEPT = (
    "The words that you wrote last are not kept: this disk took none of them, perhaps because it is full. They stay "
    "in the program as long as it runs. Make room, go to where you wrote them, and they are kept."
)
STAY, LOSE = "Stay, so that they can be kept", "Leave, and lose those words"


def has_unkept(seat: Seat) -> bool:
    """Tell whether words wait in memory alone, because the disk did not take them."""
    return bool(seat.unkept or seat.unkept_steps) or seat.unkept_check_in is not None


class Ending(App[int], inherit_bindings=False):
    """The part of the application that closes the door."""

    seats: list[Seat]
    seat: Seat
    fault = ""
    """What is told on the shell's screen after a fault of the program: its kind and place, never what it was about."""

    def _handle_exception(self, error: Exception) -> None:
        """End without a traceback: it would show what was on the screen and in memory."""
        if self._exit and isinstance(error, errors.VaultLocked):
            # The end has begun, and a screen that was still drawing reached for what is locked already.
            self._close_messages_no_wait()
            return
        if isinstance(error, errors.DiskFull):
            # What a choice or a clock set off was refused whole, and nothing else was harmed.
            self.say(str(error), failed=True)
            return
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else ""
        self.fault = f"A fault of the program: {type(error).__name__}{place}. Nothing that was accepted is lost."
        self._return_code = FAULT_CODE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for; what a full disk did not take is told."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except errors.DiskFull as error:
            self.say(str(error), failed=True)
            return True

    def _print_error_renderables(self) -> None:
        """Say nothing of what Textual would print; `fault` is told by whoever started the application."""
        self._exit_renderables.clear()

    async def action_leave(self) -> None:
        """Keep everything, lock and end; ask first where the disk does not take what was written."""
        self.keep_everything()
        if any(has_unkept(seat) for seat in self.seats):
            self._ask_before_losing()
        else:
            self._leave()

    def _ask_before_losing(self) -> None:
        from therapy_tui.tui.screens.ask import Decide  # only on a disk that takes nothing
        from therapy_tui.tui.widgets.choices import Choice

        if any(isinstance(screen, Decide) and screen.id == LEAVING for screen in self.screen_stack):
            return
        question = Decide(self.seat, "Leave", "", UNKEPT, [Choice("stay", STAY), Choice("leave", LOSE)])
        question.id = LEAVING
        self.push_screen(question, lambda answer: self._leave() if answer == "leave" else None)

    def _leave(self) -> None:
        self.stop_courier()
        for seat in self.seats:
            with contextlib.suppress(errors.TherapyError):
                seat.lock()
        self.exit(0)

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the pointer as it is: there is no mouse here, and some terminals show orders that they do not know."""

    def copy_to_clipboard(self, text: str) -> None:
        """Hand text to the terminal's clipboard, never on a machine that other people use."""
        if not self.seat.settings.shared_machine:
            super().copy_to_clipboard(text)

    def get_system_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        """Offer none of Textual's own commands: one of them writes a picture of the screen to disk."""
        del screen
        yield from ()

    if TYPE_CHECKING:  # the other parts of the application have these

        def keep_everything(self) -> None:
            """Keep what is being written; the screens know how."""

        def say(self, text: str, *, failed: bool = False) -> None:
            """Tell one line of news; the screen in front knows how."""

        def stop_courier(self) -> None:
            """Stop the courier; who started it knows how."""
