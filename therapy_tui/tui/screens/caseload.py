"""The caseload: everybody's two measures in one table, and underneath how many of how many, as the NHS counts."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui.core.caseload import PAIR
from therapy_tui.services import measures, progress
from therapy_tui.services.events import ContactsChanged, Fact, MessagesChanged, VaultChanged
from therapy_tui.services.progress_words import InNumbers, in_numbers
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.case_table import CaseTable
from therapy_tui.tui.widgets.rows import Page, Row, prose
from therapy_tui.tui.widgets.sheet import Block, Sheet, paragraph

NOBODY = "This is where everybody's measures stand in one table."
TO_BEGIN = "Nobody is here yet. Each person has a row, and their totals stand in it once they share them."
LOW_WINDOW = 24
"""Below so many rows the numbers of the summary stand beside each other."""


class Caseload(Place):
    """Everybody by name; enter shows one person's measures over time."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = "Caseload", "counted on this machine"
        self._pair = tuple(each for name in PAIR for each in measures.every_measure() if each.id == name)
        self.table = CaseTable(self._pair)
        self._said: InNumbers | None = None
        self._summary = Sheet(id="summary")
        self._empty = Page(Row(prose(NOBODY, style="strong")), Row(prose(TO_BEGIN)), classes="-centred")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the table over the summary."""
        yield self.table
        yield Static("", classes="blank")
        yield self._summary
        yield self._empty

    def on_mount(self) -> None:
        """Begin in the table."""
        self.table.focus()

    def on_screen_resume(self) -> None:
        """Read everybody, and again what may have come meanwhile."""
        self.read_them()

    def read_them(self) -> None:
        """Read everybody's totals, and count."""
        if not self.seat.is_open:
            return
        found = progress.caseload(self.seat.open_vault)
        self.table.show_people(found.rows, self.seat.now())
        self._said = in_numbers(found.summary, self._pair)
        self._show_summary()
        people = "one person" if len(found.rows) == 1 else f"{len(found.rows):,} people"
        self.heading.fact = people if found.rows else ""
        self._empty.display = not found.rows
        self.table.display = self._summary.display = bool(found.rows)
        self.show_hints()

    def on_resize(self) -> None:
        """Give the summary as much room as there is."""
        self._show_summary()

    def _show_summary(self) -> None:
        if self._said is not None:
            self._summary.blocks = _blocks(self._said, is_low=self.app.size.height < LOW_WINDOW)

    def commands_now(self) -> tuple[str, ...]:
        """Say how to see one person, and how to go back."""
        return ("choose", "back") if self.table.rows else ("back",)

    def words_now(self) -> dict[str, str]:
        """Say what stands behind a row."""
        return {"choose": "measures"}

    def take(self, fact: Fact) -> None:
        """Read again when something came or was taken back, or a name changed."""
        if isinstance(fact, VaultChanged | ContactsChanged | MessagesChanged):
            self.read_them()

    def on_case_table_chosen(self, event: CaseTable.Chosen) -> None:
        """Show one person's measures over time."""
        from therapy_tui.tui.screens.progress import Progress  # only when one is chosen

        event.stop()
        self.therapy.push_screen(Progress(self.seat, event.row.contact))

    def forget(self) -> None:
        """Drop every name and number, because the vault is being locked."""
        self.table.show_people((), 0)
        self._said = None
        self._summary.blocks = ()


def _blocks(said: InNumbers, *, is_low: bool) -> tuple[Block, ...]:
    """Give the summary: who is counted, the numbers of those under each other, and by which lines and rules."""
    who, rules = paragraph(said.who, "$quiet", note="in numbers", is_tight=True), paragraph(said.rules, "$quiet")
    if not any(of for _, _, of in said.counts):
        return who, rules
    wide = max(len(name) for name, _, _ in said.counts) + 3
    if is_low:
        text = ", ".join(f"{name} {n} of {of}" for name, n, of in said.counts)
        counts = paragraph(f"{text[:1]}{text[1:].lower()}.", is_tight=True)
    else:
        drawn = [
            Content.assemble((f"{name:<{wide}}", "$text"), (f"{n} of {of}", "$strong")) for name, n, of in said.counts
        ]
        counts = Block(lambda width: drawn, is_tight=True)  # noqa: ARG005 - they are as wide as they are
    return who, counts, rules
