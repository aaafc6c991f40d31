"""A check-in as one makes it, by keys: the numbers first, the line one tab away, words one key away."""

from textual.widgets import Input

from therapy_tui.tui.commands import bindings
from therapy_tui.tui.screens.checkin_parts import CheckInParts
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.frame import Hint

CHOOSE = "Choose a number first: 1 to 9, or 0 for 10. Your line is kept."


class CheckInForm(CheckInParts):
    """The keys of a check-in."""

    BINDINGS = bindings(only=("mood_back",))

    def on_mount(self) -> None:
        """Begin at the numbers."""
        self.keeping = self.set_interval(KEEP_SECONDS, self.keep_or_rest, pause=True)
        self.touched()
        self.set_focus(self.moods)

    def show_hints(self) -> None:
        """Draw the footer, and the hint that stands under the line."""
        super().show_hints()
        self.show_words()

    def hints_now(self) -> tuple[Hint, ...]:
        """Name the keys of what has the focus."""
        keep, back = self.therapy.hint("mood_keep"), self.therapy.hint("mood_back")
        if self.line.has_focus:
            return (keep, ("tab", "the numbers"), back)
        return (("1-9, 0", "choose"), keep, ("tab", "a line"), *self.more_hints(), (back[0], "back"))

    def more_hints(self) -> tuple[Hint, ...]:
        """Name further keys of the numbers."""
        return ()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it, as among the numbers."""
        event.stop()
        self.action_keep_it()

    def action_keep_it(self) -> None:
        """Make it a check-in, if a number was chosen."""
        if not self.moods.chosen:
            self.keep()
            self.moods.focus()
            self.say(CHOOSE if self.text or self._words else CHOOSE.partition(". ")[0] + ".")
            return
        self.finish()

    def finish(self) -> None:
        """Do what enter does; each kind of form has its own way."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Go back; it is kept."""
        self.keep()
        self.therapy.pop_screen()

    async def action_words(self) -> None:
        """Look for words."""
        from therapy_tui.content.feelings import feelings  # only when they are asked for
        from therapy_tui.tui.screens.feelings import NO_WORDS, Words  # as above

        if not feelings():
            self.say(NO_WORDS)
            return

        self.keep()
        await self.therapy.push_screen(Words(self.seat, self))
