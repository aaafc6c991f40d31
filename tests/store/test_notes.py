"""Notes on the disk: windows, earlier versions, two who change one at once, and the words in them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from therapy_tui.core.notes import Note
from therapy_tui.store import notes
from therapy_tui.store.database import Database, create_database
from therapy_tui.store.schema import upgrade, versions

NOW = 1_800_000_000
ANN, BEA = b"ann-ann-", b"bea-bea-"
SINCE, UNTIL = "0001-01-01", "9999-12-31"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """An empty file of notes."""
    made = create_database(tmp_path / "notes.db", bytes(range(32)))
    upgrade(made, "notes")
    yield made
    made.close()


def note(number: int, text: str = "", contact: bytes = b"") -> Note:
    at = NOW + number
    return Note(0, number.to_bytes(16, "big"), at, at, contact, b"", "", "free", text or f"note {number}", 0, 0)


def add(file: Database, *made: Note) -> list[Note]:
    for each in made:
        notes.add(file, each)
    return [found for each in made if (found := notes.get(file, each.id)) is not None]


def search(file: Database, match: str, contact: bytes = b"", since: str = SINCE, until: str = UNTIL) -> list[bytes]:
    return [bytes(row[0]) for row in notes.search(file, match, since, until, contact, 50)]


def test_it_comes_back_as_it_went_in(file: Database) -> None:
    """Every field of a note is kept, the first revision is 1, and nothing of it was before."""
    new = replace(note(1, "Grüße"), contact=ANN, message=b"m" * 16, hour="2026-11-13 15:00")
    (kept,) = add(file, new)
    assert replace(kept, row=0, revision=0) == new
    assert (kept.revision, kept.versions) == (1, 0)


def test_a_window_is_the_newest_first(file: Database) -> None:
    """A window gives so many, after so many, the newest first; a contact narrows it, and so does counting."""
    add(file, *[note(number, contact=(ANN, BEA)[number % 2]) for number in range(10)])
    assert [each.text for each in notes.window(file, b"", 2, 3)] == ["note 7", "note 6", "note 5"]
    assert [each.text for each in notes.window(file, ANN, 1, 9)] == ["note 6", "note 4", "note 2", "note 0"]
    assert (notes.count(file, b""), notes.count(file, BEA), notes.count(file, b"nobody")) == (10, 5, 0)


def test_all_are_read_a_few_at_a_time(file: Database) -> None:
    """More notes than are read at once come each once, the oldest first, also those of one second."""
    many = [replace(note(number), written_at=NOW) for number in range(2 * notes.AT_ONCE + 1)]
    add(file, *many, note(-1 + 2**20, "last", ANN))
    found = [each.text for each in notes.every(file, b"")]
    assert found == [*(each.text for each in many), "last"]
    assert [each.text for each in notes.every(file, ANN)] == ["last"]


def test_versions_are_kept_and_go_with_the_note(file: Database) -> None:
    """What a note was comes back the newest first, and is erased with it, from the index too."""
    (kept,) = add(file, note(1, "first"))
    for text in ("second", "third"):
        notes.keep_version(file, kept)
        assert notes.change(file, replace(kept, text=text), kept.revision)
        found = notes.get(file, kept.id)
        assert found is not None
        kept = found
    assert [(each.number, each.text) for each in notes.versions(file, kept.row)] == [(2, "second"), (1, "first")]
    assert kept.versions == 2
    notes.erase(file, kept.id)
    assert notes.get(file, kept.id) is None
    assert file.value("SELECT count(*) FROM note_versions") == 0
    assert search(file, "third") == []


def test_the_later_of_two_changes_nothing(file: Database) -> None:
    """A change from an older revision is not kept."""
    (kept,) = add(file, note(1, "as it was"))
    assert notes.change(file, replace(kept, text="one window"), kept.revision)
    assert not notes.change(file, replace(kept, text="the other"), kept.revision)
    found = notes.get(file, kept.id)
    assert found is not None
    assert (found.text, found.revision) == ("one window", 2)


def test_words_are_found_without_their_accents(file: Database) -> None:
    """Words are found by their beginnings, without accents and case; what was changed or erased is not."""
    kept, other, _ = add(file, note(1, "Être là, Łódź, Ärger"), note(2, "plain", ANN), note(3, "plain", BEA))
    for match in ('"etre"', '"ETR"*', '"arger"', '"là"'):
        assert search(file, match) == [kept.id]
    assert search(file, '"plain"', ANN) == [other.id]
    notes.change(file, replace(kept, text="something else"), kept.revision)
    assert search(file, '"etre"') == []
    assert search(file, '"els"*') == [kept.id]


def test_days_narrow_a_search(file: Database) -> None:
    """A day has its notes from its first to its last second, by this machine's clock."""
    day = int(file.value("SELECT unixepoch('2026-11-13 00:00:00', 'utc')"))
    made = [replace(note(number, "word"), written_at=day + at) for number, at in enumerate((-1, 0, 86_399, 86_400))]
    add(file, *made)
    assert search(file, '"word"', since="2026-11-13", until="2026-11-13") == [made[2].id, made[1].id]


@pytest.mark.parametrize(
    "read",
    [
        lambda file: notes.window(file, b"", 0, 40),
        lambda file: notes.window(file, ANN, 0, 40),
        lambda file: notes.count(file, b""),
        lambda file: list(notes.every(file, b"")),
        lambda file: notes.get(file, b"1"),
        lambda file: notes.search(file, '"word"', SINCE, UNTIL, b"", 9),
        lambda file: notes.search(file, '"word"', SINCE, UNTIL, ANN, 9),
    ],
    ids=["window", "window of one", "count", "every", "get", "search", "search of one"],
)
def test_no_text_is_read_that_is_not_shown(file: Database, read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists go along an index, and sort nothing: however many notes there are, only those shown are read."""
    said: list[str] = []
    run = Database.all

    def explain(self: Database, sql: str, values: object = ()) -> list[tuple[object, ...]]:
        said.extend(str(row[3]) for row in run(self, f"EXPLAIN QUERY PLAN {sql}", values))  # type: ignore[arg-type]
        return run(self, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "all", explain)
    monkeypatch.setattr(Database, "one", lambda self, sql, values=(): next(iter(explain(self, sql, values)), None))
    read(file)  # type: ignore[operator]
    plan = "\n".join(said)
    assert "INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_a_file_from_before_there_were_notes(tmp_path: Path) -> None:
    """A file of the first version is brought up to date with a copy kept, and takes notes."""
    made = create_database(tmp_path / "notes.db", bytes(range(32)))
    upgrade(made, "notes", versions("notes")[:1])
    made.run("INSERT INTO about VALUES ('name', 'value')")
    assert upgrade(made, "notes") is not None
    (kept,) = add(made, note(1, "the first"))
    assert (kept.text, search(made, '"first"')) == ("the first", [kept.id])
    assert made.value("SELECT value FROM about") == "value"
    made.close()
