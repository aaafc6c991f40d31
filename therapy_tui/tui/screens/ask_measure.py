"""Ask somebody for a questionnaire: which one, then how often, or no longer."""

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services import asked, measures
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.widgets.choices import Choice

WHICH = "It stands on {name}'s page for today when it is due. What is answered comes here only if {name} shares it."
ONE_EVENT = "about one event that you name together first"
HOW_OFTEN = "How often is {short} asked for? After the first time it is due so long after each answer."
EVERY = (0, 1, 2, 4)
"""The weeks that are offered; the command line takes any."""
STOP = "stop"
ASKED, ENDED = "{what} is asked for. It goes with the next exchange.", "{short} is no longer asked for."


def ask_measure(place: Place, contact: Contact, begin: str = "") -> None:
    """Ask which measure, then how often, and queue it; the place says what became of it.

    Args:
        place: where one is.
        contact: who is asked.
        begin: the id of the measure that is chosen at first.
    """
    vault, name = place.seat.open_vault, safe_name(contact.name)
    standing = {each.name: each for each in asked.asked_of(vault, contact.id)}
    choices = []
    wide = max(len(each.short) for each in measures.every_measure())
    for each in measures.every_measure():
        now = f"asked for {asked.often(standing[each.id].weeks)}" if each.id in standing else ""
        detail = "; ".join(one for one in (now, ONE_EVENT if each.assigned_by else "") if one)
        title = f"{each.short:<{wide}}   {each.title.partition(' (')[0]}"
        choices.append(Choice(each.id, title, detail, below=bool(detail)))

    def go_on(answer: str | None) -> None:
        if answer and place.seat.is_open:
            _how_often(place, contact, answer, standing.get(answer))

    told = WHICH.format(name=name)
    screen = Decide(place.seat, "Ask for a questionnaire", name, told, choices)
    screen.begin_at(begin)
    place.therapy.push_screen(screen, go_on)


def _how_often(place: Place, contact: Contact, measure_id: str, standing: asked.Asked | None) -> None:
    measure = measures.find(measure_id)
    choices = [Choice(str(weeks), _capital(asked.often(weeks))) for weeks in EVERY]
    if standing is not None:
        choices.append(Choice(STOP, "No longer", "what was answered stays"))

    def decide(answer: str | None) -> None:
        if not answer or not place.seat.is_open:
            return
        vault = place.seat.open_vault
        try:
            if answer == STOP:
                asked.stop_asking(vault, contact, measure.id)
                said = ENDED.format(short=measure.short)
            else:
                asked.ask_measure(vault, contact, measure, int(answer))
                said = ASKED.format(what=f"{measure.short}, {asked.often(int(answer))},")
        except errors.TherapyError as error:
            place.say(str(error), failed=True)
            return
        place.seat.wake()
        place.say(said)

    told = HOW_OFTEN.format(short=measure.short)
    screen = Decide(place.seat, measure.short, safe_name(contact.name), told, choices)
    if standing is not None:
        screen.begin_at(str(standing.weeks))
    place.therapy.push_screen(screen, decide)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
