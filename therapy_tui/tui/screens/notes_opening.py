"""How the notes are opened when one comes to them: by what opened the vault, by the keyring, or by what one types."""

import asyncio
from typing import ClassVar

from therapy_tui import errors
from therapy_tui.services.notebook import Notebook
from therapy_tui.tui.place import Place


class NotesOpening(Place):
    """A screen that needs the notes open."""

    PLACE: ClassVar[str] = "Notes"
    SAFE: ClassVar[str] = "Letters and pages are open as before. Nothing of the notes was changed."
    """What is said where they stay closed."""
    stays_closed = False
    """Whether another screen asks for what opens them; where that is left, this one goes too."""

    @property
    def notebook(self) -> Notebook:
        """The notes of whoever sits here."""
        return self.seat.notebook

    def begin(self) -> None:
        """Show what was opened."""

    def open_notes(self) -> None:
        """Open the notes with the key at hand, or ask the keyring aside, so that the keys answer meanwhile."""
        notebook = self.notebook
        if notebook.is_open:
            self.begin()
        elif notebook.has_key:
            self._open(notebook, notebook.fetch_key())
        else:
            self.run_worker(self._ask(notebook))

    async def _ask(self, notebook: Notebook) -> None:
        try:
            key = await asyncio.to_thread(notebook.fetch_key)
        except errors.TherapyError as error:
            self._stay_closed(str(error))
        else:
            self._open(notebook, key)

    def _open(self, notebook: Notebook, key: bytes) -> None:
        try:
            notebook.open(key)
        except errors.VaultLocked:
            return
        except errors.TherapyError as error:
            self._stay_closed(str(error))
            return
        self.begin()

    def _stay_closed(self, why: str) -> None:
        """Say why, and take what opens them; without it go back to where one came from."""
        if not self.seat.is_open or not self.is_attached:
            return
        from therapy_tui.tui.screens.notes_closed import NotesClosed  # only where they stay closed

        self.stays_closed = True
        self.therapy.push_screen(
            NotesClosed(self.seat, why, self.notebook, self.PLACE, self.SAFE), lambda _: self.begin()
        )

    def on_screen_resume(self) -> None:
        """Go on to where one came from, if the notes were left closed."""
        if self.stays_closed and self.seat.is_open and not self.notebook.is_open:
            self.stays_closed = False
            if self.app.screen is self:  # a key may have led elsewhere, and taken both away
                self.app.pop_screen()
