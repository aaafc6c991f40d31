"""What tests find made: profiles, each made once in a process and copied from then on, and begun questionnaires."""

import functools
import random
import tempfile
from pathlib import Path

from therapy_tui.config import Folders, find_folders
from therapy_tui.crypto.slots import KeyringWay
from therapy_tui.services import making
from therapy_tui.services.making import NewProfile
from therapy_tui.services.vault import Vault
from therapy_tui.store import measures as responses
from therapy_tui.store import slots


def settle(folders: Folders, new: NewProfile, at: int) -> KeyringWay:
    """Put a profile made at this time into its place, and give what opens it; whoever has this name is one person."""
    folders.make()
    for name, content in _files(new, at).items():
        path = folders.data / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    return way_of(new)


@functools.cache
def _files(new: NewProfile, at: int) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as home:
        folders = find_folders(Path(home), "default")
        making.create(folders, new, [way_of(new)], "0" * 32, random.Random(7).randbytes, lambda: at)
        return {each.name: each.read_bytes() for each in folders.data.iterdir()}


def way_of(new: NewProfile) -> KeyringWay:
    """Give what opens a profile that `settle` put into its place."""
    return KeyringWay({each: (new.name + each).encode().ljust(32)[:32] for each in slots.DATABASES})


def begin_answering(vault: Vault, name: str, answers: responses.Answers) -> None:
    """Let some questions of a measure be answered, as if in an earlier sitting or in another window."""
    with vault.transaction() as database:
        responses.keep_begun(database, name, answers, vault.now())
