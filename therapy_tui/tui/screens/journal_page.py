"""One page of the journal: everything goes but the words, and every pause keeps them."""

from collections.abc import Iterable
from dataclasses import replace

from textual.content import Content
from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.journal import Entry, count_words, read_facts
from therapy_tui.core.prompts import OWN
from therapy_tui.core.text import safe_line
from therapy_tui.services import journal, sharing
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import JOURNAL_PAGE, bindings
from therapy_tui.tui.grid import measure
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.kept_page import KeptPage
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.rows import Across, Down, Said

LEAVE_IT = "Leave the question whenever you like. It only opens the door."
LONGEST_QUESTION = 1_000
"""More characters than a question has, also with what is invisible in it named."""
SHORT = 24
"""The most columns for where a question is from, where there is no margin."""
PLACEHOLDER = "A page can be three words."
A_COPY = "a copy is shared"
BOTH_KEPT = "This page was changed in another window. What stands here is kept as a page of its own."


class JournalPage(KeptPage[Entry]):
    """A page to write on; nothing of it leaves the vault."""

    CSS_PATH = "journal_page.tcss"
    BINDINGS = bindings(JOURNAL_PAGE)
    UNKEPT = b"page"
    BOTH_KEPT = BOTH_KEPT
    ELSEWHERE = journal.ChangedElsewhere

    def __init__(self, seat: Seat, page: Entry, placeholder: str = PLACEHOLDER) -> None:
        super().__init__(seat, page, placeholder)
        self.note = Said(classes="note")
        self.asked = Said(classes="asked")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the page, and the question over the words."""
        with Across(id="leaf"):
            yield self.note
            with Down(classes="column"):
                yield self.asked
                yield self.editor

    def on_mount(self) -> None:
        """Begin at the end of what stands there, or with what a full disk did not take."""
        self.heading.place = "Journal"
        self.heading.who = times.written_day(self.page.day, self.therapy.today())
        self.begin()
        self.show_question()
        self.show_notes()

    def on_screen_resume(self) -> None:
        """Say whether somebody has a copy."""
        if self.seat.is_open:
            self.heading.right = A_COPY if sharing.is_shared(self.seat.open_vault, self.page.id) else ONLY_HERE

    # what is shown

    def show_question(self) -> None:
        """Show the question over the words, where there is one."""
        question = safe_line(self.page.question, LONGEST_QUESTION)
        self.set_class(bool(question), "-asked")
        self.asked.update(Content.assemble((question, "bold $strong"), ("\n" + LEAVE_IT, "$quiet")))

    def show_notes(self) -> None:
        """Say how much there is, how it was, and when it was kept."""
        page = self.page
        words = count_words(self.written)
        notes = [(self._source(), "bold $strong")] if page.question else []
        notes += [(f"{words:,} word{'' if words == 1 else 's'}", "$quiet")] if words else []
        notes += [(f"mood {page.mood}", "$quiet")] if page.mood else []
        notes += [(f"#{safe_line(tag)}", "$quiet") for tag in page.tag_list]
        notes.append((self.kept_words, "bold $crisis" if self.is_unkept else "$quiet"))
        parted = "   " if self.has_class("-narrow") else "\n"
        pieces = [((parted if place else "") + text, style) for place, (text, style) in enumerate(notes)]
        self.note.update(Content.assemble(*pieces))

    def _source(self) -> str:
        """Say where the question is from."""
        if not self.page.prompt.startswith(OWN) or not self.seat.is_open:
            return "a question"
        from therapy_tui.services import own_prompts  # only for one's own

        source = own_prompts.sources(self.seat.open_vault).get(self.page.prompt, "a question")
        return fit(source, measure(self.app.size.width).note or SHORT)

    def on_resize(self) -> None:
        """Lay the notes in one row or below each other."""
        self.show_notes()

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        earlier = ("earlier",) if self.page.versions else ()
        return ("close_page", "mood_and_tags", "share_page", "another_question", *earlier)

    # keeping

    def store(self, wanted: Entry, *, new_sitting: bool) -> Entry:
        """Keep it in the journal."""
        return journal.keep(self.seat.open_vault, self.page, wanted, new_sitting=new_sitting)

    def store_apart(self, wanted: Entry) -> Entry:
        """Keep it as a page of its own."""
        return journal.keep_apart(self.seat.open_vault, wanted)

    def erase(self) -> None:
        """Erase the page."""
        journal.erase(self.seat.open_vault, self.page.id)

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.page = replace(self.page, text="", question="", tags="")
        self.editor.load("", 0)
        self.asked.update("")
        self.note.update("")

    # keys

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
            self.set_facts(replace(self.page, mood=mood, tags="\n".join(tags)))

        told = "How it is, from 1 to 10, and then tags if you like, such as: 6 walk, mother"
        self.therapy.push_screen(Ask(self.seat, "Mood and tags", self.heading.who, told, now), take)

    def action_share(self) -> None:
        """Show what would go to somebody, and share it there."""
        from therapy_tui.tui.screens.share import open_share  # only when it is asked for

        self.keep()
        open_share(self, self.page)

    def action_another(self) -> None:
        """Let another question stand over the page; the words stay."""
        from therapy_tui.services import prompts  # only when one is wanted

        self.keep()
        vault, today = self.seat.open_vault, self.therapy.today()
        choose = prompts.another if self.page.question else prompts.of_today
        prompt = choose(vault, today, self.page.mood or None)
        self.set_facts(replace(self.page, prompt=prompt.id, question=prompt.text))
        self.show_question()

    def action_earlier(self) -> None:
        """Show what this page was before."""
        from therapy_tui.tui.screens.earlier import Earlier  # only when it is asked for

        self.keep()
        if not self.page.versions:
            self.say("This page has not been anything else before.")
            return
        before = [(each.kept_at, each.text) for each in journal.versions(self.seat.open_vault, self.page)]
        self.therapy.push_screen(Earlier(self.seat, "Journal", "what this page was before", before))
