"""The project speaks of itself only, and to people in a quiet voice."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules
from therapy_tui.tui.commands import TABLE, key_name

PAPERS = sorted(
    path
    for folder in ("docs", "themes", "therapy_tui", "tests", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".md", ".py", ".toml", ".sql", ".tcss", ".txt", ""} and path.is_file()
)
PAPERS += [ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md", "Makefile", "pyproject.toml")]
ELSEWHERE = re.compile("|".join(("the " + "issue\\b", "/work" + "/", "\\b" + "shared/", "/brief" + "/")))
"""Places and papers that whoever has only this project does not have."""
LINK = re.compile(r"\]\((?!https?:)([^)]+)\)")
LOUD = re.compile(r"[A-Za-z)]!(?:\s|$)")
SPELT = re.compile(r"\b(?:honor|favor|behavior|neighbor|cancel(?:ed|ing)|recogniz|organiz|apologiz)", re.IGNORECASE)


def found_in(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """Give what a pattern finds in a file."""
    return [f"{path.relative_to(ROOT)}: {each}" for each in pattern.findall(path.read_text("utf-8"))]


def test_elsewhere() -> None:
    """No file refers to a place or a paper outside this project."""
    assert [each for path in PAPERS if path != Path(__file__) for each in found_in(path, ELSEWHERE)] == []


def test_voice() -> None:
    """No sentence of the program shouts."""
    assert [f"{each.name}: {text}" for each in modules(PACKAGE) for text in each.strings() if LOUD.search(text)] == []


def test_spelling() -> None:
    """The papers are written in British spelling."""
    assert [each for path in PAPERS if path.suffix == ".md" for each in found_in(path, SPELT)] == []


def test_links() -> None:
    """Every file that a paper links to is there."""
    missing = []
    for path in PAPERS:
        if path.suffix == ".md":
            targets = (each.partition("#")[0] for each in LINK.findall(path.read_text("utf-8")))
            missing += [f"{path.name}: {each}" for each in targets if each and not (path.parent / each).exists()]
    assert missing == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("help", "`{}` is the help"),
        ("safety", "`{}` shows the crisis lines"),
        ("lock", "`{}` or `therapy-tui lock` locks"),
        ("seats", "`{}` changes seats"),
    ],
)
def test_keys_in_the_readme(command: str, said: str) -> None:
    """The README names the keys that the table of commands has."""
    (key,) = (key_name(each.keys) for each in TABLE if each.id == command)
    assert said.format(key.title() if "+" in key else key) in (ROOT / "README.md").read_text("utf-8")
