"""checkin: exit codes and JSON as scripts rely on them."""

from pathlib import Path

import pytest

from tests.two_people import Person, new_person

FIELDS = {"id", "at", "mood", "words", "text"}
NASTY = "csi \x9b31m, override \u202eabc\u202c, escape \x1b[2J"


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """A client alone."""
    return new_person("Cleo", "client", tmp_path / "home")


def test_one_is_kept_and_listed(person: Person) -> None:
    """`checkin MOOD` prints what it kept with exactly the promised fields, and the list has the same."""
    row = person.do("checkin", "6", "--words", "sad, on edge", "--text", "quieter after the walk").row
    assert row.keys() == FIELDS
    assert (row["mood"], row["words"], row["text"]) == (6, ["sad", "on edge"], "quieter after the walk")
    assert row["at"].endswith("Z")
    assert len(row["id"]) == 32
    assert person.do("checkin", "list").rows == [row]


def test_a_number_is_enough(person: Person) -> None:
    """Nothing but the number is needed, options may stand before it, and the oldest is listed first."""
    person.do("checkin", "3")
    person.do("checkin", "--words", "calm", "8")
    assert [(row["mood"], row["words"], row["text"]) for row in person.do("checkin", "list").rows] == [
        (3, [], ""),
        (8, ["calm"], ""),
    ]


@pytest.mark.parametrize(("given", "kept"), [("one\n", "one"), ("two\nlines\n\n", "two\nlines\n"), ("", "")])
def test_a_line_from_standard_input(person: Person, given: str, kept: str) -> None:
    """With `--text -` exactly one trailing newline goes, and nothing else is changed."""
    assert person.do("checkin", "5", "--text", "-", stdin=given).row["text"] == kept


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("0",), 1),
        (("11",), 1),
        (("--", "-1"), 1),
        (("six",), 2),
        (("5", "6"), 2),
        ((), 2),
        (("5", "--words", ",".join(map(str, range(13)))), 1),
        (("5", "--words", "x" * 41), 1),
        (("5", "--text", "x" * 2_001), 1),
        (("list", "--from", "yesterday"), 1),
    ],
)
def test_what_is_refused_leaves_nothing(person: Person, words: tuple[str, ...], code: int) -> None:
    """What cannot be kept ends with 1, wrong usage with 2, both say why, and nothing is kept."""
    done = person.here("checkin", *words)
    assert done.code == code
    assert done.err
    assert person.do("checkin", "list").rows == []


def test_a_range_of_days(person: Person) -> None:
    """A range that ended long ago has none, one that holds today has it."""
    person.do("checkin", "5")
    assert person.do("checkin", "list", "--to", "2020-01-01").rows == []
    assert len(person.do("checkin", "list", "--from", "2020-01-01", "--to", "9999-12-31").rows) == 1


def test_on_a_shared_machine_no_line_is_an_argument(tmp_path: Path, person: Person) -> None:
    """There the line comes from standard input only; the refusal says how, and keeps nothing."""
    del tmp_path
    settings = person.folders.settings
    settings.write_text("shared_machine = true\n")
    settings.chmod(0o600)
    refused = person.here("checkin", "5", "--text", "mine alone")
    assert refused.code == 1
    assert "--text -" in refused.err
    assert "mine alone" not in refused.err
    assert person.do("checkin", "list").rows == []
    assert person.do("checkin", "5", "--text", "-", stdin="mine alone").row["text"] == "mine alone"


def test_no_order_gets_to_the_terminal(person: Person) -> None:
    """JSON is ASCII and loses nothing; plain lines hold no control character or override."""
    done = person.do("checkin", "5", "--words", "a\x9bb", "--text", "-", stdin=NASTY)
    assert done.out.isascii()
    assert (done.row["text"], done.row["words"]) == (NASTY, ["a\x9bb"])
    plain = Person("Cleo", "client", person.home, ()).do("checkin", "list").out
    assert not any(each in plain for each in ("\x1b", "\x9b", "\u202e"))
    assert "override" in plain
