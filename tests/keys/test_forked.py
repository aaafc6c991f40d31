"""The keyring asked by a copy of the starting program: it answers as a new process does, and holds nothing of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.keyring_session import keyring_session, needs_keyring
from tests.keys.test_keyring import is_gone, with_backend

HELD = ["/dev/null", "/dev/null", "/dev/null", "pipe"]
"""What a copy has open."""
SCRIPT = """
import json, os, sys, time
from pathlib import Path
from therapy_tui.errors import KeyringUnusable
from therapy_tui.keys.forked import Forked
from therapy_tui.keys.keyring import Keyring, Operation
def tell(value): print(json.dumps(value))
def ask(seconds=20.0, *operations):
    asked = operations or [Operation("set", "a", b"k" * 32), Operation("get", "a"), Operation("get", "none")]
    pending = Keyring(seconds).begin(list(asked), early=True)
    assert isinstance(pending._process, Forked)
    return pending
"""


def alone(environment: dict[str, str], code: str, folder: Path = ROOT) -> object:
    """Run code in a process of its own that has no threads, and give what it tells."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT + code],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def memory(tmp_path: Path) -> dict[str, str]:
    """An environment in which the keyring library keeps things in memory."""
    return with_backend(tmp_path / "home", "fake_backends.Memory")


@pytest.fixture
def mute(tmp_path: Path) -> dict[str, str]:
    """An environment in which the keyring never answers."""
    return with_backend(tmp_path / "home", "fake_backends.Sleeper")


def test_it_answers(memory: dict[str, str]) -> None:
    """The copy does the operations in their order and names the backend."""
    code = "pending = ask(); tell([str(pending.result()), pending.backend])"
    assert alone(memory, code) == [str((None, b"k" * 32, None)), "fake_backends.Memory"]


def test_a_failure_has_its_sentence(tmp_path: Path) -> None:
    """A keyring that keeps secrets in clear is refused by the copy too."""
    environment = with_backend(tmp_path / "home", "keyring.backends.null.Keyring")
    code = "\ntry: ask().result()\nexcept KeyringUnusable as error: tell(str(error))"
    assert "where others may read them" in str(alone(environment, code))


def test_a_mute_keyring_ends_in_time(mute: dict[str, str]) -> None:
    """The wait ends with the time that is given, and the copy is gone."""
    code = """
pending = ask(0.2)
try: pending.result()
except KeyringUnusable as error: tell([str(error), pending._process.returncode])
"""
    told = alone(mute, code)
    assert isinstance(told, list)
    assert "did not answer" in told[0]
    assert told[1] == -9


def test_it_ends_with_its_time_also_when_nobody_waits(mute: dict[str, str]) -> None:
    """A copy whose parent is gone does not wait for a mute keyring for ever."""
    pid = alone(mute, "tell(ask(0.2)._process.pid); sys.stdout.flush(); os._exit(0)")
    assert is_gone(int(str(pid)))


def test_cancelling_twice_is_no_error(mute: dict[str, str]) -> None:
    """A cancelled copy has ended, and nothing of it is left open."""
    code = """
before = len(os.listdir("/proc/self/fd"))
pending = ask(); pending.cancel(); pending.cancel()
tell([pending._process.returncode, len(os.listdir("/proc/self/fd")) - before])
"""
    assert alone(mute, code) == [-9, 0]


def test_it_holds_nothing_of_its_parent(mute: dict[str, str], tmp_path: Path) -> None:
    """The copy has neither our terminal nor an open file of ours, and leads a group of its own."""
    (tmp_path / "ours").write_text("a file that is open")
    code = f"""
ours = open({str(tmp_path / "ours")!r})
pending = ask()
pid = pending._process.pid
folder = Path(f"/proc/{{pid}}/fd")
def held():
    try: return sorted(os.readlink(folder / each).split(":")[0] for each in os.listdir(folder))
    except FileNotFoundError: return []
until = time.monotonic() + 20
while held() != {HELD} and time.monotonic() < until: time.sleep(0.001)
assert os.getpgid(pid) == pid
tell(held())
pending.cancel()
"""
    assert alone(mute, code) == HELD


def test_it_is_closed_to_its_neighbours(memory: dict[str, str]) -> None:
    """A copy of a hardened process is hardened: no debugger attaches and no core is written."""
    code = """
import ctypes
from therapy_tui.keys.hardening import harden
harden()
tell(Forked(lambda: str(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)).encode(), 20).communicate(20)[0].decode())
"""
    assert alone(memory, code) == "0"


def test_what_lies_in_the_folder_does_not_mislead_it(memory: dict[str, str], tmp_path: Path) -> None:
    """A module laid into the current folder or PYTHONPATH under the keyring library's name is not run by the copy."""
    (tmp_path / "keyring.py").write_text(f"open({str(tmp_path / 'trapped')!r}, 'w')")
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    code = "pending = ask(); pending.result(); tell(pending.backend)"
    assert alone({**memory, "PYTHONPATH": paths}, code, tmp_path) == "fake_backends.Memory"
    assert not (tmp_path / "trapped").exists()


def test_a_process_with_threads_is_not_copied(memory: dict[str, str]) -> None:
    """Once there are threads, the child is a new process."""
    code = """
import subprocess, threading
over = threading.Event(); threading.Thread(target=over.wait).start()
pending = Keyring().begin([Operation("get", "a")], early=True)
tell([isinstance(pending._process, subprocess.Popen), str(pending.result())]); over.set()
"""
    assert alone(memory, code) == [True, "(None,)"]


def test_where_no_copy_can_be_made(memory: dict[str, str]) -> None:
    """A system that gives no copy gets a new process instead, and nothing stays open of the attempt."""
    code = """
def refused(): raise BlockingIOError
os.fork = refused
before = len(os.listdir("/proc/self/fd"))
try: Forked(bytes, 5)
except BlockingIOError: tell(len(os.listdir("/proc/self/fd")) - before)
"""
    assert alone(memory, code) == 0
    code = """
import subprocess
from therapy_tui.keys import keyring
def refused(*_): raise BlockingIOError
keyring.Forked = refused
pending = Keyring().begin([Operation("get", "a")], early=True)
tell([isinstance(pending._process, subprocess.Popen), str(pending.result())])
"""
    assert alone(memory, code) == [True, "(None,)"]


@needs_keyring
def test_a_real_keyring(tmp_path: Path) -> None:
    """What a new process has written, the copy reads from a real keyring with the backend that answered before."""
    with keyring_session(tmp_path / "home") as environment:
        code = """
Keyring().set({"a": b"k" * 32})
pending = Keyring().begin([Operation("get", "a")], "keyring.backends.SecretService.Keyring", early=True)
tell([str(pending.result()), pending.backend])
"""
        assert alone(environment, code) == [str((b"k" * 32,)), "keyring.backends.SecretService.Keyring"]
