"""The audit log in a vault: what is noted, and what of tampering is found."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.services.backups import back_up, put_in_place
from tests.services.people import World
from therapy_tui import errors
from therapy_tui.core.audit import Act, Mark, What
from therapy_tui.crypto.slots import PassphraseWay
from therapy_tui.services import access, audit, pairing
from therapy_tui.services.vault import Vault


@pytest.fixture
def vault(met: World) -> Vault:
    """Ann's vault with some rows in it."""
    for number in range(4):
        audit.note_now(met.ann.vault, What.OPENED, b"somebody", f"note {number}")
    return met.ann.vault


def said(vault: Vault) -> list[tuple[str, str]]:
    """Give what was done, and the details."""
    return [(each.what, each.detail) for each in audit.every(vault)]


def number_of_fault(vault: Vault, known: Mark | None = None) -> int:
    """Give the number of the row at which the log does not agree, 0 when it does."""
    fault = audit.verify(vault, known).fault
    return 0 if fault is None else fault.number


def _clear_and_fail(vault: Vault) -> None:
    with vault.transaction():
        audit.note(vault, What.CLEARED, b"somebody", "a reason")
        raise ZeroDivisionError


def last(vault: Vault) -> Act:
    return list(audit.every(vault))[-1]


def test_it_begins_with_the_ways_in(met: World) -> None:
    """The first row names what opens the vault; each row says by what it was open; a client's vault has no log."""
    first = next(audit.every(met.ann.vault))
    assert (first.number, first.what, first.detail, first.way) == (1, "begun", "keyring", "keyring")
    assert audit.verify(met.ann.vault).is_watched
    assert audit.note_now(met.carl.vault, What.OPENED) == 0
    assert list(audit.every(met.carl.vault)) == []
    with pytest.raises(errors.UsageError):
        audit.verify(met.carl.vault)


def test_a_change_of_the_ways_is_noticed(met: World) -> None:
    """However the ways into the vault change, the next unlocking notes those there are, once."""
    ann = met.ann
    access.add_way(ann.folders, ann.way, PassphraseWay("correct horse battery"), ann.chance.randbytes)
    ann.restart()
    ann.restart()
    assert said(ann.vault) == [("begun", "keyring"), ("ways changed", "keyring, passphrase")]


def test_parting_is_noted(met: World) -> None:
    """The end of a correspondence, and the erasing of its letters, stand in the log with whom they are about."""
    contact = met.ann.contact()
    pairing.remove(met.ann.vault, contact, erase_letters=True)
    assert said(met.ann.vault)[1:] == [("ended", ""), ("erased", "letters")]
    assert last(met.ann.vault).contact == contact.id
    assert number_of_fault(met.ann.vault) == 0


def test_what_is_taken_back_is_not_noted(vault: Vault) -> None:
    """A note goes with its transaction, and so does the end that is kept outside."""
    before = audit.read_outside(vault)
    with pytest.raises(ZeroDivisionError):
        _clear_and_fail(vault)
    assert said(vault)[-1] == ("opened", "note 3")
    assert audit.read_outside(vault) == before
    assert number_of_fault(vault) == 0


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE audit SET detail = 'note 7' WHERE number = 3", 3),
        ("UPDATE audit SET detail = CAST(x'6eff' AS TEXT) WHERE number = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE number = 5", 5),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number > 3", 4),
        ("DELETE FROM audit", 1),
        ("DELETE FROM settings WHERE name = 'audit_end'", 6),
        ("UPDATE audit SET number = number + 1 WHERE number = 5", 5),
    ],
)
def test_tampering_is_found(vault: Vault, change: str, number: int) -> None:
    """The first row that does not agree is named, and nothing is repaired: it is named again after more was noted."""
    vault.database.run(change)
    assert number_of_fault(vault) == number
    if "settings" not in change:
        audit.note_now(vault, What.EXPORTED)
        assert number_of_fault(vault) == number


def test_an_end_that_was_cut_off_with_its_count(vault: Vault) -> None:
    """Who cuts rows off and sets the vault's own count back too is found by the end outside, also after more rows."""
    ends = [Mark(each.number, each.hash) for each in audit.every(vault)]
    vault.database.run("DELETE FROM audit WHERE number > 3")
    vault.database.run("UPDATE settings SET value = ? WHERE name = 'audit_end'", (str(ends[2]),))
    assert number_of_fault(vault) == 4
    for _ in range(3):
        audit.note_now(vault, What.OPENED)
    assert number_of_fault(vault) == 5
    vault.state.with_name(audit.OUTSIDE).unlink()
    assert number_of_fault(vault) == 0  # with that gone too, only a mark that was written down elsewhere tells
    assert not audit.verify(vault).is_watched
    assert number_of_fault(vault, ends[4]) == 5
    assert number_of_fault(vault, ends[2]) == 0


def to_the_end(checking: Generator[int, None, audit.Verdict]) -> tuple[list[int], audit.Verdict]:
    """Check on to the end: how many rows agreed after each piece, and the verdict."""
    agreed: list[int] = []
    while True:
        try:
            agreed.append(next(checking))
        except StopIteration as done:
            return agreed, done.value


def test_a_check_in_pieces_leaves_what_comes_meanwhile(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read so many at a time; one that is noted in between is left, and a change ahead is still found."""
    monkeypatch.setattr(audit, "AT_ONCE", 2)
    count = audit.count(vault)
    checking = audit.check(vault)
    agreed = [next(checking)]
    audit.note_now(vault, What.OPENED)
    rest, verdict = to_the_end(checking)
    agreed += rest
    assert agreed == [*range(2, count, 2), count]
    assert (verdict.rows, verdict.fault) == (count, None)
    checking = audit.check(vault)
    next(checking)
    vault.database.run("UPDATE audit SET detail = 'other' WHERE number = 4")
    _, verdict = to_the_end(checking)
    assert verdict.fault is not None
    assert verdict.fault.number == 4


def test_an_older_copy_says_so(met: World, tmp_path: Path) -> None:
    """A vault that was put back says in its own log how far that had come, and goes on soundly."""
    ann = met.ann
    audit.note_now(ann.vault, What.OPENED, detail="first")
    ann.copy(tmp_path / "copy")
    ann.open()
    audit.note_now(ann.vault, What.OPENED, detail="second")
    audit.note_now(ann.vault, What.OPENED, detail="third")
    ann.put_back(tmp_path / "copy")
    assert said(ann.vault)[1:] == [
        ("opened", "first"),
        ("went back", "the rows after 2 are of before; there were 4 rows"),
    ]
    assert number_of_fault(ann.vault) == 0
    audit.note_now(ann.vault, What.OPENED, detail="fourth")
    assert number_of_fault(ann.vault) == 0
    assert audit.read_outside(ann.vault) == audit.verify(ann.vault).end


def test_a_backup_keeps_it(met: World, tmp_path: Path) -> None:
    """In a new home the log of the backup goes on, sound, and says that the vault was made of one."""
    ann = met.ann
    audit.note_now(ann.vault, What.OPENED, detail="before")
    back_up(ann, tmp_path / "kept")
    audit.note_now(ann.vault, What.OPENED, detail="after")
    mark = audit.end(ann.vault)
    new = put_in_place(ann, tmp_path / "kept", tmp_path / "new")
    assert [each for each, _ in said(new.vault)] == ["begun", "opened", "went back", "ways changed"]
    assert number_of_fault(new.vault) == 0
    assert audit.verify(new.vault).is_watched
    assert number_of_fault(new.vault, mark) == mark.count
    assert not list(new.folders.data.glob("audit*"))
    met.ann = new


def test_two_processes(met: World) -> None:
    """What two processes note makes one chain, and the end outside is never beyond it."""
    other = met.ann.another()
    for _ in range(3):
        audit.note_now(met.ann.vault, What.OPENED, detail="here")
        audit.note_now(other, What.OPENED, detail="there")
    verdict = audit.verify(other)
    assert verdict.fault is None
    assert audit.read_outside(other) == verdict.end
    other.close()


def test_a_full_disk_outside_is_no_failure(vault: Vault) -> None:
    """Where the end cannot be written outside, what was done is done and noted all the same."""
    outside = vault.state.with_name(audit.OUTSIDE)
    before = audit.read_outside(vault)
    outside.unlink()
    outside.mkdir()
    audit.note_now(vault, What.OPENED)
    assert number_of_fault(vault) == 0
    outside.rmdir()
    assert before is not None
