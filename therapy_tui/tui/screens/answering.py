"""What a therapist has at hand where a letter is written: snippets; and what is told before the letter goes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from therapy_tui.tui.place import Place

if TYPE_CHECKING:
    from therapy_tui.core.people import Contact
    from therapy_tui.core.snippets import Filled
    from therapy_tui.tui.widgets.pen import Editor

IN_BRACKETS = "How you would say it, such as: [glad you told me]"


class Answering(Place):
    """A place with an editor in which a letter is written; a client has none of this."""

    if TYPE_CHECKING:
        contact: Contact
        editor: Editor

    @property
    def is_therapist(self) -> bool:
        """Whether a therapist writes here."""
        return self.seat.is_open and self.seat.open_vault.is_therapist

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep snippets from a client, whose page stays as it is."""
        return self.is_therapist if action == "snippets" else super().check_action(action, parameters)

    def action_snippets(self) -> None:
        """Choose one of one's own snippets, to be put in where the cursor is."""
        from therapy_tui.tui.screens.snippets import BRACKETS, Snippets  # only when it is asked for

        def put(chosen: "Filled | None") -> None:
            if chosen is None or not self.seat.is_open:
                return
            self.editor.put(chosen.text, chosen.begin, chosen.end)
            self.editor.focus()
            if chosen == BRACKETS:
                self.say(IN_BRACKETS)

        self.therapy.push_screen(Snippets(self.seat, self.contact), put)


class LastLook:
    """What is told before a letter goes: blanks that are left, and the questions a therapist chose. None blocks twice.

    One for each letter; `forget` begins anew.
    """

    def __init__(self) -> None:
        self._told: list[str] = []
        self._asked = False

    def forget(self) -> None:
        """Begin anew, because the letter has gone."""
        self._told, self._asked = [], False

    def look(self, place: Place, text: str, go: Callable[[], object]) -> str:
        """Give what to say instead of sending, or nothing once `go` was called, or a page is in front that calls it.

        Args:
            place: where one writes.
            text: the letter.
            go: sends it.
        """
        vault = place.seat.open_vault
        if not vault.is_therapist:
            go()
            return ""
        from therapy_tui.services import answering  # a client sends without any of this

        found = answering.blanks_left(vault, text)
        if found and found != self._told:
            self._told = found
            return answering.of_blanks(text, found)
        if self._asked or not answering.chosen(vault, answering.QUESTIONS):
            go()
            return ""
        from therapy_tui.tui.screens.before_sending import BeforeSending  # only where it was chosen

        def send(wanted: bool | None) -> None:  # noqa: FBT001 - what the page gives
            if wanted:
                go()

        self._asked = True
        place.therapy.push_screen(BeforeSending(place.seat), send)
        return ""
