"""Two pages of the settings: the colours, which change at once, and a new passphrase."""

import asyncio
from collections.abc import Iterable

from msgspec.structs import replace
from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.text import safe_line
from therapy_tui.services import making
from therapy_tui.services.seat import Seat
from therapy_tui.tui import look as looks
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose
from therapy_tui.tui.widgets.twice import Twice

ABOUT = {
    "calm-dark": "warm charcoal, one blue",
    "calm-light": "paper, one ink blue",
    "high-contrast": "black, white, one yellow",
    "monochrome": "no colour at all",
    "night": "amber on brown, little blue light",
}
WORDS = {"dark": "your own, dark", "light": "your own, light", "terminal": "your own, the terminal's ground"}
PLAIN = "This terminal was asked for no colour, so the choice shows where colours are."
CHANGED = "The passphrase is changed. The old one no longer opens anything here."


class Colours(Place):
    """The palettes; the one with the bar is worn at once, and kept by enter."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._list = Choices((), id="palettes")
        self._before = ""
        self._words: dict[str, str] = {}

    def compose_middle(self) -> Iterable[Widget]:
        """Put the palettes under the one sentence that is needed where nothing can be seen."""
        palettes, amiss = self.therapy.look.load_all()
        self._words = {name: ABOUT.get(name) or WORDS[each.mode] for name, each in palettes.items()}
        with Page():
            if self.therapy.look.depth == "none":
                yield Row(prose(PLAIN, style="quiet"))
            yield Row(self._list, classes="-bare")
            for text in amiss:
                yield Row(prose(safe_line(text), style="quiet"))

    def on_mount(self) -> None:
        """Begin at what is worn now."""
        self.heading.place = "Settings"
        self.heading.who = "Colours"
        self._before = self.therapy.look.name
        names = sorted(self._words, key=lambda each: (each not in ABOUT, each))
        choices = [_choice(each, self._words[each]) for each in names]
        self._list.set_choices([Choice("", "As the terminal is", "dark or light"), *choices])
        self._list.chosen = names.index(self._before) + 1 if self.seat.settings.theme in self._words else 0
        self._list.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to keep one."""
        return ("choose", "back")

    def on_choices_moved(self, event: Choices.Moved) -> None:
        """Wear it, to be looked at."""
        event.stop()
        self._wear(event.choice.id)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Keep it."""
        event.stop()
        self._wear(event.choice.id)
        try:
            self.seat.keep_settings(replace(self.seat.settings, theme=event.choice.id))
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self._before = self.therapy.look.name
        self.dismiss()

    def on_unmount(self) -> None:
        """Wear again what was worn before, unless something was chosen."""
        if self.therapy.look.name != self._before:
            self.therapy.wear(self._before)

    def _wear(self, name: str) -> None:
        if self.therapy.look.depth != "none":
            self.therapy.wear(name or looks.choose("", self.seat.folders.themes).name)


def _choice(name: str, about: str) -> Choice:
    return Choice(name, safe_line(name.replace("-", " ")).capitalize(), about)


class ChangePassphrase(Place):
    """The present passphrase, and a new one twice."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._old = Field("the present passphrase", password=True, id="old")
        self._twice = Twice(making.check_passphrase, "the new passphrase")
        self._working = False

    def compose_middle(self) -> Iterable[Widget]:
        """Put the present one over the new one."""
        with Page(classes="-centred"):
            yield Row(prose("The letters stay as they are; only what opens them changes."))
            yield Row(self._old, classes="field")
            yield self._twice

    def on_mount(self) -> None:
        """Begin with the present one."""
        self.heading.place = "Settings"
        self.heading.who = "Passphrase"
        self._old.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to go on and back."""
        return ("go_on", "back")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the new one."""
        event.stop()
        self._twice.first.focus()

    def on_twice_given(self, event: Twice.Given) -> None:
        """Change it aside, because trying the present one takes a moment."""
        event.stop()
        if not self._working:
            self._working = True
            self.run_worker(self._change(event.passphrase))

    async def _change(self, new: str) -> None:
        self._twice.told.update("changing it")
        try:
            await asyncio.to_thread(self.seat.set_passphrase, self._old.value, new)
        except errors.WrongPassphrase:
            self._twice.told.update("The present passphrase is another. Nothing was changed.")
            self._old.value = ""
            self._old.focus()
        except errors.TherapyError as error:
            self._twice.told.update(str(error))
        else:
            self.dismiss(CHANGED)
        finally:
            self._working = False
