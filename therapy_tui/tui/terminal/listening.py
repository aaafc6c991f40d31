"""Listens to the terminal, and sleeps until it says something: a program that is idle does nothing at all."""

import contextlib
import os
import select
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Final

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from therapy_tui.tui.terminal.keyboard import Keyboard

_MOST: Final = 4096


class Listening:
    """Reads a terminal until it is told to stop, in a thread of its own.

    Args:
        descriptor: of the terminal.
        take: called with each thing that was said.
    """

    def __init__(self, descriptor: int, take: Callable[[Message], None]) -> None:
        self._descriptor = descriptor
        self._take = take
        self._keyboard = Keyboard()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._woken, self._wake = os.pipe()

    def run(self) -> None:
        """Listen until `stop`, or until there is nobody left to listen to."""
        with contextlib.closing(os.fdopen(self._woken, "rb", 0)):
            while True:
                ready, _, _ = select.select([self._descriptor, self._woken], [], [], self._keyboard.patience)
                if self._woken in ready:
                    return
                data = os.read(self._descriptor, _MOST) if ready else None
                if data == b"":
                    return
                for each in self._keyboard.give_up() if data is None else self._keyboard.read(self._decode(data)):
                    self._take(each)

    def stop(self) -> None:
        """Wake it up and let it end; more than once is as good as once."""
        if self._wake >= 0:
            os.close(self._wake)
            self._wake = -1


class ListeningDriver(LinuxDriver):
    """Textual's driver with ears of our own: its own wake ten times a second to see whether an Esc was all."""

    _listening: Listening | None = None
    """What listens; it stands here because a signal may come before the driver is made."""

    def start_application_mode(self) -> None:
        """Take the terminal over, and begin to listen: on start, and after it was suspended."""
        self._listening = Listening(self.fileno, self.process_message)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual has no type for it

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop; one that nobody could prepare for, by SIGSTOP, is seen to when there is time for it."""
        if self._must_signal_resume:
            super()._sigcont_application()
            return
        with contextlib.suppress(RuntimeError):  # the end has come, and there is nothing to take over
            self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Take the terminal over again, which a shell may have had meanwhile. What was typed stays to be read.

        Two listeners would take each other's keys, and what the terminal was like at first would be forgotten.
        """
        if self._listening is None or self._key_thread is None:
            return  # stopped before the terminal was taken over, or after it was given back
        self._listening.stop()
        self._key_thread.join()
        self.close()
        before = self.attrs_before
        self.start_application_mode()
        self.attrs_before = before

    def run_input_thread(self) -> None:
        """Listen, in the thread that Textual starts for it."""
        if self._listening is not None:
            self._listening.run()

    def disable_input(self) -> None:
        """Listen no more."""
        if self._listening is not None:
            self._listening.stop()
            self._listening = None
        super().disable_input()
