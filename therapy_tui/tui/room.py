"""The places beside the letters, each in a file of its own that is read when one goes there."""

import importlib
from typing import TYPE_CHECKING

from textual.app import App

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
}
"""The name of a place to the module and the class of its screen; each is made of a seat whose vault is open."""


class Room(App[int], inherit_bindings=False):
    """The part of the application that leads to those places."""

    @property
    def _app(self) -> "TherapyApp":
        return self  # type: ignore[return-value]  # only TherapyApp is ever made of it

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
        await app.push_screen(place(app.seat))
