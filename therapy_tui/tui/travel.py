"""From screen to screen: begin, unlock, lock, change seats, and back."""

from typing import TYPE_CHECKING

from textual.app import App

from therapy_tui import errors
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.services.seat import Seat
from therapy_tui.tui.beginning import first_place, last_place, lock_place
from therapy_tui.tui.place import Place
from therapy_tui.tui.remembered import forget_words

if TYPE_CHECKING:
    from therapy_tui.core.messages import Message
    from therapy_tui.tui.app import TherapyApp
    from therapy_tui.tui.screens.messages import Messages

FOR_READING = (
    "The disk is full, so your vault is open for reading. What you write stays here, and is kept as soon as there is"
    " room."
)
OTHERS_OPEN = "Other windows could not be told to lock. Close them, if there are any."


class Travel(App[int], inherit_bindings=False):
    """The part of the application that knows which screen comes next."""

    seats: list[Seat]
    seat: Seat
    _letters: "Messages | None" = None
    """The letters of whoever sits here, kept once they were shown: making the place anew takes most of the time."""

    _has_told = False
    """Whether it was told what of the settings could not be taken."""

    @property
    def _whole(self) -> "TherapyApp":
        return self  # type: ignore[return-value]  # only TherapyApp is ever made of it

    def begin(self) -> None:
        """Show the first screen of whoever sits here."""
        self.only(first_place(self.seat), keep=False)
        self.arrive()

    def go_in(self) -> None:
        """Show the last place of an open vault."""
        self.only(last_place(self.seat))
        self.arrive()

    def arrive(self) -> None:
        """Let letters travel, once the place that was come to stands."""
        if self.seat.is_open:
            self.call_after_refresh(self._whole.start_courier)
            self.call_after_refresh(self._greet)

    def _greet(self) -> None:
        """Say what has to be known of the vault, and once what of the settings could not be taken."""
        if self.seat.is_open and self.seat.open_vault.is_for_reading:
            self._whole.say(FOR_READING, failed=True)
        elif self.seat.is_open and not self._has_told:
            from therapy_tui.tui.remarks import in_short  # once, after the first frame

            self._has_told = True
            if told := in_short(self._whole):
                self._whole.say(told)

    def show_messages(self, contact: Contact, letter: "Message | None" = None) -> None:
        """Show the letters with one contact, and among them one that was searched for."""
        from therapy_tui.tui.screens.messages import Messages  # as above

        self.keep_everything()
        place = self._letters
        if place is None:
            place = self._letters = Messages(self.seat, contact)
            self.install_screen(place, "letters")
        else:
            place.turn_to(contact)
        self.only(place)
        if letter is not None:
            self.call_after_refresh(place.go_to, contact, letter.id)

    def lock_now(self, why: str) -> None:
        """Keep what is being written, close the vault, drop the keys, and show the lock."""
        self.keep_everything()
        self._whole.stop_courier()
        for screen in (*self.screen_stack, self._letters):
            forget = getattr(screen, "forget", None)
            if forget is not None:
                forget()
        self.seat.lock()
        self.only(lock_place(self.seat, why), keep=False)
        forget_words()

    def keep_everything(self) -> None:
        """Let every screen keep what is being written on it."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None)
            if keep is not None:
                keep()

    def only(self, place: Place, *, keep: bool = True) -> None:
        """Show one screen and forget all others; the letters' is kept for later, unless `keep` is false."""
        letters = None if keep else self._letters
        is_away = letters not in self.screen_stack
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_screen(place)
        if letters is not None:
            self._letters = None
            self.uninstall_screen(letters)
            if is_away:
                letters.remove()

    # where the keys lead

    async def action_back(self) -> None:
        """Go back to where one came from; what was written is kept."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif isinstance(self.screen, Place) and self.screen.BACK_TO_TRIAGE and _is_therapist(self.seat):
            self._whole.action_triage()

    def action_messages(self) -> None:
        """Go to the letters; a therapist goes to those who need one."""
        if not self.seat.is_open:
            return
        if _is_therapist(self.seat):
            self._whole.action_triage()
            return
        self.keep_everything()
        self.go_in()

    def action_lock(self) -> None:
        """Lock now, and let every other window and command on this vault lock as well."""
        if not self.seat.is_open:
            return
        from therapy_tui.services import presence  # only when a person locks

        told = ""
        try:
            presence.ask_everyone(self.seat.folders.state)
        except errors.TherapyError:  # this window locks all the same
            told = OTHERS_OPEN
        self.lock_now("")
        if told:
            self._whole.say(told, failed=True)

    def action_help(self) -> None:
        """Show the help for where one is."""
        from therapy_tui.tui.screens.help import Help  # only when it is asked for

        if not isinstance(self.screen, Help) and isinstance(self.screen, Place):
            self.push_screen(Help(self.seat, self.screen))

    def action_safety(self) -> None:
        """Show the numbers to call; never asked twice, never recorded, also when locked."""
        from therapy_tui.tui.screens.safety import Safety  # as above

        if not isinstance(self.screen, Safety):
            self.push_screen(Safety(self.seat))

    def action_menu(self) -> None:
        """Show everything by name."""
        from therapy_tui.tui.screens.menu import Menu  # as above

        if not isinstance(self.screen, Menu) and isinstance(self.screen, Place):
            self.push_screen(Menu(self.seat, self.screen))

    def action_people(self) -> None:
        """Show who one writes with."""
        from therapy_tui.tui.screens.people import People  # as above

        if self.seat.is_open and not isinstance(self.screen, People):
            self.push_screen(People(self.seat))

    def action_invite(self) -> None:
        """Make an invite."""
        from therapy_tui.tui.screens.invite import NewInvite  # as above

        if self.seat.is_open:
            self.push_screen(NewInvite(self.seat))

    def action_join(self) -> None:
        """Take up an invite."""
        from therapy_tui.tui.screens.join import Join  # as above

        if self.seat.is_open:
            self.push_screen(Join(self.seat))

    def action_change_seats(self) -> None:
        """Sit down as the other person, in the demo."""
        if len(self.seats) < 2:  # noqa: PLR2004 - one key, two people
            return
        self.keep_everything()
        self._whole.stop_courier()
        self.seat = self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)]
        self.begin()


def _is_therapist(seat: Seat) -> bool:
    return seat.is_open and seat.open_vault.profile.role == THERAPIST
