"""What lies beside a therapist's answer: read from a vault into which a client shared things."""

from dataclasses import replace

from tests.services.people import World
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind
from therapy_tui.core.messages import Message
from therapy_tui.core.shared import Numbers
from therapy_tui.services import beside as pane
from therapy_tui.services import conversation, journal, measures, own_prompts, promises, sharing
from therapy_tui.services.beside import Beside, beside
from therapy_tui.services.checkins import local_day

DAY = 86_400
ASKED = "What did the walk give you?"


def known(world: World) -> Beside:
    """Give what the therapist has beside an answer to the client."""
    return beside(world.ann.vault, world.ann.contact())


def share_page(world: World, text: str, question: str = "", day: str = "2026-11-16") -> Message:
    """Let the client share a page."""
    page = journal.blank(world.carl.vault, day, "", question)
    kept = journal.keep(world.carl.vault, page, replace(page, text=text))
    sent = sharing.share(world.carl.vault, world.carl.contact(), kept)
    world.settle()
    return sent


def test_nothing_is_known_at_first_and_nothing_on_a_clients_side(met: World) -> None:
    """Where nothing came there is nothing; a client has none of it, whatever came."""
    assert known(met) == Beside()
    sharing.ask(met.ann.vault, met.ann.contact(), ASKED)
    met.settle()
    assert beside(met.carl.vault, met.carl.contact()) == Beside()


def test_what_is_due_is_said(met: World) -> None:
    """A promise stands there in the words of the heading, and is gone once the letter is answered."""
    conversation.send(met.carl.vault, met.carl.contact(), "Could you write?")
    met.settle()
    promises.promise(met.ann.vault, met.ann.contact(), met.ann.clock() + 2 * DAY)
    assert known(met).due.startswith("you promised an answer by ")
    assert "over" not in known(met).due
    met.pass_time(3 * DAY)
    assert known(met).due.endswith(", 24 h over")
    conversation.send(met.ann.vault, met.ann.contact(), "Here I am.")
    assert known(met).due == ""


def test_an_answer_that_stands_first_is_said(met: World) -> None:
    """Whoever answers has it before the eyes that question 9 was answered, by whichever way they came."""
    taken = measures.take(met.carl.vault, measures.find("phq9"), (0, 0, 0, 0, 0, 0, 0, 0, 2))
    sharing.share(met.carl.vault, met.carl.contact(), taken)
    met.settle()
    assert known(met).first == "item 9 answered “more than half the days”, not yet cleared"


def test_check_ins_that_were_shared(met: World) -> None:
    """Numbers of four weeks are there by weeks ago, oldest first; older ones are not."""
    now = met.carl.clock()
    days = tuple((local_day(now - ago * DAY), mood) for ago, mood in ((40, 9), (20, 6), (2, 4), (1, 3)))
    sharing.share(met.carl.vault, met.carl.contact(), Numbers(days))
    met.settle()
    assert known(met).moods == ((2, 1, 6.0), (0, 2, 3.5))


def test_what_was_shared_lately(met: World) -> None:
    """Pages by their question or heading and questionnaires with their total, the newest first; not what was taken."""
    share_page(met, "The walk\n\nIt was long.")
    taken = measures.take(met.carl.vault, measures.find("phq9"), (1, 1, 1, 1, 1, 1, 1, 1, 0))
    sharing.share(met.carl.vault, met.carl.contact(), taken)
    back = share_page(met, "Not this one.", day="2026-11-17")
    share_page(met, "Water.", ASKED, day="2026-11-18")
    assert [each.title for each in known(met).shared] == [ASKED, "Not this one.", "PHQ-9 8", "The walk"]
    copy = sharing.copy_in(met.carl.vault, back.id)
    assert copy is not None
    sharing.take_back(met.carl.vault, copy)
    met.settle()
    assert [each.title for each in known(met).shared] == [ASKED, "PHQ-9 8", "The walk"]


def test_only_the_newest_few_are_shown(met: World) -> None:
    """A flood of pages leaves four, and of questions three."""
    for number in range(6):
        share_page(met, f"Page {number}.")
        sharing.ask(met.ann.vault, met.ann.contact(), f"Question {number}?")
    assert [each.title for each in known(met).shared] == [f"Page {number}." for number in (5, 4, 3, 2)]
    assert [each.title for each in known(met).asked] == [f"Question {number}?" for number in (5, 4, 3)]
    assert len(known(met).shared) == pane.MOST_SHARED


def test_a_question_is_open_until_a_page_or_a_letter_answers_it(met: World) -> None:
    """A page with that question, shared after it was asked, ends it, and so does a letter; others do not."""
    share_page(met, "Before it was asked.", ASKED)
    sharing.ask(met.ann.vault, met.ann.contact(), ASKED)
    second = sharing.ask(met.ann.vault, met.ann.contact(), "And who was there?")
    met.settle()
    share_page(met, "Of something else.", "What else?")
    assert [each.title for each in known(met).asked] == ["And who was there?", ASKED]
    (prompt,) = [each for each in own_prompts.every(met.carl.vault) if each.text == ASKED]
    share_page(met, "Water, mostly.", prompt.prompt.text)
    assert [each.title for each in known(met).asked] == ["And who was there?"]
    conversation.send(met.carl.vault, met.carl.contact(), "My brother.", answers=second.id[:8])
    met.settle()
    assert known(met).asked == ()


def test_answers_of_a_measure_that_is_not_known(met: World) -> None:
    """They are named by what they call themselves, and by name alone where the scale is another."""
    for name, low in (("newer9", 0), ("phq9", 1)):
        raw = bodies.pack_body(shared.SharedAnswers(name, met.carl.clock(), low, 4, bytes([1] * 9)))
        with met.carl.vault.transaction():
            conversation.queue(met.carl.vault, met.carl.contact(), Kind.ANSWERS, "", raw=raw)
        met.settle()
    assert [each.title for each in known(met).shared] == ["PHQ-9", "newer9"]
