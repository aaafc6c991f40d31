"""audit: list and verify, and what the commands note."""

from pathlib import Path

from tests.two_people import Person, TwoPeople


def log_of(person: Person) -> list[tuple[str, str | None, str]]:
    return [(row["what"], row["contact"], row["detail"]) for row in person.do("audit", "list").rows]


def test_what_commands_note(people: TwoPeople, tmp_path: Path) -> None:
    """Reading letters, measures and notes, a search and the export are noted with whom they concern; lists are not."""
    therapist, name = people.therapist, people.client.name
    before = len(log_of(therapist))
    note = therapist.do("note", "add", "-", "--for", name, stdin="A heron in the note.").row
    therapist.do("contacts")
    therapist.do("triage")
    therapist.do("messages", name)
    therapist.do("progress", name)
    therapist.here("search", "heron")
    therapist.do("note", "list")
    therapist.do("note", "show", note["id"][:8])
    therapist.do("export", str(tmp_path / "out"))
    assert log_of(therapist)[before:] == [
        ("opened", name, "letters"),
        ("opened", name, "measures"),
        ("opened", None, "a search"),
        ("opened", None, "notes"),
        ("opened", name, f"note {note['id'][:12]}"),
        ("exported", None, "everything"),
    ]
    listed = therapist.do("audit", "list")
    assert "heron" not in listed.out
    assert {row["way"] for row in listed.rows} == {"command"}


def test_verify(people: TwoPeople) -> None:
    """A whole log is told with its mark, which is asked for later; a changed row is named, and the exit code is 1."""
    therapist = people.therapist
    whole = therapist.do("audit", "verify").row
    assert whole["sound"]
    assert whole["watched_outside"]
    therapist.do("messages", people.client.name)
    assert therapist.do("audit", "verify", "--mark", whole["mark"]).row["rows"] == whole["rows"] + 1
    wrong = f"{whole['rows']}-{'00' * 32}"
    refused = therapist.here("audit", "verify", "--mark", wrong)
    assert (refused.code, refused.row["number"]) == (1, whole["rows"])
    with therapist.vault() as vault:
        (detail,) = vault.database.all("SELECT detail FROM audit WHERE number = 1")[0]
        vault.database.run("UPDATE audit SET detail = 'passphrase' WHERE number = 1")
    found = therapist.here("audit", "verify")
    assert (found.code, found.row["number"], found.row["sound"]) == (1, 1, False)
    assert "row 1" in found.err
    assert len(found.err.splitlines()) == 1
    with therapist.vault() as vault:
        vault.database.run("UPDATE audit SET detail = ? WHERE number = 1", (detail,))
    assert therapist.do("audit", "verify").row["sound"]


def test_a_client_has_none(people: TwoPeople) -> None:
    """A client's vault keeps no log, and it is said so."""
    for words in (("list",), ("verify",)):
        done = people.client.here("audit", *words)
        assert done.code == 1
        assert "therapist" in done.err
