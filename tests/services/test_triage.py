"""The caseload as it is read from a vault: who waits, what is flagged, moods, labels, and bad luck."""

from dataclasses import replace

import pytest

from tests.services.people import World
from therapy_tui import errors
from therapy_tui.core.bodies import Kind, Tone, pack_body
from therapy_tui.core.people import CLIENT
from therapy_tui.core.shared import Numbers, SharedCheckIns
from therapy_tui.core.triage import Rank, Verdict, Why
from therapy_tui.services import (
    checkins,
    checkins_shared,
    conversation,
    journal,
    measures,
    sharing,
    triage,
    triage_words,
)
from therapy_tui.services.checkins import local_day
from therapy_tui.services.events import ContactsChanged
from therapy_tui.services.shown import shown
from therapy_tui.services.triage import Caseload
from therapy_tui.store import contacts

DAY = 86_400


def read(world: World) -> Verdict:
    """Give the one client of the therapist."""
    (found,) = Caseload(world.ann.vault).order()
    return found


def said(world: World) -> list[str]:
    """Give the reasons in words."""
    return triage_words.reasons(read(world), world.ann.clock())


def write(world: World, text: str, tone: Tone = Tone.NONE) -> None:
    """Let the client write."""
    conversation.send(world.carl.vault, world.carl.contact(), text, tone)
    world.settle()


def answer(world: World, text: str) -> None:
    """Let the therapist read what is there, and write."""
    conversation.mark_read(world.ann.vault, world.ann.contact().id)
    conversation.send(world.ann.vault, world.ann.contact(), text)


def test_nobody_is_hidden(met: World) -> None:
    """Somebody of whom nothing is known stands in the list, with nothing due."""
    found = read(met)
    assert (found.rank, found.needs, triage_words.due(found, met.ann.clock())) == (Rank.NOTHING, False, "nothing due")


def test_a_letter_waits_until_it_is_answered(met: World) -> None:
    """The first letter, then two since the answer; the answer ends it."""
    write(met, "The first one.", Tone.AN_ANSWER_PLEASE)
    assert said(met)[:2] == ["asked for an answer", "first letter"]
    answer(met, "Thank you.")
    assert read(met).rank is Rank.NOTHING
    write(met, "Again.")
    write(met, "And again.")
    (told,) = said(met)
    assert told.startswith("wrote twice since your last answer, first ")


def test_how_long_a_letter_waits_is_told_of_each_kind(met: World) -> None:
    """When the first that waits was written stands there, also of a first letter and of those that want no answer."""
    met.carl.clock.now = met.ann.clock.now = 1_800_000_000  # a morning: 60 s on is the same day
    write(met, "One two three.", Tone.JUST_TO_BE_HEARD)
    first = said(met)[-1].removeprefix("just to be heard, 3 words, ")
    met.pass_time(60)
    write(met, "Four.", Tone.JUST_TO_BE_HEARD)
    assert said(met)[-1] == f"just to be heard, 4 words in 2 letters, first {first}"
    write(met, "Five.")
    assert said(met)[-1] == f"wrote 3 times, first {first}"


def test_words_that_ask_for_attention_are_told(met: World) -> None:
    """They are named while the letter waits, and after a week of silence once it was answered."""
    write(met, "It all feels hopeless, and I want to disappear.")
    assert "wrote “hopeless” and “want to disappear”" in said(met)
    answer(met, "I am glad that you wrote it.")
    assert read(met).rank is Rank.NOTHING
    met.pass_time(8 * DAY)
    assert [each.why for each in read(met).reasons] == [Why.SILENT]


def share(world: World, text: str) -> bytes:
    """Let the client share a page of the journal; give its id."""
    blank = journal.blank(world.carl.vault, "2026-11-12")
    entry = journal.keep(world.carl.vault, blank, replace(blank, text=text))
    sharing.share(world.carl.vault, world.carl.contact(), entry)
    world.settle()
    return entry.id


def test_a_shared_page_is_told_until_it_is_read(met: World) -> None:
    """A page that was not read is a reason, and so are its words; a letter of the therapist's does not end it."""
    share(met, "It is quiet here.")
    assert said(met) == ["shared a page, not read yet"]
    share(met, "It all feels hopeless.")
    conversation.send(met.ann.vault, met.ann.contact(), "About something else.")
    assert (read(met).rank, said(met)) == (Rank.WORDS, ["wrote “hopeless”", "shared 2 pages, not read yet"])
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    assert read(met).rank is Rank.NOTHING


def test_a_page_that_was_taken_back_is_no_reason(met: World) -> None:
    """What was taken back before it was read leaves no reason and no word behind."""
    item = share(met, "It all feels hopeless.")
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, item)[0])
    met.settle()
    assert said(met) == []


def answer_nine(world: World, ninth: int | None) -> bytes:
    """Let the client share PHQ-9 with this answer to question 9; give the id of the message."""
    taken = measures.take(world.carl.vault, measures.find("phq9"), (1, 1, 1, 1, 1, 1, 1, 1, ninth))
    sent = sharing.share(world.carl.vault, world.carl.contact(), taken)
    world.settle()
    return sent.id


def clear(world: World, reason: str) -> int:
    """Clear all that stands first now."""
    vault, contact = world.ann.vault, world.ann.contact()
    return triage.clear(vault, contact, reason, triage.standing_flags(vault, contact))


def test_question_nine_stands_first_until_it_is_cleared_with_a_reason(met: World) -> None:
    """It is told with its answer, stays when it is read or answered, and ends only with a written reason."""
    answer_nine(met, 1)
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    conversation.send(met.ann.vault, met.ann.contact(), "Thank you for telling me.")
    assert read(met).rank is Rank.FLAG
    assert said(met) == ["item 9 answered “several days”, not yet cleared"]
    with pytest.raises(errors.UsageError, match="with a reason"):
        clear(met, "  ")
    assert clear(met, "Spoke on the telephone; plan looked at together.") == 1
    assert read(met).rank is Rank.NOTHING
    with pytest.raises(errors.UsageError, match="nothing to clear"):
        clear(met, "again")


def test_not_at_all_is_no_flag(met: World) -> None:
    """The lowest answer to question 9 flags nothing."""
    answer_nine(met, 0)
    assert read(met).facts.flag is None


def test_a_flag_stays_when_the_answers_are_taken_back(met: World) -> None:
    """What was said once stands until it is cleared, though the answers themselves are gone."""
    message = answer_nine(met, 2)
    copy = sharing.copy_in(met.carl.vault, message)
    assert copy is not None
    sharing.take_back(met.carl.vault, copy)
    met.settle()
    assert read(met).rank is Rank.FLAG


def test_numbers_of_check_ins_are_seen_and_taken_back(met: World) -> None:
    """Four weeks of numbers come without words, show as the mood, and go again."""
    for mood in (7, 7, 3, 3):
        checkins.add(met.carl.vault, mood, ["tired"], "a line")
        met.carl.clock.now += 7 * DAY if mood == 7 else DAY
    numbers = checkins_shared.recent(met.carl.vault, local_day(met.carl.clock()))
    sent = sharing.share(met.carl.vault, met.carl.contact(), numbers)
    with pytest.raises(errors.UsageError, match="with them already"):
        sharing.share(met.carl.vault, met.carl.contact(), numbers)
    met.settle()
    found = read(met)
    assert triage_words.mood(found.facts.moods).startswith("mood 7 to ")
    assert b"tired" not in met.ann.letters()[-1].raw
    copy = sharing.copy_in(met.carl.vault, sent.id)
    assert copy is not None
    sharing.take_back(met.carl.vault, copy)
    met.settle()
    assert read(met).facts.moods == ()


def test_a_new_check_in_goes_along_only_where_that_was_chosen(met: World) -> None:
    """By default nothing goes; with the choice the number of each new one does, and nobody is told it is unread."""
    checkins.add(met.carl.vault, 4)
    met.settle()
    assert read(met).facts.moods == ()
    checkins_shared.let_go_along(met.carl.vault, met.carl.contact(), allowed=True)
    checkins.add(met.carl.vault, 5, (), "only for me")
    met.settle()
    assert [mood for _, _, mood in read(met).facts.moods] == [5.0]
    assert conversation.first_unread(met.ann.vault, met.ann.contact().id) is None
    assert conversation.search(met.ann.vault, "only") == []
    checkins_shared.let_go_along(met.carl.vault, met.carl.contact(), allowed=False)
    checkins.add(met.carl.vault, 9)
    met.settle()
    assert [mood for _, _, mood in read(met).facts.moods] == [5.0]


def test_nothing_is_shared_where_there_are_no_numbers(met: World) -> None:
    """An empty four weeks are refused with a sentence."""
    with pytest.raises(errors.UsageError, match="nothing to share"):
        sharing.share(met.carl.vault, met.carl.contact(), Numbers(()))


def test_not_before_holds_until_a_new_letter(met: World) -> None:
    """Somebody put off stands behind until the time comes, or until they write again."""
    write(met, "Hello.")
    met.pass_time(60)
    triage.put_off(met.ann.vault, met.ann.contact(), met.ann.clock() + DAY)
    assert read(met).is_put_off
    assert triage_words.due(read(met), met.ann.clock()).startswith("after ")
    met.pass_time(60)
    write(met, "Something else.")
    assert not read(met).is_put_off
    with pytest.raises(errors.UsageError, match="passed already"):
        triage.put_off(met.ann.vault, met.ann.contact(), met.ann.clock() - 5)


def test_labels_and_views_find_people(met: World) -> None:
    """A label and the reasons can be typed to find somebody; a view keeps what was typed."""
    write(met, "Hello.", Tone.AN_ANSWER_PLEASE)
    triage.label(met.ann.vault, met.ann.contact(), "  evening   group ")
    found, now = read(met), met.ann.clock()
    assert found.facts.label == "evening group"
    assert triage_words.fits(found, "eve asked", now)
    assert not triage_words.fits(found, "morning", now)
    triage.keep_view(met.ann.vault, "Evenings", "evening")
    assert triage.views(met.ann.vault) == {"Evenings": "evening"}
    triage.keep_view(met.ann.vault, "Evenings", "")
    assert triage.views(met.ann.vault) == {}


def test_a_letter_from_the_future_waits_since_it_came(met: World) -> None:
    """A clock that is ahead on the other side does not push a letter back."""
    met.carl.clock = type(met.carl.clock)(met.ann.clock() + 400 * DAY)
    met.carl.restart()
    write(met, "From a clock that is wrong.")
    assert 0 < read(met).facts.standing.since <= met.ann.clock()


def test_a_flood_of_letters_is_one_person(met: World) -> None:
    """Many letters from one person are one row, with how many there are."""
    conversation.send(met.ann.vault, met.ann.contact(), "Welcome.")
    met.settle()
    with met.carl.vault.transaction():
        for number in range(60):
            conversation.queue(met.carl.vault, met.carl.contact(), 1, f"letter {number}")
    met.settle()
    (told,) = said(met)
    assert told.startswith("wrote 60 times since your last answer, first ")


def test_two_people_of_one_name_are_told_apart(met: World) -> None:
    """Each of them has the begin of the id beside the name, and a letter of one is told of that one alone."""
    vault, carl = met.ann.vault, met.ann.contact()
    caseload = Caseload(vault)
    assert [each.facts.name for each in caseload.order()] == [carl.name]
    with vault.transaction() as database:
        contacts.add(database, b"\xab\xcd-other", carl.name.upper(), CLIENT, vault.now())
        vault.tell(ContactsChanged())
    write(met, "Which of us?")
    first, second = caseload.order()
    assert first.facts.name == f"{carl.name} ({carl.id.hex()[:4]})"
    assert (second.facts.name, second.reasons) == (f"{carl.name.upper()} (abcd)", ())
    assert triage_words.fits(second, "(abcd", vault.now())


def test_one_person_read_again_is_as_all_read_again(met: World) -> None:
    """What is known after one letter is the same whether everybody or only its writer is read."""
    caseload = Caseload(met.ann.vault)
    caseload.order()
    write(met, "It is hopeless.", Tone.HARD_TO_WRITE)
    assert caseload.order() == Caseload(met.ann.vault).order()
    triage.label(met.ann.vault, met.ann.contact(), "evenings")
    assert caseload.order()[0].facts.label == "evenings"


def test_a_day_that_no_calendar_has_harms_nothing(met: World) -> None:
    """Numbers of a day that does not exist are kept, shown as of some day, and leave the caseload as it was."""
    body = SharedCheckIns((("9999-99-99", 4), ("2026-02-30", 5)))
    with met.carl.vault.transaction():
        conversation.queue(met.carl.vault, met.carl.contact(), Kind.CHECK_INS, "", raw=pack_body(body))
    met.settle()
    assert shown(met.ann.letters()[-1]).about == "check-ins of some day to some day: 4, 5"
    assert read(met).rank is Rank.NOTHING


def test_it_is_said_who_has_the_numbers(met: World) -> None:
    """Nobody, then somebody who has some, then somebody to whom each goes."""
    vault, person = met.carl.vault, met.carl.contact()
    assert checkins_shared.who_has(vault) == ""
    checkins.add(vault, 4)
    sharing.share(vault, person, checkins_shared.recent(vault, local_day(met.carl.clock())))
    assert checkins_shared.who_has(vault) == f"some numbers are with {person.name}"
    checkins_shared.let_go_along(vault, person, allowed=True)
    assert checkins_shared.who_has(vault) == f"each number goes to {person.name}"
