"""By when an answer comes, for the heading over letters; and the key that promises it or gives it more time."""

from therapy_tui import errors
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.promises import NOTHING_WAITS
from therapy_tui.core.text import safe_name
from therapy_tui.services import promises
from therapy_tui.services.arranged_words import moment, owed
from therapy_tui.services.arranged_words import promised as comes
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice

NEXT = "It is at the front of {name}'s list, and stays there until you are answered."
MORE = "Until when may the answer take? {name} sees the new time."
NOTHING = "Nothing of yours waits for an answer."
UNKNOWN = "{name} has said nothing of when answers come."
LEAVE = Choice("leave", "Leave it as it is")


def promised(seat: Seat, contact: Contact) -> str:
    """Say by when an answer comes to or from a contact; empty when nothing is known."""
    vault = seat.open_vault
    standing = promises.standing(vault, contact)
    words = owed if vault.profile.role == THERAPIST else comes
    return words(standing, seat.now())


def passed(seat: Seat, contact: Contact) -> str:
    """Say to a client what happens next, once the time has passed; else nothing."""
    vault = seat.open_vault
    if vault.profile.role == THERAPIST or not promises.standing(vault, contact).is_over(seat.now()):
        return ""
    return NEXT.format(name=safe_name(contact.name))


def act(place: Place, contact: Contact) -> None:
    """Promise an answer; or, for a client, say how it stands and let the promise be given more time."""
    seat, name = place.seat, safe_name(contact.name)
    if seat.open_vault.profile.role == THERAPIST:
        from therapy_tui.tui.screens.triage_acts import promise  # only when it is asked for

        promise(place, contact)
        return
    standing = promises.standing(seat.open_vault, contact)
    if standing == NOTHING_WAITS:
        place.say(NOTHING)
    elif not standing.until:
        place.say(UNKNOWN.format(name=name))
    else:
        _ask_client(place, contact)


def _ask_client(place: Place, contact: Contact) -> None:
    from therapy_tui.tui.screens.ask import Decide  # only when it is asked for
    from therapy_tui.tui.screens.when import ask_when  # as above

    seat, name = place.seat, safe_name(contact.name)
    standing = promises.standing(seat.open_vault, contact)
    told = f"{comes(standing, seat.now())[0].upper()}{comes(standing, seat.now())[1:]}."
    if standing.is_over(seat.now()):
        told = f"{told} {NEXT.format(name=name)}"
    answers = [LEAVE, Choice("ask", "Write to ask", "as a letter that wants an answer")]
    if standing.is_said:
        answers.insert(1, Choice("more", "Give it more time"))

    def more(until: int) -> None:
        try:
            promises.give_more_time(seat.open_vault, contact, until)
        except errors.TherapyError as error:
            place.say(str(error), failed=True)
            return
        seat.wake()
        place.say(f"{name} is told: the answer may take until {moment(until, seat.now())}.")

    def go(answer: str | None) -> None:
        if answer == "more":
            ask_when(place, "More time", contact, MORE.format(name=name), more)
        elif answer == "ask":
            ask = getattr(place, "ask_for_answer", None)
            if ask is not None:
                ask()

    place.therapy.push_screen(Decide(seat, "By when", name, told, answers), go)
