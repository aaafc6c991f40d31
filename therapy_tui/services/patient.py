"""What `doctor` looks at, and what a look has shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from therapy_tui.config import Folders, Settings
from therapy_tui.keys.hardening import Hardening
from therapy_tui.keys.keyring import Probe
from therapy_tui.services.vault import Vault
from therapy_tui.store.database import Database


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look has shown."""

    name: str
    state: Literal["ok", "notice", "fault"]
    detail: str


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at. Nothing of it is content: no name, no letter and no key comes into a finding."""

    folders: Folders
    settings: Settings
    hardening: Hardening
    vault: Vault | None
    """The open vault, or None if it did not open."""
    notes: Callable[[], Database] | None
    """Opens the notes beside it by the same way in, and asks nobody; raises KeySlotError. None without a vault."""
    trouble: str
    """Why it did not."""
    ask: Callable[[str, bytes], bytes]
    """Carries a frame to a relay and gives the answer; raises `Unreachable`."""
    probe: Callable[[], Probe]
    """Tries the keyring."""
    random_bytes: Callable[[int], bytes]
    now: Callable[[], int]
    day: Callable[[], str]
    """Names the local day."""


def finding(name: str, wrong: str, right: str, state: Literal["notice", "fault"] = "fault") -> Finding:
    """Give what is wrong, as a notice or a fault; where that is empty, all is well."""
    return Finding(name, state, wrong) if wrong else Finding(name, "ok", right)
