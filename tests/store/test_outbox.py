"""What waits for a line, and the receipts that are owed."""

from tests.store.vaults import BEA, CAT, NOW, a_pair
from therapy_tui.store import contacts, outbox
from therapy_tui.store.database import Database

YEAR = 31_536_000
ID, ID2 = b"i" * 16, b"j" * 16


def test_what_waits_goes_in_order(vault: Database) -> None:
    """What was put in first goes first, with its bytes as they were."""
    for number in range(3):
        outbox.add(vault, 1 + number % 2, "letter", b"sealed %d" % number, NOW, bytes([number]) * 16)
    assert [each.envelope for each in outbox.due(vault, NOW)] == [b"sealed 0", b"sealed 1", b"sealed 2"]


def test_newer_bytes_of_a_letter_take_the_place_of_older(vault: Database) -> None:
    """A letter has one row for a pair; contents without an id do not replace each other."""
    outbox.add(vault, 1, "letter", b"old", NOW, ID)
    outbox.add(vault, 2, "letter", b"for another", NOW, ID)
    outbox.add(vault, 1, "letter", b"new", NOW, ID)
    outbox.add(vault, 1, "receipt", b"one", NOW)
    outbox.add(vault, 1, "receipt", b"two", NOW)
    assert [each.envelope for each in outbox.due(vault, NOW)] == [b"for another", b"new", b"one", b"two"]


def test_what_was_put_off_waits(vault: Database) -> None:
    """A row that was put off is not due until then, and its tries are counted."""
    number = outbox.add(vault, 1, "letter", b"sealed", NOW, ID)
    outbox.postpone(vault, number, NOW + 3_600)
    assert list(outbox.due(vault, NOW + 3_599)) == []
    assert outbox.next_due(vault) == NOW + 3_600
    (due,) = outbox.due(vault, NOW + 3_600)
    assert due.tries == 1


def test_a_clock_that_was_years_ahead_holds_nothing_up(vault: Database) -> None:
    """What was put off, or owed, by a clock that has been set back since goes now."""
    number = outbox.add(vault, 1, "letter", b"sealed", NOW, ID)
    outbox.postpone(vault, number, NOW + 9 * YEAR + 3_600)
    assert [each.id for each in outbox.due(vault, NOW)] == [number]
    outbox.owe(vault, BEA, ID[:8], "delivered", NOW + 9 * YEAR)
    assert outbox.owing(vault, NOW) == [BEA]
    assert outbox.owed(vault, BEA, "delivered", NOW) == (ID[:8],)


def test_nothing_goes_to_changed_keys(vault: Database) -> None:
    """Neither a pending pair nor any pair of a contact whose keys changed has anything due; what waits stays."""
    pending = contacts.add_pair(vault, a_pair(CAT, "pending"))
    outbox.add(vault, pending, "join", b"join", NOW)
    outbox.add(vault, 1, "letter", b"sealed", NOW, ID)
    contacts.set_trust(vault, BEA, "changed", NOW)
    assert list(outbox.due(vault, NOW)) == []
    assert outbox.next_due(vault) is None
    contacts.set_trust(vault, BEA, "unverified", NOW)
    assert [each.envelope for each in outbox.due(vault, NOW)] == [b"sealed"]


def test_going_back_in_time_keeps_joins_and_closings(vault: Database) -> None:
    """All sealed bytes are thrown away but those that nobody seals again."""
    for kind in ("join", "letter", "hello", "reset", "receipt", "closing"):
        outbox.add(vault, 1, kind, kind.encode(), NOW)
    outbox.clear(vault)
    assert [each.kind for each in outbox.due(vault, NOW)] == ["join", "closing"]


def test_a_forgotten_pair_takes_its_letters_along(vault: Database) -> None:
    """When a pair is erased, nothing of it waits any more."""
    outbox.add(vault, 1, "letter", b"sealed", NOW, ID)
    outbox.add(vault, 2, "letter", b"other", NOW, ID)
    contacts.forget_pair(vault, 1)
    assert [each.envelope for each in outbox.due(vault, NOW)] == [b"other"]


def test_a_receipt_waits_until_it_is_due(vault: Database) -> None:
    """By itself a receipt goes when it is due; with a letter it goes at once."""
    outbox.owe(vault, BEA, ID[:8], "read", NOW + 600)
    assert outbox.owing(vault, NOW) == []
    assert outbox.next_owed(vault) == NOW + 600
    assert outbox.owed(vault, BEA, "read", NOW) == ()
    assert outbox.owed(vault, BEA, "read", None, ID) == (ID[:8],)
    assert outbox.owing(vault, NOW + 600) == [BEA]


def test_a_carried_receipt_stays_with_its_letter(vault: Database) -> None:
    """Once a letter carries it, only that letter does, each time it is sealed, until that letter is delivered."""
    outbox.owe(vault, BEA, ID[:8], "delivered", NOW)
    outbox.carry(vault, BEA, "delivered", (ID[:8],), ID2)
    assert outbox.owing(vault, NOW) == []
    assert outbox.owed(vault, BEA, "delivered", None, ID2) == (ID[:8],)
    assert outbox.owed(vault, BEA, "delivered", None, b"k" * 16) == ()
    outbox.settle_carried(vault, BEA, ID2)
    assert outbox.owed(vault, BEA, "delivered", None, ID2) == ()


def test_a_receipt_is_owed_anew(vault: Database) -> None:
    """A letter that came again is owed a receipt again, whoever carried the first."""
    outbox.owe(vault, BEA, ID[:8], "delivered", NOW)
    outbox.carry(vault, BEA, "delivered", (ID[:8],), ID2)
    outbox.owe(vault, BEA, ID[:8], "delivered", NOW + 1)
    assert outbox.owing(vault, NOW + 1) == [BEA]


def test_one_envelope_carries_so_many(vault: Database) -> None:
    """At most 64 receipts of a kind go in one content, the oldest first; the others follow."""
    shorts = tuple(number.to_bytes(8, "big") for number in range(100))
    for place, short in enumerate(shorts):
        outbox.owe(vault, BEA, short, "delivered", NOW + place)
    first = outbox.owed(vault, BEA, "delivered", NOW + 100)
    assert first == shorts[:64]
    outbox.settle(vault, BEA, "delivered", first)
    assert outbox.owed(vault, BEA, "delivered", NOW + 100) == shorts[64:]


def test_reading_can_be_kept_to_oneself(vault: Database) -> None:
    """Forgetting what is owed for reading leaves what is owed for delivery."""
    outbox.owe(vault, BEA, ID[:8], "read", NOW)
    outbox.owe(vault, BEA, ID[:8], "delivered", NOW)
    outbox.forget_reading(vault)
    assert outbox.owed(vault, BEA, "read", NOW) == ()
    assert outbox.owed(vault, BEA, "delivered", NOW) == (ID[:8],)
    outbox.forget_receipts(vault, BEA)
    assert outbox.owing(vault, NOW) == []


def test_what_is_too_large_waits_until_it_is_let_go(vault: Database) -> None:
    """A bound on the size holds larger ones back, also from the time of the next; allowing one lets it go."""
    small = outbox.add(vault, 1, "letter", b"s" * 10, NOW)
    large = outbox.add(vault, 1, "letter", b"l" * 11, NOW, ID)
    outbox.postpone(vault, small, NOW + 50)
    assert [each.id for each in outbox.due(vault, NOW + 50, 10)] == [small]
    assert list(outbox.due(vault, NOW, 10)) == []
    assert outbox.due_pairs(vault, NOW, 10) == []
    assert outbox.next_due(vault, 10) == NOW + 50
    assert [each.id for each in outbox.larger(vault, 10)] == [large]
    outbox.allow(vault, large)
    assert [each.id for each in outbox.due(vault, NOW, 10)] == [large]
    assert outbox.next_due(vault, 10) == 0
