"""What is done with the person who is chosen in the caseload: open, promise, note, clear, put off, label, views."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services import triage, triage_words
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.when import ask_when
from therapy_tui.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from therapy_tui.tui.widgets.caseload import CaseloadList
    from therapy_tui.tui.widgets.rows import Field

CLEAR = "What you know now, or what was done. It is kept with the day and the hour, on the page of {name}."
NOT_BEFORE = "Until when does {name} not stand among the first? A new letter ends it, and so does a time that passes."
LABEL = "A few words of your own, such as a group or a day of the week. Nobody else sees them."
PROMISE = "{name} is told that you have read it, and by when a full answer comes."
VIEW = "Under which name is “{find}” kept?"


class TriageActs(Place):
    """The acts of the caseload."""

    if TYPE_CHECKING:
        people: CaseloadList
        field: Field

        @property
        def contact(self) -> Contact | None:
            """Who is chosen."""

        async def find(self, wanted: str) -> None:
            """Show whom this finds."""

    def _do(self, act: Callable[[], object], told: str = "") -> None:
        """Do something, and say what came of it."""
        try:
            act()
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        if told:
            self.say(told)

    def action_open(self) -> None:
        """Open the letters with the chosen person."""
        if self.contact is not None:
            self.therapy.show_messages(self.contact)

    def action_person(self) -> None:
        """Show the page of the chosen person."""
        from therapy_tui.tui.screens.person import Person  # only when it is asked for

        if self.contact is not None:
            self.therapy.push_screen(Person(self.seat, self.contact))

    def action_promise(self) -> None:
        """Ask by when an answer comes, and promise it."""
        contact = self.contact
        if contact is not None:
            promise(self, contact)

    def action_note(self) -> None:
        """Begin a note about the chosen person."""
        from therapy_tui.tui.screens.notes import Notes  # only when it is asked for

        if self.contact is not None:
            self.therapy.push_screen(Notes.of(self.seat, self.contact, begin=True))

    def action_chart(self) -> None:
        """Show the measures of the chosen person over time."""
        from therapy_tui.tui.screens.progress import Progress  # as above

        if self.contact is not None:
            self.therapy.push_screen(Progress(self.seat, self.contact))

    def action_clear(self) -> None:
        """Ask for the reason, and clear what stands first."""
        contact = self.contact
        if contact is None:
            return
        name = safe_name(contact.name)
        flags = triage.standing_flags(self.seat.open_vault, contact)
        if not flags:
            self.say(triage.NO_FLAG.format(name=name))
            return

        def clear(reason: str | None) -> None:
            if reason is not None:
                self._do(
                    lambda: triage.clear(self.seat.open_vault, contact, reason, flags),
                    "Cleared, and kept with its reason.",
                )

        told = "\n".join(map(triage_words.flag_line, flags))
        self._ask("Clear a flag", contact, f"{told}\n\n{CLEAR.format(name=name)}", clear)

    def action_put_off(self) -> None:
        """Ask until when somebody does not stand among the first; or take that back."""
        contact, chosen = self.contact, self.people.current
        if contact is None or chosen is None:
            return
        vault = self.seat.open_vault
        if chosen.facts.not_before > self.seat.now():
            self._do(lambda: triage.put_off(vault, contact, 0), "Taken back.")
            return

        def put_off(until: int) -> None:
            self._do(lambda: triage.put_off(vault, contact, until))

        ask_when(self, "Not before", contact, NOT_BEFORE.format(name=safe_name(contact.name)), put_off)

    def action_label(self) -> None:
        """Ask for a label."""
        contact, chosen = self.contact, self.people.current
        if contact is None or chosen is None:
            return

        def label(text: str | None) -> None:
            if text is not None:
                self._do(lambda: triage.label(self.seat.open_vault, contact, text))

        self._ask("Label", contact, LABEL, label, chosen.facts.label)

    def action_views(self) -> None:
        """Choose a view, keep what is found now as one, or forget one."""
        from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

        vault, find = self.seat.open_vault, self.field.value.strip()
        views = triage.views(vault)
        answers = [Choice("", "Everybody")]
        answers += [Choice(f"view:{name}", name, find) for name, find in views.items()]
        if find:
            answers.append(Choice("keep", f"Keep “{find}” under a name"))
            answers += [Choice(f"forget:{name}", f"Forget {name}") for name, kept in views.items() if kept == find]

        async def go(answer: str | None) -> None:
            kind, _, name = (answer or "").partition(":")
            if answer == "keep":
                self._name_view(find)
            elif kind == "forget":
                self._do(lambda: triage.keep_view(vault, name, ""), "Forgotten.")
            elif answer is not None:
                await self.find(views.get(name, ""))

        told = (
            "Find with / first, then keep it here under a name."
            if not views and not find
            else "Whom do you want to see?"
        )
        self.therapy.push_screen(Decide(self.seat, "Views", "", told, answers), go)

    def _name_view(self, find: str) -> None:
        from therapy_tui.tui.screens.ask import Ask  # as above

        def keep(name: str | None) -> None:
            if name is not None:
                self._do(lambda: triage.keep_view(self.seat.open_vault, name, find), "Kept.")

        self.therapy.push_screen(Ask(self.seat, "Views", "", VIEW.format(find=find)), keep)

    def _ask(
        self, place: str, contact: Contact, told: str, then: Callable[[str | None], None], value: str = ""
    ) -> None:
        from therapy_tui.tui.screens.ask import Ask  # as above

        self.therapy.push_screen(Ask(self.seat, place, safe_name(contact.name), told, value), then)


def promise(place: Place, contact: Contact) -> None:
    """Ask by when an answer comes, and promise it to a client."""
    from therapy_tui.services import promises  # only when it is asked for
    from therapy_tui.services.arranged_words import moment, owed  # as above

    def keep(until: int) -> None:
        try:
            promises.promise(place.seat.open_vault, contact, until)
        except errors.TherapyError as error:
            place.say(str(error), failed=True)
            return
        place.seat.wake()
        place.say(f"{safe_name(contact.name)} is told: an answer by {moment(until, place.seat.now())}.")

    told, standing = PROMISE.format(name=safe_name(contact.name)), promises.standing(place.seat.open_vault, contact)
    if standing.is_said:
        said = owed(standing, place.seat.now())
        told = f"{said[:1].upper()}{said[1:]}; a new promise takes its place. {told}"
    ask_when(place, "Answer by", contact, told, keep)
