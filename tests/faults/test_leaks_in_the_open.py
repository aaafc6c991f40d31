"""The application at work in a real terminal: its words stay on the screen, also when it crashes or is killed."""

import resource
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from tests.faults.canaries import Watched, watched
from tests.terminal import ROOT, Terminal

if TYPE_CHECKING:
    from tests.leaks import Find

pytestmark = pytest.mark.campaign
LEAVE_THE_SCREEN = b"\x1b[?1049l"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Watched]:
    """Two people, both sides full of words to look for."""
    with watched(tmp_path) as people:
        people.write()
        yield people


def opened(people: Watched, fault: str = "none") -> Terminal:
    """Make the client's application, its home also being where it would dump core."""
    argv = [sys.executable, "-m", "tests.faults.start", fault, "--", "--home", str(people.client.home)]
    return Terminal(argv, {"TMPDIR": str(people.folder / "relay"), "TEXTUAL_LOG": str(people.folder / "relay" / "log")})


def unlock(terminal: Terminal) -> None:
    """Open the vault with its command."""
    terminal.wait("press enter")
    terminal.press("enter")
    terminal.wait("F1 help")


class Watch:
    """Looks again and again at what every process shows, in a thread of its own."""

    def __init__(self, people: Watched) -> None:
        self._people = people
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.found: set[Find] = set()
        self.looks = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            self.found |= self._people.hunt.processes()
            self.looks += 1


def left_behind(terminal: Terminal) -> bytes:
    """Give what reached the terminal after the application left its own screen: that is what stays to be read."""
    before, mark, after = bytes(terminal.output).rpartition(LEAVE_THE_SCREEN)
    assert mark, "the terminal's first screen was not given back"
    assert before
    return after


def test_at_work(people: Watched) -> None:
    """While somebody reads, writes, sends and locks, and after kill -9, no process, file or byte on the line tells."""
    with Watch(people) as watch, opened(people) as terminal:
        unlock(terminal)
        terminal.wait(people.hunt.words["answer"])
        terminal.wait(people.hunt.words["draft"])
        terminal.press("ctrl+d")
        terminal.wait("sent")
        terminal.type(people.sentence("letter"))
        terminal.press("f9")
        terminal.wait("Locked")
        assert people.hunt.bytes(terminal.text.encode(), "the lock") == set()
        terminal.press("enter")
        terminal.wait(people.hunt.words["letter"])
        assert people.found_at_home() == set()
        terminal.kill(signal.SIGKILL)
    assert watch.found == set()
    assert watch.looks > 3
    assert people.found_at_home() | people.found_outside() == set()
    assert people.hunt.bytes(terminal.title.encode(), "title") == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_an_end_from_outside(people: Watched, number: signal.Signals) -> None:
    """After an end by signal the terminal is as it was, holds no word, and the draft is kept."""
    with opened(people) as terminal:
        unlock(terminal)
        terminal.type(" and more")
        terminal.wait("and more")
        terminal.kill(number)
        assert terminal.code == 128 + number
        assert people.hunt.bytes(left_behind(terminal), "terminal", deep=True) == set()
    with opened(people) as terminal:
        unlock(terminal)
        terminal.wait("and more")


@pytest.mark.parametrize("fault", ["crash", "talkative crash"])
def test_a_crash(people: Watched, fault: str) -> None:
    """A crash with words in its locals tells its place only, with exit code 70; Textual's own way tells all."""
    with opened(people, fault) as terminal:
        unlock(terminal)
        terminal.wait(people.hunt.words["draft"])
        terminal.press("ctrl+t")
        terminal.wait_end()
        told = left_behind(terminal)
        found = people.hunt.bytes(told.replace(b"\r\n", b""), "terminal")
        if fault == "crash":
            assert terminal.code == 70
            assert b"RuntimeError in start.py" in told
            assert found == set()
        else:
            assert {each.word for each in found} == {"draft"}
    assert people.found_at_home() == set()


@pytest.mark.parametrize("fault", ["none", "soft"])
def test_a_core(people: Watched, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An abort writes no core file where the system would write one; without the hardening it does, with the words."""
    if Path("/proc/sys/kernel/core_pattern").read_text().startswith(("|", "/")):
        pytest.skip("this machine puts core files elsewhere")
    place = people.folder / "cores"
    place.mkdir()
    monkeypatch.chdir(place)
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard != resource.RLIM_INFINITY:
        pytest.skip("core files are limited here")
    terminal = opened(people, fault)
    terminal.argv = ("sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh", *terminal.argv)
    terminal.environment["PYTHONPATH"] = str(ROOT)
    with terminal:
        unlock(terminal)
        terminal.wait(people.hunt.words["draft"])
        terminal.kill(signal.SIGABRT)
        assert terminal.code == -signal.SIGABRT
    found = {each.word for each in people.hunt.folder(place)}
    assert ("draft" in found) is (fault == "soft")
    assert any(place.iterdir()) is (fault == "soft")
