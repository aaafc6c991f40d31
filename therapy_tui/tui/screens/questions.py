"""All questions that a page can begin with: one's own first, then the program's; one key writes one."""

from collections.abc import Iterable
from typing import cast

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.prompts import OWN, OwnPrompt, Weight
from therapy_tui.core.text import safe_line
from therapy_tui.services import journal, own_prompts, prompts
from therapy_tui.services.events import ContactsChanged, Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import QUESTIONS, bindings
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.question_list import LONGEST as LONGEST_QUESTION
from therapy_tui.tui.widgets.question_list import QuestionList

ASK = "A question for yourself, in one line, such as: What would I tell a friend tonight?"
HOW_HEAVY = "How heavy is it to write about?"
WEIGHTS = (
    Choice("middle", "In between", "it may come on any day"),
    Choice("light", "Easy", "it comes first on a hard day"),
    Choice("heavy", "Heavy", "it does not come after a low number"),
)


class Questions(Place):
    """The list.

    Args:
        seat: whose.
        begin: the id of the question that is chosen first.
    """

    BINDINGS = bindings(QUESTIONS)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, begin: str = "") -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who, self.heading.right = "Journal", "all questions", ONLY_HERE
        self.list = QuestionList(id="questions")
        self._begin = begin

    def compose_middle(self) -> Iterable[Widget]:
        """Give the list."""
        yield self.list

    def on_mount(self) -> None:
        """Begin at one's own."""
        self.read_them()
        self.list.go_to(self._begin)
        self.list.focus()
        self.show_hints()

    def on_screen_resume(self) -> None:
        """Read them again."""
        self.read_them()

    def read_them(self) -> None:
        """Read all questions, and show them."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        known = prompts.all_prompts(vault)
        titles = {each.id: each.title for each in known.approaches}
        sources = own_prompts.sources(vault)
        kinds = {each.id: safe_line(sources.get(each.id, titles[each.approach])) for each in known.prompts}
        self.list.show_all(known.prompts, kinds, keep=True)
        self.show_hints()

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        own = ("erase_question",) if self._is_own else ()
        return ("ask_it", "write_question", *own, "kind_before", "back")

    @property
    def _is_own(self) -> bool:
        chosen = self.list.current
        return chosen is not None and chosen.id.startswith(f"{OWN}-")

    def hints_now(self) -> tuple[Hint, ...]:
        """Show the two keys for kinds as one."""
        return tuple(("←→", word) if word == "kind" else (key, word) for key, word in super().hints_now())

    def take(self, fact: Fact) -> None:
        """Read them again when some changed, or a name did."""
        if isinstance(fact, VaultChanged | ContactsChanged) or fact == own_prompts.CHANGED:
            self.read_them()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.list.clear()

    # keys

    def action_go(self, step: int) -> None:
        """Go from question to question."""
        self.list.go(step)
        self.show_hints()

    def action_kind(self, step: int) -> None:
        """Go to the next kind, or back."""
        self.list.go_kind(step)
        self.show_hints()

    def action_open(self) -> None:
        """Begin a page with the chosen question, in place of this list."""
        from therapy_tui.tui.screens.journal_page import JournalPage  # only when one is begun

        chosen = self.list.current
        if chosen is not None:
            vault, today = self.seat.open_vault, self.therapy.today()
            prompts.choose(vault, today, chosen)
            page = journal.blank(vault, today, chosen.id, chosen.text)
            self.therapy.switch_screen(JournalPage(self.seat, page))

    def action_write(self, begun: str = "") -> None:
        """Ask for a question of one's own; what cannot be kept stands there again."""
        from therapy_tui.tui.screens.ask import Ask  # only when one is written

        def keep(text: str | None) -> None:
            if not text or not text.strip() or not self.seat.is_open:
                return
            try:
                kept = own_prompts.add(self.seat.open_vault, text)
            except errors.TherapyError as error:
                self.action_write(text)
                self.therapy.say(str(error), failed=True)
                return
            self.read_them()
            self.list.go_to(kept.prompt.id)
            self._weigh(kept)

        self.therapy.push_screen(Ask(self.seat, "Your own question", "", ASK, begun), keep)

    def _weigh(self, kept: OwnPrompt) -> None:
        """Ask how heavy it is; it is kept already, so nothing is lost when one leaves that open."""
        from therapy_tui.tui.screens.ask import Decide  # as above

        def weigh(weight: str | None) -> None:
            if weight and self.seat.is_open:
                own_prompts.weigh(self.seat.open_vault, kept.id, cast("Weight", weight))

        told = f"{safe_line(kept.text, LONGEST_QUESTION)}\n\n{HOW_HEAVY}"
        self.therapy.push_screen(Decide(self.seat, "Your own question", "kept", told, WEIGHTS), weigh)

    def action_erase(self) -> None:
        """Ask before a question is erased; the safest answer is the first."""
        from therapy_tui.tui.screens.ask import ask_erase  # only when it is asked for

        chosen = self.list.current
        if chosen is None or not self._is_own:
            self.say("Only your own questions, and those that were sent to you, can be erased.")
            return
        name = chosen.id

        def erase() -> None:
            own_prompts.erase(self.seat.open_vault, own_prompts.find_by_id(self.seat.open_vault, name).id)

        told = safe_line(chosen.text, LONGEST_QUESTION)
        ask_erase(self, "Erase a question", "", told, erase, "pages that answer it keep it")
