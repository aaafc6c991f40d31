"""The last question of set-up, how it opens; then the profile is made and its recovery words are shown once."""

import asyncio
from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.services import making
from therapy_tui.services.relays import remember
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.setup_questions import OWN_MINUTES, SHARED_MINUTES, Answers, Question
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Row, prose
from therapy_tui.tui.widgets.twice import Twice

SHARED = "Because other people use this machine, a passphrase opens it each time. It is nowhere but in your head."
CHOSEN = "A passphrase opens it each time. It is nowhere but in your head."


class Opening(Question):
    """How the vault opens: the keyring where it was tried and works, else a passphrase."""

    asks = "How should it open?"
    why = "What you write is kept sealed on this machine."
    next_is = "words on paper that bring it all back"
    number = 6

    def __init__(self, seat: Seat, answers: Answers) -> None:
        super().__init__(seat, answers)
        self._sentence = prose("", id="sentence")
        self._ways = Choices((), gap=True, id="ways")
        self._twice = Twice(making.check_passphrase)
        self._working = False

    def answer_rows(self) -> Iterable[Widget]:
        """Give the ways, of which one is shown at a time."""
        yield Row(self._sentence)
        self._ways_row = Row(self._ways, classes="-bare")
        yield self._ways_row
        yield self._twice

    def on_mount(self) -> None:
        """Ask at once where the machine is shared; else try the keyring first."""
        self._ways_row.display = self._twice.display = False
        if self.answers.shared:
            self._ask_passphrase(SHARED)
        else:
            self._sentence.update("asking this machine's keyring")
            self.run_worker(self._probe())

    async def _probe(self) -> None:
        probe = await asyncio.to_thread(self.seat.keyring.probe, self.seat.random)
        if not probe.usable:
            self._ask_passphrase(probe.sentence)
            return
        self._sentence.update(probe.sentence)
        self._ways.set_choices(
            (
                Choice("keyring", "The keyring", "Opens while you are logged in on this machine.", below=True),
                Choice("passphrase", "A passphrase", "Asked for each time.", below=True),
            )
        )
        self._ways_row.display = True
        self._ways.focus()

    def _ask_passphrase(self, sentence: str) -> None:
        self._sentence.update(sentence)
        self._ways_row.display = False
        self._twice.display = True
        self._twice.first.focus()
        self.show_hints()

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take the way."""
        event.stop()
        if event.choice.id == "keyring":
            self.run_worker(self._make(None))
        else:
            self._ask_passphrase(CHOSEN)

    def on_twice_given(self, event: Twice.Given) -> None:
        """Make the profile with the passphrase."""
        event.stop()
        self.run_worker(self._make(event.passphrase))

    def action_one_back(self) -> None:
        """Go one question back, but not while the profile is being made."""
        if self._working:
            self.say("The profile is being made. A moment.")
        else:
            super().action_one_back()

    async def action_stop(self) -> None:
        """Leave with nothing kept, but not while the profile is being made."""
        if self._working:
            self.say("The profile is being made. A moment.")
        else:
            await super().action_stop()

    async def _make(self, passphrase: str | None) -> None:
        """Make the profile aside, so that F8 answers meanwhile; then show the words."""
        if self._working:
            return
        self._working = True
        self._ways_row.display = self._twice.display = False
        self._sentence.update("making your profile")
        answers = self.answers
        settings = replace(
            self.seat.settings,
            shared_machine=answers.shared,
            idle_lock_minutes=SHARED_MINUTES if answers.shared else OWN_MINUTES,
            country=answers.country,
        )
        settings = remember(settings, answers.relay) if answers.relay else settings
        try:
            words = await asyncio.to_thread(self.seat.create, answers.profile(), passphrase, settings)
        except errors.KeyringUnusable as error:
            self._ask_passphrase(str(error))
        except errors.TherapyError as error:
            self._ask_passphrase(SHARED if answers.shared else CHOSEN)
            self.say(str(error), failed=True)
        else:
            self._twice.forget()
            self._show_words(words, passphrase)
        finally:
            self._working = False

    def _show_words(self, words: tuple[str, ...], passphrase: str | None) -> None:
        from therapy_tui.tui.screens.setup_words import Words  # once in the life of a profile

        way: Callable[[], None] = self.seat.unlock_by_keyring
        if passphrase is not None:
            way = lambda: self.seat.unlock_by_passphrase(passphrase)  # noqa: E731 - one of two ways
        self.therapy.only(Words(self.seat, words, way))
