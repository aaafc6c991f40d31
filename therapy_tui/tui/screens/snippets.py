"""A therapist's snippets: what is typed finds one, enter puts it in where the letter goes on."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.people import Contact
from therapy_tui.core.snippets import Filled, Snippet, fill
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import answering, snippets
from therapy_tui.services.events import Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import SNIPPETS, bindings
from therapy_tui.tui.place import ONLY_HERE, Place, hint_of
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.finder import Finder
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Row, prose

ABOUT = (
    "Words of your own that you write often, such as when you answer or how to move an hour. A blank stands in"
    " brackets: [name] is filled in with the name of whom you write to, and any other, such as [day], waits for you in"
    " the letter. None is here at first, for nothing is written for you."
)
BRACKETS = Filled("[]", 1, 1)
"""What the brackets for tone put in."""
_NEW, _TONE = "new", "tone"
_DETAIL = 52


class Snippets(Place):
    """The list; it gives what is to be put into the letter, or nothing.

    Args:
        seat: a therapist's.
        contact: to whom the letter goes.
    """

    BINDINGS = bindings(SNIPPETS)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = "Snippets", ONLY_HERE
        self.heading.who = f"to {safe_name(contact.name)}"
        self._whom = safe_name(contact.name)
        self._known = snippets.every(seat.open_vault)
        self._has_tone = answering.chosen(seat.open_vault, answering.BRACKETS)
        self._about = Row(prose(ABOUT, style="quiet"))
        self.finder = Finder(self._search, "type to find", note="find")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what it is for over the list, while that is empty."""
        self._about.display = not self._known
        yield self._about
        yield self.finder

    def on_screen_resume(self) -> None:
        """Read them again, after one was written or erased."""
        self._read()

    def take(self, fact: Fact) -> None:
        """Read them again when some changed."""
        if isinstance(fact, VaultChanged) or fact == snippets.CHANGED:
            self._read()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._known = []
        self.finder.field.value = ""
        self.finder.list.choices = ()

    def _read(self) -> None:
        if not self.seat.is_open:
            return
        self._known = snippets.every(self.seat.open_vault)
        self._about.display = not self._known
        self.finder.list.set_choices(self._search(self.finder.field.value))
        self.show_hints()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say what the keys do with what has the bar."""
        change = (self.therapy.hint("change_snippet"), self.therapy.hint("erase_snippet")) if self._current else ()
        return (("enter", "put it in" if self._current or self._is_tone else "write one"), *change, hint_of("back"))

    @property
    def _chosen(self) -> str:
        return self.finder.list.current.id if self.finder.list.current is not None else ""

    @property
    def _is_tone(self) -> bool:
        return self._chosen == _TONE

    @property
    def _current(self) -> Snippet | None:
        """The snippet that has the bar, or None."""
        return next((each for each in self._known if each.id.hex() == self._chosen), None)

    def _search(self, wanted: str) -> list[Choice]:
        words = wanted.strip().casefold()
        found = [each for each in self._known if words in f"{each.name}\n{each.text}".casefold()]
        found.sort(key=lambda each: not each.name.casefold().startswith(words))
        tone = Choice(_TONE, "[]", "how you would say it, in brackets")
        new = Choice(_NEW, f"Write a new one, called “{safe_line(wanted, 40)}”" if words else "Write a new one")
        return [
            *([tone] if self._has_tone and words in tone.detail else []),
            *(Choice(each.id.hex(), safe_line(each.name), safe_line(each.text, _DETAIL), below=True) for each in found),
            new,
        ]

    # keys

    def on_choices_moved(self, event: Choices.Moved) -> None:
        """Show the keys for what has the bar now."""
        event.stop()
        self.show_hints()

    def on_input_changed(self) -> None:
        """Show the keys for what was found."""
        self.show_hints()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Give it, or write a new one."""
        event.stop()
        if event.choice.id == _TONE:
            self.dismiss(BRACKETS)
        elif self._current is not None:
            self.dismiss(fill(self._current.text, self._whom))
        else:
            self._write(None)

    def action_change(self) -> None:
        """Change the one that has the bar."""
        if self._current is not None:
            self._write(self._current)

    def _write(self, snippet: Snippet | None) -> None:
        from therapy_tui.tui.screens.snippet_page import SnippetPage  # only when one is written

        name = snippet.name if snippet else self.finder.field.value.strip()
        self.finder.field.value = ""

        def choose(written: bytes | None) -> None:
            self._read()
            ids = [each.id for each in self.finder.list.choices]
            if written and written.hex() in ids:
                self.finder.list.chosen = ids.index(written.hex())
                self.show_hints()

        self.therapy.push_screen(SnippetPage(self.seat, snippet, name), choose)

    def action_erase(self) -> None:
        """Ask before one is erased; the safest answer is the first."""
        from therapy_tui.tui.screens.ask import ask_erase  # as above

        chosen = self._current
        if chosen is None:
            return

        def erase() -> None:
            snippets.erase(self.seat.open_vault, chosen.id)

        told = f"{safe_line(chosen.name)}\n\n{safe_line(chosen.text)}"
        ask_erase(self, "Erase a snippet", "", told, erase, "letters in which it was used stay")
