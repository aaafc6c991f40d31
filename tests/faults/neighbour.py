"""Somebody else on the machine who looks for words: `python -m tests.faults.neighbour PID`, the words as JSON on stdin.

Prints one JSON object: what was found where, and which doors into the process stood open.
"""

import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.leaks import Hunt

PTRACE_ATTACH, PTRACE_DETACH = 16, 17
MOST_BYTES = 64 * 1024 * 1024
FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/var/crash", "/var/lib/systemd/coredump")  # noqa: S108 - what others share


def memory(pid: int) -> Iterator[bytes]:
    """Give what can be read of a process's memory."""
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for line in maps:
            place, modes = line.split()[:2]
            start, end = (int(each, 16) for each in place.split("-"))
            if modes.startswith("r") and end - start <= MOST_BYTES:
                with contextlib.suppress(OSError, OverflowError):
                    file.seek(start)
                    yield file.read(end - start)


def attaches(pid: int) -> bool:
    """Tell whether a debugger could be attached."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(PTRACE_ATTACH, pid, None, None) != 0:
        return False
    os.waitpid(pid, 0x40000000)  # __WALL
    libc.ptrace(PTRACE_DETACH, pid, None, None)
    return True


def dumps(pid: int) -> bool:
    """Tell whether gcore could write the process's memory to a file."""
    if shutil.which("gcore") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gcore", "-o", f"{folder}/core", str(pid)], capture_output=True, check=False)
        return any(Path(folder).iterdir())


def files(folder: Path) -> Iterator[Path]:
    """Name every file that can be reached below a folder."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def look(pid: int, home: Path, words: dict[str, str]) -> dict[str, object]:
    """Look everywhere."""
    hunt = Hunt(words)
    found = hunt.processes()
    begun = Path(f"/proc/{pid}").stat().st_ctime
    for folder in (home, *map(Path, FOLDERS)):
        for path in files(folder):
            with contextlib.suppress(OSError):
                found |= hunt.bytes(os.fsencode(path), "a name")
                state = path.stat()
                # What has not changed since the program began cannot hold what was written in it.
                if path.is_file() and state.st_size <= MOST_BYTES and (folder == home or state.st_mtime >= begun - 1):
                    found |= hunt.bytes(path.read_bytes(), str(path))
    for table in ("unix", "tcp", "tcp6"):
        found |= hunt.bytes(Path(f"/proc/net/{table}").read_bytes(), table)
    doors = {name: _opens(pid, name) for name in ("environ", "maps", "mem", "auxv", "syscall", "stack")}
    in_memory: set[str] = set()
    with contextlib.suppress(OSError):
        for part in memory(pid):
            in_memory |= {name for name, word in words.items() if word.encode() in part}
    return {
        "found": sorted({f"{each.word} in {each.where} as {each.how}" for each in found}),
        "open": sorted(name for name, is_open in doors.items() if is_open),
        "memory": sorted(in_memory),
        "readable": sorted(str(path) for path in files(home / "letters") if os.access(path, os.R_OK)),
        "attached": attaches(pid),
        "dumped": dumps(pid),
    }


def _opens(pid: int, name: str) -> bool:
    try:
        with Path(f"/proc/{pid}/{name}").open("rb"):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    print(json.dumps(look(int(sys.argv[1]), Path(sys.argv[2]), json.load(sys.stdin))))
