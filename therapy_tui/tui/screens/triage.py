"""Triage: everybody in the order in which they need a therapist, with why; one key answers, promises, notes, clears."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.messages import LETTER, WRITTEN, Message
from therapy_tui.core.people import Contact
from therapy_tui.core.triage import Verdict
from therapy_tui.services import conversation, directory, persons, triage, triage_words
from therapy_tui.services.events import ContactsChanged, Fact, MessagesChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.services.triage import DESK_CHANGED, SHARED_CHANGED
from therapy_tui.tui.commands import TRIAGE, bindings
from therapy_tui.tui.screens.triage_acts import TriageActs
from therapy_tui.tui.screens.triage_finding import TriageFinding
from therapy_tui.tui.widgets.caseload import CaseloadList
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.glance import Glance
from therapy_tui.tui.widgets.rows import Across, Field, Page, Row, prose

BESIDE = 140
"""From this width on one person stands beside the list."""
MINUTE = 60.0
EMPTY = "This is where you see who needs you, and why: one row for each person you write with."
NOBODY_FITS = "Nobody here has that in their name, label or reasons."
BEGIN = "To begin, invite somebody: {people}, then {invite}. Nobody can write to you without an invite."
NOT_FOR = "Everything here is reckoned on this machine; the relay knows none of it."


class Triage(TriageFinding, TriageActs):
    """The caseload."""

    CSS_PATH = "triage.tcss"
    BINDINGS = bindings(TRIAGE)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Triage"
        self.people = CaseloadList(id="caseload")
        self.people.told = NOBODY_FITS
        self.glance = Glance(id="glance")
        self.field = Field("a name, a label, a reason", id="wanted")
        self.everybody = seat.caseload.order()

    def compose_middle(self) -> Iterable[Widget]:
        """Give the list, or how to begin; what is not seen yet is made when it is wanted."""
        if self.everybody:
            with Across(id="desk"):
                yield self.people
            return
        with Page(classes="-centred"):
            yield Row(prose(EMPTY, style="strong"))
            keys = {"people": self.therapy.hint("people")[0], "invite": self.therapy.hint("new_invite")[0]}
            yield Row(prose(BEGIN.format(**keys)))
            yield Row(prose(NOT_FOR, style="quiet"))

    def on_mount(self) -> None:
        """Read everybody, and begin at the first."""
        self.show_people(self.everybody)
        conversation.keep_last_place(self.seat.open_vault, "triage")
        if self.everybody:
            self.people.focus()
        self.set_interval(MINUTE, self._pass_time)
        if told := triage.unlooked():
            self.say(told, failed=True)

    # what is shown

    def show_people(self, everybody: list[Verdict]) -> None:
        """Show everybody, or whom one looks for."""
        self.everybody = everybody
        now, wanted = self.seat.now(), self.field.value
        found = [each for each in everybody if triage_words.fits(each, wanted, now)] if wanted.strip() else everybody
        self.people.show(found, now)
        self.heading.fact = _count(everybody, found)
        self.show_person()
        self.show_hints()

    def show_person(self) -> None:
        """Show who is chosen in the pane, where there is one."""
        is_beside = self.app.size.width >= BESIDE and self.people.current is not None
        self.set_class(is_beside, "-beside")
        self.people.is_pane = is_beside
        chosen = self.people.current
        if not is_beside or chosen is None or not self.seat.is_open:
            self.glance.clear()
            return
        if self.glance.parent is None and self.people.parent is not None:
            self.query_one("#desk").mount(self.glance)
        contact = self.contact
        if contact is not None:
            called = persons.emergency(self.seat.open_vault, contact.id) if chosen.facts.flag is not None else ()
            self.glance.show(chosen, contact, self._letter(chosen), self.seat.now(), called, self.people.stands)

    def _letter(self, verdict: Verdict) -> Message | None:
        """Give their newest letter, or the newest shared page where one was not read."""
        kinds = WRITTEN if verdict.facts.pages else {LETTER}
        newest = conversation.newest(self.seat.open_vault, verdict.facts.id, max(20, verdict.facts.waiting)).letters
        return next((each for each in reversed(newest) if not each.outgoing and each.kind in kinds), None)

    @property
    def contact(self) -> Contact | None:
        """The contact that is chosen, or None."""
        chosen = self.people.current
        return directory.get(self.seat.open_vault, chosen.facts.id) if chosen is not None else None

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        if not self.everybody:
            return ("people", *self.therapy.seat_commands())
        if self.field.has_focus:
            return ()
        chosen = self.people.current
        if chosen is None:
            return ("everybody", "find_person", "own_views")
        promise = ("promise",) if chosen.facts.waiting else ()
        flag = ("clear_flag",) if chosen.facts.flag is not None else ()
        seats = self.therapy.seat_commands()
        found = ("everybody",) if self.field.value.strip() else ()
        others = (*found, "note_person", "person_here", "find_person", "next_person", "put_off")
        return ("open_person", *flag, *promise, *seats, *others)

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to find, while one types."""
        if self.field.has_focus:
            return (("enter", "to the list"), self.therapy.hint("everybody"))
        return super().hints_now()

    def on_resize(self) -> None:
        """Show or put away the person beside the list."""
        self.show_person()

    def on_screen_resume(self) -> None:
        """Read what changed while another screen was in front; somebody who is the first makes another page."""
        if not self.seat.is_open:
            return
        now = self.seat.caseload.order()
        if bool(now) != bool(self.everybody):
            self.therapy.only(Triage(self.seat))
        elif now != self.everybody:
            self.show_people(now)

    def take(self, fact: Fact) -> None:
        """Read again whom a fact is about, or everybody."""
        if not self.seat.is_open:
            return
        changes = MessagesChanged | VaultChanged | ContactsChanged
        if isinstance(fact, changes) or fact in {DESK_CHANGED, SHARED_CHANGED}:
            self.show_people(self.seat.caseload.order())

    def _pass_time(self) -> None:
        """Let the minutes move what is due; rows that stay as they are cost nothing."""
        if self.seat.is_open and self.app.screen is self:
            self.show_people(self.seat.caseload.order())

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.everybody = []
        self.people.clear()
        self.glance.clear()
        self.field.value = ""
        self.heading.fact = ""

    # going

    def action_go(self, step: int) -> None:
        """Go from person to person."""
        self.people.go(step)
        self.show_person()
        self.show_hints()

    def action_next(self) -> None:
        """Go to the next who needs one."""
        if not self.people.next_who_needs():
            self.say("Nobody needs you now.")
        self.show_person()
        self.show_hints()

    def action_read_on(self, pages: int) -> None:
        """Read on in the letter beside the list, or go down the list where there is none."""
        if self.has_class("-beside"):
            (self.glance.scroll_page_down if pages > 0 else self.glance.scroll_page_up)(animate=False)
        else:
            self.action_go(5 * pages)


def _count(everybody: list[Verdict], found: list[Verdict]) -> str:
    """Say how many there are and how many need one; where not all are shown, how many of the others do."""
    if not everybody:
        return ""
    people = f"{len(everybody):,} {'person' if len(everybody) == 1 else 'people'}"
    needed = sum(each.needs for each in everybody)
    if len(found) == len(everybody):
        need = f"{needed:,} need{'s' if needed == 1 else ''} you" if needed else "nobody needs you now"
        return f"{people}, {need}"
    others = needed - sum(each.needs for each in found)
    told = f", {others:,} other{' needs' if others == 1 else 's need'} you" if others else ""
    return f"{len(found):,} found of {people}{told}"
