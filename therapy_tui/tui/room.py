"""The places beside the letters, each in a file of its own that is read when one goes there."""

import importlib
from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from therapy_tui.tui.app import TherapyApp

PLACES: dict[str, tuple[str, str]] = {
    "journal": ("journal", "Journal"),
    "search": ("search", "Search"),
    "notes": ("notes", "Notes"),
    "measures": ("measures", "Measures"),
}
"""The name of a place to the module and the class of its screen; each is made of a seat whose vault is open."""


class Room(App[int], inherit_bindings=False):
    """The part of the application that leads to those places."""

    @property
    def _app(self) -> "TherapyApp":
        return self  # type: ignore[return-value]  # only TherapyApp is ever made of it

    def action_room(self, name: str) -> None:
        """Go to a place, or stay where it is in front already; what is being written is kept."""
        app = self._app
        if not app.seat.is_open:
            return
        module, kind = PLACES[name]
        place = getattr(importlib.import_module(f"therapy_tui.tui.screens.{module}"), kind)
        if isinstance(app.screen, place):
            return
        app.keep_everything()
        app.push_screen(place(app.seat))
