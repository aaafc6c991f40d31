"""A line to type in over a list to choose from: what is typed narrows the list, the arrows move in it."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.widgets import Input

from therapy_tui.core.text import safe_line
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Down, Field, Page, Row, prose

Search = Callable[[str], Sequence[Choice]]
"""Gives what fits the words that were typed; an empty line fits everything."""


class LeadingField(Field):
    """A line whose arrows move in the list below it."""

    BINDINGS = bindings(only=("previous", "next"))

    def __init__(self, placeholder: str, leads: Choices) -> None:
        super().__init__(placeholder, id="wanted")
        self._leads = leads

    def action_previous(self) -> None:
        """Go one up in the list."""
        self._leads.action_previous()

    def action_next(self) -> None:
        """Go one down in the list."""
        self._leads.action_next()


class Finder(Down):
    """The line and its list; enter tells `Choices.Chosen`.

    Args:
        search: what fits what was typed, the likeliest first.
        placeholder: what the empty line says.
        note: what the margin says beside the line.
        beside: what the margin says beside the list while nothing is typed, such as for its first lines.
    """

    DEFAULT_CSS = "Finder { height: 1fr; width: 100%; }"

    def __init__(self, search: Search, placeholder: str = "", *, note: str = "", beside: str = "") -> None:
        super().__init__()
        self._search = search
        self._note = note
        self._beside = beside
        self.list = Choices(search(""), id="found")
        self.list.led = True
        self.list.can_focus = False
        self.field = LeadingField(placeholder, self.list)
        self._row = Row(self.list, note=beside, classes="-bare -tight")
        self._nothing = Row(prose("Nothing here has that in its name.", style="quiet"))

    def compose(self) -> ComposeResult:
        """Put the line over the list, which scrolls by itself."""
        yield Row(self.field, note=self._note, classes="field")
        self._nothing.display = False
        yield self._nothing
        with Page():
            yield self._row

    def on_mount(self) -> None:
        """Begin in the line."""
        self.field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits now, with the first of it chosen."""
        event.stop()
        wanted = safe_line(event.value).strip()
        found = self._search(wanted)
        self.list.chosen = 0
        self.list.choices = tuple(found)
        self.list.mark = wanted
        self._row.set_note("" if wanted else self._beside)
        self._nothing.display = not found
        self.query_one(Page).scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what has the bar."""
        event.stop()
        # By the list's own hand: what this widget posts would not rise above it.
        self.list.call_next(self.list.action_choose)


def fitting(choices: Iterable[Choice], wanted: str) -> list[Choice]:
    """Give the choices whose title holds the words, those that begin with them first."""
    words = wanted.casefold()
    found = [each for each in choices if words in each.title.casefold()]
    return sorted(found, key=lambda each: not each.title.casefold().startswith(words)) if words else found
