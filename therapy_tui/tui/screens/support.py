"""What opens at once when somebody says that there were thoughts of being better off dead: numbers, and ways on."""

from collections.abc import Iterable

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
NOBODY_WATCHES = "Nobody is watching this screen. Your answers stay on this machine, so:"
MOST_LINES = 2
NO_COUNTRY = "F8 has numbers to call in your country."


def numbers_of(country: Country) -> list[Number]:
    """Give the one for danger of life and the first of the crisis lines, a line each; F8 has them all."""
    lines = [line_numbers(line)[0] for line in country.lines[:MOST_LINES]]
    found = [emergency_numbers(country)[0], *lines]
    return [Number(each.number, (", ".join(each.words[:2]),)) for each in found]


class Support(Place):
    """The screen gives back how it was left: `on` or `stop`."""

    BINDINGS = bindings(only=("stop_asking",))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, short: str) -> None:
        super().__init__(seat)
        self.heading.place = short
        self.heading.who = "a word before the rest"
        self._ways = Choices(self._answers(), id="ways")

    def compose_middle(self) -> Iterable[Widget]:
        """Say it plainly, then the numbers, then three ways on."""
        country = crisis.country(self.seat.settings.country)
        with Page(classes="-centred"):
            yield Row(prose(THANKS, style="strong"))
            yield Row(prose(ALONE))
            yield Row(prose(NOBODY_WATCHES))
            if country is None:
                yield Row(prose(NO_COUNTRY, style="strong"))
            else:
                numbers = numbers_of(country)
                yield Row(Numbers(numbers, column([numbers])), note="call now", classes="call")
            yield Row(self._ways, classes="-bare")

    def _answers(self) -> list[Choice]:
        people = directory.people(self.seat.open_vault)[:1]
        write = [Choice("write", f"Write two lines to {safe_name(each.contact.name)} about it") for each in people]
        return [Choice("safety", "Open the page with all numbers"), *write, Choice("on", "Go on")]

    def on_mount(self) -> None:
        """Begin at the numbers."""
        self._ways.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Name the ways on."""
        return ("choose", "safety", "stop_asking")

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

    def action_stop(self) -> None:
        """Stop here; the answer is kept."""
        self.dismiss("stop")
