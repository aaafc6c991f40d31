import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.keyring_session import PASSWORD, keyring_session, needs_keyring, session_environment
from tests.quick import later
from therapy_tui.errors import KeyringUnusable
from therapy_tui.keys import keyring_child
from therapy_tui.keys.keyring import FAILURES, Keyring, Operation, _arguments

BACKENDS = Path(__file__).parent / "backends"
SECRET = bytes(range(100, 132))


def with_backend(home: Path, name: str) -> dict[str, str]:
    """Give an environment in which the keyring library is set to this backend, by its own settings file."""
    environment = session_environment(home)
    folder = Path(environment["XDG_CONFIG_HOME"]) / "python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={name}\nkeyring-path={BACKENDS}\n")
    return environment


@pytest.fixture
def keyring_of(tmp_path: Path) -> Callable[..., Keyring]:
    def make(name: str, timeout: float = 10.0) -> Keyring:
        return Keyring(timeout, with_backend(tmp_path / "home", name))

    return make


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, or does soon; a zombie has."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if ") Z " not in Path(f"/proc/{pid}/stat").read_text():
                time.sleep(0.01)
                continue
        return True
    return False


def test_a_good_keyring_passes_the_probe(keyring_of: Callable[..., Keyring]) -> None:
    """A keyring that keeps, gives and deletes is usable, and the sentence says what else it means."""
    probe = keyring_of("fake_backends.Memory").probe(os.urandom)
    assert probe.usable
    assert probe.backend == "fake_backends.Memory"
    assert "Other programs that you run" in probe.sentence


def test_several_operations_in_one_child(keyring_of: Callable[..., Keyring]) -> None:
    """One child does all operations in order; a missing entry is None and deleting it is no error."""
    pending = keyring_of("fake_backends.Memory").begin(
        [
            Operation("set", "a", SECRET),
            Operation("set", "b", b""),
            Operation("get", "a"),
            Operation("get", "b"),
            Operation("delete", "a"),
            Operation("delete", "none"),
            Operation("get", "a"),
        ]
    )
    assert pending.result() == (None, None, SECRET, b"", None, None, None)


def test_a_noisy_backend_does_not_spoil_the_answer(keyring_of: Callable[..., Keyring]) -> None:
    """What a backend prints reaches neither the answer nor the terminal."""
    keyring_of("fake_backends.Noisy").set({"a": SECRET})


@pytest.mark.parametrize(
    ("backend", "failure"),
    [
        ("fake_backends.Locked", "locked"),
        ("fake_backends.Dismissed", "closed"),
        ("fake_backends.Full", "error"),
        ("fake_backends.Broken", "error"),
        ("fake_backends.Forgetful", "forgetful"),
        ("fake_backends.Plaintext", "unsafe"),
        ("fake_backends.Dying", "missing"),
        later("fake_backends.NotThere", "error"),
        later("keyring.backends.null.Keyring", "unsafe"),
        ("keyring.backends.fail.Keyring", "none"),
    ],
)
def test_each_failure_has_its_sentence(keyring_of: Callable[..., Keyring], backend: str, failure: str) -> None:
    """Each way to fail is told in its own words, at set-up and later, and no library's words come through."""
    keyring = keyring_of(backend)
    probe = keyring.probe(os.urandom)
    assert not probe.usable
    assert probe.sentence == f"{FAILURES[failure]}, so a passphrase will open your vault."
    with pytest.raises(KeyringUnusable) as refusal:
        keyring.set({"a": SECRET})
    assert str(refusal.value) == f"{FAILURES[failure]}, so a passphrase is needed."


def test_a_stubborn_entry_is_told(keyring_of: Callable[..., Keyring]) -> None:
    """Deleting fails aloud when the entry is still there."""
    keyring = keyring_of("fake_backends.Stubborn")
    keyring.delete(["a"])
    with pytest.raises(KeyringUnusable):
        keyring.begin([Operation("set", "a", SECRET), Operation("delete", "a")]).result()


def test_a_foreign_entry_is_told(keyring_of: Callable[..., Keyring]) -> None:
    """An entry that this program did not write is refused in words and not taken for a key."""
    with pytest.raises(KeyringUnusable, match="not one that therapy-tui wrote"):
        keyring_of("fake_backends.Foreign").get(["a"])


def test_a_mute_keyring_ends_in_time(keyring_of: Callable[..., Keyring], tmp_path: Path) -> None:
    """A keyring that never answers costs the time limit, not more; the child and what it started are gone."""
    keyring = keyring_of("fake_backends.Mute", timeout=5.0)
    started = time.monotonic()
    pending = keyring.begin([Operation("get", "a")])
    with pytest.raises(KeyringUnusable, match=r"did not answer within 5 seconds, so a passphrase"):
        pending.result()
    assert time.monotonic() - started < 30
    assert pending._process is not None
    assert is_gone(pending._process.pid)
    assert is_gone(int((tmp_path / "home/started").read_text()))


def test_the_time_runs_while_the_caller_does_other_things(keyring_of: Callable[..., Keyring]) -> None:
    """The limit counts from the beginning: asked late, a mute keyring is refused at once; so by a deadline."""
    keyring = keyring_of("fake_backends.Sleeper", timeout=0.3)
    pending = keyring.begin([Operation("get", "a")])
    time.sleep(0.3)
    for each in (pending, keyring.begin([Operation("get", "a")])):
        started = time.monotonic()
        with pytest.raises(KeyringUnusable):
            each.result(started + 0.05)
        assert time.monotonic() - started < 30


def test_a_child_ends_with_its_time_also_when_nobody_waits(tmp_path: Path) -> None:
    """A child whose parent was killed does not wait for a mute keyring for ever."""
    environment = with_backend(tmp_path / "home", "fake_backends.Sleeper")
    process = subprocess.Popen(_arguments(), env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    request = {"seconds": 0, "backend": "", "operations": [{"do": "get", "user": "a", "value": ""}]}
    process.communicate(json.dumps(request).encode(), timeout=60)
    assert process.returncode == -signal.SIGALRM


def test_the_secret_is_in_no_argument_and_no_variable(keyring_of: Callable[..., Keyring]) -> None:
    """While the child holds a secret, neither its arguments nor its environment show it in any spelling."""
    pending = keyring_of("fake_backends.Sleeper").begin([Operation("set", "a", SECRET), Operation("get", "a")])
    assert pending._process is not None
    folder = Path(f"/proc/{pending._process.pid}")
    # For a moment after a process has become another program, its arguments are empty.
    while not (shown := (folder / "cmdline").read_bytes()):
        time.sleep(0.001)
    # Once the child is hardened, only root may look at its environment.
    with contextlib.suppress(PermissionError):
        shown += (folder / "environ").read_bytes()
    control = b" ".join(str(each).encode() for each in (sys.executable, "-I"))
    pending.cancel()
    assert all(word in shown for word in control.split())
    spellings = (SECRET, SECRET.hex().encode(), base64.b64encode(SECRET), base64.urlsafe_b64encode(SECRET))
    assert not any(each.rstrip(b"=") in shown for each in spellings)


def test_a_cancelled_child_is_gone(keyring_of: Callable[..., Keyring]) -> None:
    """Cancelling ends the child, and doing it twice is no error."""
    pending = keyring_of("fake_backends.Sleeper").begin([Operation("get", "a")])
    pending.cancel()
    pending.cancel()
    assert pending._process is not None
    assert pending._process.returncode == -signal.SIGKILL


def test_no_python_to_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no child can be started, that is one sentence."""
    for executable in ("", str(tmp_path / "none")):
        monkeypatch.setattr(sys, "executable", executable)
        with pytest.raises(KeyringUnusable):
            Keyring().get(["a"])


def test_neither_the_folder_nor_the_path_mislead_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module laid into the current folder or PYTHONPATH under the keyring library's name is not run."""
    (tmp_path / "keyring.py").write_text(f"open({str(tmp_path / 'trapped')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    environment = with_backend(tmp_path / "home", "fake_backends.Memory") | {"PYTHONPATH": str(tmp_path)}
    assert Keyring(10.0, environment).probe(os.urandom).usable
    assert not (tmp_path / "trapped").exists()


def test_a_chain_is_its_first_trusted_member() -> None:
    """Of several keyrings in a chain the first that keeps secrets is used alone; a chain without one is refused."""

    def make(module: str, priority: float, **more: object) -> object:
        return type("Keyring", (), {"__module__": module, "priority": priority, **more})()

    safe, plain = make("keyring.backends.kwallet", 4), make("keyrings.alt.file", 9)
    weak = make("somewhere", 0.5)
    chain = make("keyring.backends.chainer", 10, backends=[plain, weak, safe])
    assert keyring_child._trusted(chain) is safe
    assert keyring_child._trusted(make("keyring.backends.chainer", 10, backends=[plain, weak])) is None
    assert keyring_child._trusted(plain) is None


@pytest.mark.keyring
@needs_keyring
def test_a_real_keyring_keeps_the_keys(tmp_path: Path) -> None:
    """In a session with an unlocked gnome-keyring the probe is right, and entries outlast the session."""
    home = tmp_path / "home"
    with keyring_session(home) as environment:
        keyring = Keyring(10.0, environment)
        probe = keyring.probe(os.urandom)
        assert probe.usable, probe.sentence
        assert probe.backend == "keyring.backends.SecretService.Keyring"
        keyring.set({"id:vault": SECRET, "id:notes": SECRET[::-1]})
    with keyring_session(home) as environment:
        keyring = Keyring(10.0, environment)
        assert keyring.get(["id:vault", "id:notes", "none"]) == {
            "id:vault": SECRET,
            "id:notes": SECRET[::-1],
            "none": None,
        }
        keyring.delete(["id:vault", "id:notes", "none"])
        assert keyring.get(["id:vault"]) == {"id:vault": None}


READ_DIRECTLY = """
import sys
from therapy_tui.keys.keyring_child import answer
asked = [{"do": "get", "user": user, "value": ""} for user in ("id:vault", "none")]
print(answer(asked, "keyring.backends.SecretService.Keyring")["values"], "keyring" in sys.modules)
"""


@pytest.mark.keyring
@needs_keyring
@pytest.mark.parametrize("unlock", [PASSWORD, None])
def test_a_keyring_that_answered_before(tmp_path: Path, unlock: str | None) -> None:
    """What the keyring's library wrote is read without loading it; where it is locked, the library says so."""
    home = tmp_path / "home"
    with keyring_session(home) as environment:
        Keyring(10.0, environment).set({"id:vault": SECRET})
    with keyring_session(home, unlock) as environment:
        arguments = [sys.executable, "-c", READ_DIRECTLY]
        done = subprocess.run(arguments, env=environment, check=True, capture_output=True, text=True)
    kept = base64.urlsafe_b64encode(SECRET).rstrip(b"=").decode()
    assert done.stdout.strip() == (f"[{kept!r}, None] False" if unlock else "[] True")


@pytest.mark.keyring
@needs_keyring
@pytest.mark.parametrize("unlock", [None, "another password"])
def test_a_real_keyring_that_stays_locked(tmp_path: Path, unlock: str | None) -> None:
    """A keyring that is locked, or was unlocked with a wrong password, is told as locked, in time."""
    home = tmp_path / "home"
    with keyring_session(home) as environment:
        Keyring(10.0, environment).set({"id:vault": SECRET})
    with keyring_session(home, unlock) as environment:
        started = time.monotonic()
        with pytest.raises(KeyringUnusable) as refusal:
            Keyring(environment=environment).get(["id:vault"])
        assert time.monotonic() - started < 30
    assert str(refusal.value) == f"{FAILURES['locked']}, so a passphrase is needed."


@pytest.mark.keyring
@needs_keyring
def test_a_keyring_that_was_never_made(tmp_path: Path) -> None:
    """A daemon that would have to ask for a new password, and has no screen to ask on, is told."""
    with keyring_session(tmp_path / "home", None) as environment:
        probe = Keyring(environment=environment).probe(os.urandom)
    assert probe.sentence == f"{FAILURES['closed']}, so a passphrase will open your vault."


@pytest.mark.keyring
@needs_keyring
def test_a_session_without_a_keyring(tmp_path: Path) -> None:
    """A session whose bus has no keyring, and a login without a session, both say that there is none."""
    with keyring_session(tmp_path / "home", daemon=False) as environment:
        first = Keyring(environment=environment).probe(os.urandom)
    second = Keyring(environment=session_environment(tmp_path / "home")).probe(os.urandom)
    assert first.sentence == second.sentence
    assert first.sentence.startswith("This machine has no keyring here (that is usual over SSH), so a passphrase")
