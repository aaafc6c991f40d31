"""Where there is no drawer yet: what it is, and what makes one."""

import asyncio
from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.process import APART, OFFERS, PLACE
from therapy_tui.services import drawer
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose

WHAT = "A drawer for your own thoughts about your work, apart from the record: in a file of its own, under a third key."
MADE = "The drawer is made."


class NewDrawer(Place):
    """Makes the drawer and opens it; the screen gives back that it did, in a sentence, or nothing."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who = PLACE, "no drawer yet"
        self._field = Field("passphrase", password=True, id="secret")
        self._answers = Choices((Choice("leave", "Not now"), Choice("make", "Make the drawer")), id="answers")
        self._told = prose(f"{APART} {drawer.alone(seat.folders)}", id="why")
        self._working = False

    @property
    def _is_asked(self) -> bool:
        """Whether the passphrase makes it."""
        return drawer.way_wanted(self.seat.folders) == "passphrase"

    def compose_middle(self) -> Iterable[Widget]:
        """Put what it is over what makes it."""
        with Page(classes="-centred"):
            yield Row(prose(WHAT))
            yield Row(prose(OFFERS, style="quiet"))
            yield Row(self._told)
            yield Row(self._field, classes="field") if self._is_asked else Row(self._answers, classes="-bare")

    def on_mount(self) -> None:
        """Begin where one answers."""
        (self._field if self._is_asked else self._answers).focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to make it and how to leave."""
        return (("enter", "make the drawer" if self._is_asked else "choose"), hint_of("back"))

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Make it, or leave it."""
        event.stop()
        if event.choice.id == "make":
            await self._make("")
        else:
            self.dismiss()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make it with the passphrase that was typed."""
        event.stop()
        if event.value:
            await self._make(event.value)

    async def _make(self, passphrase: str) -> None:
        """Make it aside, so that the keys answer meanwhile, and open it."""
        if self._working:
            return
        self._working = True
        seat = self.seat
        try:
            key = await asyncio.to_thread(drawer.make, seat.folders, seat.keyring, passphrase, seat.random)
            seat.drawer.open(key)
        except errors.VaultLocked:
            return
        except errors.TherapyError as error:
            self._told.update(str(error))
            self._field.value = ""
        else:
            self.dismiss(MADE)
        finally:
            self._working = False

    def forget(self) -> None:
        """Drop what was typed, because the vault is being locked."""
        self._field.value = ""
