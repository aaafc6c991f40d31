"""The same over a real sshd behind a slow line, and an evening of letters: python -m tests.benchmarks.bench_ssh.

The line carries 2,400 and 300 bytes a second each way and takes 300 ms each way; what SSH adds to each packet counts,
what TCP and IP add does not. Needs root, who can make a user for it, and an sshd.
"""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.corpus import phrase
from tests.benchmarks.evening import evening
from tests.benchmarks.homes import LAST, PASSPHRASE, give_letters
from tests.benchmarks.runs import PATIENCE, go_reading, quick_pages
from tests.benchmarks.steps import Figures, Meter, median, passed, settle, step
from tests.benchmarks.subjects import PLAIN_TERMINAL, Subject
from tests.benchmarks.table import show
from tests.faults.line import Line, line
from tests.faults.slow_proxy import SlowProxy
from tests.outside.window import Window

DELAY = 0.3
"""Seconds each way."""
ALLOWED = 1.5
"""So many times what it takes without SSH, beside the delay, it may take with it."""
OWN = Subject("over SSH", LAST, lambda _: ([], {}), (), ("esc",), ("i",))
QUIET = 2.0
"""After so many seconds without a byte nothing more is waited for."""
ROWS = (("opened, s", "opened"), ("letter, s", "letter"), ("page, s", "page"), ("four quick pages, s", "four pages s"))
COUNTS = (
    ("letter, bytes down", "letter down"),
    ("letter, bytes up", "letter up"),
    ("page, bytes down", "page down"),
    ("four quick pages, in pages", "four pages"),
)


def measure(window: Window, count: Meter = passed) -> Figures:
    """Open the vault, type, and turn pages."""
    window.key(*PASSPHRASE)
    settle(window, QUIET, count)
    at = time.monotonic()
    window.key("enter")
    figures = {"opened": window.until_seen(LAST, PATIENCE) - at}
    settle(window, QUIET, count)
    letters = [step(window, each, quiet=1.5, count=count) for each in phrase(12)]
    figures["letter"] = median(each.seconds for each in letters)
    figures["letter down"] = median(each.down for each in letters)
    figures["letter up"] = median(each.up for each in letters)
    go_reading(window, OWN, QUIET, count)
    return figures | quick_pages(window, QUIET, count)


@contextlib.contextmanager
def without_ssh(ssh: Line, rate: float) -> Iterator[Window]:
    """Start the program as the same user behind a line of the same pace, without delay."""
    user = ssh.user
    argv = user.command(str(user.python), "-m", "therapy_tui", "--home", str(user.home / "letters"))
    with Window(argv, PLAIN_TERMINAL) as window:
        window.until_seen("Locked")
        window.rest(1.0)
        window.pace(rate, 0.0)
        yield window
    ssh.wait_without("therapy_tui")


@contextlib.contextmanager
def over_ssh(ssh: Line, proxy: SlowProxy, rate: float) -> Iterator[Window]:
    """Start it over SSH; the line is quick until the lock stands there."""
    proxy.pace(0, DELAY)
    with Window(ssh.through(proxy.port).command(ssh.there()), PLAIN_TERMINAL) as window:
        window.until_seen("Locked")
        window.rest(1.0)
        proxy.pace(rate, DELAY)
        yield window
        proxy.pace(0, 0)
        proxy.cut()
    ssh.wait_without("therapy_tui")


def compare(rate: float, far: Figures, near: Figures) -> str:
    """Write how both did, what was allowed, and what the bytes that SSH sends take on such a line at the least."""
    least = {key: 2 * DELAY + (far[f"{key} down"] + far.get(f"{key} up", 0)) / rate for key in ("letter", "page")}
    lines = [f"{f'{rate:,.0f} bytes a second':<32}{'target':>10}{'over SSH':>11} {'without':>11}{'at least':>12}"]
    for label, key in ROWS:
        target = ALLOWED * near[key] + 2 * DELAY
        star = "*" if far[key] > target else " "
        floor = f"{show(least[key]):>12}" if key in least else ""
        lines.append(f"{label:<32}{show(target):>10}{show(far[key]):>11}{star}{show(near[key]):>11}{floor}")
    lines += [f"{label:<42}{show(far[key]):>11} {show(near[key]):>11}" for label, key in COUNTS]
    return "\n".join(lines)


def main() -> None:
    """Print both tables and the evening, or why there are none."""
    try:
        with tempfile.TemporaryDirectory() as name, line(Path(name)) as ssh, SlowProxy(ssh.port) as proxy:
            for rate in (2400.0, 300.0):
                print(_both(ssh, proxy, rate) + "\n", flush=True)
            give_letters(ssh.user)
            print(evening(ssh, proxy))
    except pytest.skip.Exception as reason:
        print(f"not measured over SSH: {reason}")


def _both(ssh: Line, proxy: SlowProxy, rate: float) -> str:
    give_letters(ssh.user)
    with without_ssh(ssh, rate) as window:
        near = measure(window)
    give_letters(ssh.user)
    with over_ssh(ssh, proxy, rate) as window:
        far = measure(window, lambda _: proxy.passed)
    return compare(rate, far, near)


if __name__ == "__main__":
    main()
