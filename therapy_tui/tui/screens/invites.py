"""The invites one made: for whom, what became of each, and until when."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.people import Invite as Made
from therapy_tui.core.text import safe_line
from therapy_tui.services import pairing
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.invite import Invite, state_of, withdraw, withdrawal
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

LOOK_AGAIN = 1.0
"""Seconds between looks at what the relay has, as beside one invite."""


class Invites(Place):
    """All invites, the newest first."""

    BINDINGS = bindings(only=("withdraw", "new_invite"))

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Invites"
        self.list = Choices((), gap=True, id="invites")
        self.page = Page()
        self.empty = Page(classes="-centred")

    def compose_middle(self) -> Iterable[Widget]:
        """Show the list, or what an invite is for."""
        with self.page:
            yield Row(self.list, classes="-bare")
        with self.empty:
            yield Row(prose("You have made no invite yet.", style="strong"))
            yield Row(prose("An invite lets one person write to you. Nobody can without one.", style="quiet"))

    def on_mount(self) -> None:
        """Read them, now and from time to time."""
        self.set_interval(LOOK_AGAIN, self.show_invites)
        self.show_invites()

    def on_screen_resume(self) -> None:
        """Read them again."""
        self.show_invites()

    def take(self, fact: Fact) -> None:
        """Read them again, whatever changed."""
        del fact
        self.show_invites()

    def show_invites(self) -> None:
        """Read all invites and show them."""
        if not self.seat.is_open:
            return
        choices = tuple(self._choice(made) for made in reversed(pairing.invites(self.seat.open_vault)))
        if choices != self.list.choices:
            self.list.set_choices(choices)
        self.page.display, self.empty.display = bool(choices), not choices
        if choices and not self.list.has_focus:
            self.list.focus()
        self.show_hints()

    def _choice(self, made: Made) -> Choice:
        state = state_of(self.seat, made)
        if made.state == "open":
            state += f", until {times.day(made.expires, self.seat.now())}"
        if made.word:
            state += f", code word {safe_line(made.word)}"
        return Choice(made.id.hex(), made.label or "for nobody by name", state, below=True)

    def _chosen(self) -> Made | None:
        current = self.list.current
        known = pairing.invites(self.seat.open_vault)
        return next((each for each in known if current is not None and each.id.hex() == current.id), None)

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with the chosen one."""
        if not self.seat.is_open:
            return ("back",)
        made = self._chosen()
        return (("choose", "withdraw") if made is not None and made.state == "open" else ()) + ("new_invite", "back")

    def on_choices_moved(self) -> None:
        """Show the keys that fit the chosen one."""
        self.show_hints()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Show one that is open; the others have nothing to show."""
        event.stop()
        made = self._chosen()
        if made is not None and made.state == "open":
            self.therapy.push_screen(Invite(self.seat, made))
        elif made is not None:
            self.say("This one cannot be used any more, so there is nothing to show.")

    def action_withdraw(self) -> None:
        """Ask before the chosen one is withdrawn."""
        made = self._chosen()
        if made is not None and made.state == "open":
            self.therapy.push_screen(withdrawal(self.seat, made), lambda answer: withdraw(self.seat, made, answer))

    def action_invite(self) -> None:
        """Make a new one."""
        self.therapy.action_invite()
