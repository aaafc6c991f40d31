"""The numbers to call: offline, without a question, also while locked and while setting up; never recorded."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country
from therapy_tui.services.seat import Seat
from therapy_tui.tui import countries
from therapy_tui.tui.commands import NUMBERS, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.times import MONTHS
from therapy_tui.tui.widgets.choices import Choices
from therapy_tui.tui.widgets.finder import Finder
from therapy_tui.tui.widgets.numbers import Numbers, column, emergency_numbers, line_numbers
from therapy_tui.tui.widgets.rows import Reader, Row, prose

NOT_CALLED = "Read in public sources; no number was called by us. Numbers change."
NO_COUNTRY = "Choose the country you are in. The number at the right is the one for danger of life."
ELSEWHERE = (
    "This program has no numbers for that country. In danger of life call the emergency number that you know; from a"
    " mobile phone, 112 leads to one in many countries."
)


class Safety(Place):
    """The numbers of the chosen country, or the countries to choose from."""

    BINDINGS = bindings(NUMBERS)
    SMALLEST = (0, 0)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._country = crisis.country(seat.settings.country)

    def compose_middle(self) -> Iterable[Widget]:
        """Put the numbers first, because they are why one is here."""
        if self._country is None:
            yield Row(prose(NO_COUNTRY, id="asked"))
            yield Finder(countries.search(countries.likely()), "type to find", note="country")
            return
        with Reader():
            yield from _rows(self._country)

    def on_mount(self) -> None:
        """Say whose numbers these are."""
        self.heading.place = "Numbers to call"
        if self._country is not None:
            self.heading.who = self._country.name
            self.query_one(Reader).focus()
            day = crisis.compiled()
            self.hints.right = ("", f"compiled {day.day} {MONTHS[day.month - 1][:3]} {day.year}")

    def show_line(self) -> None:
        """Say nothing of the line: none is needed."""
        self.heading.right = ""

    def commands_now(self) -> tuple[str, ...]:
        """Name the way back and the other countries."""
        return ("back", "country") if self._country is not None else ("choose", "back")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Show the numbers of the chosen country."""
        event.stop()
        if event.choice.id == countries.OTHER:
            self.query_one("#asked", expect_type=type(prose(""))).update(ELSEWHERE)
            return
        keep_country(self.seat, event.choice.id)
        self.therapy.switch_screen(Safety(self.seat))

    def action_country(self) -> None:
        """Choose another country."""
        if self._country is not None:
            self.therapy.switch_screen(AnotherCountry(self.seat))


class AnotherCountry(Safety):
    """The countries to choose from, where one was chosen before."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._country = None


def _rows(country: Country) -> Iterable[Row]:
    blocks = [emergency_numbers(country), *map(line_numbers, country.lines)]
    left = column(blocks)
    for place, block in enumerate(blocks):
        note = ("call now", "to talk to")[place] if place < 2 else ""  # noqa: PLR2004 - the first of each kind
        yield Row(Numbers(block, left), note=note, classes="" if place else "call")
    if country.note:
        yield Row(prose(country.note))
    yield Row(prose(NOT_CALLED, style="quiet"))


def keep_country(seat: Seat, code: str) -> None:
    """Keep whose numbers are shown; before there is a profile, and where the disk refuses, for this run only."""
    settings = replace(seat.settings, country=code)
    if seat.look().exists:
        with contextlib.suppress(errors.TherapyError):
            seat.keep_settings(settings)
    seat.settings = replace(seat.settings, country=code)
