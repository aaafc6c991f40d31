"""The relay is blind at run time too: what it loads holds nothing that could open a letter."""

import json
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

LIST = "import {name}, json, sys; print(json.dumps(sorted(sys.modules)))"
FORBIDDEN = {
    "apsw", "brotli", "cryptography", "httpx", "keyring", "mnemonic", "rich", "segno", "textual", "vodozemac",
    "therapy_tui.content", "therapy_tui.crypto", "therapy_tui.keys", "therapy_tui.services", "therapy_tui.store",
    "therapy_tui.transport", "therapy_tui.tui",
}  # fmt: skip


def loaded(name: str) -> set[str]:
    """Import one module in a fresh process and name all that is loaded then."""
    done = subprocess.run(
        [sys.executable, "-c", LIST.format(name=name)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("name", ["app", "worker", "serve", "store.sqlite"])
def test_relay(name: str) -> None:
    """Importing the relay loads no code that decrypts, no vault and no interface."""
    modules = loaded(f"therapy_tui.relay.{name}")
    assert f"therapy_tui.relay.{name}" in modules
    assert modules & FORBIDDEN == set()


def test_the_proof_can_fail() -> None:
    """The same look at the application's own floors finds what must not be in the relay."""
    assert {"vodozemac", "therapy_tui.crypto"} <= loaded("therapy_tui.crypto.ratchet")
    assert {"apsw", "therapy_tui.store"} <= loaded("therapy_tui.store.database")


def test_the_command_line_starts_light() -> None:
    """The help and the version are shown without loading the interface, the vault, the line or the cryptography."""
    heavy = {"apsw", "cryptography", "granian", "httpx", "keyring", "rich", "starlette", "textual", "vodozemac"}
    assert loaded("therapy_tui.cli.main") & heavy == set()


@pytest.mark.parametrize("module", ["therapy_tui.services.courier", "therapy_tui.services.live"])
def test_letters_travel_light(module: str) -> None:
    """What carries letters loads neither the library that only an invite needs nor the interface."""
    assert loaded(module) & {"cryptography", "textual", "rich", "segno", "granian"} == set()
