"""Time from start to the first usable screen, as a ratio to a bare Textual hello in the same interleaved run.

Run: python -m tests.benchmarks.bench_start [ROUNDS]
"""

import os
import pty
import random
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.keyring_session import keyring_session
from therapy_tui.config import find_folders
from therapy_tui.core.people import CLIENT
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import PassphraseWay
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, conversation, making, unlocking
from therapy_tui.services.making import NewProfile
from therapy_tui.store import contacts, slots

LETTERS = 200
HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello there")
Hello().run()
"""
PARAGRAPH = "I did the walk as we said. I hated the first ten minutes and then something let go, near the water. "


def seconds_until(marker: bytes, arguments: list[str], environment: Mapping[str, str]) -> float:
    """Give the seconds from the start of a program until it has drawn `marker`."""
    begun = time.perf_counter()
    pid, descriptor = pty.fork()
    if pid == 0:
        os.environ.clear()
        os.environ.update(environment)
        os.execv(arguments[0], arguments)  # noqa: S606 - a list, and no shell is wanted
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([descriptor], [], [], 20)
            if not ready:
                raise TimeoutError(seen[-300:])
            seen += os.read(descriptor, 65536)
        return time.perf_counter() - begun
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(descriptor)


def make_homes(folder: Path, environment: Mapping[str, str]) -> None:
    """Make a profile that the keyring opens, with letters in it, and one that a passphrase opens."""
    keyring = Keyring(environment=environment)
    for name in ("keyring", "passphrase"):
        folders = find_folders(folder / name, "default")
        identity = slots.new_profile_id(os.urandom)
        ways: list[object] = [PassphraseWay("made up passphrase", Cost())]
        if name == "keyring":
            ways = [access.new_keyring_way(identity, os.urandom, keyring)]
        making.create(folders, NewProfile(CLIENT, "Kit Made-up"), ways, identity, os.urandom, access.seconds)  # type: ignore[arg-type]  # ways are ways
        vault = unlocking.open_vault(folders, ways[0], os.urandom, access.seconds)  # type: ignore[arg-type]  # as above
        with vault.transaction() as database:
            contacts.add(database, b"12345678", "Dr. Made-up", 2, access.seconds())
        person = contacts.every(vault.database)[0]
        for number in range(LETTERS if name == "keyring" else 0):
            conversation.send(vault, person, f"Letter {number}. " + PARAGRAPH * (1 + number % 9))
        conversation.send(vault, person, "the last one here")
        vault.close()


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    program = [sys.executable, "-m", "therapy_tui"]
    with tempfile.TemporaryDirectory() as name, keyring_session(Path(name) / "session") as session:
        folder = Path(name)
        environment = {**session, "TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd()), "PATH": os.environ["PATH"]}
        make_homes(folder, environment)
        hello = folder / "hello.py"
        hello.write_text(HELLO)
        cases = {
            "bare Textual hello": (b"hello there", [sys.executable, str(hello)]),
            "Messages, 200 letters, keyring": (b"the last one here", [*program, "--home", str(folder / "keyring")]),
            "unlock screen, passphrase": (b"Locked", [*program, "--home", str(folder / "passphrase")]),
        }
        times: dict[str, list[float]] = {case: [] for case in cases}
        for _ in range(rounds + 1):
            # In another order each time, for what comes after a pause, or always after the same, has another speed.
            for case, (marker, arguments) in random.sample(sorted(cases.items()), len(cases)):
                times[case].append(seconds_until(marker, arguments, environment))
    base = statistics.median(times["bare Textual hello"][1:])
    print(f"{'':34} {'median ms':>10} {'ratio':>6}")
    for case, found in times.items():
        median = statistics.median(found[1:])
        print(f"{case:34} {1000 * median:10.0f} {median / base:6.2f}")


if __name__ == "__main__":
    main()
