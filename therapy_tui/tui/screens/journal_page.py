"""One page of the journal: everything goes but the words, and every pause keeps them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from therapy_tui import errors
from therapy_tui.core.journal import Entry, count_words, read_facts
from therapy_tui.core.messages import Draft
from therapy_tui.core.text import safe_line
from therapy_tui.services import journal
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import JOURNAL_PAGE, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.pen import Editor

if TYPE_CHECKING:
    from textual.timer import Timer

ONLY_HERE = "only on this machine"
LEAVE_IT = "Leave the question whenever you like. It only opens the door."
PLACEHOLDER = "A page can be three words."
BLANK = b"page"
"""Where the words of a page that a full disk never took wait in memory."""
BOTH_KEPT = "This page was changed in another window. What stands here is kept as a page of its own."


class JournalPage(Place):
    """A page to write on; nothing of it leaves the vault."""

    CSS_PATH = "journal_page.tcss"
    BINDINGS = bindings(JOURNAL_PAGE)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, page: Entry) -> None:
        super().__init__(seat)
        self.page = page
        """As it was last kept; `row` is 0 while nothing is kept of it."""
        self.editor = Editor(PLACEHOLDER, id="leaf-text")
        self.note = Static(classes="note")
        self.asked = Static(classes="asked")
        self._keeping: Timer | None = None
        self._is_new_sitting = True

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the page, and the question over the words."""
        with Horizontal(id="leaf"):
            yield self.note
            with Vertical(classes="column"):
                yield self.asked
                yield self.editor

    def on_mount(self) -> None:
        """Begin at the end of what stands there, or with what a full disk did not take."""
        super().on_mount()
        self.heading.place, self.heading.right = "Journal", ONLY_HERE
        self.heading.who = _day_in_words(self.page.day, self.therapy.today())
        unkept = self.seat.unkept.get(self._mark)
        text = unkept.text if unkept else self.page.text
        self.load(text, unkept.cursor if unkept else len(text))
        self._keeping = self.set_interval(KEEP_SECONDS, self._keep_or_rest, pause=unkept is None)
        self.editor.focus()
        self.show_question()
        self.show_notes()

    @property
    def _mark(self) -> bytes:
        return self.page.id if self.page.row else BLANK

    @property
    def written(self) -> str:
        """What stands on the page now."""
        return self.editor.text

    def load(self, text: str, cursor: int) -> None:
        """Put a text on the page."""
        self.editor.load(text, cursor)

    # what is shown

    def show_question(self) -> None:
        """Show the question over the words, where there is one."""
        question = safe_line(self.page.question)
        self.set_class(bool(question), "-asked")
        self.asked.update(Content.assemble((question, "bold $strong"), ("\n" + LEAVE_IT, "$quiet")))

    def show_notes(self) -> None:
        """Say how much there is, how it was, and when it was kept."""
        page = self.page
        words = count_words(self.written)
        notes = [("a question", "bold $strong")] if page.question else []
        notes += [(f"{words:,} word{'' if words == 1 else 's'}", "$quiet")] if words else []
        notes += [(f"mood {page.mood}", "$quiet")] if page.mood else []
        notes += [(f"#{safe_line(tag)}", "$quiet") for tag in page.tag_list]
        kept = f"kept {times.clock(page.changed_at)}" if page.row else "kept as you type"
        parted = "   " if self.has_class("-narrow") else "\n"
        pieces = [(parted if number else "") + text for number, (text, _) in enumerate([*notes, (kept, "")])]
        styles = [*(style for _, style in notes), "$quiet"]
        self.note.update(Content.assemble(*zip(pieces, styles, strict=True)))

    def on_resize(self) -> None:
        """Lay the notes in one row or below each other."""
        super().on_resize()
        self.show_notes()

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        earlier = ("earlier",) if self.page.versions else ()
        return ("close_page", "mood_and_tags", "another_question", *earlier)

    # keeping

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        if self._keeping is not None and self.written != self.page.text:
            self._keeping.resume()

    def _keep_or_rest(self) -> None:
        self.keep()
        if self._keeping is not None and self.written == self.page.text:
            self._keeping.pause()

    def keep(self) -> None:
        """Keep the page, word for word; on a failure the words stay on the screen, and in memory over a lock."""
        text = self.written
        if not self.seat.is_open or text == self.page.text or (not self.page.row and not text.strip()):
            return
        self._keep(replace(self.page, text=text))

    def _keep(self, wanted: Entry) -> None:
        mark = self._mark
        try:
            self.page = self._kept(wanted)
        except errors.TherapyError as error:
            self.seat.unkept[mark] = Draft(wanted.text, 0, b"", self.editor.cursor_index, 0)
            self.say(str(error), failed=True)
            return
        self.seat.unkept.pop(mark, None)
        self._is_new_sitting = False
        self.show_notes()

    def _kept(self, wanted: Entry) -> Entry:
        vault = self.seat.open_vault
        try:
            return journal.keep(vault, self.page, wanted, new_sitting=self._is_new_sitting)
        except journal.ChangedElsewhere:
            apart = journal.keep_apart(vault, wanted)
            self.say(BOTH_KEPT)
            return apart
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            kept = journal.keep(vault, self.page, wanted, new_sitting=self._is_new_sitting)
            self.say("The disk is full. What you write is still kept; make room soon.", failed=True)
            return kept

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.page = replace(self.page, text="", question="", tags="")
        self.editor.load("", 0)
        self.asked.update("")
        self.note.update("")

    # keys

    def action_back(self) -> None:
        """Close the page; one on which nothing is left is not kept, unless it was something before."""
        self.keep()
        if self.page.row and not self.page.text.strip() and not self.page.versions:
            journal.erase(self.seat.open_vault, self.page.id)
        if self.written == self.page.text or not self.written.strip():
            self.dismiss()

    def action_facts(self) -> None:
        """Ask how it is, and for tags."""
        from therapy_tui.tui.screens.ask import Ask  # only when it is asked for

        self.keep()
        page = self.page
        now = " ".join([*([str(page.mood)] if page.mood else []), ", ".join(page.tag_list)]).strip()

        def take(answer: str | None) -> None:
            if answer is None:
                return
            try:
                mood, tags = read_facts(answer)
            except errors.UsageError as error:
                self.say(str(error), failed=True)
                return
            self.page = replace(self.page, mood=mood, tags="\n".join(tags))
            if self.page.row:
                self._keep(self.page)
            self.show_notes()

        told = "How it is, from 1 to 10, and then tags if you like, such as: 6 walk, mother"
        self.therapy.push_screen(Ask(self.seat, "Mood and tags", self.heading.who, told, now), take)

    def action_another(self) -> None:
        """Let another question stand over the page; the words stay."""
        from therapy_tui.services import prompts  # only when one is wanted

        self.keep()
        vault, today = self.seat.open_vault, self.therapy.today()
        choose = prompts.another if self.page.question else prompts.of_today
        prompt = choose(vault, today, self.page.mood or None)
        self.page = replace(self.page, prompt=prompt.id, question=prompt.text)
        if self.page.row:
            self._keep(self.page)
        self.show_question()
        self.show_notes()

    def action_earlier(self) -> None:
        """Show what this page was before."""
        from therapy_tui.tui.screens.journal_versions import Versions  # only when it is asked for

        self.keep()
        if not self.page.versions:
            self.say("This page has not been anything else before.")
            return
        self.therapy.push_screen(Versions(self.seat, self.page))


def _day_in_words(day: str, today: str) -> str:
    found = date.fromisoformat(day)
    year = "" if day[:4] == today[:4] else f" {found.year}"
    return f"{times.DAYS[found.weekday()]} {found.day} {times.MONTHS[found.month - 1]}{year}"
