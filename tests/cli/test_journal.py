"""journal add, list, show, edit, erase, prompts, import, export: exit codes and JSON as scripts rely on them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import NOWHERE
from tests.two_people import Person, new_person
from therapy_tui.cli import prompts
from therapy_tui.services import checkins
from therapy_tui.services.line import today as local_day

FIELDS = ["id", "date", "mood", "tags", "prompt", "text", "versions", "shared"]
REPORT = {"taken", "left", "existing", "reasons"}
NASTY = "csi \x9b31m, override \u202eabc\u202c, escape \x1b[2J, 👩🏽\u200d🦰"


@pytest.fixture(scope="module")
def rosa(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Somebody whose pages the tests of this module add to."""
    return new_person("Rosa", "client", tmp_path_factory.mktemp("rosa") / "home", "--relay", NOWHERE)


@pytest.fixture
def alone(tmp_path: Path) -> Person:
    """Somebody without a page."""
    return new_person("Rosa", "client", tmp_path / "home", "--relay", NOWHERE)


def plain(person: Person) -> Person:
    """Give the same person without --json."""
    return Person(person.name, person.role, person.home, ())


def test_a_page_from_end_to_end(alone: Person) -> None:
    """A page is added, listed, shown, edited and erased; the promised fields come first, in their order."""
    words = ("--date", "2026-11-17", "--mood", "6", "--tag", "#walk", "--tag", "two words")
    added = alone.do("journal", "add", *words, "We went out.").row
    assert list(added)[: len(FIELDS)] == FIELDS
    assert (added["date"], added["mood"], added["tags"]) == ("2026-11-17", 6, ["walk", "two words"])
    assert (added["prompt"], added["shared"], added["versions"], added["text"]) == (None, False, 0, "We went out.")
    assert len(added["id"]) == 32
    assert alone.do("journal", "list").rows == [added]
    assert alone.do("journal", "show", added["id"][:12]).row == added
    edited = alone.do("journal", "edit", added["id"], "-", "--mood", "0", stdin="We stayed in.\n").row
    assert (edited["text"], edited["mood"], edited["versions"]) == ("We stayed in.", None, 1)
    now, before = alone.do("journal", "show", added["id"], "--versions").rows
    assert (now, before["text"], list(before)[: len(FIELDS)]) == (edited, "We went out.", FIELDS)
    assert alone.do("journal", "erase", added["id"]).row["id"] == added["id"]
    assert alone.do("journal", "list").rows == []
    assert alone.here("journal", "show", added["id"]).code == 1


@pytest.mark.parametrize(
    ("given", "kept"), [("one\n", "one"), ("two\n\n", "two\n"), (" three \r\n", " three \r"), ("four", "four")]
)
def test_one_line_end_of_standard_input_is_dropped(rosa: Person, given: str, kept: str) -> None:
    """With `-` exactly one trailing newline goes, and nothing else is changed."""
    assert rosa.do("journal", "add", "-", stdin=given).row["text"] == kept


def test_the_list_is_bounded_and_in_order(alone: Person) -> None:
    """Pages come the oldest first, between two days, with a tag in any case of letters."""
    for day, tag in (("2026-11-17", "Walk"), ("1660-01-11", "home"), ("2090-02-03", "walk"), ("2026-11-18", "home")):
        alone.do("journal", "add", "--date", day, "--tag", tag, f"of {day}")

    def listed(*words: str) -> list[str]:
        return [row["date"] for row in alone.do("journal", "list", *words).rows]

    assert listed() == ["1660-01-11", "2026-11-17", "2026-11-18", "2090-02-03"]
    assert listed("--from", "2026-11-17", "--to", "2026-11-18") == ["2026-11-17", "2026-11-18"]
    assert listed("--tag", "#WALK") == ["2026-11-17", "2090-02-03"]
    assert listed("--tag", "none") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", ""), 1),
        (("add", " \n"), 1),
        (("add", "--date", "2026-02-30", "a"), 1),
        (("add", "--date", "2026-W47-2", "a"), 1),
        (("add", "--mood", "11", "a"), 2),
        (("add", "--tag", "x" * 41, "a"), 1),
        (("list", "--from", "soon"), 1),
        (("show", "00000000"), 1),
        (("show", "\udc80"), 1),
        (("edit", "00000000", "a"), 1),
        (("edit", "00000000"), 1),
        (("erase", "0"), 1),
        (("prompts", "--approach", "none"), 1),
        (("import", "/nowhere"), 1),
        (("import", "/nowhere", "--format", "odd"), 2),
        (("export", "/nowhere/at/all"), 1),
        (("unknown",), 2),
    ],
)
def test_what_is_refused(rosa: Person, words: tuple[str, ...], code: int) -> None:
    """What cannot be done ends with 1 and one sentence, wrong usage with 2, and neither prints a row."""
    done = rosa.here("journal", *words)
    assert (done.code, done.out) == (code, "")
    assert done.err.strip()
    if code == 1:
        assert done.err.strip().splitlines()[-1].endswith(".")


def test_bytes_that_are_no_text(rosa: Person) -> None:
    """What is no UTF-8 is refused, and it says where."""
    before = len(rosa.do("journal", "list").rows)
    done = rosa.here("journal", "add", "caf\udce9")
    assert (done.code, "Character 4" in done.err) == (1, True)
    assert len(rosa.do("journal", "list").rows) == before


def test_one_word_is_one_word(alone: Person) -> None:
    """A page of one word is told as such."""
    assert "1 word." in plain(alone).do("journal", "add", "-", stdin="Tired.").out
    assert "(1 word)" in plain(alone).do("journal", "list").out


def test_json_is_ascii_and_plain_is_harmless(alone: Person) -> None:
    """JSON holds what was written in ASCII; the same page in plain lines has nothing that steers a terminal."""
    row = alone.do("journal", "add", "--tag", "\u202etag", "-", stdin=NASTY).row
    shown = alone.do("journal", "list")
    assert shown.out.isascii()
    assert shown.row["text"] == NASTY
    for words in (("list",), ("show", row["id"])):
        out = plain(alone).do("journal", *words).out
        assert not any(each in out for each in ("\x1b", "\x9b", "\u202e"))
        assert "override" in out


def test_a_shared_machine(tmp_path: Path) -> None:
    """Where others use the machine a page is refused as an argument, with how to give it, and taken from `-`."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery\n")
    file.chmod(0o600)
    person = Person("Cleo", "client", home, ("--json", "--passphrase-file", str(file)))
    person.do("init", "--role", "client", "--name", "Cleo", "--relay", NOWHERE, "--shared-machine")
    done = person.here("journal", "add", "In the open.")
    assert (done.code, done.out) == (1, "")
    assert "journal add -" in done.err
    assert "In the open" not in done.err
    row = person.do("journal", "add", "-", stdin="In private.").row
    assert row["text"] == "In private."
    done = person.here("journal", "edit", row["id"][:8], "In the open.")
    assert (done.code, f"journal edit {row['id'][:8]} -" in done.err) == (1, True)
    assert person.do("journal", "edit", row["id"], "--mood", "4").row["mood"] == 4
    assert [each["text"] for each in person.do("journal", "list").rows] == ["In private."]


def test_prompts(alone: Person) -> None:
    """All prompts are listed, those of an approach alone, and the one of today is one and stays."""
    rows = alone.do("journal", "prompts").rows
    assert len(rows) >= 150
    assert all(row.keys() >= {"id", "approach", "weight", "text"} for row in rows)
    approach = rows[0]["approach"]
    some = alone.do("journal", "prompts", "--approach", approach).rows
    assert some == [row for row in rows if row["approach"] == approach]
    today = alone.do("journal", "prompts", "--today").row
    assert today in rows
    assert alone.do("journal", "prompts", "--today").row == today


def test_the_prompt_of_today_is_light_on_a_hard_day(alone: Person) -> None:
    """What was said lately counts for the command too: after a low number the prompt is a light one."""
    alone.do("checkin", "2")
    today = date.fromisoformat(local_day())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkins, "RECENT_DAYS", 30)
        for number in range(12):
            patch.setattr(prompts, "local_day", (today + timedelta(days=number)).isoformat)
            assert alone.do("journal", "prompts", "--today").row["weight"] == "light"


def test_prompts_of_ones_own(alone: Person) -> None:
    """One is added by words or from standard input, is listed first and marked, and is erased by its id."""
    first = alone.do("journal", "prompts", "--add", "What would I tell a friend?", "--weight", "light").row
    second = alone.do("journal", "prompts", "--add", "-", stdin="What is\nnot said?\n").row
    assert (first["weight"], first["approach"], first["own"], first["source"]) == ("light", "own", True, "your own")
    assert (second["text"], second["weight"]) == ("What is not said?", "middle")
    rows = alone.do("journal", "prompts").rows
    assert {row["id"] for row in rows if row["own"]} == {first["id"], second["id"]} == {row["id"] for row in rows[:2]}
    assert "What is not said?  (your own)" in plain(alone).do("journal", "prompts").out
    assert len(alone.do("journal", "prompts", "--approach", "own").rows) == 2
    assert alone.do("journal", "prompts", "--erase", first["id"][:16]).row["text"] == first["text"]
    assert alone.do("journal", "prompts", "--approach", "own").rows == [second]
    for words, code in (
        (("--erase", first["id"]), 1),
        (("--erase", "grief-01"), 1),
        (("--add", "a" * 281), 1),
        (("--add", " "), 1),
        (("--add", "a", "--today"), 2),
    ):
        assert alone.here("journal", "prompts", *words).code == code, words
    assert alone.do("journal", "prompts", "--approach", "own").rows == [second]


def test_a_shared_machine_takes_no_question_as_an_argument(tmp_path: Path) -> None:
    """With --shared-machine a question comes from standard input only, and the refusal says so."""
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery\n")
    file.chmod(0o600)
    person = Person("Rosa", "client", tmp_path / "home", ("--json", "--passphrase-file", str(file)))
    person.do("init", "--role", "client", "--name", "Rosa", "--relay", NOWHERE, "--shared-machine")
    done = person.here("journal", "prompts", "--add", "seen by others")
    assert (done.code, "prompts --add -" in done.err) == (1, True)
    assert person.do("journal", "prompts", "--add", "-", stdin="not seen").row["text"] == "not seen"


def test_import_says_what_it_did(alone: Person, tmp_path: Path) -> None:
    """An import tells what it took, what was here, what it left and why; twice doubles nothing."""
    diary = tmp_path / "diary.jsonl"
    lines = [
        {"date": "1660-01-11", "text": "one"},
        {"date": "soon", "text": "two"},
        {"date": "2090-02-03", "text": "\x1b"},
    ]
    diary.write_text("".join(json.dumps(each) + "\n" for each in lines))
    first = alone.do("journal", "import", str(diary)).row
    assert first.keys() == REPORT
    assert (first["taken"], first["existing"], first["left"]) == (2, 0, 1)
    assert first["reasons"][0].startswith("line 2: ")
    second = alone.do("journal", "import", str(diary), "--format", "lines").row
    assert (second["taken"], second["existing"], second["left"]) == (0, 2, 1)
    out = plain(alone).do("journal", "import", str(diary)).out
    assert "0 taken, 2 here already, 1 left." in out
    assert "Left: line 2: 'soon' is no day. Days are written like 2026-11-17." in out


@pytest.mark.parametrize("form", [(), ("--format", "markdown"), ("--format", "jrnl"), ("--format", "jrnl-text")])
def test_export_says_that_it_is_in_clear(alone: Person, tmp_path: Path, form: tuple[str, ...]) -> None:
    """An export says beforehand that it is in clear, what it wrote and where; there again, it is refused."""
    alone.do("journal", "add", "--date", "2026-11-17", "We went out.")
    target = tmp_path / "out"
    done = alone.do("journal", "export", *form, str(target))
    assert "in clear" in done.err
    assert done.row == {"written": 1, "target": str(target)}
    again = alone.here("journal", "export", *form, str(target))
    assert (again.code, again.out) == (1, "")
    assert "written over" in again.err


@pytest.mark.parametrize("form", ["lines", "markdown"])
def test_an_import_of_nothing_is_no_success(alone: Person, tmp_path: Path, form: str) -> None:
    """Where no page could be read of a file each reason is told, and the command fails and says what to try."""
    (tmp_path / "letter.txt").write_text("Dear diary\n")
    done = alone.here("journal", "import", str(tmp_path / "letter.txt"), "--format", form)
    assert (done.code, done.row["taken"], done.row["left"]) == (1, 0, 1)
    assert done.row["reasons"]
    assert "Nothing was taken" in done.err
    assert "--format" in done.err
