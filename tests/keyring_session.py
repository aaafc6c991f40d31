"""A person's desktop session for tests: a D-Bus of its own, with a real gnome-keyring or without one."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

TOOLS = ("dbus-daemon", "dbus-send", "gnome-keyring-daemon")
needs_keyring = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="needs the Debian packages dbus and gnome-keyring"
)
PASSWORD = "login password"

# No folder of services: D-Bus itself must start nothing, neither a keyring nor a window that asks.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextlib.contextmanager
def keyring_session(home: Path, unlock: str | None = PASSWORD, *, daemon: bool = True) -> Iterator[dict[str, str]]:
    """Start a session in a throw-away home and end it by its processes' ids.

    Args:
        home: the person's home; a second session with it finds the keyring of the first.
        unlock: the password given to the daemon, which makes the keyring the first time; None leaves it locked.
        daemon: start gnome-keyring-daemon on the bus.

    Yields:
        The whole environment for a process of this session.
    """
    with contextlib.ExitStack() as stack:
        runtime = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="session-")))
        environment = session_environment(home) | {"XDG_RUNTIME_DIR": str(runtime)}
        (runtime / "bus.conf").write_text(_BUS.format(folder=runtime))
        bus = stack.enter_context(
            _running(
                ["dbus-daemon", f"--config-file={runtime / 'bus.conf'}", "--nofork", "--print-address=1"], environment
            )
        )
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        if daemon:
            words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
            keyring = stack.enter_context(_running([*words, *(["--unlock"] if unlock else [])], environment))
            assert keyring.stdin is not None
            keyring.stdin.write((unlock or "").encode())
            keyring.stdin.close()
            _wait_for_keyring(environment)
        yield environment


def session_environment(home: Path) -> dict[str, str]:
    """Give the environment of a login in `home` without any session: as over SSH."""
    home.mkdir(mode=0o700, exist_ok=True)
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
    }


@contextlib.contextmanager
def _running(words: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for_keyring(environment: dict[str, str]) -> None:
    ask = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
    ask += ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
    end = time.monotonic() + 60
    while time.monotonic() < end:
        done = subprocess.run(ask, env=environment, capture_output=True, check=False)
        if b"boolean true" in done.stdout:
            return
        time.sleep(0.02)
    raise TimeoutError("gnome-keyring-daemon did not come up")
