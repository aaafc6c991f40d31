"""Signing notes: what is signed stays, additions are signed too, and what was altered in the file is named."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.test_notes import NOW, PASSPHRASE, home, notebook, quick, seat_at, write
from therapy_tui import errors
from therapy_tui.core.note_chain import Word
from therapy_tui.core.notes import Note
from therapy_tui.core.search import read
from therapy_tui.services import note_layouts, note_signing, notes
from therapy_tui.services.access import Beside
from therapy_tui.services.events import Events
from therapy_tui.services.notebook import Notebook
from therapy_tui.store import note_chain as store

__all__ = ["notebook"]


def signed(notebook: Notebook, text: str) -> Note:
    return note_signing.sign(notebook, write(notebook, text))


def added(notebook: Notebook, note: Note, text: str) -> Note:
    new = note_signing.addition(notebook, note)
    return note_signing.sign(notebook, notes.keep(notebook, new, replace(new, text=text)))


def words(notebook: Notebook) -> list[str]:
    return [str(each.word) for each in note_signing.verify(notebook)]


def other_window(notebook: Notebook) -> Notebook:
    """Open the same file as another process would."""
    other = Notebook(notebook._folders, notebook._keyring, Beside(), os.urandom, lambda: NOW + 1, Events())
    other.open(notebook.key_by_passphrase(PASSPHRASE))
    return other


def test_a_signed_note_stays_as_it_is(notebook: Notebook) -> None:
    """After signing no change is taken, whatever window it comes from; the note, and its time, stay."""
    before = write(notebook, "as it was")
    note = note_signing.sign(notebook, before)
    assert (note.signed_at, note.text, len(note.salt)) == (NOW, "as it was", 16)
    for stale in (before, note, replace(note, signed_at=0)):
        with pytest.raises(notes.AlreadySigned):
            notes.keep(notebook, stale, replace(stale, text="other"), new_sitting=True)
        with pytest.raises(notes.AlreadySigned):
            note_signing.sign(notebook, stale)
    assert notes.get(notebook, note.id) == note
    assert notes.versions(notebook, note) == []
    assert words(notebook) == [Word.AS_SIGNED]


def test_what_is_not_kept_or_empty_is_not_signed(notebook: Notebook) -> None:
    """An empty note, one that was erased and one that another window changed are not signed."""
    note = write(notebook, "words")
    with pytest.raises(errors.UsageError, match="empty"):
        note_signing.sign(notebook, replace(note, text=" \n"))
    notes.keep(notebook, note, replace(note, text="other words"))
    with pytest.raises(notes.ChangedElsewhere, match="another window"):
        note_signing.sign(notebook, note)
    notes.erase(notebook, note.id)
    with pytest.raises(notes.ChangedElsewhere):
        note_signing.sign(notebook, note)
    assert words(notebook) == []


def test_two_windows_sign(notebook: Notebook) -> None:
    """Two windows sign into one chain, and the same note once; what comes late is kept as a note that is not signed."""
    one, two, both = (write(notebook, text) for text in ("one", "two", "both"))
    other = other_window(notebook)
    note_signing.sign(notebook, one)
    note_signing.sign(other, two)
    signed_there = note_signing.sign(notebook, both)
    with pytest.raises(notes.AlreadySigned):
        note_signing.sign(other, both)
    with pytest.raises(notes.ChangedElsewhere):
        notes.keep(other, both, replace(both, text="both, and more"))
    apart = notes.keep_apart(other, replace(signed_there, text="both, and more"))
    assert (apart.signed_at, apart.salt, apart.text) == (0, b"", "both, and more")
    assert words(notebook) == words(other) == [Word.AS_SIGNED] * 3
    other.close()


def test_what_is_added_is_signed_too(notebook: Notebook) -> None:
    """An addition stands beneath its note, in the chain, and in no list; the search leads to the note."""
    note = signed(notebook, "the note")
    with pytest.raises(errors.UsageError, match="not signed"):
        note_signing.addition(notebook, write(notebook, "another"))
    first = added(notebook, note, "a heron was meant")
    begun = note_signing.addition(notebook, first)
    assert begun.amends == note.id
    draft = notes.keep(notebook, begun, replace(begun, text="not yet"))
    assert note_signing.addition(notebook, note) == draft
    assert [each.text for each in notes.additions(notebook, note)] == ["a heron was meant", "not yet"]
    assert sorted(each.text for each in notes.every(notebook)) == ["another", "the note"]
    assert (notes.count(notebook), len(notes.window(notebook, 0, 9))) == (2, 2)
    assert [each.id for each in notes.find(notebook, read("heron"), 9)] == [note.id]
    assert words(notebook) == [Word.AS_SIGNED] * 2


def test_what_is_added_to_what_was_erased_stays(notebook: Notebook) -> None:
    """What is written for a note that another window erased meanwhile is kept, as a note of its own."""
    note = signed(notebook, "the note")
    begun = note_signing.addition(notebook, note)
    notes.erase(notebook, note.id)
    draft = notes.keep(notebook, begun, replace(begun, text="late"))
    assert (draft.text, draft.amends) == ("late", b"")
    assert list(notes.every(notebook)) == [draft]


def test_erasing_leaves_the_chain_whole(notebook: Notebook) -> None:
    """Of a signed note that is erased its words, additions and salt are gone; that it was, and when, is kept."""
    first, second = signed(notebook, "a heron"), signed(notebook, "the second")
    added(notebook, first, "another heron")
    notes.erase(notebook, first.id)
    assert words(notebook) == [Word.ERASED, Word.AS_SIGNED, Word.ERASED]
    assert [each.at for each in note_signing.verify(notebook)] == [NOW] * 3
    assert notes.find(notebook, read("heron"), 9) == []
    assert notebook.database.value("SELECT count(*) FROM notes") == 1
    assert notebook.database.value("SELECT count(*) FROM signed") == 5
    signed(notebook, "the third")
    assert words(notebook) == [Word.ERASED, Word.AS_SIGNED, Word.ERASED, Word.AS_SIGNED]
    assert notes.get(notebook, second.id) == second


Alter = Callable[[Notebook, Note], None]


def sql(statement: str) -> Alter:
    def alter(notebook: Notebook, note: Note) -> None:
        notebook.database.run(statement, (note.id,))

    return alter


@pytest.mark.parametrize(
    ("alter", "word"),
    [
        (sql("UPDATE notes SET text = 'altered' WHERE id = ?"), Word.ALTERED),
        (sql("UPDATE notes SET codes = 'F33' WHERE id = ?"), Word.ALTERED),
        (sql("UPDATE notes SET signed_at = 0 WHERE id = ?"), Word.ALTERED),
        (sql("UPDATE signed SET at = 5 WHERE note = ?"), Word.OUT_OF_ORDER),
        (sql("DELETE FROM signed WHERE note = ?"), Word.NOT_IN_CHAIN),
    ],
    ids=["text", "codes", "mark", "link", "no link"],
)
def test_what_was_altered_in_the_file_is_named(notebook: Notebook, alter: Alter, word: Word) -> None:
    """A signed note, or its link, that was altered past the program is named, also on that note; nothing is mended."""
    one, two, three = (signed(notebook, text) for text in ("one", "two", "three"))
    alter(notebook, two)
    found = {each.note: each.word for each in note_signing.verify(notebook)}
    assert found[two.id] == word
    assert found[one.id] == Word.AS_SIGNED
    now = notes.get(notebook, two.id)
    assert now is not None
    told = note_signing.finding_of(notebook, now)
    assert told is not None
    assert told.word == word
    own = note_signing.finding_of(notebook, one)
    assert own is not None
    assert own.agrees
    with pytest.raises(notes.ChangedElsewhere):
        notes.keep(notebook, replace(now, revision=now.revision - 1), replace(now, text="mended"))
    again = signed(notebook, "the fourth")
    assert {each.note: each.word for each in note_signing.verify(notebook)}[two.id] == word
    assert note_signing.finding_of(notebook, write(notebook, "not signed")) is None
    assert again.signed_at == NOW
    assert three.id in found


def test_an_altered_addition_is_told_on_its_note(notebook: Notebook) -> None:
    """What was added and altered afterwards is told where the note is read; a note that is gone is missing."""
    note = signed(notebook, "the note")
    addition = added(notebook, note, "added")
    notebook.database.run("UPDATE notes SET text = 'altered' WHERE id = ?", (addition.id,))
    told = note_signing.finding_of(notebook, note)
    assert told is not None
    assert told.told("13 Nov").startswith("What was added to this note is not as it was signed on 13 Nov.")
    notebook.database.run("DELETE FROM notes WHERE id = ?", (note.id,))
    assert words(notebook) == [Word.MISSING, Word.ALTERED]


def test_the_end_of_the_chain_is_told(notebook: Notebook) -> None:
    """The digits of the newest link change with each signing, and show what nothing else does: an end cut off."""
    assert note_signing.end_of_chain(notebook) == ""
    signed(notebook, "one")
    first = note_signing.end_of_chain(notebook)
    second = signed(notebook, "two")
    assert len(first) == 64
    assert note_signing.end_of_chain(notebook) != first
    notebook.database.run("DELETE FROM signed WHERE note = ?", (second.id,))
    notebook.database.run("DELETE FROM notes WHERE id = ?", (second.id,))
    assert words(notebook) == [Word.AS_SIGNED]
    assert note_signing.end_of_chain(notebook) == first


def test_a_full_disk_signs_nothing(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full between the mark and the link neither is kept, and signing again does it."""
    note = write(notebook, "words")
    with monkeypatch.context() as patch:
        patch.setattr(store, "add", _full)
        with pytest.raises(errors.DiskFull):
            note_signing.sign(notebook, note)
    assert notes.get(notebook, note.id) == note
    assert words(notebook) == []
    assert note_signing.sign(notebook, note).signed_at == NOW
    assert words(notebook) == [Word.AS_SIGNED]


def _full(*_: object) -> None:
    raise errors.DiskFull


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.services.test_notes import PASSPHRASE, seat_at
from therapy_tui.config import find_folders
from therapy_tui.services import note_signing, notes
from therapy_tui.store import note_chain

seat = seat_at(find_folders(Path(sys.argv[1]), "default"))
seat.unlock_by_passphrase(PASSPHRASE)
seat.notebook.open(seat.notebook.fetch_key())
note_chain.add = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
note_signing.sign(seat.notebook, next(iter(notes.every(seat.notebook))))
"""


def test_a_kill_between_signs_nothing(tmp_path: Path) -> None:
    """A program that is killed between the mark and the link has signed nothing, and the next one signs."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE)))
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.notebook.open(seat.notebook.fetch_key())
    note = write(seat.notebook, "words")
    seat.lock()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "home")], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.notebook.open(seat.notebook.fetch_key())
    assert notes.get(seat.notebook, note.id) == note
    assert words(seat.notebook) == []
    assert note_signing.sign(seat.notebook, note).signed_at == NOW


# formats


def test_a_format_of_a_newer_version(notebook: Notebook) -> None:
    """A note in a format that is not known here is a free note, keeps its format when it is changed, and is signed."""
    note = write(notebook, "## Later\n\nwords")
    notebook.database.run("UPDATE notes SET format = 'later' WHERE id = ?", (note.id,))
    found = notes.get(notebook, note.id)
    assert found is not None
    assert note_layouts.layout_of(found).parts == ()
    kept = notes.keep(notebook, found, replace(found, text=found.text + "!"))
    assert (kept.format, kept.text) == ("later", "## Later\n\nwords!")
    assert notes.last_format(notebook) == "free"
    assert note_layouts.in_format(kept, "dap").text == "## Data\n\n## Later\n\nwords!"
    note_signing.sign(notebook, kept)
    assert words(notebook) == [Word.AS_SIGNED]


def test_a_note_in_parts_is_kept(notebook: Notebook) -> None:
    """A format, the length of the hour, the modality and the codes are kept; the next note begins in that format."""
    new = note_layouts.in_format(replace(notes.blank(notebook), text="Slept."), "soap")
    kept = notes.keep(notebook, new, replace(new, minutes=50, modality="  by  video ", codes="90834, F32.1"))
    assert (kept.format, kept.text) == ("soap", "## Subjective\n\nSlept.")
    assert (kept.minutes, kept.modality, kept.codes) == (50, "by video", "90834, F32.1")
    assert notes.last_format(notebook) == "soap"
    with pytest.raises(errors.UsageError, match="free, soap, dap, birp, girp"):
        note_layouts.in_format(kept, "coap")
    with pytest.raises(errors.UsageError, match="121 characters"):
        notes.keep(notebook, kept, replace(kept, codes="x" * 121))
