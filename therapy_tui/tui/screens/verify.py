"""Compare the ten words: who reads which, three answers, and the same as a QR code."""

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui import errors
from therapy_tui.core.people import CLIENT, VERIFIED, Contact
from therapy_tui.services import directory, pairing
from therapy_tui.services.events import ContactsChanged, Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import VERIFY, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.code import Code
from therapy_tui.tui.widgets.rows import Across, Page, Row, prose

SAME, DIFFERENT, LATER = "same", "different", "later"
TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "keys changed"}
HALF = 5
COLUMN = 22
"""Cells from one column of words to the next."""
ROOMY = 24
"""From this height on, a blank row stands between the words."""
WITH_QUIET = 26
"""From this height on, the code has two modules of quiet, and one below it."""
GROUP = 4
BY_PHONE = "Let a phone read both codes, yours and theirs: it must show these letters twice."


def columns_of(words: Sequence[str], gap: bool) -> Content:  # noqa: FBT001 - drawn or not
    """Lay the ten words in two columns, numbered."""
    rows = []
    for place in range(HALF):
        left, right = words[place], words[place + HALF]
        space = " " * max(1, COLUMN - 4 - len(left))
        rows.append(
            Content.assemble(
                (f"{place + 1:2}  ", "$quiet"), (left, "bold $strong"), space, (f"{place + 1 + HALF:2}  ", "$quiet"),
                (right, "bold $strong"),
            )
        )  # fmt: skip
    return Content("\n\n" if gap else "\n").join(rows)


class Verify(Place):
    """Ten words that two people read to each other."""

    CSS_PATH = "verify.tcss"
    BINDINGS = bindings(VERIFY)

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.heading.place = "Compare words"
        self._words: pairing.Words | None = None
        self._why = ""
        self._told = prose("", id="told")
        self._columns = Static(id="columns")
        self._answers = Choices((), id="answers")
        self._seen = ""
        self._code_row: Row | None = None
        self._told_row = Row(self._told)
        self._words_row = Row(self._columns, classes="-apart")
        self._answers_row = Row(self._answers, classes="-bare")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the words over the answers."""
        try:
            self._words = pairing.words(self.seat.open_vault, self.contact)
        except errors.TherapyError as error:
            self._why = str(error)
        with Page(classes="-centred"):
            yield self._told_row
            if self._words is not None:
                yield self._words_row
                self._code_row = Row(self._code(self._words.code))
                self._code_row.display = False
                yield self._code_row
                yield self._answers_row

    def _code(self, code: str) -> Widget:
        label, _, check = code.partition(":")
        groups = [check[each : each + GROUP] for each in range(0, len(check), GROUP)]
        lines = "\n".join(" ".join(groups[each : each + 2]) for each in range(0, len(groups), 2))
        told = Static(Content.assemble((f"{label}\n", "$quiet"), (lines, "bold $strong"), (f"\n\n{BY_PHONE}", "$text")))
        return Across(Code(code, quiet=2, id="code"), told, id="beside")

    def on_mount(self) -> None:
        """Show what is known of the contact and of the words."""
        self._answers.set_choices(
            [
                Choice(SAME, "They are the same"),
                Choice(DIFFERENT, "One of them is different"),
                Choice(
                    LATER,
                    "Not today",
                    "letters go on as before" if self.contact.trust != "changed" else "sending stays stopped",
                ),
            ]
        )
        self._answers.chosen = len(self._answers.choices) - 1  # a key pressed too soon must not vouch for anybody
        self._seen = self._words.code if self._words else ""
        self._show()

    def on_resize(self) -> None:
        """Leave out the blank rows where it is low."""
        self._show()

    def _show(self) -> None:
        self.heading.who = self.contact.name
        self.heading.fact = TRUST[self.contact.trust]
        if self.contact.trust == VERIFIED:
            self.heading.fact = f"verified since {times.day(self.contact.trust_at, self.seat.now())}"
        if self._words is None:
            self._told.update(Content(self._why))
            return
        mine, theirs = ("odd", "even") if self.seat.open_vault.profile.role == CLIENT else ("even", "odd")
        told = (
            f"Read these to each other, by voice or face to face: you the {mine} ones, {self.contact.name} the {theirs}"
            " ones. Both screens must show the same ten words."
        )
        self._told.update(Content(told))
        self._told_row.display = self._words_row.display = not self._is_code
        self._answers_row.display = self._has_answers
        self.set_focus(self._answers if self._has_answers else None)
        self.show_hints()
        self.query_one(Code).quiet = 2 if self.size.height >= WITH_QUIET else 1
        self._columns.update(columns_of(self._words.words, gap=self.size.height >= ROOMY))

    @property
    def _is_code(self) -> bool:
        return self._code_row is not None and bool(self._code_row.display)

    @property
    def _has_answers(self) -> bool:
        """Whether there is room for the answers; beside a code where it is low there is none."""
        return self._words is not None and (not self._is_code or self.size.height >= ROOMY)

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with the words."""
        if self._words is None:
            return ("back",)
        return ("choose", "code", "back") if self._has_answers else ("code", "back")

    def words_now(self) -> Mapping[str, str]:
        """Say that the key leads from the code to the words."""
        return {"code": "as words"} if self._is_code else {}

    def take(self, fact: Fact) -> None:
        """Never leave words on the screen that are not those of now."""
        if not isinstance(fact, (ContactsChanged, VaultChanged)) or not self.seat.is_open:
            return
        vault = self.seat.open_vault
        try:
            self.contact = directory.get(vault, self.contact.id)
            code = pairing.words(vault, self.contact).code
        except errors.UsageError:
            code = ""
        if code != self._seen:
            self.dismiss()
            self.therapy.say("The keys changed just now, so these words were put away.")
            return
        self._show()

    def action_code(self) -> None:
        """Show the words as a QR code, and back."""
        if self._code_row is not None:
            self._code_row.display = not self._code_row.display
            self._show()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Keep the answer."""
        event.stop()
        if event.choice.id == LATER:
            self.dismiss()
        elif event.choice.id == DIFFERENT:
            from therapy_tui.tui.screens.different import Different  # rarely needed

            self.therapy.switch_screen(Different(self.seat, self.contact))
        else:
            self._confirm()

    def _confirm(self) -> None:
        vault = self.seat.open_vault
        try:
            pairing.confirm(vault, directory.get(vault, self.contact.id), self._seen)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        self.dismiss()
        self.therapy.say(f"{self.contact.name} is verified now.")
