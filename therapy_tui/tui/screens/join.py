"""Take up an invite: the link as it was given, whose keys it renews if anybody's, and what comes of it."""

from collections.abc import Callable, Iterable

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.services import directory, pairing
from therapy_tui.services.events import ContactsChanged, Fact, LineChanged, Noticed, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.pen import Editor
from therapy_tui.tui.widgets.rows import Page, Row, prose

NOBODY = "nobody"
TAKEN_UP = "Taken up; waiting for the relay."
KEPT = "It is kept, and tried again until the relay answers. You can leave this place meanwhile."


class LinkField(Editor):
    """Room for a whole link, so that it can be compared letter by letter."""

    BINDINGS = [Binding("enter", "submit", "", show=False, priority=True)]

    class Submitted(Message):
        """The link is there."""

    def action_submit(self) -> None:
        """Tell that the link is there."""
        self.post_message(self.Submitted())


class Join(Place):
    """Asks for the link, then waits for the relay."""

    CSS_PATH = "join.tcss"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Take up an invite"
        self._field = LinkField("THERAPY:…", id="link")
        self._renews = Choices((), id="renews")
        self._told = prose("", id="told")
        self._asking = Page(classes="-centred")
        self._waiting = Page(classes="-centred")
        self._state = prose(TAKEN_UP, style="strong", id="state")
        self._more = prose(KEPT, id="more")
        self._is_joining: Callable[[], bool] | None = None
        self._before: dict[bytes, tuple[Contact, str]] = {}

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question over the field, and what it renews below."""
        people = directory.people(self.seat.open_vault, also_closed=True)
        self._renews.set_choices(
            [
                Choice(NOBODY, "Somebody new"),
                *(Choice(each.contact.id.hex(), each.contact.name, "their keys are renewed") for each in people),
            ]
        )
        with self._asking:
            yield Row(prose("The link, as it was given to you", style="strong"))
            yield Row(self._field, classes="field", note="link")
            yield Row(self._told)
            renews = Row(self._renews, classes="-bare", note="from whom")
            renews.display = bool(people)
            yield renews
        with self._waiting:
            yield Row(self._state)
            yield Row(self._more)

    def on_mount(self) -> None:
        """Begin at the link."""
        self._waiting.display = False
        self._tell("Small or capital letters, spaces and line ends make no difference.", quiet=True)
        self._field.focus()

    def _tell(self, text: str, *, quiet: bool = False) -> None:
        self._told.set_class(quiet, "quiet")
        self._told.update(Content(text))

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to go on and how to leave."""
        if self._waiting.display:
            return (hint_of("back"),)
        other = (("tab", "from whom"),) if len(self._renews.choices) > 1 and self._field.has_focus else ()
        return (("enter", "take it up"), *other, hint_of("back"))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Take back what was said of the link before."""
        event.stop()

    # taking it up

    def on_link_field_submitted(self) -> None:
        """Take it up."""
        self._take_up()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take it up with the chosen answer."""
        event.stop()
        self._take_up()

    def _take_up(self) -> None:
        chosen = self._renews.current
        renewed = bytes.fromhex(chosen.id) if chosen is not None and chosen.id != NOBODY else b""
        if not self._field.text.strip():
            self._tell("There is no link yet.")
            return
        self._before = self._known()
        try:
            taken = pairing.begin_join(self.seat.open_vault, self._field.text.strip(), renewed)
        except errors.TherapyError as error:
            self._tell(str(error))
            self._field.focus()
            return
        self._is_joining = lambda: pairing.is_joining(self.seat.open_vault, taken)
        self._asking.display, self._waiting.display = False, True
        self.set_focus(None)
        self._show_waiting()
        self.show_hints()
        self.seat.wake(waited_for=True)

    def _show_waiting(self) -> None:
        problem = self.seat.line.problem or str(errors.Unreachable())
        self._more.update(Content(f"{problem} {KEPT}" if self.seat.line.connected is False else KEPT))

    def _known(self) -> dict[bytes, tuple[Contact, str]]:
        """Give everyone with the check of their keys: both ends of a renewed pair have another one."""
        vault = self.seat.open_vault
        known = {}
        for person in directory.people(vault, also_closed=True):
            try:
                code = pairing.words(vault, person.contact).code
            except errors.UsageError:
                code = ""
            known[person.contact.id] = (person.contact, code)
        return known

    # what comes of it

    def on_screen_resume(self) -> None:
        """Look what came of it while another screen was in front."""
        self._settle("")

    def take(self, fact: Fact) -> None:
        """Follow what comes of it."""
        if isinstance(fact, LineChanged) and self._is_joining is not None:
            self._show_waiting()
        if isinstance(fact, (ContactsChanged, Noticed, VaultChanged)):
            self._settle(fact.text if isinstance(fact, Noticed) else "")

    def _settle(self, refusal: str) -> None:
        """Go to the letters with whom the invite came from, or say why it was refused."""
        if self._is_joining is None or not self.seat.is_open or self._is_joining():
            return
        known = self._known()
        met = [contact for contact, code in known.values() if self._before.get(contact.id, (None, ""))[1] != code]
        if met:
            self.therapy.show_messages(met[0])
            return
        self._is_joining = None
        self._state.update(Content("The invite was refused."))
        self._more.update(Content(f"{refusal or errors.InviteRefused()} Nothing else was changed."))
