"""The demo: two made-up people who write to each other, and nothing that stays."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import PROGRAM, Terminal
from therapy_tui.content.caseload import people
from therapy_tui.content.demo import CLIENT, THERAPIST, story
from therapy_tui.core.text import safe_name

DEMO = (*PROGRAM, "demo")
SOON = 60.0


def processes(folder: Path) -> list[int]:
    """Name the processes whose arguments or environment name a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            told = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in told:
            found.append(int(entry.name))
    return found


def wait_gone(folder: Path) -> None:
    """Wait until no process and no file of the demo is there."""
    end = time.monotonic() + SOON
    while (left := [*folder.iterdir()]) or (running := processes(folder)):
        assert time.monotonic() < end, (left, running)
        time.sleep(0.05)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Where temporary folders are made; empty at the end."""
    place = tmp_path / "temporary"
    place.mkdir()
    yield place
    wait_gone(place)


def open_kit(terminal: Terminal) -> None:
    """Go from the caseload to the letters of the one who has a seat."""
    terminal.wait("15 people")
    terminal.press("/")
    terminal.wait("enter to the list")
    terminal.type("Kit")
    terminal.wait("1 found")
    terminal.press("enter")
    terminal.wait("enter open")
    terminal.press("enter")
    terminal.wait("Letters   Kit (made up)")


def test_two_people_write(place: Path) -> None:
    """One writes as the client, changes seats, reads and answers as the therapist, and finds the answer back there."""
    with Terminal(DEMO, {"TMPDIR": str(place)}) as terminal:
        terminal.wait("All made up, gone when you leave. ctrl+x change seats.")
        assert "Dr Ash (made up)" in terminal.text.splitlines()[0]
        assert "new since you were here" in terminal.text
        terminal.type("The bus was late and I walked.")
        terminal.press("ctrl+d")
        terminal.wait("sent")
        terminal.press("ctrl+x")
        terminal.wait("You sit as Dr Ash (made up) now. The others here are made up too.")
        open_kit(terminal)
        terminal.wait("The bus was late and I walked.")
        terminal.type("I am glad you wrote.")
        terminal.press("ctrl+d", "ctrl+x")
        terminal.wait("You sit as Kit (made up) now.")
        terminal.wait("I am glad you wrote.")
        assert "Dr Ash (made up)" in terminal.text.splitlines()[0]
        terminal.press("f9")
        terminal.wait("press enter")
        terminal.press("enter")
        terminal.wait("I am glad you wrote.")
        assert len(processes(place)) >= 1
        terminal.kill(signal.SIGTERM)
        assert terminal.code == 128 + signal.SIGTERM


def test_therapist(place: Path) -> None:
    """With --as therapist one sits as the therapist, and the newest letter is the client's, unread."""
    with Terminal((*DEMO, "--as", "therapist"), {"TMPDIR": str(place)}) as terminal:
        terminal.wait("All made up")
        open_kit(terminal)
        terminal.wait("My sister comes at the weekend.")
        below = terminal.text.partition("new since you were here")[2]
        assert "My sister comes at the weekend." in below


@pytest.mark.campaign
def test_caseload(place: Path) -> None:
    """The therapist has fourteen others; what is written to one is sent, and nothing on the screen has failed."""
    with Terminal((*DEMO, "--as", "therapist"), {"TMPDIR": str(place)}, size=(100, 55)) as terminal:
        terminal.wait("All made up")
        terminal.wait("15 people, 8 need you")
        terminal.wait("nothing due")
        terminal.wait("Yan")
        assert [each.name for each in people() if each.name not in terminal.text] == []
        assert re.search(r"now ▌ Sol .*\n.*item 9 answered", terminal.text)
        assert re.search(r"2 h over   R. M.", terminal.text)
        terminal.press("enter")
        terminal.wait("Letters   Sol")
        terminal.type("I will ring at ten.")
        terminal.press("ctrl+d")
        terminal.wait("sent")
        assert "did not go" not in terminal.text


WHEN = ("at once", "in front of it")
NUMBERS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
ENDS = [
    pytest.param(
        when, number, id=f"{when}, {number.name}", marks=() if number is signal.SIGKILL else pytest.mark.campaign
    )
    for when in WHEN
    for number in NUMBERS
]


@pytest.mark.campaign
@pytest.mark.parametrize(("when", "number"), ENDS)
def test_nothing_stays(place: Path, number: signal.Signals, when: str) -> None:
    """However it is ended, also by kill -9 and also while it begins, no process and no file stays."""
    with Terminal(DEMO, {"TMPDIR": str(place)}) as terminal:
        if when == "at once":
            end = time.monotonic() + SOON
            while not [*place.glob("*/relay")] and time.monotonic() < end:
                time.sleep(0.01)
        else:
            terminal.wait("All made up")
            (folder,) = place.iterdir()
            assert {oct(each.stat().st_mode & 0o077) for each in folder.rglob("*")} == {"0o0"}
        terminal.kill(number)


def test_needs_nothing(place: Path, tmp_path: Path) -> None:
    """It works without HOME and keyring, beside a decoy of its own name, and writes in its temporary folder only."""
    decoy = tmp_path / "elsewhere"
    (decoy / "therapy_tui").mkdir(parents=True)
    (decoy / "therapy_tui" / "__init__.py").write_text("raise SystemExit('the wrong one')\n")
    bare = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"), "")
    started = f"import os, runpy, sys; os.chdir({str(decoy)!r}); runpy.run_module('therapy_tui', run_name='__main__')"
    before = {path: path.stat().st_mtime_ns for path in Path(os.environ["HOME"]).rglob("*")}
    with Terminal([sys.executable, "-P", "-c", started, "demo"], {**bare, "TMPDIR": str(place)}) as terminal:
        terminal.wait("All made up")
    assert {path: path.stat().st_mtime_ns for path in Path(os.environ["HOME"]).rglob("*")} == before


def test_no_terminal(place: Path) -> None:
    """Where there is no terminal it says so, and begins nothing."""
    with Terminal(["sh", "-c", f"TMPDIR={place} {' '.join(DEMO)} </dev/null; echo code $?"]) as terminal:
        terminal.wait("code 1")
        assert "The demo is drawn on a terminal" in terminal.text


@pytest.mark.parametrize("sits", [CLIENT, THERAPIST])
def test_story(sits: str) -> None:
    """Letters stand in order and end with one to whoever sits; names say that they are made up and fit the margin."""
    told = story(sits)
    times = [(-each.when.days_ago, each.when.hour, each.when.minute) for each in told.letters]
    assert times == sorted(times)
    assert times[-1][0] < 0
    assert told.letters[-1].role != sits
    assert {each.role for each in told.letters[-2:]} == {CLIENT, THERAPIST}
    assert all(told.letters[each.answers - 1].role != each.role for each in told.letters if each.answers)
    assert all(
        safe_name(name) == name and name.endswith("(made up)") and len(name) <= 16 for name in told.names.values()
    )
    assert not any(re.search("[!]", each.text) for each in told.letters)
