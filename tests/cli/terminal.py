"""A command on a terminal of its own: what it shows there, and what is typed into it."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.two_people import ROOT, Person

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it."""

    code: int
    terminal: str
    out: str
    err: str


def on_terminal(person: Person, *words: str, typed: Mapping[str, str] | None = None, stdin: str | None = None) -> Shown:
    """Run a command whose controlling terminal is a pty; standard output and error are pipes.

    Args:
        person: whose command.
        words: the command.
        typed: what is typed when a prompt has appeared: prompt to answer, each used once, in order.
        stdin: standard input; None is the terminal itself.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, os.ttyname(theirs), "-m", "therapy_tui", *person.arguments(*words)],
        stdin=theirs if stdin is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    if stdin is not None and process.stdin is not None:
        process.stdin.write(stdin.encode())
        process.stdin.close()
        process.stdin = None
    seen = _talk(ours, process, list((typed or {}).items()))
    out, err = process.communicate(timeout=PATIENCE)
    os.close(ours)
    return Shown(process.returncode, seen, out.decode(), err.decode())


# A new session takes the first terminal that it opens as its own; the program is started in the same process.
_RUN = "import os, sys; os.open(sys.argv[1], os.O_RDWR); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"


def _talk(terminal: int, process: "subprocess.Popen[bytes]", answers: list[tuple[str, str]]) -> str:
    """Read the terminal until the process has ended, and answer what it asks."""
    seen, searched = b"", 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ended = process.poll() is not None
        ready, _, _ = select.select([terminal], [], [], 0.05)
        if ready:
            try:
                seen += os.read(terminal, 65_536)
            except OSError:  # the last one who had it open has closed it
                break
        elif ended:
            break
        if answers and (place := seen.find(answers[0][0].encode(), searched)) >= 0:
            searched = place + 1
            os.write(terminal, answers.pop(0)[1].encode())
    else:
        process.kill()
    return seen.decode()
