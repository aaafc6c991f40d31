"""A legal hold: whatever is erased by hand asks for it first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.backups import back_up, put_in_place
from tests.services.people import World
from tests.services.test_erasure import closed_drawer, full, notebook
from therapy_tui import errors
from therapy_tui.files import write_private
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import audit, holding, journal, note_erasing, notes, pairing, process, retention, sharing
from therapy_tui.services import drawer as drawers
from therapy_tui.services.notebook import Notebook

__all__ = ["full", "notebook"]


def test_a_hold_keeps_every_single_thing(full: World, notebook: Notebook) -> None:
    """Under a hold no letter, note, process note or shared page goes; after it each does, and the log has it."""
    ann = full.ann
    vault, contact = ann.vault, ann.contact()
    page = journal.blank(vault, "2026-11-12")
    page = journal.keep(vault, page, replace(page, text="A page of the therapist's."))
    sharing.share(vault, contact, page)
    (kept,) = notes.every(notebook, contact.id)
    nobodys = next(each for each in notes.every(notebook) if not each.contact)
    drawer = closed_drawer(ann)
    drawer.open(drawers.make(ann.folders, MemoryKeyring(), "", ann.chance.randbytes))
    blank = process.blank(drawer, contact.id)
    thought = process.keep(drawer, blank, replace(blank, text="A thought."))
    retention.hold(vault, contact, "a case in court")

    def each_way() -> Iterator[Callable[[], None]]:
        yield lambda: note_erasing.erase(vault, notebook, kept)
        yield lambda: note_erasing.erase(vault, drawer, thought)
        yield lambda: sharing.take_back(vault, sharing.copies_of(vault, page.id)[0])
        yield lambda: pairing.remove(vault, ann.contact(), erase_letters=True)

    for way in each_way():
        with pytest.raises(errors.UsageError, match="The record of Carl is held: a case in court"):
            way()
    assert not ann.contact().closed
    assert [each.text for each in ann.letters()][-1] == "A page of the therapist's."
    assert (notes.count(notebook, contact.id), process.count(drawer)) == (1, 1)
    note_erasing.erase(vault, notebook, nobodys)
    retention.release(vault, contact, "the case is over")
    for way in each_way():
        way()
    erased = [(each.contact, each.detail) for each in audit.every(vault) if each.what == "erased"]
    assert erased == [
        (b"", f"note {nobodys.id[:6].hex()}"),
        (contact.id, f"note {kept.id[:6].hex()}"),
        (contact.id, f"process note {thought.id[:6].hex()}"),
        (contact.id, "letters"),
    ]
    drawer.close()


def test_a_hold_comes_with_a_backup(full: World, notebook: Notebook, tmp_path: Path) -> None:
    """A home that was made of a backup with a hold is not erased either, also before it was ever opened."""
    del notebook
    retention.hold(full.ann.vault, full.ann.contact(), "a case in court")
    back_up(full.ann, tmp_path / "kept")
    new = put_in_place(full.ann, tmp_path / "kept", tmp_path / "new")
    assert holding.is_told_outside(new.folders)
    with pytest.raises(holding.RecordsHeld, match=r"Carl \(a case in court\)"):
        holding.check_none(new.vault)


def test_a_hold_that_was_not_kept_is_not_told_too_little(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file beside the vault cannot be made there is no hold, and the command that was asked for it fails."""

    def full_disk(*_: object) -> None:
        raise errors.DiskFull

    monkeypatch.setattr(holding, "write_private", full_disk)
    with pytest.raises(errors.DiskFull):
        retention.hold(full.ann.vault, full.ann.contact(), "a case in court")
    assert not holding.is_held(full.ann.vault, full.ann.contact().id)


def test_another_process_that_opens_meanwhile_takes_nothing_away(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that puts the file right before a hold is committed, and so removes it, does not leave it missing."""
    other = full.ann.another()

    def written(path: Path, data: bytes) -> None:
        write_private(path, data)
        holding.keep_told(other)

    monkeypatch.setattr(holding, "write_private", written)
    retention.hold(full.ann.vault, full.ann.contact(), "a case in court")
    other.close()
    assert holding.is_told_outside(full.ann.folders)
