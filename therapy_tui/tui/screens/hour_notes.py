"""The notes as a therapist has them: the same list, with the way to the drawer of process notes."""

from therapy_tui.tui.commands import TO_DRAWER, bindings
from therapy_tui.tui.screens.notes import Notes


class HourNotes(Notes):
    """All notes, or those about one person, and the key to the drawer."""

    BINDINGS = bindings(TO_DRAWER)

    def commands_now(self) -> tuple[str, ...]:
        """Name also the way to the drawer, before the erasing, which has the less room."""
        before = super().commands_now()
        place = before.index("erase_note" if "erase_note" in before else "back")
        return (*before[:place], "process_notes", *before[place:])

    def action_process(self) -> None:
        """Go to the drawer, with the person of whom these notes are."""
        from therapy_tui.tui.screens.process_notes import ProcessNotes  # only when the drawer is wanted

        person = self._only or self._from
        self.therapy.push_screen(ProcessNotes(self.seat, person.id if person else b""))
