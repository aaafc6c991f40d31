"""Close this process to its neighbours: no core dump, no debugger, files for the owner only, no telltale variables."""

import contextlib
import ctypes
import faulthandler
import os
import resource
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import NamedTuple

__all__ = ["Hardening", "drop_variables", "free_memory", "harden"]

_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4
_MEMORY = Path("/proc/meminfo")
_KIBIBYTE = 1024

_DROPPED_PREFIX = "TEXTUAL"
"""Textual writes logs and screenshots, types keys and loads another driver when its variables say so."""
_DROPPED = (
    # TLS libraries write the keys of every connection into this file.
    "SSLKEYLOGFILE",
    # Python opens a prompt inside the program, runs a file first, or stops in a debugger.
    "PYTHONINSPECT",
    "PYTHONSTARTUP",
    "PYTHONBREAKPOINT",
    # Python writes what it runs, holds or maps to standard error or to files.
    "PYTHONASYNCIODEBUG",
    "PYTHONDEBUG",
    "PYTHONDEVMODE",
    "PYTHONDUMPREFS",
    "PYTHONDUMPREFSFILE",
    "PYTHONFAULTHANDLER",
    "PYTHONMALLOCSTATS",
    "PYTHONPERFSUPPORT",
    "PYTHON_PERF_JIT_SUPPORT",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONTRACEMALLOC",
    "PYTHONVERBOSE",
)


class Hardening(NamedTuple):
    """What held on this machine."""

    undumpable: bool
    """No other process of this user may read our memory or attach to us (Linux only; root always may)."""
    no_core: bool
    """A crash writes no core file."""
    private_files: bool
    """New files are for their owner only (umask 077)."""
    dropped: tuple[str, ...]
    """The environment variables that were there and are dropped, sorted."""


def harden() -> Hardening:
    """Close this process; call it first of all, before Textual or a TLS library is imported.

    What the system has not (prctl outside Linux) is left out and reported; nothing is raised. A process started by
    another program has all but `undumpable` handed down, so each child calls this for itself.
    """
    undumpable, no_core = _set_undumpable(), _set_no_core()
    os.umask(0o077)
    faulthandler.disable()
    return Hardening(undumpable, no_core, private_files=True, dropped=drop_variables(os.environ))


def drop_variables(environment: MutableMapping[str, str]) -> tuple[str, ...]:
    """Drop the variables that make this program or its libraries tell what they hold; give their names, sorted."""
    dropped = sorted(name for name in environment if name in _DROPPED or name.startswith(_DROPPED_PREFIX))
    for name in dropped:
        del environment[name]
    return tuple(dropped)


def free_memory(table: Path = _MEMORY) -> int:
    """Tell how many bytes of memory programs may still take; 0 where it cannot be told."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in table.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * _KIBIBYTE
    with contextlib.suppress(OSError, ValueError):
        return max(0, os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return 0


def _set_undumpable() -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _set_no_core() -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
