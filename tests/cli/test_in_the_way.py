"""Something else in the place of a file of ours: told in a sentence or passed over, and nothing waits for ever."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.two_people import Person

IN_THE_WAY = "Move it away; it is made again"
PLACES = {
    "data/default/slots.json": "is not a regular file",
    "data/default/vault.db": "is no file: a folder",
    "data/default/notes.db": "is no file: a folder",
    "state/default/epoch.json": "",
    "state/default/keyring": "",
    "state/default/courier": IN_THE_WAY,
    "state/default/present": IN_THE_WAY,
    "config/default.toml": "is not a regular file",
}
"""The files of a profile, with what is said where a folder or a pipe has their place; nothing where they do without."""

COMMANDS = {"notes.db": ("note", "list"), "courier": ("sync",), "default.toml": ("sync",)}
"""Which command needs it, where not all do."""


@pytest.mark.parametrize("put", [os.mkfifo, Path.mkdir])
@pytest.mark.parametrize("name", PLACES)
def test_it_is_told_and_nothing_hangs(alone: Person, name: str, put: Callable[[Path], None]) -> None:
    """A pipe that nobody writes into, or a folder, in the place of a file: each command ends, and it stays as it is."""
    path = alone.home / name
    if path.exists():
        path.rename(alone.home / "kept")
    put(path)
    command = COMMANDS.get(path.name, ("contacts",))
    done = alone.run(*command)
    said = PLACES[name] if put is Path.mkdir or PLACES[name] != IN_THE_WAY else ""
    assert done.code in {1, 3} if said or command == ("sync",) else done.code == 0, done
    assert said in done.err
    assert "Fault" not in done.err
    assert alone.run("doctor").code in {0, 1}
    if put is os.mkfifo:
        assert not said or path.is_fifo()
        path.unlink()
    else:
        shutil.rmtree(path)
    if (alone.home / "kept").exists():
        (alone.home / "kept").rename(path)
    assert alone.run("contacts").code == 0
