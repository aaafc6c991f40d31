"""An export that is ended from outside leaves nothing half of it in clear, or says where it is."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.two_people import PATIENCE, Person, ended, new_person

if TYPE_CHECKING:
    import subprocess

PAGES = 4_000


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Somebody with a journal that takes a while to be written out."""
    folder = tmp_path_factory.mktemp("writer")
    person = new_person("Kit", "client", folder / "home")
    rows = ({"date": f"2026-{1 + each % 12:02}-{1 + each % 28:02}", "text": f"Page {each}"} for each in range(PAGES))
    (folder / "diary.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
    person.do("journal", "import", str(folder / "diary.jsonl"))
    return person


@pytest.fixture(autouse=True)
def hears_of_a_cut_line() -> Iterator[None]:
    """Let what is started hear of SIGHUP, also where the tests were started by nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def begun(person: Person, target: Path, *words: str) -> "subprocess.Popen[bytes]":
    """Start a command that writes something out, and wait until some of it is there."""
    process = person.start(*words, str(target))
    until = time.monotonic() + PATIENCE
    while not any(target.parent.rglob("20*.md")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.005)
    return process


@pytest.mark.parametrize("words", [("export",), ("journal", "export")])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_half_is_left(writer: Person, tmp_path: Path, words: tuple[str, ...], number: signal.Signals) -> None:
    """Ctrl+C, a wish to end and a line that is cut all take away what was begun, and say so."""
    process = begun(writer, tmp_path / "out", *words)
    process.send_signal(number)
    done = ended(process)
    assert done.code == 130
    assert f"Stopped. Nothing of {tmp_path / 'out'} is left." in done.err
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_leaves_is_named(writer: Person, tmp_path: Path) -> None:
    """A part that a kill left does not look whole, and until it is removed the next export says where it is."""
    process = begun(writer, tmp_path / "out", "journal", "export")
    process.kill()
    ended(process)
    left = tmp_path / "out.unfinished"
    assert list(tmp_path.iterdir()) == [left]
    before = sorted(each.name for each in left.iterdir())
    done = writer.here("journal", "export", str(tmp_path / "out"))
    assert done.code == 1
    assert f"{left} is there: a part, in clear," in done.err
    assert sorted(each.name for each in left.iterdir()) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nowhere/out", "There is no folder {0}/nowhere. Make it first"),
        ("file/out", "Not a directory."),
        ("link", "{0}/link is there already. Nothing is ever written over"),
        ("o" * 300, "File name too long"),
    ],
)
@pytest.mark.parametrize("form", ["markdown", "jrnl"])
def test_a_place_that_will_not_do(writer: Person, tmp_path: Path, place: str, told: str, form: str) -> None:
    """A place where nothing can be made is refused in a sentence that says what to do, and nothing comes to be."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    done = writer.here("journal", "export", str(tmp_path / place), "--format", form)
    assert done.code == 1
    assert told.format(tmp_path) in done.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link"]
