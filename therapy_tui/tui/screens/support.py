"""What opens at once when somebody says that there were thoughts of being better off dead: numbers, and ways on."""

from collections.abc import Iterable

from textual.containers import Vertical
from textual.widget import Widget

from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country
from therapy_tui.core.text import safe_name
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.numbers import Number, Numbers, column, emergency_numbers, line_numbers
from therapy_tui.tui.widgets.rows import Page, Row, prose

THANKS = "Thank you for answering that one as it is."
ALONE = "You said there have been days like that. Many people have such days. You do not have to be alone with them."
NOBODY_WATCHES = "Nobody is watching, and it stays on this machine. So:"
MOST_LINES = 2
NO_COUNTRY = "With the country you are in, F8 has crisis lines too."


def numbers_of(country: Country) -> list[Number]:
    """Give the one for danger of life and the first of the crisis lines, a line each; F8 has them all.

    Where there is no line, as where no country was chosen, all that are for danger of life stand there.
    """
    lines = [line_numbers(line)[0] for line in country.lines[:MOST_LINES]]
    found = [*emergency_numbers(country)[: 1 if lines else None], *lines]
    return [Number(each.number, (", ".join(each.words[:2]),)) for each in found]


class Support(Place):
    """The screen gives back how it was left: `on`, `stop`, or `back` to answer otherwise."""

    CSS_PATH = "told.tcss"
    BINDINGS = bindings(only=("back_one", "stop_asking"))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, short: str) -> None:
        super().__init__(seat)
        self.heading.place = short
        self.heading.who = "a word before the rest"
        self._code = ""
        """The country whose numbers are shown."""
        self._numbers = Vertical(id="numbers")
        self._numbers.styles.height = "auto"
        self._ways = Choices(self._answers(), id="ways")

    def compose_middle(self) -> Iterable[Widget]:
        """Say it plainly, then the numbers, then three ways on."""
        with Page(classes="-centred"):
            yield Row(prose(THANKS, style="strong"))
            yield Row(prose(ALONE))
            yield Row(prose(NOBODY_WATCHES))
            with self._numbers:
                yield from self._rows()
            yield Row(self._ways, classes="-bare answers")

    def _rows(self) -> Iterable[Row]:
        """Give the numbers, and what is told where there are none of a country."""
        code = self.seat.settings.country
        country = crisis.country(code) or crisis.elsewhere()
        numbers = numbers_of(country)
        dated = prose(crisis.dated(code), style="quiet")
        yield Row(Numbers(numbers, column([numbers])), dated, note="call now", classes="call")
        if not country.lines:
            yield Row(prose(country.note if code else NO_COUNTRY))
        self._code = code

    def on_screen_resume(self) -> None:
        """Show the numbers of the country that was chosen at F8 meanwhile."""
        if self._code != self.seat.settings.country:
            self.call_later(self._show_again)

    async def _show_again(self) -> None:
        async with self.batch():
            await self._numbers.remove_children()
            await self._numbers.mount(*self._rows())

    def _answers(self) -> list[Choice]:
        people = directory.people(self.seat.open_vault)[:1]
        write = [Choice("write", f"Write two lines to {safe_name(each.contact.name)} about it") for each in people]
        return [Choice("safety", "Open the page with all numbers"), *write, Choice("on", "Go on")]

    def on_mount(self) -> None:
        """Begin at the numbers."""
        self._ways.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Name the ways on."""
        return ("choose", "back_one", "safety", "stop_asking")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Go the chosen way; the answer is kept whichever it is."""
        event.stop()
        if event.choice.id == "safety":
            self.therapy.action_safety()
        elif event.choice.id == "write":
            self.dismiss("stop")
            self.therapy.call_later(self.therapy.action_messages)
        else:
            self.dismiss("on")

    def action_back_one(self) -> None:
        """Go back to the question; nothing is kept of the answer."""
        self.dismiss("back")

    def action_stop(self) -> None:
        """Stop here; the answer is kept."""
        self.dismiss("stop")
