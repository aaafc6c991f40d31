"""One page, one questionnaire, one question: shared as sealed copies, read, and taken back."""

from dataclasses import replace

import pytest
from msgspec import structs

from tests.services.faulty import Fault
from tests.services.people import Person, World
from therapy_tui import errors
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind
from therapy_tui.core.journal import Entry
from therapy_tui.core.messages import Message
from therapy_tui.services import (
    audit,
    conversation,
    directory,
    journal,
    measures,
    own_prompts,
    pairing,
    retention,
    sharing,
)
from therapy_tui.services.shown import GONE, NEWER, UNKNOWN_MEASURE, shown
from therapy_tui.store import shared as copies

TEXT = "The heron stood by the river until it grew dark."


def page(person: Person, text: str = TEXT, mood: int = 4, question: str = "What did you see?") -> Entry:
    """Keep a page."""
    blank = replace(journal.blank(person.vault, "2026-11-12"), mood=mood, question=question)
    return journal.keep(person.vault, blank, replace(blank, text=text))


def kinds(person: Person) -> list[int]:
    """Give the kinds of all messages, in order."""
    return [each.kind for each in person.letters()]


def only(person: Person, kind: Kind) -> Message:
    """Give the one message of a kind."""
    (found,) = [each for each in person.letters() if each.kind == kind]
    return found


def test_a_page_goes_as_it_stands(met: World) -> None:
    """The reader sees day, mood, question and words; later changes stay at home; the sharer sees when it was read."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    journal.keep(met.carl.vault, entry, replace(entry, text="changed since"))
    met.settle()
    what = shown(only(met.ann, Kind.PAGE))
    assert (what.about, what.asked, what.text) == (
        "a page of 12 November 2026, mood 4 of 10",
        "What did you see?",
        TEXT,
    )
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    met.pass_time(3_600)
    met.settle()
    (copy,) = sharing.copies_of(met.carl.vault, entry.id)
    assert (str(copy.state), copy.revision, copy.taken_back_at) == ("read", 1, 0)
    assert sharing.are_shared(met.carl.vault) == {entry.id}


def test_no_word_of_what_was_taken_back_stays_in_the_index(met: World) -> None:
    """Once the news is there, neither vault's index of words holds a piece of a word of it."""
    entry = page(met.carl, "A cormorant dried its wings.")
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()

    def held(person: Person) -> bool:
        return any(b"ormorant" in bytes(row[0]) for row in person.vault.database.all("SELECT block FROM letters_data"))

    assert held(met.ann)
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    met.settle()
    assert not held(met.ann)
    assert not held(met.carl)


def test_a_shared_page_is_found_by_its_words(met: World) -> None:
    """Both find a shared page by its words, and neither after it was taken back."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()
    for person in (met.carl, met.ann):
        assert [each.kind for each in conversation.search(person.vault, "heron")] == [Kind.PAGE]
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    met.settle()
    for person in (met.carl, met.ann):
        assert conversation.search(person.vault, "heron") == []


def test_taken_back(met: World) -> None:
    """What is taken back leaves both conversations, which say so; the page itself stays in the journal."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()
    met.pass_time(60)
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    assert TEXT not in shown(only(met.carl, Kind.PAGE)).whole
    met.settle()
    for person in (met.carl, met.ann):
        assert kinds(person) == [Kind.PAGE, Kind.TAKEN_BACK]
        left = only(person, Kind.PAGE)
        assert shown(left).whole == f"a page of 12 November 2026\n\n{GONE}"
        assert TEXT.encode() not in left.raw
        taken = only(person, Kind.TAKEN_BACK)
        assert conversation.answered(person.vault, person.contact().id, taken.answers) == left
    kept = journal.get(met.carl.vault, entry.id)
    assert kept is not None
    assert kept.text == TEXT
    assert sharing.are_shared(met.carl.vault) == set()


def test_what_became_of_it_is_told_as_it_is(met: World) -> None:
    """A copy that was taken back is said to be gone only once their program said so, and not where the news failed."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()

    def told() -> str:
        (copy,) = sharing.copies_of(met.carl.vault, entry.id)
        return copy.back_words

    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    assert told() == "the news is on its way"
    met.carl.exchange()
    assert told() == "the news is on its way"
    met.settle()
    assert told() == "their program says that it is gone"
    assert TEXT not in shown(only(met.ann, Kind.PAGE)).whole
    met.carl.vault.database.run("UPDATE messages SET state = 'failed' WHERE kind = 18")
    assert told() == "the news did not go, so they still have it"


def test_under_a_hold_what_is_taken_back_goes_and_is_noted(met: World) -> None:
    """A hold does not break what was promised to a client: the copy goes, and the log says once that it did so."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()
    retention.hold(met.ann.vault, met.ann.contact(), "a case in court")
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    met.settle()
    assert TEXT not in shown(only(met.ann, Kind.PAGE)).whole
    body = shared.TakenBack(only(met.ann, Kind.PAGE).id[:8])
    with met.ann.vault.transaction():
        sharing.take_in(met.ann.vault, only(met.ann, Kind.TAKEN_BACK), body)
    noted = [(each.what, each.contact, each.detail) for each in audit.every(met.ann.vault)]
    assert noted[-1] == ("taken back", met.ann.contact().id, "by them, while their record was held")
    assert [each[0] for each in noted].count("taken back") == 1
    assert list(audit.every(met.carl.vault)) == []


def test_shared_twice(met: World) -> None:
    """The same page goes to one person once; changed since, or taken back, it can go again."""
    entry = page(met.carl)
    contact = met.carl.contact()
    sharing.share(met.carl.vault, contact, entry)
    with pytest.raises(errors.UsageError, match="just as it stands"):
        sharing.share(met.carl.vault, contact, entry)
    changed = journal.keep(met.carl.vault, entry, replace(entry, text="More of it."))
    sharing.share(met.carl.vault, contact, changed)
    assert sharing.pages_shared(met.carl.vault, 2026, 11) == 1
    for copy in sharing.copies_of(met.carl.vault, entry.id):
        sharing.take_back(met.carl.vault, copy)
    assert not sharing.is_shared(met.carl.vault, entry.id)
    assert sharing.pages_shared(met.carl.vault, 2026, 11) == 0
    sharing.share(met.carl.vault, contact, changed)
    met.settle()
    assert [shown(each).text for each in met.ann.letters() if each.kind == Kind.PAGE] == [GONE, GONE, "More of it."]


def test_taken_back_twice(met: World) -> None:
    """A second time is refused kindly, also by another window that has not noticed the first."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    (copy,) = sharing.copies_of(met.carl.vault, entry.id)
    sharing.take_back(met.carl.vault, copy)
    with pytest.raises(errors.UsageError, match="taken back already"):
        sharing.take_back(met.carl.vault, copy)


def test_taken_back_before_it_came(met: World) -> None:
    """A copy that arrives after the news that it was taken back is kept without its words."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    database = met.carl.vault.database
    database.run("CREATE TEMP TABLE kept AS SELECT * FROM outbox")
    database.run("DELETE FROM outbox")  # it is on its way, and slower than what comes after it
    database.run("UPDATE messages SET state = 'sent'")
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    met.settle()
    assert kinds(met.ann) == [Kind.TAKEN_BACK]
    database.run("INSERT INTO outbox SELECT * FROM kept")
    met.settle()
    came = only(met.ann, Kind.PAGE)
    assert shown(came).text == GONE
    assert TEXT.encode() not in came.raw


def test_healing_brings_no_words_back(met: World) -> None:
    """A side that went back in time gets again what was shared, and of what was taken back only that it was."""
    entry, other = page(met.carl), page(met.carl, "This one stays.")
    met.ann.copy(met.folder / "copy")
    for each in (entry, other):
        sharing.share(met.carl.vault, met.carl.contact(), each)
    met.settle()
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    met.settle()
    met.ann.put_back(met.folder / "copy")
    met.settle(6)
    texts = [shown(each).text for each in met.ann.letters() if each.kind == Kind.PAGE]
    assert sorted(texts) == [GONE, "This one stays."]


def test_a_lost_line(met: World) -> None:
    """A page whose sending is cut off goes again and is there once."""
    met.carl.line.plan.append(Fault.LOST_ANSWER)
    sharing.share(met.carl.vault, met.carl.contact(), page(met.carl))
    met.pass_time(600)
    met.settle(4)
    assert kinds(met.ann) == [Kind.PAGE]


def test_only_ones_own_can_be_taken_back(met: World) -> None:
    """A mark of the reader's own message, of a letter, or of nothing takes nothing away."""
    met.ann.write("mine")
    letter = met.carl.write("a letter")
    met.settle()
    mine = met.ann.letters()
    for mark in (mine[0].id[:8], letter.id[:8], bytes(8)):
        raw = bodies.pack_body(shared.TakenBack(mark))
        with met.carl.vault.transaction():
            conversation.queue(met.carl.vault, met.carl.contact(), Kind.TAKEN_BACK, "", answers=mark, raw=raw)
    met.settle()
    assert [each.text for each in met.ann.letters()][:2] == [each.text for each in mine]


def test_answers_are_shared_as_numbers(met: World) -> None:
    """Of a questionnaire the reader sees what it comes to and each question with its answer."""
    measure = measures.find("phq9")
    taken = measures.take(met.carl.vault, measure, (1, 2, 0, 3, 1, 0, 2, 0, 1))
    sharing.share(met.carl.vault, met.carl.contact(), taken)
    met.settle()
    what = shown(only(met.ann, Kind.ANSWERS))
    assert what.about.startswith("PHQ-9 of ")
    assert what.text.startswith("10, on a scale of 0 to 27: ")
    assert f"9. {measure.items[8].text}\n   1, {measure.options[1].text}" in what.text
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, taken.id)[0])
    met.settle()
    assert shown(only(met.ann, Kind.ANSWERS)).text == GONE


@pytest.mark.parametrize(
    "body",
    [
        shared.SharedAnswers("phq9", 1, 0, 3, b"\1"),
        shared.SharedAnswers("phq9", 1, 1, 4, b"\1" * 9),
        shared.SharedAnswers("another", 1, 0, 3, b"\1"),
    ],
)
def test_answers_that_fit_no_questionnaire(met: World, body: shared.SharedAnswers) -> None:
    """Too few answers, another scale or an unknown questionnaire are kept and said to be unknown, never scored."""
    message = structs.replace(met.carl.write("x"), kind=Kind.ANSWERS, raw=bodies.pack_body(body))
    assert shown(message).text == UNKNOWN_MEASURE


def test_an_unknown_kind(met: World) -> None:
    """What a newer version sent is kept, and said to be of a newer version; so is what is no body at all."""
    for kind, raw in ((77, b"\x91\x01"), (Kind.PAGE, b"\x91\x01"), (Kind.ANSWERS, b"")):
        assert shown(structs.replace(met.carl.write("x"), kind=kind, raw=raw)).text == NEWER


@pytest.mark.parametrize(
    ("text", "told"), [("", "nothing on this page"), (" \n", "nothing on this page"), ("x" * 20_001, "20,001")]
)
def test_what_cannot_be_shared(met: World, text: str, told: str) -> None:
    """An empty page and one that is too long are refused with a sentence, and nothing is queued."""
    entry = replace(page(met.carl), text=text)
    with pytest.raises(errors.UsageError, match=told):
        sharing.share(met.carl.vault, met.carl.contact(), entry)
    assert met.carl.outbox() == []


def test_an_ended_correspondence(met: World) -> None:
    """Where a correspondence has ended nothing can be shared, and nothing taken back any more."""
    entry = page(met.carl)
    sharing.share(met.carl.vault, met.carl.contact(), entry)
    met.settle()
    pairing.remove(met.ann.vault, met.ann.contact())
    met.settle()
    ended = directory.people(met.carl.vault, also_closed=True)[0].contact
    with pytest.raises(errors.UsageError, match="ended"):
        sharing.share(met.carl.vault, ended, replace(entry, revision=2))
    with pytest.raises(errors.UsageError, match="ended"):
        sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, entry.id)[0])
    assert not copies.copies(met.carl.vault.database, entry.id)[0].taken_back_at


def test_a_question_for_the_journal(met: World) -> None:
    """A question arrives as one; too long or empty ones are refused."""
    sharing.ask(met.ann.vault, met.ann.contact(), "What would a friend say?")
    met.settle()
    assert shown(only(met.carl, Kind.QUESTION)).whole == "a question for the journal\n\nWhat would a friend say?"
    (prompt,) = own_prompts.every(met.carl.vault)
    assert (prompt.text, prompt.contact) == ("What would a friend say?", met.carl.contact().id)
    for text in ("", "x" * 281):
        with pytest.raises(errors.UsageError):
            sharing.ask(met.ann.vault, met.ann.contact(), text)
