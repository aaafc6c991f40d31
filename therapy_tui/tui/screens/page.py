"""The whole page: everything goes but the words. It writes the same draft as the pen under the letters."""

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from therapy_tui.core.messages import Message
from therapy_tui.services import conversation
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.services.shown import shown
from therapy_tui.tui import times
from therapy_tui.tui.commands import WHOLE_PAGE, bindings
from therapy_tui.tui.grid import measure
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.correspondence import PLACEHOLDER
from therapy_tui.tui.screens.writing import KEEP_SECONDS, Writing
from therapy_tui.tui.widgets.letters import TONES, margin, wrap
from therapy_tui.tui.widgets.pen import Editor

BESIDE = 140
"""From this width on, their letter lies beside the page without moving it."""
LIMIT, NEAR = 20_000, 18_000
"""The characters that a letter holds, and from where on it is said how many are left."""
LOOK_BACK = 200
"""How far back a letter of theirs is looked for."""


class TheirLetter(VerticalScroll):
    """Their letter, to be read while one answers it."""

    def __init__(self) -> None:
        super().__init__(id="theirs")
        self._head = Static(id="head")
        self._text = Static(id="text")

    def compose(self) -> ComposeResult:
        """Put the words under who wrote them and when."""
        yield self._head
        yield self._text

    def show(self, letter: Message, name: str, now: int) -> None:
        """Show a letter."""
        who = "You" if letter.outgoing else name
        self._head.update(
            Content.assemble((who, "bold $strong"), (f"   {times.near(letter.written_at, now)}", "$quiet"))
        )
        self._text.update(Content("\n".join(wrap(shown(letter).whole, 1_000_000))))

    def clear(self) -> None:
        """Drop every word."""
        self._head.update("")
        self._text.update("")


class WholePage(Place):
    """A page to write on; what is on it is kept as the pen's."""

    CSS_PATH = "page.tcss"
    BINDINGS = bindings(WHOLE_PAGE)

    def __init__(self, seat: Seat, messages: Writing) -> None:
        super().__init__(seat)
        self.messages = messages
        self.editor = Editor(PLACEHOLDER, id="page")
        self._note = Static(classes="note")
        self._theirs = TheirLetter()
        self._letter: Message | None = None
        self._wants_theirs: bool | None = None
        self._kept: tuple[str, int] = ("", 0)

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the page; their letter lies beside or below it."""
        with Vertical(id="desk"):
            with Horizontal(id="sheet"):
                yield self._note
                with Vertical(classes="column"):
                    yield self.editor
            yield self._theirs

    def on_mount(self) -> None:
        """Begin where the pen was."""
        super().on_mount()
        self._letter = self._answered()
        if self._letter is not None:
            self._theirs.show(self._letter, self.messages.contact.name, self.seat.now())
        pen = self.messages.pen
        self.editor.load(pen.text, pen.cursor_index)
        self._kept = (self.editor.text, self.editor.cursor_index)
        self.set_interval(KEEP_SECONDS, self.keep)
        self.editor.focus()
        self._lay()

    def _answered(self) -> Message | None:
        """Give the letter that is being answered, or the newest of theirs."""
        vault, contact = self.seat.open_vault, self.messages.contact
        newest = conversation.newest(vault, contact.id, LOOK_BACK).letters
        found = conversation.answered(vault, contact.id, self.messages.draft.answers)
        return found or next((each for each in reversed(newest) if not each.outgoing), None)

    # what is shown

    def on_resize(self) -> None:
        """Lay their letter beside the page or below it."""
        self._lay()

    @property
    def _shows_theirs(self) -> bool:
        wants = self.size.width >= BESIDE if self._wants_theirs is None else self._wants_theirs
        return wants and self._letter is not None

    def _lay(self) -> None:
        beside = self._shows_theirs and self.size.width >= BESIDE
        self.set_class(beside, "-beside")
        self.set_class(self._shows_theirs and not beside, "-below")
        self._theirs.display = self._shows_theirs
        grid = measure(self.size.width)
        self._theirs.styles.width = grid.bar - 1 if beside else "100%"
        self._theirs.styles.padding = (1, 2) if beside else (1, 2, 1, grid.text)
        self.show_hints()
        self.show_notes()

    def show_notes(self) -> None:
        """Say to whom, how it is meant, how much there is, and when it was kept."""
        draft = self.messages.draft
        words, left = len(draft.text.split()), LIMIT - len(draft.text)
        notes = []
        if len(draft.text) >= NEAR:
            notes.append(f"{left:,} characters left" if left >= 0 else f"{-left:,} characters too many")
        if 0 < draft.tone < len(TONES):
            notes.append(TONES[draft.tone])
        if words:
            notes.append(f"{words:,} word{'' if words == 1 else 's'}")
        if draft.answers:
            notes.append("an answer")
        notes.append(f"kept {times.clock(draft.kept_at)}" if draft.text and draft.kept_at else "kept as you type")
        self._note.update(margin(f"to {self.messages.contact.name}", notes, measure(self.size.width)))

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        theirs = ("beside",) if self._letter is not None else ()
        return ("page_send", "page_tone", *theirs, "page_back")

    def words_now(self) -> Mapping[str, str]:
        """Say that the key puts their letter away."""
        return {"beside": "put it away"} if self._shows_theirs else {}

    def take(self, fact: Fact) -> None:
        """Let the letters hear it; the page itself changes only with its draft."""
        self.messages.take(fact)

    # writing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep it to oneself: the clock keeps it."""
        event.stop()

    def keep(self) -> None:
        """Lay what is written under the pen, which keeps it."""
        now = (self.editor.text, self.editor.cursor_index)
        if now == self._kept or not self.seat.is_open:
            return
        self.messages.write_over(*now)
        self._kept = now
        self._pass_news()
        self.show_notes()

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.editor.load("", 0)
        self._kept = ("", 0)
        self._letter = None
        self._theirs.clear()
        self._note.update("")

    def _pass_news(self) -> None:
        """Tell here what the screen below has said of a failure."""
        notice = self.messages.notice
        if notice.text:
            self.say(notice.text, failed=notice.failed)
            self.messages.hush()

    def action_send(self) -> None:
        """Commit the letter, and go back to the letters."""
        self.keep()
        self.messages.action_send()
        if self.messages.pen.text:
            self._pass_news()
            return
        if not self.editor.text.strip():
            self._pass_news()
            return
        self._kept = (self.editor.text, self.editor.cursor_index)
        self.dismiss()

    def action_tone(self) -> None:
        """Say how the letter is meant, by going round."""
        self.keep()
        self.messages.action_tone()
        self.show_notes()

    def action_beside(self) -> None:
        """Show their letter or put it away; the words stay where they are."""
        if self._letter is not None:
            self._wants_theirs = not self._shows_theirs
            self._lay()
            self.editor.focus()

    def action_back(self) -> None:
        """Go back to the letters; it is kept."""
        self.keep()
        self.dismiss()
