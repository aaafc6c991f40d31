"""note: add, list, show, sign, amend and verify, their shape, and what is refused."""

from pathlib import Path

from tests.cli.conftest import PASSPHRASE, by_passphrase
from tests.two_people import Person, TwoPeople
from therapy_tui.crypto.slots import PassphraseWay
from therapy_tui.services import access
from therapy_tui.store.database import open_database

FIELDS = ["id", "written_at", "contact", "format", "signed", "text"]
TEXT = "# Sleep first\n\nThen the post, naïvely.\n- \x1b[31mred\x1b[0m"


def test_added_listed_and_shown(alone: Person) -> None:
    """What is added on standard input comes back whole, by the list, oldest first, and by the beginning of its id."""
    first = alone.do("note", "add", "-", stdin=TEXT + "\n").row
    second = alone.do("note", "add", "Another.").row
    assert list(first) == FIELDS
    assert (first["contact"], first["format"], first["signed"], first["text"]) == (None, "free", None, TEXT)
    assert alone.do("note", "list").rows == [first, second]
    assert alone.do("note", "show", first["id"][:12]).row == first


def test_as_text_nothing_gives_orders(alone: Person) -> None:
    """Without JSON a note is shown with its words, and no control character of it reaches the terminal."""
    note = alone.do("note", "add", "-", "--hour", "2026-11-13 15:00", stdin=TEXT).row
    plain = Person(alone.name, alone.role, alone.home, alone.before[1:])
    shown, listed = plain.do("note", "show", note["id"]).out, plain.do("note", "list").out
    assert "hour of 2026-11-13 15:00" in shown
    assert "Then the post, naïvely." in shown
    assert "\x1b" not in shown + listed
    assert note["id"][:12] in listed


def test_about_a_letter(people: TwoPeople) -> None:
    """--message names the letter and so the person; --for names the person, and lists theirs alone."""
    client, name = people.client, people.therapist.name
    client.send(people.therapist, "A letter.")
    (letter,) = client.letters(people.therapist, "out")
    about = client.do("note", "add", "-", "--message", letter["id"], stdin="On that letter.").row
    client.do("note", "add", "-", stdin="On nobody.")
    both = client.do("note", "add", "-", "--for", name, "--message", letter["id"], stdin="On both.").row
    assert (about["contact"], both["contact"]) == (name, name)
    assert client.do("note", "list", "--for", name).rows == [about, both]
    assert len(client.do("note", "list").rows) == 3
    assert f"about letter {letter['id']}" in Person("", "", client.home, ()).do("note", "show", about["id"]).out


def test_what_is_refused(alone: Person) -> None:
    """No text, no such hour, letter, person or note: one sentence each, and nothing is kept."""
    for words in (
        ("add", " "),
        ("add", "text", "--hour", "tomorrow"),
        ("add", "text", "--message", "00" * 16),
        ("add", "text", "--message", "no id"),
        ("add", "text", "--for", "Nobody"),
        ("show", "00000000"),
    ):
        done = alone.here("note", *words)
        assert (done.code, done.out) == (1, ""), words
        assert done.err.count("\n") == 1
    assert alone.here("note", "add", "-", stdin="a" * 100_001).code == 1
    assert alone.do("note", "list").rows == []


def test_a_shared_machine_takes_no_text_as_an_argument(tmp_path: Path, cheap: None) -> None:
    """With --shared-machine a note is taken from standard input only, and the refusal says so."""
    del cheap
    person = by_passphrase(tmp_path)
    person.do("init", "--role", "therapist", "--name", "Dr Ash", "--shared-machine")
    done = person.here("note", "add", "seen by others")
    assert done.code == 1
    assert "note add -" in done.err
    assert person.do("note", "add", "-", stdin="not seen").row["text"] == "not seen"
    assert len(person.do("note", "list").rows) == 1


def test_a_wrong_passphrase_opens_no_note(alone: Person, tmp_path: Path) -> None:
    """With another passphrase nothing of a note is told."""
    alone.do("note", "add", "-", stdin="a heron stood there")
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n")
    wrong.chmod(0o600)
    done = Person(alone.name, alone.role, alone.home, ("--passphrase-file", str(wrong))).here("note", "list")
    assert (done.code, done.out) == (1, "")
    assert "heron" not in done.err


def test_in_a_format_with_what_is_said_of_the_hour(alone: Person) -> None:
    """A format, minutes, modality and codes are kept, and their fields follow where something stands in them."""
    said = ("--format", "DAP", "--minutes", "50", "--modality", "in writing", "--codes", "90834, F32.1")
    note = alone.do("note", "add", "-", *said, stdin="Slept.\n## Plan\nA call.").row
    assert list(note) == [*FIELDS, "minutes", "modality", "codes"]
    assert (note["format"], note["text"]) == ("dap", "## Data\n\nSlept.\n\n## Plan\n\nA call.")
    assert (note["minutes"], note["modality"], note["codes"]) == (50, "in writing", "90834, F32.1")
    shown = Person(alone.name, alone.role, alone.home, alone.before[1:]).do("note", "show", note["id"]).out
    assert "50 minutes, in writing, 90834, F32.1" in shown
    for wrong in (("--format", "coap"), ("--minutes", "an hour"), ("--minutes", "1441"), ("--codes", "x" * 121)):
        done = alone.here("note", "add", "-", *wrong, stdin="text")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_signed_added_to_and_verified(alone: Person) -> None:
    """A signed note has the time of its signing, takes what is added beneath it, and agrees."""
    note = alone.do("note", "add", "-", stdin="A note.").row
    assert alone.here("note", "amend", note["id"], "-", stdin="Too early.").code == 1
    signed = alone.do("note", "sign", note["id"][:12]).row
    assert signed["signed"] is not None
    assert alone.here("note", "sign", note["id"]).code == 1
    added = alone.do("note", "amend", note["id"], "-", stdin="Tuesday, not \x1b[31mMonday.").row
    assert [each["text"] for each in added["additions"]] == ["Tuesday, not \x1b[31mMonday."]
    assert added["additions"][0]["signed"] is not None
    assert alone.do("note", "list").rows == [signed]
    assert alone.do("note", "show", note["id"]).row == added
    rows = alone.do("note", "verify").rows
    assert [(each["number"], each["state"]) for each in rows] == [(1, "as it was signed"), (2, "as it was signed")]
    assert rows[1]["addition_to"] == note["id"]
    plain = Person(alone.name, alone.role, alone.home, alone.before[1:])
    shown, verified = plain.do("note", "show", note["id"]).out, plain.do("note", "verify").out
    assert "Added, signed" in shown
    assert "\x1b" not in shown
    assert "2 signed, each as it was signed." in verified


def test_what_was_altered_is_named_with_what_came_after(alone: Person) -> None:
    """A signed note that was altered in its file is named, those signed after it too, and the command fails."""
    ids = [alone.do("note", "add", "-", stdin=text).row["id"] for text in ("one", "two")]
    assert "Nothing was signed yet" in Person("", "", alone.home, alone.before[1:]).do("note", "verify").out
    for each in ids:
        alone.do("note", "sign", each)
    file = open_database(alone.folders.notes, access.keys_by(alone.folders, PassphraseWay(PASSPHRASE))["notes"])
    file.run("UPDATE notes SET text = 'other' WHERE id = ?", (bytes.fromhex(ids[0]),))
    file.close()
    done = Person("", "", alone.home, alone.before[1:]).here("note", "verify")
    assert done.code == 1
    assert f"{ids[0][:12]}  This note is not as it was signed on " in done.out
    assert f"Signed after it: {ids[1][:12]} on " in done.out
    assert "1 of 2 do not agree. Everything was left as it is." in done.err
    assert [each["state"] for each in alone.here("note", "verify").rows] == ["not as it was signed", "as it was signed"]
    told = alone.here("note", "show", ids[0])
    assert "not as it was signed" in told.err
    assert told.row["text"] == "other"
