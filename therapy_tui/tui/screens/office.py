"""A therapist's office hours: working days, how soon an answer comes, days away; told to every client at the end."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.office import OfficeHours
from therapy_tui.services import arranged_words as words
from therapy_tui.services import days, moments, office, office_text
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Ask, Decide
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

TOLD = (
    "Each client sees by when an answer usually comes, in their own time. It is no promise: a promise you make by hand."
)
WITHIN = "How soon does an answer usually come, counted in working days after the day of the letter?"
WEEK = "Which days do you work? Write them like Mon-Fri, or Mon Tue Thu."
TIMES = "From when to when, by your own clock? Write it like 09:00-17:00."
AWAY = f"From when are you away? {moments.WRITE_IT}"
BACK = f"When are you back? {moments.WRITE_IT}"
LINE = "One line beside it, such as who answers while you are away. It may be empty."
SENT = "Told. Each client learns it with the next exchange."
_UP_TO = 5


class Office(Place):
    """The hours as they are to be; nobody is told before the last line is chosen."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Office hours"
        self._hours = office.own(seat.open_vault)
        self._list = Choices(self._choices(), gap=True, id="hours")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what it is for over what there is to set."""
        with Page(classes="-centred"):
            yield Row(prose(TOLD, style="quiet"))
            yield Row(self._list, classes="-bare")

    def on_mount(self) -> None:
        """Begin at the first."""
        self._list.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to change one and how to leave."""
        return ("choose", "back")

    def _choices(self) -> list[Choice]:
        hours = self._hours
        within = f"{hours.within} working day{'' if hours.within == 1 else 's'}" if hours.within else "not said"
        away = "nothing planned"
        if hours.away_until:
            away = f"{words.whole_moment(hours.away_from)} to {words.whole_moment(hours.away_until)}"
        return [
            Choice("within", "An answer comes within", within),
            Choice("week", "Working days", words.weekdays(hours.weekdays)),
            Choice("times", "Hours", f"{days.clock(hours.opens)} to {days.clock(hours.closes)}"),
            Choice("away", "Away", away),
            Choice("line", "A line beside it", hours.line or "none"),
            Choice("tell", "Keep it, and tell your clients", "nobody is told before"),
        ]

    def _set(self, hours: OfficeHours) -> None:
        self._hours = hours
        self._list.set_choices(self._choices())

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Change what is chosen, or keep it all."""
        event.stop()
        {
            "within": self._within,
            "week": lambda: self._ask(WEEK, words.weekdays(self._hours.weekdays), self._week),
            "times": lambda: self._ask(TIMES, office_text.times(self._hours), self._times),
            "away": self._away,
            "line": lambda: self._ask(LINE, self._hours.line, lambda text: replace(self._hours, line=text.strip())),
            "tell": self._tell,
        }[event.choice.id]()

    def _within(self) -> None:
        answers = [
            Choice(str(count), f"within {count} working day{'' if count == 1 else 's'}")
            for count in range(1, _UP_TO + 1)
        ]
        page = Decide(self.seat, "Office hours", "", WITHIN, [*answers, Choice("0", "I would rather not say")])

        def keep(answer: str | None) -> None:
            if answer is not None:
                self._set(replace(self._hours, within=int(answer)))

        self.therapy.push_screen(page, keep)

    def _week(self, text: str) -> OfficeHours:
        return replace(self._hours, weekdays=office_text.read_weekdays(text))

    def _times(self, text: str) -> OfficeHours:
        opens, closes = office_text.read_times(text)
        return replace(self._hours, opens=opens, closes=closes)

    def _away(self) -> None:
        if self._hours.away_until:
            self._set(replace(self._hours, away_from=0, away_until=0))
            self.say("The time away is taken out. It is told when you keep it.")
            return

        def begin(text: str) -> OfficeHours:
            begins = moments.read(text, self.seat.now(), 0)
            self._ask(BACK, "", lambda back: self._gone(begins, back))
            return self._hours

        self._ask(AWAY, "", begin)

    def _gone(self, begins: int, text: str) -> OfficeHours:
        ends = moments.read(text, self.seat.now(), 0)
        if ends <= max(begins, self.seat.now()):
            raise errors.UsageError(f"The time away has to end later than that. {moments.WRITE_IT}")
        return replace(self._hours, away_from=begins, away_until=ends)

    def _ask(self, told: str, value: str, read: Callable[[str], OfficeHours]) -> None:
        """Ask for a line until it can be read, or is left."""

        def take(text: str | None) -> None:
            if text is None or not self.seat.is_open:
                return
            try:
                self._set(read(text))
            except errors.UsageError as error:
                self._ask(str(error), text, read)

        self.therapy.push_screen(Ask(self.seat, "Office hours", "", told, value), take)

    def _tell(self) -> None:
        try:
            self._set(office.keep(self.seat.open_vault, self._hours))
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        self.say(SENT)
