"""A process that runs commands in children of its own, which may be made to die at a named point.

A child is forked from a process that has imported everything and drawn no random number yet: it costs no start of
Python, and chance in it is its own. (A fork of a process that uses the ratchets would repeat that process's random
numbers.)
"""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.two_people import ROOT, Done, Person

KILLED = -9
Words = tuple[str, ...]


class Driver:
    """Starts such a process, and ends it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.communicate(timeout=60)

    def begin(
        self, person: Person, jobs: Sequence[tuple[Words, str]], trap: tuple[str, str, int] | None = None
    ) -> None:
        """Run commands, each (words, standard input), one after another in one child.

        Args:
            person: whose.
            jobs: the commands.
            trap: (place, when, nth) of `tests.e2e.traps`; the child dies there.
        """
        assert self._process is not None
        assert self._process.stdin is not None
        order = {"home": str(person.home), "name": person.name, "role": person.role, "jobs": jobs, "trap": trap}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def result(self) -> tuple[int, list[Done]]:
        """Wait for the child; give 0 or minus the signal that ended it, and what the commands came to."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the driver has died"
        code, done = json.loads(line)
        return code, [Done(**each) for each in done]

    def attempt(self, person: Person, trap: tuple[str, str, int], *words: str, stdin: str = "") -> bool:
        """Run a command that dies at the trap; tell whether it came so far."""
        self.begin(person, [(words, stdin)], trap)
        code, done = self.result()
        assert code in {0, KILLED}, (trap, words, code)
        assert not done or done[0].code == 0, (trap, done)
        self.kills += code == KILLED
        return code == KILLED


def _serve() -> None:
    import therapy_tui.services.courier
    import therapy_tui.transport.http  # noqa: F401 - imported once, here, for all children

    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _work(order, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps([code, json.loads(told) if code == 0 else []]), flush=True)


def _work(order: dict[str, object], writing: int) -> None:
    """Be the child: set the trap, run the commands, tell what they came to."""
    from tests.e2e.traps import set_trap

    code = 98
    try:
        if order["trap"]:
            set_trap(*order["trap"])  # type: ignore[misc] # it is what `begin` was given
        person = Person(str(order["name"]), str(order["role"]), Path(str(order["home"])))
        done = [person.here(*words, stdin=stdin) for words, stdin in order["jobs"]]  # type: ignore[attr-defined] # as above
        os.write(writing, json.dumps([dataclasses.asdict(each) for each in done]).encode())
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
