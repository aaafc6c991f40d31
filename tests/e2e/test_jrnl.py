"""The real jrnl, a program of somebody else's: its diary comes here word for word, and goes back to it."""

import json
import random
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.corpus import letter
from tests.two_people import Person, new_person

ENTRIES = 300
RELAY = "http://127.0.0.1:9"
CONFIG = """
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: ''
journals: {{default: {{journal: {journal}}}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: {version}
"""
Page = tuple[str, str, tuple[str, ...]]
"""Day, time and words."""


@dataclass(frozen=True, slots=True)
class Jrnl:
    """The program in an environment of its own, with one journal."""

    program: Path
    folder: Path

    def run(self, *words: str) -> str:
        """Run it to its end, and give what it prints."""
        return subprocess.run(
            [str(self.program), "--config-file", str(self.folder / "jrnl.yaml"), *words],
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=300,
        ).stdout

    def named(self, name: str) -> "Jrnl":
        """Give the same program with another journal, which is empty."""
        folder = self.folder.parent / name
        folder.mkdir()
        (folder / "journal.txt").touch()
        version = subprocess.run([str(self.program), "--version"], check=True, capture_output=True, text=True).stdout
        told = CONFIG.format(journal=folder / "journal.txt", version=version.split()[1])
        (folder / "jrnl.yaml").write_text(told)
        return Jrnl(self.program, folder)

    def pages(self) -> list[Page]:
        """Give what it has, by day and time."""
        found = json.loads(self.run("--format", "json"))["entries"]
        return sorted((each["date"], each["time"], words(f"{each['title']} {each['body']}")) for each in found)


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def entry(number: int) -> str:
    """Make an entry as jrnl's own file has it; in every form that it tells apart."""
    chance = random.Random(f"entry {number}")
    year = (1660, 1999, 2024, 2026, 2090)[number % 5]
    day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {number % 24:02}:{number % 60:02}"
    body = letter(number).replace("\N{RIGHT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK} \N{FOX FACE}")
    kinds = (
        body,
        f"A title of entry {number}\n{body}",
        f"A sentence of entry {number}. {body}",
        f"Entry {number} @walk and @m\u00fctter\n\n- one\n- two\n\n{body}",
        f"\u201cNumber {number}?\u201d she asked. {body}",
        f"Entry {number}\n [not a date] and [2026-01-01] in a line\n---\n{body}",
    )
    return f"[{day}] {kinds[number % len(kinds)]}\n"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install jrnl where nothing of ours is."""
    place = tmp_path_factory.mktemp("jrnl") / "venv"
    venv.create(place, with_pip=True, symlinks=True)
    install = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "jrnl>=4.6"]
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    return place / "bin" / "jrnl"


@pytest.fixture
def jrnl(program: Path, tmp_path: Path) -> Jrnl:
    """The program with an empty journal."""
    return Jrnl(program, tmp_path / "none").named("jrnl")


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody with an empty journal here."""
    return new_person("Rosa", "client", tmp_path / "home", "--relay", RELAY)


@pytest.mark.campaign
def test_a_diary_of_jrnls_comes_here_and_goes_back(jrnl: Jrnl, person: Person, tmp_path: Path) -> None:
    """Hundreds of entries come from jrnl and go back to it with every word, day and time; twice doubles nothing."""
    source = tmp_path / "source.txt"
    source.write_text("\n".join(entry(number) for number in range(ENTRIES)))
    jrnl.run("--import", "--file", str(source))
    theirs = jrnl.pages()
    assert len(theirs) == ENTRIES
    export = tmp_path / "export.json"
    export.write_text(jrnl.run("--format", "json"))

    taken = person.do("journal", "import", str(export)).row
    assert taken == {"taken": ENTRIES, "left": 0, "existing": 0, "reasons": []}
    assert person.do("journal", "import", str(export)).row["existing"] == ENTRIES
    ours = person.do("journal", "list").rows
    assert sorted((each["date"], words(each["text"])) for each in ours) == sorted(
        (day, said) for day, _, said in theirs
    )
    assert sum("m\u00fctter" in each["tags"] for each in ours) == ENTRIES // 6

    person.do("journal", "export", "--format", "jrnl", str(tmp_path / "ours.json"))
    made = json.loads((tmp_path / "ours.json").read_text())
    kept = sorted((each["date"], each["time"], words(f"{each['title']} {each['body']}")) for each in made["entries"])
    assert kept == theirs
    assert made["tags"] == json.loads(export.read_text())["tags"]

    person.do("journal", "export", "--format", "jrnl-text", str(tmp_path / "ours.txt"))
    back = jrnl.named("back")
    back.run("--import", "--file", str(tmp_path / "ours.txt"))
    assert back.pages() == theirs
    again = tmp_path / "again.json"
    again.write_text(back.run("--format", "json"))
    assert person.do("journal", "import", str(again)).row["existing"] == ENTRIES


@pytest.mark.campaign
def test_a_line_in_brackets_begins_no_entry_there(jrnl: Jrnl, person: Person, tmp_path: Path) -> None:
    """A page with lines that jrnl would take for the beginning of an entry arrives there as one, with every word."""
    text = "A page\n[2026-01-01 10:00] was when it began\n[yesterday] too\nand it ended."
    person.do("journal", "add", "--date", "2026-11-17", "-", stdin=text)
    person.do("journal", "export", "--format", "jrnl-text", str(tmp_path / "ours.txt"))
    jrnl.run("--import", "--file", str(tmp_path / "ours.txt"))
    ((day, _, said),) = jrnl.pages()
    assert (day, said) == ("2026-11-17", words(text))


@pytest.mark.campaign
def test_jrnl_reads_no_json(jrnl: Jrnl, person: Person, tmp_path: Path) -> None:
    """What jrnl exports it does not take in again itself, which is why there is a form in text beside its JSON."""
    person.do("journal", "add", "--date", "2020-11-17", "One. Two.")
    person.do("journal", "export", "--format", "jrnl", str(tmp_path / "ours.json"))
    jrnl.run("--import", "--file", str(tmp_path / "ours.json"))
    assert [day for day, _, _ in jrnl.pages()] != ["2020-11-17"]
