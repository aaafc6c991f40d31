"""The demo: a relay and two made-up people on this machine, in a folder that is gone afterwards."""

import asyncio
import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

import therapy_tui
from therapy_tui import errors
from therapy_tui.cli.desk import Desk

_KEEPER = """
import os, shutil, sys, tempfile, time
memory = "/dev/shm"
in_memory = "TMPDIR" not in os.environ and os.access(memory, os.W_OK | os.X_OK)
folder = tempfile.mkdtemp(prefix="therapy-tui-demo-", dir=memory if in_memory else None)
print(folder, flush=True)
sys.stdin.read()
for _ in range(200):
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.lexists(folder):
        break
    time.sleep(0.05)
"""
"""Makes the folder, and removes it when whoever started this has ended, in whatever way."""
_RELAY = """
import sys
ours, parent = sys.argv[1:3]
del sys.argv[1:3]
if ours not in sys.path:
    sys.path.insert(0, ours)
from therapy_tui.relay.parent import die_with
die_with(int(parent))
from therapy_tui.__main__ import main
main()
"""
"""Finds this very package, and ends with whoever started it also before the relay looks after that itself."""
START_SECONDS = 20.0
END_SECONDS = 5.0


@click.command()
@click.option(
    "--as",
    "sits",
    type=click.Choice(["client", "therapist"]),
    default="client",
    show_default=True,
    help="Who sits down first.",
)
@click.pass_context
def demo(ctx: click.Context, sits: str) -> None:
    """Try everything with made-up people, as a client or a therapist of fifteen; nothing is set up, nothing stays."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise errors.UsageError("The demo is drawn on a terminal, and there is none here.")
    if os.environ.get("TERM") == "dumb":
        from therapy_tui.cli.application import LINES_ONLY  # with what opens the application, only where it is said

        raise errors.UsageError(LINES_ONLY)
    ctx.exit(_run(ctx.obj, sits))


def _run(desk: Desk, sits: str) -> int:
    with _folder() as folder, _relay(folder) as relay:
        # All that takes its time is imported and made while the relay starts.
        import therapy_tui.transport.http  # noqa: F401 - as above
        from therapy_tui.cli.application import transport_for
        from therapy_tui.content.demo import THERAPIST, story
        from therapy_tui.services.caseload import Caseload
        from therapy_tui.services.demo import StoryClock, live_through, sit_down
        from therapy_tui.tui.app import run
        from therapy_tui.tui.demo import DemoApp
        from therapy_tui.tui.look import choose

        told, clock = story(sits), StoryClock(desk.now)
        seats = sit_down(folder, told, transport_for, desk.random, clock)
        asyncio.run(live_through(told, seats, _address(relay), clock))
        caseload = Caseload(seats[THERAPIST])
        first = seats.pop(sits)
        return run(DemoApp([first, *seats.values()], choose(""), caseload))


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder for this process alone, which is removed when the process ends, also when it is killed."""
    # A session of its own: what ends this terminal must not end it.
    keeper = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _KEEPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        folder = _line(keeper)
        if not folder:
            raise errors.LocalError("There is no folder for temporary files, so the demo cannot begin.")
        yield Path(folder)
    finally:
        if keeper.stdin is not None:
            keeper.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            keeper.wait(END_SECONDS)
        if keeper.stdout is not None:
            keeper.stdout.close()


@contextlib.contextmanager
def _relay(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a relay on loopback that ends with this process."""
    place = folder / "relay"
    place.mkdir(mode=0o700)
    ours = str(Path(therapy_tui.__file__).resolve().parents[1])
    named = ["--port", "0", "--database", str(place / "relay.db"), "--with-parent"]
    with (place / "relay.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _RELAY, ours, str(os.getpid()), "relay", "serve", *named],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=place,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _address(relay: "subprocess.Popen[bytes]") -> str:
    """Wait until the relay listens, and give where."""
    line = _line(relay)
    if not line:
        raise errors.LocalError("The demo's relay did not start.")
    return urlsplit(str(json.loads(line)["listening"])).netloc


def _line(process: "subprocess.Popen[bytes]") -> str:
    """Wait for the one line that a child prints; empty when it did not."""
    if process.stdout is None or not select.select([process.stdout], [], [], START_SECONDS)[0]:
        return ""
    return process.stdout.readline().decode().strip()
