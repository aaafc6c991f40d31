"""Which screen comes first: set-up, the lock, or the last place of a vault that is open."""

from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.core.people import THERAPIST
from therapy_tui.tui.place import Place

if TYPE_CHECKING:
    from therapy_tui.services.seat import Seat


def first_place(seat: "Seat", unread: str = "") -> Place:
    """Give the first screen of whoever sits here; a keyring opens the vault before.

    Args:
        seat: whose.
        unread: why the settings could not be read, if they could not.
    """
    try:
        if unread:
            raise errors.ConfigError(unread)
        found = seat.look()
    except errors.TherapyError as error:
        from therapy_tui.tui.screens.shut import MEND, Shut  # hardly ever

        return Shut(seat, f"{error} {MEND}" if unread else str(error))
    if not found.exists:
        from therapy_tui.tui.screens.setup import SetUp  # only on the first day

        return SetUp(seat)
    if "keyring" in found.kinds and not seat.is_open:
        try:
            seat.unlock_by_keyring()
        except errors.TherapyError as error:
            return lock_place(seat, str(error))
    return last_place(seat) if seat.is_open else lock_place(seat, "")


def has_profile(seat: "Seat") -> bool:
    """Tell whether there is a profile, be it one that cannot be opened."""
    try:
        return seat.look().exists
    except errors.TherapyError:
        return True


def last_place(seat: "Seat") -> Place:
    """Give the last place of an open vault."""
    from therapy_tui.services import conversation, directory  # here, so that the lock screen need not wait for it

    people = directory.people(seat.open_vault)
    screen, last = conversation.last_place(seat.open_vault)
    if len(people) > 1 and screen != "messages" and seat.open_vault.profile.role == THERAPIST:
        from therapy_tui.tui.screens.triage import Triage  # as below

        return Triage(seat)
    known = [each.contact for each in people if each.contact.id == last] or [each.contact for each in people[:1]]
    if known:
        from therapy_tui.tui.screens.messages import Messages  # as above

        return Messages(seat, known[0])
    from therapy_tui.tui.screens.people import People  # as above

    return People(seat)


def lock_place(seat: "Seat", why: str) -> Place:
    """Give the lock, which shows nothing of what lies behind it."""
    from therapy_tui.tui.screens.lock import Lock  # only when it is locked

    return Lock(seat, why)
