"""The way from what was found to where it stands; each place is loaded only when one goes there."""

from collections.abc import Callable

from therapy_tui.core.search import Hit
from therapy_tui.tui.place import Place


def go_to(place: Place, hit: Hit) -> None:
    """Go from a screen to what was found; what is not there any more leads nowhere."""
    WAYS[hit.kind](place, hit)


def _letter(place: Place, hit: Hit) -> None:
    from therapy_tui.services import conversation, directory

    vault = place.seat.open_vault
    letter = conversation.get(vault, hit.contact, hit.id)
    if letter is not None:
        place.therapy.show_messages(directory.get(vault, hit.contact), letter)


def _page(place: Place, hit: Hit) -> None:
    from therapy_tui.services import journal
    from therapy_tui.tui.screens.journal_form import page_for

    page = journal.get(place.seat.open_vault, hit.id)
    if page is not None:
        place.therapy.push_screen(page_for(place.seat, page))


def _note(place: Place, hit: Hit) -> None:
    from therapy_tui.services import notes
    from therapy_tui.tui.screens.note_read import NoteRead

    note = notes.get(place.seat.notebook, hit.id)
    if note is not None:
        place.therapy.push_screen(NoteRead(place.seat, note))


def _check_in(place: Place, hit: Hit) -> None:
    from therapy_tui.tui.screens.past_checkins import PastCheckIns

    place.therapy.push_screen(PastCheckIns(place.seat, as_table=True, begin=hit.id))


def _measure(place: Place, hit: Hit) -> None:
    from therapy_tui.services import measures
    from therapy_tui.tui.screens.measures import Outcome

    found = [each for each in measures.taken(place.seat.open_vault) if each.id == hit.id]
    if found:
        place.therapy.push_screen(Outcome(place.seat, found[0]))


def _plan(place: Place, hit: Hit) -> None:
    from therapy_tui.tui.screens.plan import Plan

    place.therapy.push_screen(Plan(place.seat, begin=hit.id[0]))


def _prompt(place: Place, hit: Hit) -> None:
    from therapy_tui.services import own_prompts
    from therapy_tui.tui.screens.questions import Questions

    found = own_prompts.get(place.seat.open_vault, hit.id)
    place.therapy.push_screen(Questions(place.seat, begin=found.prompt.id if found else ""))


WAYS: dict[str, Callable[[Place, Hit], None]] = {
    "message": _letter,
    "entry": _page,
    "note": _note,
    "check-in": _check_in,
    "measure": _measure,
    "plan": _plan,
    "prompt": _prompt,
}
"""Each kind with the way that leads there."""
