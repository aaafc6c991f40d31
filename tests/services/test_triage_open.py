"""What keeps somebody in the caseload: answers not cleared, things not read, also after an end."""

from tests.services.people import World
from tests.services.test_triage import DAY, answer_nine, clear, read, said, write
from therapy_tui.core.triage import Rank
from therapy_tui.services import conversation, pairing, sharing, triage
from therapy_tui.services.triage import Caseload


def test_the_gravest_answer_is_told_and_how_many_stand(met: World) -> None:
    """A graver answer is not hidden by an earlier one, nor by a later one; what came while one wrote stands on."""
    answer_nine(met, 1)
    met.pass_time(60)
    answer_nine(met, 3)
    met.pass_time(60)
    answer_nine(met, 2)
    assert said(met)[0] == "item 9 answered “nearly every day”, 3 such answers not yet cleared"
    vault, contact = met.ann.vault, met.ann.contact()
    seen = triage.standing_flags(vault, contact)
    answer_nine(met, 1)
    assert triage.clear(vault, contact, "We spoke.", seen) == 3
    assert said(met)[0] == "item 9 answered “several days”, not yet cleared"


def test_answers_are_told_until_they_are_read(met: World) -> None:
    """A questionnaire that was shared is a reason until it is read, though nothing is there to compare it with."""
    message = answer_nine(met, 0)
    assert (read(met).rank, said(met)) == (Rank.WAITING, ["shared PHQ-9, not read yet"])
    met.pass_time(60)
    triage.put_off(met.ann.vault, met.ann.contact(), met.ann.clock() + 7 * DAY)
    assert not read(met).needs
    met.pass_time(60)
    again = answer_nine(met, None)
    assert read(met).needs
    conversation.mark_read(met.ann.vault, met.ann.contact().id, [message])
    assert said(met) == ["shared PHQ-9, not read yet"]
    copy = sharing.copy_in(met.carl.vault, again)
    assert copy is not None
    sharing.take_back(met.carl.vault, copy)
    met.settle()
    assert said(met) == []


def test_a_letter_that_came_while_one_wrote_is_told(met: World) -> None:
    """A letter that came before the therapist's own went, unread, was answered by nobody: it is told until read."""
    write(met, "Hello.")
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    write(met, "I want to die.")
    conversation.send(met.ann.vault, met.ann.contact(), "About your first letter.")
    assert (read(met).rank, said(met)) == (
        Rank.WORDS,
        ["wrote “want to die”", "a letter not read yet, though you wrote since"],
    )
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    assert said(met) == []


def test_who_ends_it_stands_there_while_something_is_open(met: World) -> None:
    """Who says a last thing and ends it is not gone: a flag and what was not read keep them there, with why."""
    write(met, "Hello.")
    answer_nine(met, 3)
    write(met, "I want to die. Goodbye.")
    pairing.remove(met.carl.vault, met.carl.contact())
    met.settle()
    assert said(met) == [
        "item 9 answered “nearly every day”, not yet cleared",
        "wrote “want to die”",
        "2 letters not read yet",
        "shared PHQ-9, not read yet",
        "ended by them, so no answer can go",
    ]
    clear(met, "Called; they are with their sister.")
    assert (read(met).rank, read(met).facts.standing.since) == (Rank.WORDS, 0)
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    assert Caseload(met.ann.vault).order() == []


def test_whom_a_therapist_left_stands_there_while_a_flag_does(met: World) -> None:
    """To end it clears nothing: the answer stands until there is a reason; letters of before are no reason then."""
    answer_nine(met, 2)
    write(met, "Hello.")
    pairing.remove(met.ann.vault, met.ann.contact())
    assert said(met) == [
        "item 9 answered “more than half the days”, not yet cleared",
        "ended by you, so no answer can go",
    ]
    clear(met, "Handed over to the clinic.")
    assert Caseload(met.ann.vault).order() == []
