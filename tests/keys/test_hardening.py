import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from therapy_tui.keys.hardening import drop_variables, free_memory

CODE = """
import ctypes, faulthandler, json, os, resource, sys
from therapy_tui.keys.hardening import harden
held = harden()
open(sys.argv[1], "w").close()
print(json.dumps({
    "held": [held.undumpable, held.no_core, held.private_files, list(held.dropped)],
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "mode": os.stat(sys.argv[1]).st_mode & 0o777,
    "faulthandler": faulthandler.is_enabled(),
    "environment": sorted(os.environ),
    "dumpable": ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
}))
"""
# Giving up root makes a process undumpable by itself, so that is undone first: the difference is then ours.
LOOKED_AT = """
import ctypes, os, sys
from therapy_tui.keys.hardening import harden
os.setgroups([]), os.setgid(65534), os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
if sys.argv[1]: harden()
print("up", flush=True)
sys.stdin.read()
"""
NEIGHBOUR = """
import os, sys
os.setgroups([]), os.setgid(65534), os.setuid(65534)
for name in ("environ", "mem"):
    try: open(f"/proc/{sys.argv[1]}/{name}", "rb").close(); print("read")
    except PermissionError: print("refused")
"""
TELLTALES = {"TEXTUAL_LOG": "x", "TEXTUAL": "debug", "SSLKEYLOGFILE": "x", "PYTHONFAULTHANDLER": "1"}


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_hardened_process(tmp_path: Path) -> None:
    """After hardening there is no core dump and no debugger, new files are private and telltale variables gone."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "file")],
        capture_output=True,
        check=True,
        env=os.environ | TELLTALES | {"PYTHONPATH": ":".join(sys.path)},
    )
    told = json.loads(done.stdout)
    assert told["held"] == [True, True, True, sorted(TELLTALES)]
    assert told["core"] == [0, 0]
    assert told["mode"] == 0o600
    assert told["faulthandler"] is False
    assert told["dumpable"] == 0
    assert not set(told["environment"]) & set(TELLTALES)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can become two other processes")
def test_another_process_of_the_same_person_reads_nothing() -> None:
    """A neighbour of the same user cannot read the memory or environment of a hardened process; unhardened, it can."""
    results = {}
    for harden in (False, True):
        with subprocess.Popen(
            [sys.executable, "-c", LOOKED_AT, "hardened" if harden else ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            words = [sys.executable, "-c", NEIGHBOUR, str(process.pid)]
            neighbour = subprocess.run(words, capture_output=True, check=False, text=True)
            process.kill()
        results[harden] = neighbour.stdout.split()
    assert results == {False: ["read", "read"], True: ["refused", "refused"]}


def test_only_telltale_variables_are_dropped() -> None:
    """Variables that choose a keyring or a language stay; those that make a library tell what it holds go."""
    kept = {"PYTHON_KEYRING_BACKEND": "x", "LANG": "C", "PATH": "/bin", "NO_COLOR": "1", "PYTHONPATH": "x"}
    environment = kept | TELLTALES | {"PYTHONINSPECT": "1", "TEXTUAL_SCREENSHOT": "1"}
    assert drop_variables(environment) == tuple(sorted({*TELLTALES, "PYTHONINSPECT", "TEXTUAL_SCREENSHOT"}))
    assert environment == kept


def test_free_memory(tmp_path: Path) -> None:
    """The kernel's own estimate is read; where there is none, the system is asked, and rubbish is no number."""
    table = tmp_path / "meminfo"
    table.write_text("MemTotal: 9 kB\nMemAvailable:    2048 kB\n")
    assert free_memory(table) == 2048 * 1024
    for text in ("MemAvailable: many kB\n", "MemAvailable:\n", ""):
        table.write_text(text)
        assert free_memory(table) > 2048 * 1024
    assert free_memory(tmp_path / "none") > 0
