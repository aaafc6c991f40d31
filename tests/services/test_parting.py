"""The end of a correspondence."""

from pathlib import Path

import pytest

from tests.services.people import HOUR, World
from therapy_tui import errors
from therapy_tui.services import conversation, directory, pairing
from therapy_tui.store import contacts


def part(world: World, *, erase_letters: bool = False) -> None:
    """Let Ann end it, after a letter each way."""
    world.ann.write("one")
    world.carl.write("two")
    world.settle()
    pairing.remove(world.ann.vault, world.ann.contact(), erase_letters=erase_letters)


def test_both_know_and_the_letters_stay(met: World) -> None:
    """The other is told that it ended; both keep what they have, and neither can write any more."""
    part(met)
    met.settle()
    assert met.ann.contact().closed == "ours"
    assert met.carl.contact().closed == "theirs"
    assert [each.text for each in met.ann.letters()] == ["one", "two"]
    assert [each.text for each in met.carl.letters()] == ["two", "one"]
    for person in (met.ann, met.carl):
        with pytest.raises(errors.UsageError, match="ended"):
            person.write("three")
    assert met.ann.outbox() == met.carl.outbox() == []


def test_the_keys_are_erased(met: World) -> None:
    """Once the closing has left, the pair secret, its ratchets and its slot are gone here and at the relay."""
    part(met)
    assert met.ann.outbox() == ["closing"]
    met.settle()
    database = met.ann.vault.database
    assert contacts.pairs(database) == []
    assert database.value("SELECT count(*) FROM ratchets") == 0
    with pytest.raises(errors.UsageError, match="ended"):
        pairing.words(met.ann.vault, met.ann.contact())
    assert database.value("SELECT count(*) FROM slots") == 0
    assert met.relay.store.connection.execute("SELECT count(*) FROM slot").fetchone() == (1,)


@pytest.mark.parametrize("has_spare", [True, False])
def test_an_end_outlives_going_back(met: World, tmp_path: Path, has_spare: bool) -> None:
    """Who ended it and goes back to before that is told by the other side, and it is ended for both, with no keys."""
    met.ann.write("one")
    met.carl.write("two")
    met.settle()
    if not has_spare:
        with met.ann.vault.transaction() as database:
            database.run("UPDATE pairs SET spare = x''")
    met.ann.copy(tmp_path / "old")
    pairing.remove(met.ann.vault, met.ann.contact())
    met.settle()
    met.ann.put_back(tmp_path / "old")
    assert met.ann.contact().closed == ""
    met.settle()
    assert met.ann.contact().closed == met.carl.contact().closed == "theirs"
    assert contacts.pairs(met.carl.vault.database) == []
    with pytest.raises(errors.UsageError, match="ended"):
        met.carl.write("three")
    assert met.ann.texts() == ["two"]
    requests = met.relay.requests
    met.settle(1)
    assert met.relay.requests == requests + 2


def test_what_was_queued_does_not_go(met: World) -> None:
    """A letter that had not left when it ended is failed, with the reason, and never arrives."""
    met.ann.write("too late")
    pairing.remove(met.ann.vault, met.ann.contact())
    met.settle()
    assert met.ann.states() == ["failed"]
    assert "ended" in met.ann.letters()[0].reason
    assert met.carl.texts() == []
    with pytest.raises(errors.UsageError, match="ended"):
        conversation.send_again(met.ann.vault, met.ann.contact(), met.ann.letters()[0].id)


def test_a_letter_that_crossed_the_end(met: World) -> None:
    """What the other wrote before knowing of the end is told as not gone, and nothing waits for ever."""
    pairing.remove(met.ann.vault, met.ann.contact())
    met.ann.exchange()
    met.carl.write("crossed")
    for _ in range(30):
        met.settle(1)
        met.pass_time(HOUR)
    assert met.carl.states() == ["failed"]
    assert met.carl.contact().closed == "theirs"
    assert met.carl.outbox() == []


def test_the_end_could_not_be_read(met: World) -> None:
    """Who lost the ratchets cannot read the closing; what waits is told as not gone, and nobody asks for ever."""
    pairing.remove(met.ann.vault, met.ann.contact())
    met.ann.exchange()
    with met.carl.vault.transaction() as database:
        contacts.drop_ratchets(database)
    met.carl.write("are you there")
    for _ in range(60):
        met.settle(1)
        met.pass_time(HOUR)
    assert met.carl.states() == ["failed"]
    assert met.carl.outbox() == []
    requests = met.relay.requests
    met.pass_time(30 * HOUR)
    met.carl.exchange()
    assert met.relay.requests == requests + 1


def test_letters_can_go_too(met: World) -> None:
    """With erasing nothing of the conversation is left here, not even for a search; the other keeps theirs."""
    part(met, erase_letters=True)
    met.settle()
    assert met.ann.letters() == []
    assert conversation.search(met.ann.vault, "one") == []
    assert len(met.carl.letters()) == 2


def test_who_was_removed_is_not_listed(met: World) -> None:
    """A removed contact is listed only when asked for; one who ended it stays in the list."""
    part(met)
    met.settle()
    assert directory.people(met.ann.vault) == []
    assert len(directory.people(met.ann.vault, also_closed=True)) == 1
    assert len(directory.people(met.carl.vault)) == 1


def test_ending_over_a_bad_line(met: World) -> None:
    """The closing waits for a line like a letter, through restarts, and then everything is erased."""
    met.ann.write("gone before")
    met.settle()
    pairing.remove(met.ann.vault, met.ann.contact())
    met.ann.restart()
    assert met.ann.outbox() == ["closing"]
    met.settle()
    assert met.carl.contact().closed == "theirs"
    assert contacts.pairs(met.ann.vault.database) == []


def test_both_end_it_at_once(met: World) -> None:
    """Two closings that cross leave nothing on either side."""
    pairing.remove(met.ann.vault, met.ann.contact())
    pairing.remove(met.carl.vault, met.carl.contact())
    met.settle()
    for person in (met.ann, met.carl):
        assert person.outbox() == []
        assert person.contact().closed == "ours"
        assert contacts.pairs(person.vault.database) == []


def test_meeting_again_after_the_end(met: World) -> None:
    """A new invite for the removed contact makes it the same conversation again, unverified, with new words."""
    part(met)
    met.settle()
    met.join(met.invite(contact=met.ann.contact().id).link, met.carl.contact().id)
    met.settle()
    met.ann.write("again")
    met.carl.write("again too")
    met.settle()
    assert met.ann.contact().closed == met.carl.contact().closed == ""
    assert met.carl.texts() == ["one", "again"]
    assert met.ann.texts() == ["two", "again too"]
