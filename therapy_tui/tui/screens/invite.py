"""Make an invite, and hand it over: the code, the link, how long it lasts, and what became of it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.people import Invite as Made
from therapy_tui.core.text import safe_name
from therapy_tui.services import directory, pairing
from therapy_tui.services.events import Fact
from therapy_tui.services.invite_sheet import groups_of, save_page
from therapy_tui.services.person_words import ASK_FOR
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import INVITE, bindings
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.screens.ask import Ask, Decide
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.code import Code, quiet_for
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Across, Field, Page, Row, prose

LOOK_AGAIN = 1.0
"""Seconds between looks at what the relay has; that it took an invite is no fact of its own."""
BESIDE = 30
"""From this width on, everything stands beside the code."""
GROUPS_A_LINE = 4
WORD = "the code word, not on the page: "
STATES = {
    "expired": "Its time is over. It cannot be used any more.",
    "revoked": "You withdrew it. It cannot be used any more.",
}


def state_of(seat: Seat, made: Made) -> str:
    """Say in a few words what became of an invite."""
    if made.state == "joined":
        name = pairing.used_by(seat.open_vault, made)
        when = f", {times.near(made.used_at, seat.now())}" if made.used_at else ""
        return (f"used by {name}" if name else "used") + when
    if made.state == "open":
        return "waiting" if pairing.is_published(seat.open_vault, made) else "the relay does not have it yet"
    return {"revoked": "withdrawn"}.get(made.state, made.state)


class NewInvite(Place):
    """Asks whom an invite is for and how long it lasts."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Invite"
        self._label = Field(placeholder="a name, for yourself; it may stay empty", id="label")
        self._word = Field(placeholder="agreed on beforehand; it may stay empty", id="word")
        self._days = Field(value=str(pairing.INVITE_DAYS), id="days")
        self._told = prose("", style="quiet", id="told")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the questions over each other."""
        with Page(classes="-centred"):
            yield Row(prose("Whom is it for?", style="strong"))
            yield Row(self._label, note="name", classes="field")
            yield Row(self._word, note="code word", classes="field")
            yield Row(self._days, note="days", classes="field")
            yield Row(self._told)

    def on_mount(self) -> None:
        """Begin at the name."""
        self._label.focus()
        self._show_renewed()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to go on and how to leave."""
        return (("enter", "make it" if self._days.has_focus else "go on"), hint_of("back"))

    def _renewed(self) -> Contact | None:
        """Give the contact whose name was typed, if there is exactly one."""
        wanted = safe_name(self._label.value) if self._label.value.strip() else ""
        known = [each.contact for each in directory.people(self.seat.open_vault) if each.contact.name == wanted]
        return known[0] if len(known) == 1 else None

    def _show_renewed(self) -> None:
        contact = self._renewed()
        told = (
            f"An invite lasts 1 to {pairing.MOST_INVITE_DAYS} days and works once. The code word is neither sent nor"
            " printed: ask for it when you speak, so that you know that it was they who used it."
        )
        if contact is not None:
            told = (
                f"You write with {contact.name} already. This invite will renew their keys, for a new computer of"
                " theirs."
            )
        self._told.update(Content(told))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once when the name is that of a contact."""
        event.stop()
        if self.seat.is_open:
            self._show_renewed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next; at the last, make it."""
        event.stop()
        if event.input is not self._days:
            (self._word if event.input is self._label else self._days).focus()
            return
        contact = self._renewed()
        try:
            days = int(self._days.value) if self._days.value.strip().isdecimal() else 0
            renewed = contact.id if contact else b""
            made = pairing.make_invite(self.seat.open_vault, self._label.value, days, renewed, word=self._word.value)
        except errors.TherapyError as error:
            self._told.update(Content(str(error)))
            return
        self.seat.wake(waited_for=True)
        self.therapy.switch_screen(Invite(self.seat, made))


class Invite(Place):
    """One invite, to be handed over outside the program."""

    CSS_PATH = "invite.tcss"
    BINDINGS = bindings(INVITE)

    def __init__(self, seat: Seat, made: Made) -> None:
        super().__init__(seat)
        self.made = made
        self.heading.place = "Invite"
        self.heading.who = f"for {made.label}" if made.label else ""
        self._code = Code(made.link or " ", id="code")
        self._words = Static(id="words")
        self._only_link = False
        self._fits = True

    def compose_middle(self) -> Iterable[Widget]:
        """Put the words beside the code."""
        with Across(id="sheet"), Across(id="inner"):
            yield self._code
            with VerticalScroll(can_focus=False):
                yield self._words

    def on_mount(self) -> None:
        """Show it, and look from time to time what became of it."""
        self.set_interval(LOOK_AGAIN, self._look)
        self._look()

    def on_resize(self) -> None:
        """Find the most quiet with which the code fits, without the heading if need be."""
        self._fit()

    def take(self, fact: Fact) -> None:
        """Look what became of it."""
        del fact
        self._look()

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with an open invite."""
        if self.made.state != "open":
            return ("back",)
        copy = () if self.seat.settings.shared_machine else ("copy",)
        link = () if self._is_beside() and self._fits else ("link",)
        return (*link, *copy, "save", "withdraw", "back")

    def words_now(self) -> Mapping[str, str]:
        """Say that the key leads from the link to the code."""
        return {"link": "the code"} if self._only_link else {}

    def _look(self) -> None:
        if not self.seat.is_open:
            return
        known = pairing.invites(self.seat.open_vault)
        self.made = next((each for each in known if each.id == self.made.id), self.made)
        self._fit()
        self.show_hints()

    def _fit(self) -> None:
        is_open = self.made.state == "open"
        for bare in (False, True):
            room = self.size.height - (2 if bare else 4)
            quiet = quiet_for(self.made.link, self.size.width - 4, room) if is_open else 0
            if quiet > 1 or not is_open:
                break
        self._fits = quiet > 0
        self._code.display = self._fits and not (self._only_link and not self._is_beside())
        self._code.quiet = quiet or self._code.quiet
        self.set_class(bare and self._code.display, "-bare")
        self._words.update(self._say())

    def _is_beside(self) -> bool:
        return self.size.width - len(self._code.rows[0]) - 8 >= BESIDE

    def _say(self) -> Content:
        state = state_of(self.seat, self.made)
        if self.made.state != "open":
            name = pairing.used_by(self.seat.open_vault, self.made)
            used = f"{name} has used it. You can write to each other now." if name else "It was used."
            if self.made.word:
                used += f" {ASK_FOR.format(word=self.made.word)}"
            return Content(STATES.get(self.made.state, used))
        until = times.day(self.made.expires, self.seat.now())
        if self._code.display and not self._is_beside():
            for_whom = f"\nfor {self.made.label}" if self.made.label else ""
            return Content.assemble(
                ("Invite", "bold $strong"),
                (for_whom, "$text"),
                (f"\n\nworks once,\nuntil {until}\n\n{state}", "$quiet"),
            )
        return Content.assemble(
            ("Hand this over outside the program", "bold $strong"),
            f"\n\nOn paper, by e-mail, in the room. It works once, until {until}, and whoever has it can write to you."
            " So compare the ten words afterwards.\n\n",
            *(((WORD, "$quiet"), (f"{self.made.word}\n\n", "$text")) if self.made.word else ()),
            ("or the link\n" if self._code.display else "The link\n", "$quiet"),
            "\n".join(groups_of(self.made.link, GROUPS_A_LINE)),
            (f"\n\n{state}", "$quiet"),
        )

    # what can be done

    def action_link(self) -> None:
        """Show the link in place of the code, and back, where there is no room for both."""
        self._only_link = not self._only_link
        self._fit()
        self.show_hints()

    def action_copy(self) -> None:
        """Hand the link to the terminal's clipboard."""
        if self.made.state != "open":
            return
        if self.seat.settings.shared_machine:
            self.say("Others use this machine, so nothing is put on its clipboard.")
            return
        self.therapy.copy_to_clipboard(self.made.link)
        self.say("The link was handed to the terminal's clipboard. Not every terminal takes it.")

    def action_save(self) -> None:
        """Ask for a folder, and save a page to print in it."""
        if self.made.state == "open":
            told = (
                "Into which folder? The page holds the invite: whoever reads it can use it. Only you can open the file."
            )
            self.therapy.push_screen(Ask(self.seat, "Save a page to print", "", told, "~/", "save it"), self._save)

    def _save(self, folder: str | None) -> None:
        if not folder or not folder.strip():
            return
        until = times.day(self.made.expires, self.seat.now())
        try:
            path = save_page(self.seat.open_vault, Path(folder.strip()), self.made, until)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
        else:
            self.say(f"Saved as {path}")

    def action_withdraw(self) -> None:
        """Ask before it is withdrawn; the safest answer is the first."""
        if self.made.state == "open":
            self.therapy.push_screen(withdrawal(self.seat, self.made), self._withdraw)

    def _withdraw(self, answer: str | None) -> None:
        withdraw(self.seat, self.made, answer)
        self._look()


def withdrawal(seat: Seat, made: Made) -> Decide:
    """Make the question that comes before an invite is withdrawn."""
    answers = (
        Choice("keep", "Leave it as it is"),
        Choice("withdraw", "Withdraw it", "the link and the code will not work any more"),
    )
    who = f"for {made.label}" if made.label else ""
    return Decide(
        seat, "Withdraw an invite", who, "It can then not be used by anybody. You can make a new one.", answers
    )


def withdraw(seat: Seat, made: Made, answer: str | None) -> None:
    """Withdraw an invite if that was the answer, and let the relay know."""
    if answer != "withdraw" or not seat.is_open:
        return
    pairing.revoke_invite(seat.open_vault, made.id.hex())
    seat.wake(waited_for=True)
