"""Letters in the vault: once each, in order, in windows, found by words; gaps and drafts."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.store.vaults import BEA, CAT, NOW, letter
from therapy_tui.core.delivery import Event, State
from therapy_tui.core.messages import Draft
from therapy_tui.store import contacts, messages, numbers
from therapy_tui.store.database import Database
from therapy_tui.store.messages import NO_LETTERS, Tally

SAME_VAULT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def gaps(vault: Database, begin: int) -> list[int]:
    """Give the numbers of theirs before which one is missing, from a number on."""
    theirs = [each for each in messages.every(vault, BEA) if not each.outgoing]
    return [each.number for each in theirs if numbers.is_after_gap(vault, BEA, each.number, each.row, begin)]


def numbers_of(vault: Database, *, outgoing: bool = False) -> list[int]:
    """Give the numbers of one direction as the conversation shows them."""
    return [each.number for each in messages.every(vault, BEA) if each.outgoing is outgoing]


def test_a_letter_is_kept_once(vault: Database) -> None:
    """A second letter with the same contact and id changes nothing; with another contact it is another letter."""
    assert messages.add(vault, letter(1, "first"))
    assert not messages.add(vault, letter(1, "second"))
    assert messages.add(vault, letter(1, "for another", contact=CAT))
    assert [each.text for each in messages.every(vault, BEA)] == ["first"]


@given(order=st.permutations(range(1, 9)), mine=st.lists(st.integers(0, 7), max_size=3))
@SAME_VAULT
def test_each_senders_letters_stand_in_order(vault: Database, order: list[int], mine: list[int]) -> None:
    """In whatever order letters arrive, those of one sender are shown by number, and ours stay where we wrote them."""
    messages.erase_all(vault, BEA)
    ours = 0
    for place, number in enumerate(order):
        messages.add(vault, letter(number))
        for _ in range(mine.count(place)):
            ours += 1
            messages.add(vault, letter(ours, outgoing=True))
    assert numbers_of(vault) == sorted(order)
    assert numbers_of(vault, outgoing=True) == list(range(1, ours + 1))


def test_a_late_letter_takes_its_place(vault: Database) -> None:
    """A letter that comes after its successor stands before it, and what we wrote meanwhile stays behind both."""
    messages.add(vault, letter(2))
    messages.add(vault, letter(1, outgoing=True))
    messages.add(vault, letter(1))
    assert [(each.outgoing, each.number) for each in messages.every(vault, BEA)] == [(False, 1), (False, 2), (True, 1)]


@given(size=st.integers(1, 7), limit=st.integers(1, 4))
@SAME_VAULT
def test_windows_walk_the_whole_conversation(vault: Database, size: int, limit: int) -> None:
    """Going back window by window, or forth, shows every letter once and in order."""
    messages.erase_all(vault, BEA)
    for number in range(1, size + 1):
        messages.add(vault, letter(number, outgoing=number % 3 == 0))
    whole = [each.id for each in messages.every(vault, BEA)]
    back: list[bytes] = []
    place = None
    while window := messages.before(vault, BEA, place, limit):
        back = [each.id for each in window] + back
        place = (window[0].place, window[0].number, window[0].row)
    assert back == whole
    forth: list[bytes] = []
    place = (0, 0, 0)
    while window := messages.since(vault, BEA, place, limit):
        forth += [each.id for each in window]
        place = (window[-1].place, window[-1].number, window[-1].row)
    assert forth == whole


def test_gaps_are_told_once_each(vault: Database) -> None:
    """A missing number is told before the letter that follows it, from the number on from which gaps count."""
    for number in (2, 3, 6):
        messages.add(vault, letter(number))
    assert gaps(vault, 1) == [2, 6]
    assert gaps(vault, 2) == [6]
    assert gaps(vault, 6) == []
    messages.add(vault, replace(letter(6), id=b"another".ljust(16)))
    assert gaps(vault, 2) == [6]
    for number in (4, 5):
        messages.add(vault, letter(number))
    assert gaps(vault, 2) == []


@given(arrived=st.permutations(range(1, 9)), missing=st.sets(st.integers(1, 8)), begin=st.integers(1, 9))
@SAME_VAULT
def test_all_is_held_up_to_the_first_that_is_missing(
    vault: Database, arrived: list[int], missing: set[int], begin: int
) -> None:
    """However letters arrive, and whenever it is asked, it is told up to which number none is missing."""
    messages.erase_all(vault, BEA)
    vault.run("UPDATE contacts SET held = 0, numbers_from = 1")
    here: set[int] = set()
    for number in (each for each in arrived if each not in missing):
        messages.add(vault, letter(number))
        here.add(number)
        if number % 2:
            assert numbers.advance_held(vault, BEA) == next(each for each in range(10) if each + 1 not in here)
    contacts.numbers_from(vault, BEA, begin)
    whole = next(each for each in range(begin - 1, 10) if each + 1 not in here)
    assert numbers.advance_held(vault, BEA) == max(whole, next(each for each in range(10) if each + 1 not in here))
    assert numbers.advance_held(vault, BEA) == numbers.advance_held(vault, BEA)


def test_only_ours_move(vault: Database) -> None:
    """An event moves a letter of ours by the table and tells whether anything changed; one of theirs never moves."""
    ours, theirs = letter(1, outgoing=True), letter(1)
    messages.add(vault, ours)
    messages.add(vault, theirs)
    assert messages.move(vault, BEA, ours.id, Event.REFUSAL, NOW + 5, "no line")
    found = messages.get(vault, BEA, ours.id)
    assert found is not None
    assert (found.state, found.state_at, found.reason) == (State.FAILED, NOW + 5, "no line")
    assert not messages.move(vault, BEA, ours.id, Event.ACCEPTED, NOW + 6)
    assert not messages.move(vault, BEA, theirs.id, Event.READING, NOW)
    assert not messages.move(vault, CAT, ours.id, Event.READING, NOW)


def test_a_receipt_finds_its_letter(vault: Database) -> None:
    """The first eight bytes of an id find our letter to that contact, and nothing else."""
    ours, theirs = letter(1, outgoing=True), letter(2)
    messages.add(vault, ours)
    messages.add(vault, theirs)
    messages.add(vault, replace(ours, id=b"\xff" * 16))
    assert messages.by_short(vault, BEA, ours.id[:8]) == ours.id
    assert messages.by_short(vault, BEA, b"\xff" * 8) == b"\xff" * 16
    assert messages.by_short(vault, BEA, theirs.id[:8]) is None
    assert messages.by_short(vault, CAT, ours.id[:8]) is None


def test_unconfirmed_are_the_newest_in_order(vault: Database) -> None:
    """What was not delivered, or stands above a number, at most so many of the newest, in order, and no failed one."""
    for number in range(1, 7):
        messages.add(vault, letter(number, outgoing=True))
    for number, event in ((1, Event.DELIVERY), (2, Event.REFUSAL), (5, Event.READING)):
        messages.move(vault, BEA, letter(number, outgoing=True).id, event, NOW)
    found = [each.number for each in messages.unconfirmed(vault, BEA, None, 200)]
    assert found == [3, 4, 6]
    assert [each.number for each in messages.unconfirmed(vault, BEA, 0, 200)] == [1, 3, 4, 5, 6]
    assert [each.number for each in messages.unconfirmed(vault, BEA, 4, 200)] == [3, 4, 5, 6]
    assert [each.number for each in messages.unconfirmed(vault, BEA, 0, 2)] == [5, 6]


def test_reading_is_counted(vault: Database) -> None:
    """Unread letters are theirs alone; each is marked once, and the counts follow."""
    messages.add(vault, letter(1))
    messages.add(vault, letter(2))
    messages.add(vault, letter(1, outgoing=True))
    assert messages.tally(vault, BEA) == Tally(letters=3, theirs=2, unread=2, proved=0, last_at=NOW + 2)
    assert messages.tally(vault, CAT) == NO_LETTERS
    assert [messages.is_unread(vault, BEA, letter(n, outgoing=bool(n == 3)).id) for n in (1, 2, 3)] == [
        True,
        True,
        False,
    ]
    assert messages.mark_read(vault, BEA, letter(1).id, NOW)
    assert not messages.mark_read(vault, BEA, letter(1).id, NOW)
    assert not messages.mark_read(vault, BEA, letter(1, outgoing=True).id, NOW)
    assert messages.unread(vault, BEA, 9) == [letter(2).id]
    assert messages.first_unread(vault, BEA) == messages.get(vault, BEA, letter(2).id)
    assert messages.tally(vault, BEA).unread == 1


CHANGES = st.lists(st.tuples(st.sampled_from(["in", "out", "read", *Event]), st.integers(1, 4)), max_size=20)


@given(changes=CHANGES)
@SAME_VAULT
def test_the_tally_is_what_counting_gives(vault: Database, changes: list[tuple[str, int]]) -> None:
    """Whatever comes, goes, is read, proved or erased: what is kept of the numbers of letters is their number."""
    messages.erase_all(vault, BEA)
    assert messages.tally(vault, BEA) == NO_LETTERS
    for change, number in changes:
        if change in {"in", "out"}:
            messages.add(vault, letter(number, outgoing=change == "out"))
        elif change == "read":
            messages.mark_read(vault, BEA, letter(number).id, NOW)
        else:
            messages.move(vault, BEA, letter(number, outgoing=True).id, Event(change), NOW)
        whole = list(messages.every(vault, BEA))
        proved = int(vault.value("SELECT count(*) FROM messages WHERE proved != ''"))
        theirs = [each for each in whole if not each.outgoing]
        unread = sum(each.state is State.RECEIVED for each in theirs)
        last = max((each.arrived_at for each in whole), default=0)
        assert messages.tally(vault, BEA) == Tally(len(whole), len(theirs), unread, proved, last)


def test_search_finds_words_and_nothing_else(vault: Database) -> None:
    """Every word must begin a word of the letter; accents and capitals do not matter; operators do nothing."""
    messages.add(vault, letter(1, "The café by the river"))
    messages.add(vault, letter(2, "A river without coffee"))
    messages.add(vault, letter(1, "river", contact=CAT))
    messages.add(vault, letter(3, "river", contact=CAT, kind=16))
    assert [each.number for each in messages.search(vault, "RIVER cafe", None, 9)] == [1]
    assert [each.number for each in messages.search(vault, "riv", BEA, 9)] == [2, 1]
    assert len(messages.search(vault, "river", None, 9)) == 4
    assert messages.search(vault, 'river" OR "', None, 9) == messages.search(vault, "river or", None, 9) == []
    for odd in ('"', "*", "NOT", "(", "river NEAR(", "text:river", "\0", " "):
        messages.search(vault, odd, None, 9)
    messages.erase_all(vault, BEA)
    assert [each.contact for each in messages.search(vault, "river", None, 9)] == [CAT, CAT]


def test_a_draft_survives_until_it_is_empty(vault: Database) -> None:
    """The newest draft of a contact is kept as it is, and an empty one is forgotten."""
    first, second = Draft("one", 0, b"", 3, NOW), Draft("two\n\u202e", 2, b"12345678", 1, NOW + 1)
    messages.keep_draft(vault, BEA, first)
    messages.keep_draft(vault, BEA, second)
    assert messages.draft(vault, BEA) == second
    assert messages.draft(vault, CAT) is None
    messages.keep_draft(vault, BEA, Draft("", 0, b"", 0, NOW))
    assert messages.draft(vault, BEA) is None
