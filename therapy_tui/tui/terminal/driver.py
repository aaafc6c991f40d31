"""The driver: between Textual, which draws frames, and the terminal, which is sent as little as can be."""

import base64
import contextlib
import os
import sys
import termios
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from textual import events, messages
from textual.app import App
from textual.errors import NoWidget
from textual.message import Message

from therapy_tui.tui.palettes import Depth
from therapy_tui.tui.terminal.abilities import look_up
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.keyboard import ASK_KEYBOARD
from therapy_tui.tui.terminal.line import Line, Place
from therapy_tui.tui.terminal.listening import ListeningDriver
from therapy_tui.tui.terminal.moves import TAB
from therapy_tui.tui.terminal.painter import Painter
from therapy_tui.tui.terminal.reader import Reader

if TYPE_CHECKING:
    import asyncio

BEGIN: Final = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[>1u"
"""The alternate screen, no cursor yet, paste in brackets, no wrapping, Esc told from the keys that begin with it."""
END: Final = "\x1b[m\x1b[<u\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h"
MOUSE: Final = ("\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l")
ASK_SYNC: Final = "\x1b[?2026$p"
SYNC: Final = ("\x1b[?2026h", "\x1b[?2026l")
SYNC_FROM: Final = 1400
"""A frame of so many bytes is shown at once, where the terminal can and the line is fast; less comes in one packet."""
SYNC_RATE: Final = 5000
"""The bytes a second from which on a line is fast; on a slower one nothing would be seen until all of it is there."""
MOMENT: Final = 0.5
"""A screen of which Textual has painted only a part is drawn after so many seconds at the latest."""


class ThinDriver(ListeningDriver):
    """Takes what Textual writes, keeps it as a canvas, and lets a painter send the difference at the line's pace."""

    depth: Depth = "true"
    """How many colours the terminal takes."""

    @classmethod
    def at(cls, depth: Depth) -> type["ThinDriver"]:
        """Give the driver for a terminal of so many colours."""
        return type("ThinDriver", (cls,), {"depth": depth})

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - Textual's own options
        super().__init__(app, **options)
        canvas = Canvas(*self._get_terminal_size())
        self._promised = look_up(os.environ, self.fileno)
        self.reader = Reader(canvas, self.depth)
        self.painter = Painter(canvas, self._promised.unproved())
        self.line = Line(self._loop, self.flush)
        self._has_sync = False
        self._is_tried = True
        self._moment: asyncio.TimerHandle | None = None

    # what Textual calls

    def write(self, data: str) -> None:
        """Take what Textual writes; nothing of it reaches the terminal as it is."""
        width, height = self._app.size
        if (width, height) != (self.painter.canvas.width, self.painter.canvas.height):
            self.painter.resize(width, height)
            self.reader.canvas = self.painter.canvas
        self.reader.read(data)

    def flush(self) -> None:
        """Draw, as far as the line is free."""
        if not self.line.is_free or self._is_half_painted():
            return
        cursor, line = self._cursor(), self.line
        asks_first = line.pace.wants_light and not self.painter.is_done
        sent = self._question() if asks_first else ""
        budget = 0 if asks_first else line.budget  # what follows in the same packet would hold the answer up
        is_echo = self.painter.is_done or (cursor is not None and cursor[0] in self.painter.canvas.touched)
        if budget or (is_echo and line.has_room):
            drawn = self.painter.draw(budget, cursor)
            sent += drawn
            if drawn and line.count(drawn):
                sent += self._question()
        if not self.painter.is_done:
            if line.pace.is_stuck:
                sent += self._question()
            line.come_back()
        if sent:
            line.send(self._at_once(sent))

    def start_application_mode(self) -> None:
        """Take the terminal over: on start, and after it was suspended."""
        super().start_application_mode()
        self._leave_line_feeds_alone()
        self.painter.forget(is_shown=False)
        self.line.close("")  # it is open where the program was stopped by force
        self.line.open((sys.__stderr__ or sys.stderr).fileno())
        begin = (
            BEGIN + ASK_KEYBOARD + (MOUSE[0] if self._mouse else "") + (ASK_SYNC if self._promised.asks_sync else "")
        )
        trial = self._trial()
        self.line.count(begin + trial)
        self.line.send(begin + trial + self.line.ask((1, -1)))
        self.flush()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        super().stop_application_mode()
        if self._moment is not None:
            self._moment.cancel()
            self._moment = None
        insert = "\x1b[4l" if self.painter.out.is_inserting else ""
        self.painter.out.is_inserting = False
        self.line.close(insert + self.painter.out.give_stops_back() + (MOUSE[1] if self._mouse else "") + END)

    def process_message(self, message: Message) -> None:
        """Hear the terminal's answers; all else goes to the application. It runs in the thread that reads."""
        if isinstance(message, events.CursorPosition):
            self._loop.call_soon_threadsafe(self._hear, (message.y, message.x))
        elif isinstance(message, messages.TerminalSupportsSynchronizedOutput):
            self._has_sync = True
        elif not isinstance(message, messages.InBandWindowResize):
            super().process_message(message)

    # what only this driver can

    def redraw(self) -> None:
        """Draw everything again, whatever another program has left on the screen."""
        self.painter.forget()
        self.flush()

    def copy(self, text: str) -> None:
        """Hand text to the terminal's clipboard."""
        self.line.send(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07")

    # within

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself: COLUMNS may have been exported in another, and never changes with this one."""
        with contextlib.suppress(OSError):
            size = os.get_terminal_size((sys.__stderr__ or sys.stderr).fileno())
            if all(size):
                return size.columns, size.lines
        return super()._get_terminal_size()

    def _leave_line_feeds_alone(self) -> None:
        """Let a line feed move straight down; the attributes from before are given back at the end."""
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self.fileno)
            attributes[1] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)

    def _trial(self) -> str:
        """Give what shows whether the terminal does as terminfo says: a tab, and a blank thrice, before it is asked."""
        self._is_tried = False
        tabs, repeat = self._promised.tabs, self._promised.repeat
        # On the second row: on the first, one terminal's report of a key looks the same as the answer.
        return "\x1b[2H" + ("\t" if tabs else "") + (" \x1b[2b" if repeat else "")

    def _learn(self, x: int) -> None:
        """Do from now on what the terminal has shown that it can; without tabs, draw again what relied on them."""
        self._is_tried = True
        promised, had_tabs = self._promised, self.painter.abilities.tabs
        tabs = promised.tabs and x >= TAB
        is_proved = x == TAB * tabs + 3 * promised.repeat
        self.painter.able(replace(promised if is_proved else promised.unproved(), tabs=tabs))
        if had_tabs and not tabs:
            self.painter.forget()

    def _is_half_painted(self) -> bool:
        """Whether Textual has yet to paint rows of a new screen; it is not waited for longer than a moment."""
        if not self.painter.canvas.unpainted:
            return False
        if self._moment is None:
            self._moment = self._loop.call_later(MOMENT, self._end_moment)
        return True

    def _end_moment(self) -> None:
        self._moment = None
        self.painter.canvas.unpainted.clear()
        self.flush()

    def _cursor(self) -> Place | None:
        """Give the place where the person writes, if it is on the screen and nothing lies over it."""
        focused = self._app.focused
        place = getattr(focused, "cursor_screen_offset", None)
        if focused is None or place is None or not focused.content_region.contains(*place):
            return None
        with contextlib.suppress(NoWidget):
            if focused.screen.get_widget_at(*place)[0] is not focused:
                return None
        canvas = self.painter.canvas
        return (place.y, place.x) if 0 <= place.y < canvas.height and 0 <= place.x < canvas.width else None

    def _question(self) -> str:
        """Ask where the cursor is, never with the cursor on the first row."""
        out, move = self.painter.out, ""
        if out.y <= 0:
            out.go(1, max(0, out.x))
            move = out.take()
            self.line.count(move)
        return move + self.line.ask((out.y, out.x))

    def _at_once(self, sent: str) -> str:
        """Let a large frame that is whole be shown at once, where the terminal can and the line is fast."""
        is_fast = self.line.pace.rate >= SYNC_RATE
        is_wanted = self._has_sync and is_fast and len(sent) >= SYNC_FROM and self.painter.is_done
        return sent.join(SYNC) if is_wanted else sent

    def _hear(self, place: Place) -> None:
        """Take an answer; it frees the line for more."""
        expected = self.line.hear(place)
        if expected is None:
            return
        if not self._is_tried:
            self._learn(place[1])
        elif expected[1] >= 0 and expected != place:
            self.painter.out.forget_place()
        self.flush()
