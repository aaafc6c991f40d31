"""The journal: a month of pages, and the ways to begin, open and erase one."""

from therapy_tui.core.journal import Entry
from therapy_tui.services import journal, sharing
from therapy_tui.tui.commands import JOURNAL, bindings
from therapy_tui.tui.screens.journal_month import MonthOfPages
from therapy_tui.tui.times import written_day
from therapy_tui.tui.widgets.choices import Choice


class Journal(MonthOfPages):
    """What one does with pages."""

    BINDINGS = bindings(JOURNAL)

    def action_open(self) -> None:
        """Open the chosen page."""
        if self.pages.current is not None:
            self._open(self.pages.current)

    def action_write(self) -> None:
        """Begin a page."""
        self._open(journal.blank(self.seat.open_vault, self.therapy.today()))

    def action_prompted(self) -> None:
        """Begin a page with the question of the day."""
        from therapy_tui.services import prompts  # only when one is wanted

        vault, today = self.seat.open_vault, self.therapy.today()
        prompt = prompts.of_today(vault, today)
        self._open(journal.blank(vault, today, prompt.id, prompt.text))

    def action_questions(self) -> None:
        """Choose among all questions, or write one."""
        from therapy_tui.tui.screens.questions import Questions  # only when they are wanted

        self.therapy.push_screen(Questions(self.seat))

    def action_form(self) -> None:
        """Choose a form to write along."""
        from therapy_tui.content.forms import forms  # only when one is wanted
        from therapy_tui.tui.screens.ask import Decide  # as above
        from therapy_tui.tui.screens.journal_form import FormPage  # as above

        known = {each.id: each for each in forms()}

        def begin(name: str | None) -> None:
            if name:
                page = journal.blank(self.seat.open_vault, self.therapy.today())
                self.therapy.push_screen(FormPage(self.seat, page, known[name]))

        answers = [Choice(each.id, each.title, each.purpose, below=True) for each in known.values()]
        told = "A form asks one thing after the other. Any part can be left empty."
        self.therapy.push_screen(Decide(self.seat, "Journal", "along a form", told, answers), begin)

    def _open(self, page: Entry) -> None:
        from therapy_tui.tui.screens.journal_form import page_for  # only when it is asked for

        self.therapy.push_screen(page_for(self.seat, page))

    def action_share(self) -> None:
        """Show what would go to somebody, and share it there."""
        from therapy_tui.tui.screens.share import open_share  # only when it is asked for

        if self.pages.current is not None:
            open_share(self, self.pages.current)

    def action_erase(self) -> None:
        """Ask before a page is erased; the safest answer is the first."""
        from therapy_tui.tui.screens.ask import ask_erase  # as above

        page = self.pages.current
        if page is None:
            return
        words = f"{page.words:,} word{'' if page.words == 1 else 's'}"
        day = written_day(page.day, self.therapy.today())
        told = f"The page of {day}, {words}, and what it was before."
        if sharing.is_shared(self.seat.open_vault, page.id):
            told += " Somebody has a copy, which stays with them: first take it back, if it is to go there too."
        ask_erase(self, "Erase a page", day, told, lambda: journal.erase(self.seat.open_vault, page.id))
