"""plan: show, print."""

import stat
from pathlib import Path

from tests.two_people import Person
from therapy_tui.services import access, safety

LINES = ("I stop answering.", "", "The library.\nThe pool.")


def write(person: Person, *texts: str) -> None:
    """Write the first steps, as the application does."""
    passphrase = Path(person.before[2]).read_text().strip()
    vault = access.unlock_by_passphrase(person.folders, passphrase, bytes, access.seconds)
    for number, text in enumerate(texts):
        safety.keep(vault, safety.read(vault).steps[number], text, new_sitting=True)
    vault.close()


def plainly(person: Person, *words: str) -> str:
    """Run a command without JSON; give what it prints."""
    plain = Person(person.name, person.role, person.home, person.before[1:])
    return plain.do(*words).out


def test_none(alone: Person, tmp_path: Path) -> None:
    """Without a plan a person sees the numbers to call, and how to begin; there is nothing to print."""
    assert [row["text"] for row in alone.do("plan", "show").rows] == [""] * 6
    alone.folders.settings.write_text('country = "GB"\n')
    told = plainly(alone, "plan", "show")
    assert told.splitlines()[:3] == [
        "  Numbers to call",
        "",
        "         call now   999 or 112           life in danger, now, all services",
    ]
    assert "116 123" in told
    assert "United Kingdom, compiled" in told
    assert "F8 and then e" in told
    alone.folders.settings.write_text("")
    assert all(each in plainly(alone, "plan", "show") for each in ("112", "911", "999", "000", "111"))
    refused = alone.here("plan", "print", str(tmp_path / "plan.txt"))
    assert (refused.code, refused.out) == (1, "")
    assert not (tmp_path / "plan.txt").exists()


def test_show(alone: Person) -> None:
    """The steps come in their order with `step`, `text` and `changed_at`; for a person they are one page."""
    write(alone, *LINES)
    rows = alone.do("plan", "show").rows
    assert [(row["step"], row["text"]) for row in rows][:3] == list(enumerate(LINES, start=1))
    assert all(row.keys() >= {"step", "text", "changed_at"} for row in rows)
    assert [bool(row["changed_at"]) for row in rows] == [True, True, True, False, False, False]
    page = plainly(alone, "plan", "show").splitlines()
    assert len(page) <= 24
    assert all(len(line) <= 80 for line in page)
    assert "      I notice  1   I stop answering." in page
    assert "call now" in page[2]


def test_versions(alone: Person) -> None:
    """What a step was before follows the plan, when it is asked for."""
    write(alone, "one")
    write(alone, "two")
    assert [row["text"] for row in alone.do("plan", "show").rows[:1]] == ["two"]
    assert [row["text"] for row in alone.do("plan", "show", "--versions").rows[6:]] == ["one"]


def test_print(alone: Person, tmp_path: Path) -> None:
    """The page goes into a new private file that says itself that it is in clear; nothing is ever written over."""
    write(alone, *LINES)
    target = tmp_path / "plan.txt"
    done = alone.do("plan", "print", str(target))
    assert done.row["target"] == str(target)
    assert "in clear" in done.err
    page = target.read_text().splitlines()
    assert len(page) == done.row["written"] <= 24
    assert "in clear" in page[-1]
    assert "The pool." in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("mine")
    assert alone.here("plan", "print", str(target)).code == 1
    assert target.read_text() == "mine"


def test_what_is_beyond_the_page(alone: Person, tmp_path: Path) -> None:
    """Where one page has no room, the line is named, and the file holds it all the same."""
    write(alone, *["a\nb\nc"] * 6)
    done = alone.do("plan", "print", str(tmp_path / "plan.txt"))
    assert "Step 5, line 3 is beyond one page" in done.err
    assert (tmp_path / "plan.txt").read_text().count("   c\n") == 6


def test_settings_that_cannot_be_read_keep_no_plan_away(alone: Person) -> None:
    """The plan is shown with the numbers of the country that stands in the file; what is wrong there is told beside."""
    write(alone, *LINES)
    alone.folders.settings.write_text('country = "GB"\nthin = 5\n')
    plain = Person(alone.name, alone.role, alone.home, alone.before[1:])
    done = plain.do("plan", "show")
    assert "I stop answering." in done.out
    assert "116 123" in done.out
    assert "thin should be true or false" in done.err
