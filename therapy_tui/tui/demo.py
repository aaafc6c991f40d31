"""The application in the demo: two seats in one window, and one line that says that both people are made up."""

from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.travel import Travel

WELCOME = "All made up, gone when you leave. {key} {word}."
SEATED = "You sit as {name} now."


class DemoApp(TherapyApp):
    """The application with its two made-up people."""

    _is_welcomed = False

    def arrive(self) -> None:
        """Let letters travel, and say what this is, or who one is now."""
        Travel.arrive(self)
        if self.seat.is_open:
            self.call_after_refresh(self._greet)

    def _greet(self) -> None:
        if self._is_welcomed:
            self.say(SEATED.format(name=self.seat.open_vault.profile.name))
            return
        self._is_welcomed = True
        key, word = self.hint("seats")
        self.say(WELCOME.format(key=key, word=word))
