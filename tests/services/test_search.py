"""Search over everything at once: each kind is found by its words, and notes only where they are handed in."""

import time
from dataclasses import replace

import pytest

from tests.services.rooms import NOW, TODAY, Room, write
from therapy_tui.core.search import Hit
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, checkins, journal, measures, notes, own_prompts, safety, search
from therapy_tui.services.access import Beside
from therapy_tui.services.events import Events
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts

OSEI = b"osei".ljust(16, b"0")


@pytest.fixture
def vault(room: Room) -> Vault:
    """A vault with one of everything that speaks of herons, and one of everything that does not."""
    vault = room.open()
    with vault.transaction() as database:
        contacts.add(database, OSEI, "Dr. Osei", 2, NOW)
    write(vault, "A page with a heron.", "2026-03-02")
    write(vault, "A page without.", "2026-03-03")
    checkins.add(vault, 4, ("tired", "Héron"), "By the river.")
    checkins.add(vault, 5, (), "Nothing.")
    step = safety.read(vault).steps[1]
    safety.keep(vault, step, "The radio.\nThe heron at the bridge.")
    own_prompts.add(vault, "Where is the heron now?")
    with vault.transaction() as database:
        own_prompts.take_in(database, vault, OSEI, b"mark", "What does a heron know?")
    measures.take(vault, measures.find("gad7"), (1, 2, 1, 2, 1, 2, 1))
    return vault


@pytest.fixture
def notebook(room: Room, vault: Vault) -> Notebook:
    """Open notes, one of them about somebody."""
    made = Notebook(room.folders, MemoryKeyring(), Beside(), vault.random_bytes, room.clock, Events())
    made.open(access.keys_by(room.folders, room.way)["notes"])
    for contact, text in ((b"", "A heron, once."), (OSEI, "Spoke of the heron."), (OSEI, "Spoke of nothing.")):
        new = notes.blank(made, contact)
        notes.keep(made, new, replace(new, text=text))
    return made


def told(hits: list[Hit]) -> set[tuple[str, str, str]]:
    return {(hit.kind, hit.day, hit.where) for hit in hits}


def test_each_kind_is_found(vault: Vault) -> None:
    """A word is found in all of them, accents folded, each with its day and where it stands, the newest day first."""
    hits = search.find(vault, "heron")
    assert told(hits) == {
        ("entry", "2026-03-02", "journal"),
        ("check-in", TODAY, "check-in"),
        ("plan", TODAY, "plan, on my own"),
        ("prompt", TODAY, "your own question"),
        ("prompt", TODAY, "asked by Dr. Osei"),
    }
    assert hits[-1].kind == "entry"
    assert {hit.passage for hit in hits if hit.kind == "check-in"} == {"tired, Héron; By the river."}


def test_a_questionnaire_is_found(vault: Vault) -> None:
    """By its name, its day and the words of its band; what stands there is its name and what it came to."""
    day = time.strftime("%Y-%m-%d", time.localtime(NOW))
    for typed in ("gad-7", "gad7", "anxiety", "moderate", f'"{day}" scale'):
        (hit,) = [each for each in search.find(vault, typed) if each.kind == "measure"]
        assert (hit.day, hit.where) == (day, "questionnaire")
        assert hit.passage.startswith("GAD-7, ")
        assert "10, on a scale of 0 to 21" in hit.passage
    assert search.find(vault, "gad7 severe") == []


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("heron to:2026-03", {"entry"}),
        (f"heron from:{TODAY}", {"check-in", "plan", "prompt"}),
        ("heron from:2027", set()),
        ("heron with:osei", {"prompt"}),
        ("heron with:nobody", set()),
        ("gad to:2026-03", set()),
        ('"heron at the bridge"', {"plan"}),
        ('"heron by"', set()),
        ("tired river", {"check-in"}),
        ("h", set()),
        ("heron zebra", set()),
    ],
)
def test_one_language_for_all(vault: Vault, typed: str, kinds: set[str]) -> None:
    """Phrases, days and a person narrow every kind in the same way."""
    assert {hit.kind for hit in search.find(vault, typed)} == kinds


def test_a_page_is_found_by_its_tags(vault: Vault, notebook: Notebook) -> None:
    """A word finds what is tagged with it too, `#` nothing else; the tags stand first where they alone are why."""
    page = write(vault, "By the bridge.", "2026-03-04", tags="Héron watch\nearly 🌿")
    beside = (notes.source(notebook),)
    assert {"entry", "check-in", "note"} < {hit.kind for hit in search.find(vault, "heron", beside=beside)}
    for typed in ("#heron", "#watch bridge", "#her #ear", "watch bridge"):
        (hit,) = search.find(vault, typed, beside=beside)
        assert (hit.id, hit.passage) == (page.id, "#Héron watch #early 🌿\n\nBy the bridge.")
    (hit,) = search.find(vault, "bridge from:2026-03-04 to:2026-03-04", beside=beside)
    assert hit.passage == "By the bridge."
    for typed in ("#heron zebra", "#heron with:osei", "#heron from:2026-04", "#bridge"):
        assert search.find(vault, typed, beside=beside) == []
    journal.keep(vault, page, replace(page, tags="otter"))
    assert search.find(vault, "#heron") == []
    assert [hit.id for hit in search.find(vault, "otter")] == [page.id]


def test_what_was_changed_or_erased_is_found_no_more(vault: Vault) -> None:
    """A check-in is found by what it says now, and neither it nor a question or a step once it is gone."""
    (kept,) = [each for each in checkins.between(vault) if each.words]
    checkins.change(vault, kept, 4, ("egret",), "")
    assert {hit.id for hit in search.find(vault, "egret")} == {kept.id}
    assert "check-in" not in {hit.kind for hit in search.find(vault, "heron")}
    checkins.erase(vault, kept.id)
    assert search.find(vault, "egret") == []
    assert not any(b"egret" in bytes(row[0]) for row in vault.database.all("SELECT block FROM check_in_words_data"))
    for each in own_prompts.every(vault):
        own_prompts.erase(vault, each.id)
    safety.keep(vault, safety.read(vault).steps[1], "The radio.")
    assert {hit.kind for hit in search.find(vault, "heron")} == {"entry"}


def test_notes_are_found_where_they_are_handed_in(vault: Vault, notebook: Notebook) -> None:
    """Without the source no note is found; with it they are, with whom they are about, and by `with:` those alone."""
    assert "note" not in {hit.kind for hit in search.find(vault, "heron")}
    beside = (notes.source(notebook),)
    found = [hit for hit in search.find(vault, "heron", beside=beside) if hit.kind == "note"]
    assert {(hit.where, hit.passage) for hit in found} == {
        ("note", "A heron, once."),
        ("note, Dr. Osei", "Spoke of the heron."),
    }
    one = search.find(vault, "spoke heron with:osei", beside=beside)
    assert [(hit.kind, hit.where) for hit in one] == [("note", "note, Dr. Osei")]
    assert search.find(vault, "heron to:2025", beside=beside) == []


def test_at_most_so_many(vault: Vault) -> None:
    """Of many, the newest are given, from all kinds together."""
    for number in range(30):
        write(vault, f"heron {number}", f"2027-01-{number % 28 + 1:02}")
    hits = search.find(vault, "heron", 10)
    assert len(hits) == 10
    assert [hit.day for hit in hits] == sorted((hit.day for hit in hits), reverse=True)
    assert {hit.kind for hit in hits} == {"entry"}
