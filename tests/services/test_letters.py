"""Letters and their receipts between two vaults."""

import pytest

from tests.services.crafted import aside, hand, say
from tests.services.people import HOUR, World, gaps_of
from therapy_tui import errors
from therapy_tui.core.bodies import Letter, Unknown
from therapy_tui.core.contents import Content
from therapy_tui.core.fields import pack
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation

AWKWARD = (
    "tab\t, NUL \0, escape \x1b[31m, C1 \x9b, bidi \u202e, joiner \u200d, \r\n line ends \u2028, e\u0301 and \U0001f642"
)


@pytest.mark.parametrize("text", ["", " \n\u3000", "x" * 20_001, "lone \ud800 surrogate"])
def test_what_cannot_be_sent_changes_nothing(met: World, text: str) -> None:
    """An empty letter, blanks, 20,001 characters and a lone surrogate are refused, and the draft stays."""
    contact = met.ann.contact()
    conversation.keep_draft(met.ann.vault, contact.id, Draft("kept", 0, b"", 0, 0))
    with pytest.raises(errors.UsageError):
        conversation.send(met.ann.vault, contact, text)
    assert met.ann.letters() == []
    assert met.ann.contact().used == contact.used
    assert conversation.draft(met.ann.vault, contact.id).text == "kept"


@pytest.mark.parametrize("text", [AWKWARD, "\n .", "x" * 20_000, "\U0001f642" * 20_000])
def test_letters_arrive_word_for_word(met: World, text: str) -> None:
    """Whatever may be sent arrives as it was, to the last control character."""
    met.ann.write(text)
    met.settle()
    assert met.carl.texts() == [text]
    assert met.ann.states() == ["delivered"]


def test_a_letter_takes_the_place_of_its_draft(met: World) -> None:
    """The draft goes in the transaction that queues the letter; until then it survives a restart."""
    contact = met.ann.contact()
    conversation.keep_draft(met.ann.vault, contact.id, Draft("half a", 2, b"", 6, 0))
    met.ann.restart()
    assert conversation.draft(met.ann.vault, contact.id).text == "half a"
    conversation.send(met.ann.vault, contact, "half a letter", tone=2)
    assert conversation.draft(met.ann.vault, contact.id) == Draft("", 0, b"", 0, 0)


def test_a_draft_on_which_two_windows_write(met: World) -> None:
    """A window that does not know what another kept puts its own change into that, and the cursor stays behind it."""
    vault, contact = met.ann.vault, met.ann.contact().id
    first = conversation.keep_draft(vault, contact, Draft("Dear O., ", 0, b"", 9, 0), "")
    other = conversation.keep_draft(vault, contact, Draft("Dear O., I walked.", 0, b"", 18, 0), first.text)
    assert other.text == "Dear O., I walked."
    kept = conversation.keep_draft(vault, contact, Draft("My Dear O., ", 1, b"", 3, 0), first.text)
    assert (kept.text, kept.tone, kept.cursor) == ("My Dear O., I walked.", 1, 3)
    assert conversation.draft(vault, contact) == kept
    late = conversation.keep_draft(vault, contact, Draft("Dear O., And I slept.", 0, b"", 21, 0), first.text)
    assert (late.text, late.cursor) == ("My Dear O., I walked.And I slept.", 33)
    assert conversation.keep_draft(vault, contact, Draft("", 0, b"", 0, 0), late.text).text == ""
    assert conversation.keep_draft(vault, contact, Draft("new", 0, b"", 3, 0), late.text).text == "new"


def test_tone_and_answer_travel(met: World) -> None:
    """How a letter is meant, and which one it answers, arrive with it."""
    met.ann.write("one")
    met.settle()
    (one,) = met.carl.letters()
    conversation.send(met.carl.vault, met.carl.contact(), "two", tone=4, answers=one.id[:8])
    met.settle()
    two = met.ann.letters()[-1]
    assert (two.tone, two.answers) == (4, met.ann.letters()[0].id[:8])


def test_states_move_on_proof_only(met: World) -> None:
    """Queued until the relay says done, sent until the other's receipt, delivered until they read and say so."""
    met.ann.write("one")
    assert met.ann.states() == ["queued"]
    met.ann.exchange()
    assert met.ann.states() == ["sent"]
    met.ann.exchange()
    assert met.ann.states() == ["sent"]
    met.carl.exchange()
    assert met.ann.states() == ["sent"]
    met.ann.exchange()
    assert met.ann.states() == ["delivered"]
    conversation.mark_read(met.carl.vault, met.carl.contact().id)
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["read"]


def test_reading_is_told_later(met: World) -> None:
    """The receipt for reading waits five to thirty minutes, each letter by its own chance, and goes by itself."""
    for number in range(20):
        met.ann.write(str(number))
    met.settle()
    assert conversation.mark_read(met.carl.vault, met.carl.contact().id) == 20
    waits = [due - met.carl.clock.now for kind, due in met.carl.owed() if kind == "read"]
    assert len(waits) == 20
    assert all(300 <= wait <= 1_800 for wait in waits)
    assert len(set(waits)) > 10
    met.pass_time(min(waits) - 1)
    met.settle()
    assert "read" not in met.ann.states()
    met.pass_time(1_800)
    met.settle()
    assert met.ann.states() == ["read"] * 20
    assert met.carl.owed() == []


def test_reading_can_be_kept_to_oneself(met: World) -> None:
    """Who does not allow it owes no receipt for reading, and what was owed is forgotten; delivery is still told."""
    met.ann.write("one")
    met.settle()
    conversation.mark_read(met.carl.vault, met.carl.contact().id)
    conversation.allow_read_receipts(met.carl.vault, False)
    met.ann.write("two")
    met.settle()
    conversation.mark_read(met.carl.vault, met.carl.contact().id)
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["delivered", "delivered"]
    assert not conversation.read_receipts(met.carl.vault)


def test_nothing_is_read_by_itself(met: World) -> None:
    """A letter that was delivered is unread on both sides until it is marked."""
    met.ann.write("one")
    met.settle()
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["delivered"]
    assert [str(each.state) for each in met.carl.letters()] == ["received"]
    unread = conversation.first_unread(met.carl.vault, met.carl.contact().id)
    assert unread is not None
    assert unread.text == "one"


def test_all_are_read_a_few_at_a_time(met: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marking everything as read takes several short transactions, marks each once, and owes a receipt for each."""
    monkeypatch.setattr(conversation, "READ_AT_ONCE", 2)
    for number in range(5):
        met.ann.write(str(number))
    met.settle()
    contact = met.carl.contact().id
    met.carl.facts.clear()
    assert conversation.mark_read(met.carl.vault, contact) == 5
    assert len(met.carl.facts) == 3
    assert [kind for kind, _ in met.carl.owed()] == ["read"] * 5
    assert conversation.mark_read(met.carl.vault, contact) == 0
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["read"] * 5


def test_receipts_ride_with_a_letter(met: World) -> None:
    """Where a letter goes back, the receipts go with it and no envelope of their own is needed."""
    met.ann.write("one")
    met.ann.exchange()
    hand(met.carl, met.relay.waiting()[0][2])
    met.carl.write("back")
    met.carl.exchange()
    assert len(met.relay.waiting()) == 1
    met.settle()
    assert met.ann.states() == met.carl.states() == ["delivered"]
    assert met.carl.owed() == met.ann.owed() == []


def test_a_missing_letter_is_told(met: World) -> None:
    """A gap in the other's numbers is told before the letter that follows, until the missing one comes."""
    met.ann.write("one")
    met.ann.write("two")
    met.ann.write("three")
    met.ann.exchange()
    held = met.relay.withhold(1)
    met.settle()
    assert gaps_of(met.carl) == ["three"]
    met.relay.give(*held)
    met.settle()
    assert gaps_of(met.carl) == []
    assert met.carl.texts() == ["one", "two", "three"]
    assert met.ann.states() == ["delivered"] * 3


def test_an_unknown_kind_is_kept(met: World) -> None:
    """What a newer version wrote is kept byte for byte, counted, shown as such and owed a receipt."""
    raw = pack(1, "later", b"\0\1", [None, True])
    number = met.ann.contact().used + 1
    assert hand(met.carl, say(met.ann, Content(77, number, met.ann.clock.now, Unknown(raw), (), (), b""), b"n" * 16))
    (kept,) = met.carl.letters()
    assert (kept.kind, kept.raw, kept.text) == (77, raw, "")
    assert [kind for kind, _ in met.carl.owed()] == ["delivered"]
    assert conversation.search(met.carl.vault, "later") == []


def test_the_same_id_with_other_words(met: World) -> None:
    """A second content under an id that is there already changes nothing of the first."""
    for text in ("first", "second"):
        content = Content(1, 1, met.ann.clock.now, Letter(text), (), (), b"")
        assert hand(met.carl, say(met.ann, content, b"s" * 16))
    assert met.carl.texts() == ["first"]
    assert aside(met.carl) == []


def test_a_letter_can_be_written_offline(met: World) -> None:
    """Without a line letters queue, over restarts and in order, and all go at once when there is one."""
    from tests.services.faulty import Fault

    for number in range(5):
        met.ann.write(str(number))
        met.ann.line.plan.append(Fault.LOST_REQUEST)
        assert not met.ann.exchange().reachable
        met.ann.restart()
    assert [each.text for each in conversation.waiting(met.ann.vault)] == ["0", "1", "2", "3", "4"]
    before = met.relay.requests
    report = met.ann.exchange()
    assert (report.sent, report.reachable) == (5, True)
    assert met.relay.requests - before <= 2
    met.settle()
    assert met.carl.texts() == ["0", "1", "2", "3", "4"]


def test_many_letters_need_more_than_one_request(met: World) -> None:
    """More than a request holds goes in several, and all arrive once and in order."""
    import random

    texts = ["".join(random.Random(number).choices("\u4e00\u4e8c\u4e09abcdefghij", k=20_000)) for number in range(30)]
    for text in texts:
        met.ann.write(text)
    met.settle()
    assert met.carl.texts() == texts
    assert set(met.ann.states()) == {"delivered"}
