"""A page that is written along a form, one part at a time; underneath it is plain text like any other page."""

from textual.content import Content

from therapy_tui.content.forms import Form, form_of, parse, render
from therapy_tui.core.journal import Entry
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import FORM, JOURNAL_PAGE, bindings
from therapy_tui.tui.screens.journal_page import JournalPage


def page_for(seat: Seat, page: Entry) -> JournalPage:
    """Give the screen for a page: along its form, when it was written along one."""
    form = form_of(page.text)
    return FormPage(seat, page, form) if form else JournalPage(seat, page)


class FormPage(JournalPage, inherit_bindings=False):
    """The parts of a form, each with its hint over it."""

    BINDINGS = bindings(JOURNAL_PAGE, FORM)

    def __init__(self, seat: Seat, page: Entry, form: Form) -> None:
        super().__init__(seat, page, "")
        self.form = form
        self.unkept_mark = self.UNKEPT + form.id.encode()
        self._answers: dict[str, str] = {}
        self._part = 0

    @property
    def written(self) -> str:
        """The whole form as plain text; nothing while no part of it is filled in."""
        if not self._answers:
            return ""
        answers = {**self._answers, self.form.fields[self._part].heading: self.editor.text}
        return render(self.form, answers) if any(each.strip() for each in answers.values()) else ""

    def load(self, text: str, cursor: int) -> None:
        """Read the answers out of a text, and begin at the first part that is empty."""
        del cursor
        self._answers = parse(self.form, text)
        empty = (place for place, each in enumerate(self.form.fields) if not self._answers[each.heading])
        self._show(next(empty, 0))

    def _show(self, part: int) -> None:
        self._part = part
        answer = self._answers[self.form.fields[part].heading]
        self.editor.load(answer, len(answer))

    def show_question(self) -> None:
        """Show the part and its hint over the words."""
        field = self.form.fields[self._part]
        self.set_class(True, "-asked")
        self.asked.update(Content.assemble((field.heading, "bold $strong"), ("\n" + field.hint, "$quiet")))
        self.heading.fact = f"{self.form.title}, {self._part + 1} of {len(self.form.fields)}"

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the form."""
        earlier = ("earlier",) if self.page.versions else ()
        back = ("last_part",) if self._part else ()
        return ("next_part", *back, "close_page", "mood_and_tags", *earlier)

    def action_part(self, step: int) -> None:
        """Go to another part; what stands in this one is kept. After the last one comes the first."""
        self._answers[self.form.fields[self._part].heading] = self.editor.text
        self.keep()
        self._show((self._part + step) % len(self.form.fields))
        self.show_question()
        self.show_hints()

    def action_another(self) -> None:
        """A form has its own questions."""
        self.say("A form has its own questions. Begin another page for one of the others.")

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._answers = {}
        super().forget()
