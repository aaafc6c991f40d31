"""Prompts of one's own and those that a contact sent: kept, asked among the others, and erased for good."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest

from tests.services.rooms import NOW, TODAY, Room
from therapy_tui import errors
from therapy_tui.content.prompts import Prompts
from therapy_tui.core.prompts import LONGEST, REST_DAYS
from therapy_tui.services import own_prompts, prompts
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts
from therapy_tui.store import journal as entries

OSEI = b"osei".ljust(16, b"0")


@pytest.fixture
def known(vault: Vault) -> Vault:
    """A vault whose owner knows somebody."""
    with vault.transaction() as database:
        contacts.add(database, OSEI, "Dr. Osei", 2, NOW)
    return vault


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program that has no prompt, so that one's own are all there are."""
    monkeypatch.setattr(prompts, "load_prompts", partial(Prompts, (), ()))
    return iter(())


def send(vault: Vault, text: str, mark: bytes = b"letter", contact: bytes = OSEI) -> bool:
    with vault.transaction() as database:
        return own_prompts.take_in(database, vault, contact, mark, text)


def texts(vault: Vault) -> list[str]:
    return [each.text for each in own_prompts.every(vault)]


def test_one_is_kept_in_one_line(room: Room) -> None:
    """What is written is kept as one line, is there after a start of the program, and can be erased."""
    vault = room.open()
    heard: list[object] = []
    vault.events.subscribe(heard.append)
    kept = own_prompts.add(vault, "  What would I\n tell a friend? ", "light")
    assert own_prompts.every(room.open()) == [kept]
    assert (kept.text, kept.weight, kept.contact) == ("What would I tell a friend?", "light", b"")
    assert own_prompts.sources(vault) == {kept.prompt.id: "your own"}
    own_prompts.erase(vault, kept.id)
    assert texts(vault) == []
    assert heard == [own_prompts.CHANGED, own_prompts.CHANGED]


def test_it_is_weighed_afterwards(vault: Vault) -> None:
    """How heavy one is can be said later; of one that is gone nothing comes back."""
    kept = own_prompts.add(vault, "What now?")
    own_prompts.weigh(vault, kept.id, "heavy")
    assert [each.weight for each in own_prompts.every(vault)] == ["heavy"]
    own_prompts.erase(vault, kept.id)
    own_prompts.weigh(vault, kept.id, "light")
    assert texts(vault) == []


@pytest.mark.parametrize("text", ["", " \n", "a" * (LONGEST + 1), "half \ud83d"])
def test_what_is_refused(vault: Vault, text: str) -> None:
    """Nothing, too much, and half a character are refused, and nothing is kept."""
    with pytest.raises(errors.UsageError):
        own_prompts.add(vault, text)
    assert texts(vault) == []


def test_one_that_was_sent_comes_once(known: Vault) -> None:
    """The same message brings it once, also after it was erased; another message may bring the same words."""
    assert send(known, "What do you keep for yourself?")
    assert not send(known, "What do you keep for yourself?")
    (kept,) = own_prompts.every(known)
    assert own_prompts.sources(known) == {kept.prompt.id: "from Dr. Osei"}
    own_prompts.erase(known, kept.id)
    assert not send(known, "What do you keep for yourself?")
    assert texts(known) == []
    assert own_prompts.get(known, kept.id) is None
    assert send(known, "What do you keep for yourself?", b"another letter")
    assert send(known, "And you?", b"letter", b"somebody else".ljust(16))
    assert len(texts(known)) == 2


def test_what_was_sent_is_fitted(known: Vault) -> None:
    """What was sent is kept in one line and cut where it is too long; what has no word leaves nothing."""
    assert send(known, "one\n\ntwo " + "a" * LONGEST)
    (text,) = texts(known)
    assert text.startswith("one two aaa")
    assert (len(text), text[-1]) == (LONGEST, "…")
    assert not send(known, " \n ", b"empty")
    assert send(known, "half \ud83d", b"half")
    assert "half ?" in texts(known)


def test_a_transaction_that_fails_leaves_none(known: Vault) -> None:
    """It is part of the transaction of the message that brought it."""

    def fail(vault: Vault) -> None:
        with vault.transaction() as database:
            own_prompts.take_in(database, vault, OSEI, b"mark", "A question?")
            raise errors.DiskFull

    with pytest.raises(errors.DiskFull):
        fail(known)
    assert texts(known) == []


def test_found_by_the_beginning_of_its_id(vault: Vault) -> None:
    """The id that is shown, its beginning, and its digits alone name it; too little, and none, do not."""
    kept = own_prompts.add(vault, "What now?")
    for name in (kept.prompt.id, kept.prompt.id[:16], kept.id.hex()[:4].upper()):
        assert own_prompts.find_by_id(vault, name) == kept
    for name in ("own-", kept.id.hex()[:3], "own-zzzz", "grief-03"):
        with pytest.raises(errors.UsageError):
            own_prompts.find_by_id(vault, name)


def test_they_are_asked_among_the_others(known: Vault) -> None:
    """In two years each of one's own, and each that was sent, is the prompt of a day, and none again within 60 days."""
    mine = {own_prompts.add(known, f"Question {number}?").prompt.id for number in range(20)}
    send(known, "What do you keep for yourself?")
    mine |= {each.prompt.id for each in own_prompts.every(known)}
    days = [(date(2026, 11, 18) + timedelta(number)).isoformat() for number in range(730)]
    asked = [prompts.of_today(known, day).id for day in days]
    assert mine <= set(asked)
    for number, prompt in enumerate(asked):
        assert prompt not in asked[number + 1 : number + REST_DAYS]


def test_what_was_sent_is_asked_first_and_once(known: Vault) -> None:
    """A question that somebody sent is the next day's, the older one first, and rests afterwards like any."""
    send(known, "What did you do on Monday?", b"mark-one")
    send(known, "And on Tuesday?", b"mark-two")
    days = ("2026-11-18", "2026-11-18", "2026-11-19", "2026-11-20")
    asked = [prompts.of_today(known, day).text for day in days]
    assert asked[:3] == ["What did you do on Monday?", "What did you do on Monday?", "And on Tuesday?"]
    assert asked[3] not in asked[:3]


def test_they_are_weighed(vault: Vault, few: None) -> None:
    """On a hard day the light one comes first and the heavy one not at all, as with every prompt."""
    del few
    made = {weight: own_prompts.add(vault, f"{weight}?", weight).prompt.id for weight in own_prompts.WEIGHTS}
    asked = [prompts.of_today(vault, TODAY, mood=2).id, prompts.another(vault, TODAY, mood=2).id]
    assert asked == [made["light"], made["middle"]]
    assert prompts.another(vault, TODAY, mood=2).id != made["heavy"]
    assert prompts.another(vault, TODAY, mood=9).id == made["heavy"]


def test_one_that_is_erased_is_asked_no_more(vault: Vault, few: None) -> None:
    """The prompt of the day that is erased makes way for another."""
    del few
    one, other = (own_prompts.add(vault, text) for text in ("One?", "Other?"))
    first = prompts.of_today(vault, TODAY)
    own_prompts.erase(vault, one.id if first == one.prompt else other.id)
    assert prompts.of_today(vault, TODAY) == (other.prompt if first == one.prompt else one.prompt)


def test_one_that_is_chosen_is_the_days(vault: Vault) -> None:
    """What a person chooses from the list is the prompt of that day, noted once."""
    kept = own_prompts.add(vault, "What now?").prompt
    prompts.of_today(vault, TODAY)
    prompts.choose(vault, TODAY, kept)
    prompts.choose(vault, TODAY, kept)
    assert prompts.of_today(vault, TODAY) == kept
    assert entries.asked_on(vault.database, TODAY).count(kept.id) == 1
