"""A real relay in a process of its own, and a small signing caller, for every test that needs one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

_START = "from therapy_tui.cli.relay import relay; relay()"
_ROOT = Path(__file__).parent.parent


class RelayProcess:
    """A relay on loopback. It keeps its port when it is started again, and ends with the test process."""

    def __init__(self, database: Path, *options: str, limits: dict[str, float] | None = None) -> None:
        """Say where its mailboxes are.

        Args:
            database: the file; it is made when there is none.
            options: further options of `relay serve`.
            limits: changed limits; new mailboxes are not limited by address unless this says so.
        """
        self.database = database
        self.options = options
        self.limits = {"opens_an_hour": 1_000_000, **(limits or {})}
        self.port = 0
        self.errors = database.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        scheme = "https" if "--certificate" in self.options else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """Where it listens, as an invite names it: host and port."""
        return f"127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """Give the command line of the relay."""
        named = ["--port", str(self.port), "--database", str(self.database), f"--with-parent={os.getpid()}"]
        limits = [f"--limit={name}={number}" for name, number in self.limits.items()]
        return [sys.executable, "-c", _START, "serve", *named, *limits, *self.options]

    def environment(self) -> dict[str, str]:
        """Give the environment in which the relay finds this package."""
        return {**os.environ, "PYTHONPATH": str(_ROOT)}

    def start(self) -> str:
        """Start it and wait until it listens; give its URL."""
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                self.command(), stdout=subprocess.PIPE, stderr=errors, cwd=self.database.parent, env=self.environment()
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.errors.read_text()
        self.port = int(str(json.loads(line)["listening"]).rpartition(":")[2])
        return self.url

    def pids(self) -> list[int]:
        """Give the process numbers of the relay: the main process, then its workers."""
        assert self.process is not None
        main = self.process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *(int(child) for child in children)]

    def kill(self) -> None:
        """End all its processes without a warning."""
        assert self.process is not None
        for pid in reversed(self.pids()):
            os.kill(pid, signal.SIGKILL)
        self._wait(10)

    def stop(self, seconds: float = 15) -> None:
        """Ask it to end, and wait until it did."""
        assert self.process is not None
        self.process.terminate()
        self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.wait(seconds)
        self.process.stdout.close()
        self.process = None

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Kill it at the end, if it still runs then."""
        try:
            yield self
        finally:
            if self.process is not None:
                self.kill()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.running():
            pass
