"""The application: who sits here, which screen is in front, and what is told to it. It only wires."""

import gc
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import Final

from textual import events
from textual.filter import LineFilter
from textual.timer import Timer

from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui.ahead import HOPS, LEADING, LOST, TypedAhead, TypedMeanwhile
from therapy_tui.tui.beginning import first_place, has_profile
from therapy_tui.tui.carrying import Carrying
from therapy_tui.tui.commands import EVERYWHERE, bindings
from therapy_tui.tui.ending import Ending
from therapy_tui.tui.guard import stand_guard
from therapy_tui.tui.keys import Keys
from therapy_tui.tui.look import Look
from therapy_tui.tui.place import Place
from therapy_tui.tui.room import Room
from therapy_tui.tui.signals import heed
from therapy_tui.tui.terminal.driver import ThinDriver
from therapy_tui.tui.terminal.listening import ListeningDriver
from therapy_tui.tui.travel import Travel

HOW_TO_LEAVE = "F10 then Leave closes the program; F9 locks it. Everything you wrote is kept."
HOW_TO_LEAVE_LOCKED = "F10 then Leave closes the program."
DROPPED = "Typed while this opened, so dropped: it might have been your passphrase."
GARBAGE: Final = 10_000
"""So many more things than before are made before rubbish is looked for; Python's own 700 is twenty times a screen."""
HOW_TO_STOP = "F10 stops here and closes the program. Nothing is kept."


class TherapyApp(Travel, Carrying, Ending, Room, inherit_bindings=False, inherit_css=False):
    """One window for the people who sit at it: one in life, two in the demo."""

    CSS_PATH = "app.tcss"
    TITLE = "letters"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings(EVERYWHERE)
    _lost: Timer | None = None
    NOTIFICATION_TIMEOUT = 0

    def __init__(self, seats: Sequence[Seat], look: Look, unread: str = "") -> None:
        stand_guard()
        self._unread = unread
        """Why the settings could not be read; then nothing is opened."""
        self.look = look
        is_thin = seats[0].settings.thin
        super().__init__(
            driver_class=ThinDriver.at(look.depth) if is_thin else ListeningDriver, ansi_color=look.is_ansi
        )
        self.set_class(is_thin, "-thin")
        self.animation_level = "none"
        # News has a line of its own and no key needs a hint at the mouse: no screen makes or styles what is for them.
        self._disable_notifications = self._disable_tooltips = True
        self.seats = list(seats)
        self.seat = self.seats[0]
        self.set_reactive(TherapyApp.theme, self._registered(look))
        self.stylesheet.set_variables(self.get_css_variables())
        self.worn = (self.theme, self.ansi_color)
        self.keys_of_person = Keys(self.seat.settings.keys)
        self._way_out = look.filters
        self._typed_ahead = TypedAhead()
        self.typed_meanwhile = TypedMeanwhile()
        self.last_key = self.steady()
        self.used: list[str] = []
        """The ids of the commands that were run by name, the latest first."""

    # looks

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the roles of the palette before any theme is active."""
        return self.look.theme.variables

    def get_line_filters(self) -> list[LineFilter]:
        """Let colours leave as the terminal takes them; Textual's own filters are for what is never drawn here."""
        return self._way_out

    def _registered(self, look: Look) -> str:
        self.register_theme(look.theme)
        return look.theme.name

    def wear(self, name: str) -> None:
        """Change the palette at once."""
        self.look = self.look.wearing(name)
        self.ansi_color = self.look.is_ansi
        self.theme = self._registered(self.look)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's own shape
        """Read the style sheet again when the palette has changed; Textual asks for it once at each start, too."""
        worn = (self.theme, self.ansi_color)
        if worn != self.worn:
            self.worn = worn
            super().refresh_css(animate)

    def get_default_screen(self) -> Place:
        """Give the first screen, with its style sheet, so that no empty one is laid out before it."""
        place = first_place(self.seat, self._unread)
        self.stylesheet.read_all(place.css_path)
        # Without it Textual cannot switch from its first screen to another.
        place._push_result_callback(self, None)  # noqa: SLF001 - the app gives one to all screens but this
        return place

    def on_mount(self) -> None:
        """Show the first screen, and look for idleness from time to time."""
        self.set_keymap(self.keys_of_person.keymap)
        self.watch_idleness()
        heed(self)
        for seat in self.seats:
            seat.events.subscribe(partial(self._tell, seat))
        self.arrive()
        self.call_after_refresh(_look_after_memory)

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
        if isinstance(event, events.Key | events.Paste):
            focused = self.focused
            if self._typed_ahead.keeps(event, focused, self.screen):
                self.call_later(self._take_kept)  # behind the focus, which is asked for in the same way
                return
            if self.typed_meanwhile.takes(event, self.screen):
                return
            again = self._typed_ahead.again(event, focused, self.screen)
            if again is not None and focused is not None:
                focused.post_message(again)
                return
        key = event if isinstance(event, events.Key) and not event.is_forwarded else None
        if key is not None and await self._is_taken(key):
            key.stop()
            return
        await super().on_event(event)
        if key is not None and key.key in LEADING:
            self._typed_ahead.is_held = True
            self._lost = self.set_timer(LOST, partial(self._follow, 0))
            self._follow(HOPS)

    def _follow(self, hops: int) -> None:
        """Hand out the next key when what the last one leads to has come about: through all queues, so many times."""
        front = self.focused or self.screen
        if hops and front.call_later(self.screen.call_later, self.call_later, self._follow, hops - 1):
            return
        self._typed_ahead.is_held = False
        if self._lost is not None:
            self._lost.stop()
        self.call_later(self._take_kept)

    async def _is_taken(self, key: events.Key) -> bool:
        """Do what a key does wherever one is; tell whether that was all."""
        self.last_key = self.steady()
        are_free = True
        if isinstance(self.screen, Place):
            self.screen.hush()
            are_free = not self.screen.TAKES_DIGITS
        named = self.keys_of_person.f_key(key.key, key.time, digits_are_free=are_free)
        if named:
            await self.run_action(named)
            return True
        # At once, for a key that came right after it is for the place that it leads to, and no letter of a draft.
        return key.key == "escape" and await self._check_bindings(key.key)

    def was_tried(self, *, opened: bool) -> None:
        """Go on with the keys, after a passphrase was tried."""
        if opened and self.typed_meanwhile.has_dropped:
            self.say(DROPPED)
        self._typed_ahead.put(self.typed_meanwhile.end(opened=opened))
        self.call_later(self._take_kept)

    async def _take_kept(self) -> None:
        for key in self._typed_ahead.take_kept():
            await self.on_event(key)

    def say(self, text: str, *, failed: bool = False) -> None:
        """Tell one line of news on the screen in front."""
        if isinstance(self.screen, Place):
            self.screen.say(text, failed=failed)

    def action_how_to_leave(self) -> None:
        """Say how to leave, where a terminal's own habit is to stop at once."""
        if self.seat.is_open:
            self.say(HOW_TO_LEAVE)
        else:
            self.say(HOW_TO_LEAVE_LOCKED if has_profile(self.seat) else HOW_TO_STOP)

    def action_redraw(self) -> None:
        """Draw every cell again."""
        if isinstance(self._driver, ThinDriver):
            self._driver.redraw()
        self.refresh(repaint=True, layout=True)


def _look_after_memory() -> None:
    """Begin to look for rubbish once the first screen stands, and never among what was there by then."""
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


def run(app: TherapyApp) -> int:
    """Run the application and give its exit code."""
    app.run(mouse=app.seat.settings.mouse)
    if app.fault:
        print(f"therapy-tui: {app.fault}", file=sys.stderr)  # noqa: T201 - the terminal is the shell's again
    return app.return_code or 0
