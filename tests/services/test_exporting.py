"""The export of everything: no table of the vault or of the notes is forgotten, and what others wrote stays words."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.services.people import CARL, HOUR, Person, World
from tests.services.test_erasure import full, notebook
from tests.services.test_record import answer, open_notes
from therapy_tui.core.checkins import Unfinished
from therapy_tui.core.persons import CONSENT, PLACE
from therapy_tui.services import (
    answering,
    appointments,
    checkins,
    conversation,
    ending,
    journal,
    measures,
    note_signing,
    notes,
    own_prompts,
    persons,
    retention,
    safety,
    sharing,
    snippets,
    triage,
)
from therapy_tui.services.exporting import export_everything
from therapy_tui.services.notebook import Notebook
from therapy_tui.store.database import Database

__all__ = ["full", "notebook"]

LEFT = {
    "pairs": "keys",
    "ratchets": "keys",
    "slots": "keys",
    "joins": "links that open something",
    "outbox": "sealed bytes of what is among the letters",
    "receipts": "what the program owes the other one",
    "seen": "hashes",
    "quarantine": "sealed bytes that nobody can read",
    "tallies": "counted again",
    "traffic": "how many bytes went on which day",
    "prompts_asked": "which question of the program's was asked on which day",
    "shared_moods": "the numbers that stand in the letters",
    "about": "nothing was ever kept in it",
}
"""The tables of which nothing is in an export, and why."""
COLUMNS = {
    "profile": {"account": "keys"},
    "contacts": {"trust_before": "a step of checking keys", "closed": "in other words"},
    "messages": {"proved": "in the state"},
    "invites": {"link": "opens something", "word": "a secret of two"},
}
"""The columns of words that are left out, and why, of tables that are in it."""


def texts_in(folder: Path) -> str:
    """Give all words of an export: of the files to read, and every text and key in the files for programs."""

    def within(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for each in value.values():
                yield from within(each)
        elif isinstance(value, list):
            for each in value:
                yield from within(each)
        else:
            yield str(value)

    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        text = path.read_text()
        found.append(text)
        if path.suffix == ".json" and path.name != "pages.json":
            found += (each for line in text.splitlines() for each in within(json.loads(line)))
    return "\n".join(found)


def tables_of(database: Database) -> set[str]:
    """Name the tables of a file but for its indexes of words and what the library keeps."""
    words = [str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'")]
    there = [str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    of_words = {each for each in there for word in words if each == word or each.startswith(f"{word}_")}
    return set(there) - of_words - {"sqlite_sequence"}


def words_of(database: Database, table: str) -> dict[str, list[str]]:
    """Give what stands in each column of words of a table, but for those that are left out."""
    columns = [str(row[1]) for row in database.all(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
    wanted = [each for each in columns if each not in COLUMNS.get(table, {})]
    sql = "SELECT DISTINCT {0} FROM {1} WHERE {0} != ''"
    return {each: [str(row[0]) for row in database.all(sql.format(each, table))] for each in wanted}


def fill_desk(met: World, notebook: Notebook) -> None:
    """Let the therapist have something of everything that only a therapist keeps."""
    vault, contact, now = met.ann.vault, met.ann.contact(), met.relay.clock()
    appointments.add(vault, contact, now + HOUR, 50, "Europe/Berlin", "Room 4")
    for field in (CONSENT, PLACE):
        persons.note(vault, contact, field, f"What was said of {field}")
    persons.add_emergency(vault, contact, "Ines Vale", "sister", "555 0199")
    triage.clear(vault, contact, "talked by telephone", triage.standing_flags(vault, contact))
    triage.label(vault, contact, "on Tuesdays")
    triage.put_off(vault, contact, now + HOUR)
    triage.keep_view(vault, "mornings", "wait>1")
    snippets.keep(vault, "greeting", "Dear [name]")
    retention.hold(vault, contact, "a matter in court")
    ending.keep_until(vault, contact, "2099-01-01", "as was agreed")
    answering.choose(vault, answering.BRACKETS, wanted=True)
    kept = notes.blank(notebook, contact.id, hour="2026-11-13 15:00")
    kept = notes.keep(notebook, kept, replace(kept, text="First thoughts."))
    changed = replace(kept, text="Later thoughts.", modality="by letter", codes="F32.1")
    signed = note_signing.sign(notebook, notes.keep(notebook, kept, changed, new_sitting=True))
    added = note_signing.addition(notebook, signed)
    note_signing.sign(notebook, notes.keep(notebook, added, replace(added, text="One thing more.")))


def fill_journal(person: Person) -> None:
    """Let the client have something of everything that stays at home."""
    vault = person.vault
    page = journal.blank(vault, "2026-11-14")
    first = replace(page, text="As it was.", tags="sleep\nwork", question="How so?", prompt="gratitude")
    page = journal.keep(vault, page, first)
    journal.keep(vault, page, replace(page, text="As it is."), new_sitting=True)
    checkins.add(vault, 6, ["calm", "tired"], "A walk.")
    checkins.keep_draft(vault, Unfinished("2026-11-15", 4, ("hopeful",), "half a line"))
    gad7 = measures.find("gad7")
    for item, score in ((0, 1), (2, 2)):
        measures.answer(vault, gad7, item, score, measures.begun(vault, gad7))
    step = safety.keep(vault, safety.read(vault).steps[0], "The library.")
    safety.keep(vault, step, "The pool.", new_sitting=True)
    own_prompts.add(vault, "Where was it quiet?", "light")
    draft = conversation.draft(vault, person.contact().id)
    conversation.keep_draft(vault, person.contact().id, structs.replace(draft, text="Dear Ann, half", tone=3))


def test_no_table_is_forgotten(full: World, notebook: Notebook, tmp_path: Path) -> None:
    """Every word of every table of both files is in the export of its owner, or its table or column has a reason."""
    answer(full.carl, "phq9")
    full.settle()
    fill_desk(full, notebook)
    fill_journal(full.carl)
    full.invite("For Kim")
    full.settle()
    full.carl.write("One that did not go.")
    with full.carl.vault.transaction() as database:
        database.run("UPDATE messages SET state = 'failed', reason = 'it is too large' WHERE state = 'queued'")
    carls = open_notes(full.carl)
    met: dict[tuple[str, str], bool] = {}
    missing = []
    known = tables_of(full.ann.vault.database) | tables_of(notebook.database)
    for person, own in ((full.ann, notebook), (full.carl, carls)):
        files = (person.vault.database, own.database)
        held = [(each, words_of(file, each)) for file in files for each in sorted(tables_of(file) - LEFT.keys())]
        export_everything(person.vault, tmp_path / person.name, own)
        texts = texts_in(tmp_path / person.name)
        for table, columns in held:
            for column, values in columns.items():
                met[table, column] = met.get((table, column), False) or bool(values)
                pieces = {piece for value in values for piece in re.split(r"[\n,]", value) if piece.strip()}
                missing += [(table, column, piece) for piece in sorted(pieces) if piece not in texts]
    carls.close()
    assert missing == []
    assert LEFT.keys() <= known
    assert [each for each, has_words in met.items() if not has_words] == []


def test_what_others_wrote_stays_words(met: World, tmp_path: Path) -> None:
    """A letter that orders the terminal about, or plays another letter or a heading, does neither in files to read."""
    hostile = "\x1b]0;owned\x07\u202egnp\n\n\nYou, 2026-01-01T00:00:00Z (read)\n\nI agree.\n# People\n\x9b2J"
    met.carl.write(hostile)
    met.settle()
    sharing.ask(
        met.carl.vault, met.carl.contact(), "\x1b[2J\u202e ![](https://example.org/seen) \\[x](y) <img src=z> why?"
    )
    met.settle()
    folder = tmp_path / "out"
    export_everything(met.ann.vault, folder, None)
    (path,) = folder.glob("letters/*.txt")
    lines = path.read_text().split("\n")
    assert [each for each in lines if each and not each.startswith("    ")] == [
        line for line in lines if line.startswith(f"{CARL}, ")
    ]
    for each in folder.rglob("*"):
        if each.is_file():
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", each.read_text()), each
    alive = re.compile(r"(?<!\\)(?:\\\\)*[<\[]")
    assert [each.name for each in folder.glob("*.md") if alive.search(each.read_text())] == []
    rows = [json.loads(line) for line in path.with_suffix(".json").read_text().splitlines()]
    assert rows[0]["text"] == hostile


@pytest.mark.parametrize("measure", ["unknown", "phq9"])
def test_answers_that_are_not_known_are_in_it(met: World, tmp_path: Path, measure: str) -> None:
    """Answers to a questionnaire, or in a scale, that this program does not know are there as they are stored."""
    measures.take(met.carl.vault, measures.find("phq9"), (0,) * 9)
    with met.carl.vault.transaction() as database:
        database.run("UPDATE responses SET measure = ?, low = 1, answers = '1,2,,3', total = NULL", (measure,))
    export_everything(met.carl.vault, tmp_path / "out", None)
    row = json.loads((tmp_path / "out" / "questionnaires.json").read_text())
    assert (row["measure"], row["answers"], row["lowest"]) == (measure, [1, 2, None, 3], 1)
    assert "1,2,,3" in (tmp_path / "out" / "questionnaires.md").read_text()
