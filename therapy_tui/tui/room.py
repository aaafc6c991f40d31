"""The places beside the letters, each in a file of its own that is read when one goes there."""

import importlib
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from therapy_tui.core.people import THERAPIST

if TYPE_CHECKING:
    from therapy_tui.tui.app import TherapyApp

PLACES: dict[str, tuple[str, str]] = {
    "today": ("today", "Today"),
    "journal": ("journal", "Journal"),
    "search": ("search", "Search"),
    "notes": ("notes", "Notes"),
    "measures": ("measures", "Measures"),
    "check-ins": ("checkins", "CheckIns"),
    "plan": ("plan", "Plan"),
    "caseload": ("caseload", "Caseload"),
    "audit": ("audit", "AuditLog"),
    "invites": ("invites", "Invites"),
    "settings": ("settings", "SettingsScreen"),
}
"""The name of a place to the module and the class of its screen; each is made of a seat whose vault is open."""


class Room(App[int], inherit_bindings=False):
    """The part of the application that leads to those places."""

    @property
    def _app(self) -> "TherapyApp":
        return self  # type: ignore[return-value]  # only TherapyApp is ever made of it

    def _load_screen_css(self, screen: Screen[object]) -> None:
        """Read the style sheet of a place that is shown for the first time: that one alone, and for that place alone.

        Textual reads all of them again, and styles anew what is shown.
        """
        new = [path for path in screen.css_path if not self.stylesheet.has_source(str(path))]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.parse()

    async def action_room(self, name: str) -> None:
        """Go to a place, or stay where it is in front already; what is being written is kept.

        It waits until the place stands, so that keys typed right after this one are for the place.
        """
        app = self._app
        if not app.seat.is_open:
            return
        module, kind = PLACES[name]
        place = getattr(importlib.import_module(f"therapy_tui.tui.screens.{module}"), kind)
        app.keep_everything()
        if any(isinstance(each, place) for each in app.screen_stack):  # it may lie under the numbers to call
            while not isinstance(app.screen, place):
                app.pop_screen()
            return
        await app.push_screen(place.of(app.seat))

    def action_triage(self) -> None:
        """Go to those who need a therapist."""
        from therapy_tui.tui.screens.triage import Triage  # only when one goes there

        if not self._app.seat.is_open or isinstance(self.screen, Triage):
            return
        if self._app.seat.open_vault.profile.role != THERAPIST:
            self._app.say("This is a therapist's: here you are the one who is answered.")
            return
        self._app.keep_everything()
        self._app.only(Triage(self._app.seat))

    def action_hours(self) -> None:
        """Show a therapist's own office hours."""
        from therapy_tui.tui.screens.office import Office  # as above

        if not self._app.seat.is_open:
            return
        if self._app.seat.open_vault.profile.role != THERAPIST:
            self._app.say("Office hours are a therapist's. Yours need none.")
            return
        self._app.push_screen(Office(self._app.seat))
