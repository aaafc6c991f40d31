"""Search over everything at once; what is found is told as one types, and enter goes there."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.search import Hit, read
from therapy_tui.core.text import safe_line
from therapy_tui.services import search
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.screens.going import go_to
from therapy_tui.tui.times import MONTHS
from therapy_tui.tui.widgets.found import LONGEST, Found, Result
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.letters import PARTED
from therapy_tui.tui.widgets.rows import Field, Row, prose

BEGIN = 'Two letters of a word are enough. A "phrase", #walk, from:2026-03, to:2026 and with:osei narrow it.'
NOTHING = "Nothing has that."
CLOSED = "notes are closed, {} opens them"


class Search(Place):
    """A field over what was found."""

    BINDINGS = bindings(only=("previous", "next"))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who = "Search", "everything of yours"
        self._field = Field(id="wanted")
        self._told = prose(BEGIN, style="quiet", id="told")
        self.found = Found(id="found")
        self._hits: list[Hit] = []
        self._with_notes = False

    def compose_middle(self) -> Iterable[Widget]:
        """Put what is found below the field."""
        yield Row(self._field, classes="field", note="words")
        yield Row(self._told)
        yield self.found

    def on_mount(self) -> None:
        """Begin in the field."""
        self._field.focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to go there."""
        if self.found.chosen is None:
            return (hint_of("back"),)
        return (("enter", "go to it"), ("↑↓", "choose"), hint_of("back"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search again."""
        event.stop()
        if self.seat.is_open:
            self._search(event.value)
        self.show_hints()

    def _search(self, text: str) -> None:
        try:
            wanted = read(text)
            self._hits = hits = search.find_whole(self.seat.open_vault, wanted, beside=self._notes())
        except errors.TherapyError as error:
            self._told.update(str(error))
            return
        now = self.therapy.today()
        count = len(hits)
        self.found.show(count, lambda place: _result(place, search.cut(hits[place], wanted), now), wanted.shown)
        told = f"the newest {count}" if count == search.MOST else f"{count} found" if count else NOTHING
        said = PARTED.join((told, *self._left_out())) if len(text.strip()) >= search.SHORTEST else BEGIN
        self._tell(said)

    def _tell(self, said: str) -> None:
        """Say what was found; all is laid out again only where that may take another number of rows."""
        before = str(self._told.content)
        if before != said:
            self._told.update(said, layout=max(len(before), len(said)) > self._told.size.width)

    def _notes(self) -> tuple[search.Source, ...]:
        """Give the notes as a source, where they are open."""
        self._with_notes = self.seat.notebook.is_open
        if not self._with_notes:
            return ()
        from therapy_tui.services import notes  # only where they are open

        return (notes.source(self.seat.notebook),)

    def _left_out(self) -> tuple[str, ...]:
        """Say that the notes are not searched, to somebody who has some."""
        if self.seat.notebook.is_open or not search.keeps_notes(self.seat.open_vault):
            return ()
        return (CLOSED.format(self.therapy.hint("notes")[0]),)

    def on_screen_resume(self) -> None:
        """Search again, where the notes were opened meanwhile."""
        if self.seat.is_open and self.seat.notebook.is_open != self._with_notes:
            self._search(self._field.value)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._hits = []
        self._field.value = ""
        self.found.clear()

    def action_previous(self) -> None:
        """Go one up."""
        self.found.go(-1)

    def action_next(self) -> None:
        """Go one down."""
        self.found.go(1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what is chosen."""
        event.stop()
        if self.found.chosen is not None:
            go_to(self, self._hits[int(self.found.chosen.id)])


def _result(number: int, hit: Hit, today: str) -> Result:
    day = date.fromisoformat(hit.day)
    year = "" if hit.day[:4] == today[:4] else f" {day.year}"
    when = f"{day.day} {MONTHS[day.month - 1][:3]}{year}"
    return Result(str(number).encode(), when, safe_line(hit.where), safe_line(hit.passage, LONGEST))
