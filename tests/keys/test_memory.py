"""The keyring of the demo, which is in this process's memory only."""

import random
import subprocess
from pathlib import Path

import pytest

from therapy_tui.keys.memory import MemoryKeyring


def test_it_is_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives back what it was given, forgets what is deleted, passes the probe, and starts no process."""
    monkeypatch.delattr(subprocess, "Popen")
    kept = MemoryKeyring()
    kept.set({"one": b"1", "two": b"2"})
    assert kept.get(["two", "one", "three"]) == {"two": b"2", "one": b"1", "three": None}
    kept.delete(["one", "three"])
    assert kept.get(["one", "two"]) == {"one": None, "two": b"2"}
    assert kept.probe(random.Random(1).randbytes).usable


def test_nothing_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them know nothing of each other, and nothing is written anywhere."""
    monkeypatch.chdir(tmp_path)
    one, other = MemoryKeyring(), MemoryKeyring()
    one.set({"name": b"kept"})
    assert other.get(["name"]) == {"name": None}
    assert [*tmp_path.iterdir()] == []
