"""Settings: one line each with what it is now; what is chosen is kept at once."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.config import BY_HAND, GENTLE, LIVE
from therapy_tui.content import crisis
from therapy_tui.content.left_out import left_out
from therapy_tui.core.people import ROLES
from therapy_tui.core.text import safe_line
from therapy_tui.services import conversation, sharing
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.palettes import load_palettes
from therapy_tui.tui.place import Place
from therapy_tui.tui.remarks import remarks
from therapy_tui.tui.screens import settings_answering
from therapy_tui.tui.screens.setup_questions import SHARED_MINUTES
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

MINUTES = (1, 2, 5, 10, 30, 60)
RECEIPTS = (
    "The other person sees when you opened a letter, some minutes later and not to the second. Delivered is always"
    " told, so that nothing is lost."
)
SHARED = (
    f"Yes: the clipboard is never used, and it locks after {SHARED_MINUTES} minutes. No: the clipboard works for links"
    " of invites."
)
BY_KEYRING = (
    "The keyring still opens it. For a passphrase instead: therapy-tui keys add passphrase, then therapy-tui keys"
    " remove keyring."
)
OTHER_WAYS = "No passphrase opens this vault. therapy-tui keys add passphrase adds one."


WAYS = (
    (LIVE, "at once", "11 KB an hour while nothing comes"),
    (GENTLE, "every quarter of an hour", "what you write waits for it"),
    (BY_HAND, "by hand", "only when you press the key for it"),
)
LINES = {each: words for each, words, _ in WAYS}
TRAVEL = (
    "On a slow or costly line letters may wait a little. A letter that waits is queued, and a key sends and fetches at"
    " once."
)
BOUNDS = (0, 20_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000)
BYTES = (
    "A large letter waits for the go-ahead when it would take more than a quarter of these bytes, or more than is left"
    " of them. Small letters always go. What the line adds by itself is not counted."
)


class SettingsScreen(Place):
    """What a person may choose, and what is known of this profile."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.list = Choices((), id="settings")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the choices over what is only told."""
        with Page():
            yield Row(self.list, classes="-bare -apart")
            for note, text in self._told():
                yield Row(prose(safe_line(text)), note=note, classes="-tight")

    def on_mount(self) -> None:
        """Read everything."""
        self.heading.place = "Settings"
        self.show_settings()
        self.list.focus()

    def on_screen_resume(self) -> None:
        """Read everything again."""
        self.show_settings()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to change one."""
        return ("choose", "back")

    def show_settings(self) -> None:
        """Show each choice as it is now."""
        if not self.seat.is_open:
            return
        settings = self.seat.settings
        country = crisis.country(settings.country)
        receipts = conversation.read_receipts(self.seat.open_vault)
        passphrase = "passphrase" in self.seat.look().kinds
        theme = settings.theme.replace("-", " ") or "as the terminal is"
        self.list.set_choices(
            (
                Choice("theme", "Colours", right=safe_line(theme)),
                Choice("country", "Numbers to call", right=country.name if country else "no country chosen"),
                Choice("minutes", "Locks by itself", right=after(settings.idle_lock_minutes)),
                Choice("shared", "Other people use this machine", right=yes_no(settings.shared_machine)),
                Choice("receipts", "Tell when you read a letter", right=yes_no(receipts)),
                Choice("passphrase", "Passphrase", right="change it" if passphrase else "none"),
                Choice("line", "How letters travel", right=LINES[settings.line]),
                Choice("bytes", "Bytes a day", right=daily(settings.daily_bytes)),
                Choice("offers", "Show questionnaires for sharing", right=sharing.offers(self.seat.open_vault) or "no"),
                *settings_answering.choices(self.seat.open_vault),
                *settings_answering.log(self.seat.open_vault),
            )
        )

    def _told(self) -> list[tuple[str, str]]:
        """Give what is only told: who one is, where things are, and what could not be read."""
        profile, folders = self.seat.open_vault.profile, self.seat.folders
        told = [
            ("you are", f"{profile.name}, {ROLES[profile.role]}"),
            ("relay", profile.relay or "none yet, the invite brings it"),
            ("letters in", str(folders.data)),
            ("settings in", str(folders.settings)),
            ("own colours in", str(folders.themes)),
        ]
        amiss = [*load_palettes(self.therapy.look.own)[1], *remarks(self.therapy), *left_out()]
        return told + [("" if place else "amiss", text) for place, text in enumerate(amiss)]

    # what enter does

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Ask what it should be."""
        event.stop()
        if event.choice.id in settings_answering.ABOUT:
            settings_answering.ask(self, event.choice.id)
        elif event.choice.id == settings_answering.LOG:
            self.therapy.call_later(self.therapy.action_room, "audit")
        else:
            getattr(self, f"_ask_{event.choice.id}")()

    def _ask_theme(self) -> None:
        from therapy_tui.tui.screens.settings_pages import Colours  # only when it is asked for

        self.therapy.push_screen(Colours(self.seat))

    def _ask_country(self) -> None:
        from therapy_tui.tui.screens.safety import AnotherCountry  # as above

        self.therapy.push_screen(AnotherCountry(self.seat))

    def _ask_minutes(self) -> None:
        now = self.seat.settings.idle_lock_minutes
        answers = [Choice(str(each), after(each)) for each in sorted({*MINUTES, now})]
        told = "It locks when no key was pressed for so long. What you write is kept."
        self._decide("Locks by itself", told, answers, str(now), lambda each: self._keep(idle_lock_minutes=int(each)))

    def _ask_shared(self) -> None:
        answers = [Choice("yes", "Yes, or I am not sure"), Choice("no", "No, only I do")]
        now = yes_no(self.seat.settings.shared_machine)
        self._decide("Other people use this machine", SHARED, answers, now, self._keep_shared)

    def _ask_receipts(self) -> None:
        answers = [Choice("yes", "Yes, tell them"), Choice("no", "No, tell only that it was delivered")]
        vault = self.seat.open_vault
        now = yes_no(conversation.read_receipts(vault))

        def keep(answer: str) -> None:
            conversation.allow_read_receipts(vault, answer == "yes")
            self.show_settings()

        self._decide("Tell when you read a letter", RECEIPTS, answers, now, keep)

    def _ask_offers(self) -> None:
        from therapy_tui.tui.screens.share import OFFER_ANSWERS, SHOWN_AT_END  # as above

        vault = self.seat.open_vault

        def keep(answer: str) -> None:
            sharing.keep_offers(vault, answer)
            self.show_settings()

        now = sharing.offers(vault) or "no"
        self._decide("Show questionnaires for sharing", SHOWN_AT_END, list(OFFER_ANSWERS), now, keep)

    def _ask_line(self) -> None:
        answers = [Choice(each, words.capitalize(), beside) for each, words, beside in WAYS]
        self._decide("How letters travel", TRAVEL, answers, self.seat.settings.line, lambda each: self._keep(line=each))

    def _ask_bytes(self) -> None:
        now = self.seat.settings.daily_bytes
        answers = [Choice(str(each), daily(each).capitalize()) for each in sorted({*BOUNDS, now})]
        self._decide("Bytes a day", BYTES, answers, str(now), lambda each: self._keep(daily_bytes=int(each)))

    def _ask_passphrase(self) -> None:
        if "passphrase" not in self.seat.look().kinds:
            self.say(OTHER_WAYS)
            return
        from therapy_tui.tui.screens.settings_pages import ChangePassphrase  # as above

        self.therapy.push_screen(ChangePassphrase(self.seat), lambda news: self.say(news) if news else None)

    def _decide(self, place: str, told: str, answers: list[Choice], now: str, keep: Callable[[str], None]) -> None:
        from therapy_tui.tui.screens.ask import Decide  # as above

        page = Decide(self.seat, "Settings", place, told, answers)
        page.begin_at(now)

        def take(answer: str | None) -> None:
            if answer is not None:
                keep(answer)

        self.therapy.push_screen(page, take)

    def _keep_shared(self, answer: str) -> None:
        shared = answer == "yes"
        minutes = self.seat.settings.idle_lock_minutes
        self._keep(shared_machine=shared, idle_lock_minutes=min(minutes, SHARED_MINUTES) if shared else minutes)
        if shared and "keyring" in self.seat.look().kinds:
            self.say(BY_KEYRING)

    def _keep(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of `Settings`
        try:
            self.seat.keep_settings(replace(self.seat.settings, **changes))
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
        if changes.keys() & {"line", "daily_bytes"}:
            self.therapy.start_courier()
        self.show_settings()


def daily(size: int) -> str:
    """Write how many bytes a day may have."""
    return times.amount(size) if size else "as many as it takes"


def after(minutes: int) -> str:
    """Write a time to lock after."""
    return "after a minute" if minutes == 1 else f"after {minutes} minutes"


def yes_no(value: bool) -> str:  # noqa: FBT001 - the word for it
    """Write a choice as a word."""
    return "yes" if value else "no"
