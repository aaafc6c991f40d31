"""snippet: a therapist's own words, from the command line."""

import json
from pathlib import Path

from tests.two_people import new_person


def test_they_are_kept_listed_shown_and_erased(tmp_path: Path) -> None:
    """Added from standard input under a name that is free, found by it in any case, exported, and erased."""
    ines = new_person("Ines", "therapist", tmp_path / "home")
    kept = ines.do("snippet", "add", "Moving an hour", "-", stdin="Dear [name], is [day] good?\n").row
    assert (kept["name"], kept["blanks"]) == ("Moving an hour", ["[name]", "[day]"])
    assert ines.do("snippet", "list").rows == [kept]
    again = ines.here("snippet", "add", "moving an HOUR", "-", stdin="Other words.")
    assert (again.code, "has that name already" in again.err) == (1, True)
    empty = ines.here("snippet", "add", "Nothing", "-", stdin=" ")
    assert (empty.code, "nothing to keep" in empty.err) == (1, True)
    assert ines.do("snippet", "show", "moving an hour").row["text"] == "Dear [name], is [day] good?"
    assert ines.do("export", str(tmp_path / "out")).row["snippets"] == 1
    assert json.loads((tmp_path / "out" / "snippets.json").read_text())["text"] == "Dear [name], is [day] good?"
    assert "## Moving an hour\n\nDear [name]" in (tmp_path / "out" / "snippets.md").read_text()
    assert ines.do("snippet", "erase", kept["id"][:8]).row["name"] == "Moving an hour"
    assert ines.do("snippet", "list").rows == []
    gone = ines.here("snippet", "show", "moving an hour")
    assert (gone.code, "snippet list" in gone.err) == (1, True)


def test_a_client_has_none(tmp_path: Path) -> None:
    """Every one of them is refused in a client's profile, and nothing is kept."""
    kit = new_person("Kit", "client", tmp_path / "home")
    for command in (("list",), ("show", "a"), ("erase", "a"), ("add", "a", "-")):
        refused = kit.here("snippet", *command, stdin="b")
        assert (refused.code, "therapist" in refused.err) == (1, True)
