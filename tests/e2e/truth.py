"""What must be true of two people's letters when the dust has settled."""

from collections.abc import Mapping, Sequence

from tests.two_people import Person, TwoPeople
from therapy_tui.store import arrivals, contacts


def check_truth(people: TwoPeople, accepted: Mapping[str, Sequence[str]], *, healed: bool = False) -> None:
    """Check that every accepted letter is on both sides once, in order, word for word, with true states.

    Args:
        people: the two; their vaults are opened and closed.
        accepted: the texts of each person's letters, by name, in the order in which they were written.
        healed: letters may have been sealed again and old bytes put aside; otherwise neither may have happened.
    """
    for person in people.both:
        other = people.other(person)
        wanted = list(accepted[person.name])
        out, came = person.letters(other, "out"), other.letters(person, "in")
        assert [row["text"] for row in out] == wanted, person.name
        assert [row["text"] for row in came] == wanted, person.name
        assert [row["id"] for row in out] == [row["id"] for row in came]
        assert [row["number"] for row in out] == [row["number"] for row in came]
        assert [row["written_at"] for row in out] == [row["written_at"] for row in came]
        assert {row["state"] for row in out} <= {"delivered"}
        assert {row["state"] for row in came} <= {"received"}
        assert person.do("outbox").rows == []
    for person in people.both:
        _check_vault(person, healed=healed)


def _check_vault(person: Person, *, healed: bool) -> None:
    """Nothing waits, nothing is owed, the database is whole; and no healing was needed."""
    with person.vault() as vault:
        database = vault.database
        assert database.check() == []
        assert database.value("SELECT count(*) FROM outbox") == 0
        assert database.value("SELECT count(*) FROM receipts WHERE kind = 'delivered' AND carrier = x''") == 0
        if not healed:
            assert arrivals.count_by_reason(database) == {}, arrivals.count_by_reason(database)
            assert database.value("SELECT count(*) FROM messages WHERE again") == 0
            assert all(not pair.broken for pair in contacts.pairs(database))
            assert vault.profile.restored_at == 0
