"""Calls go down: the import contracts of pyproject.toml hold, and each of them can fail."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
HEADING = re.compile(r"^(\S.*)\n-+\n", re.MULTILINE)
PLANTED = {
    ("core.hashing", "time"): "core and crypto are pure",
    ("core.text", "therapy_tui.crypto"): "Calls go down",
    ("crypto.signing", "secrets"): "core and crypto are pure",
    ("crypto.card", "therapy_tui.files"): "Calls go down",
    ("store.rows", "therapy_tui.services"): "Calls go down",
    ("store.rows", "nacl"): "Only crypto",
    ("services.events", "rich"): "Only the interface",
    ("services.events", "therapy_tui.relay"): "Calls go down",
    ("relay.app", "therapy_tui.store"): "The relay is blind",
    ("relay.app", "apsw"): "The relay is blind",
    ("tui.themes", "therapy_tui.keys"): "One door",
    ("services.sealing", "therapy_tui.services.notes"): "Notes stay",
    ("services.post", "therapy_tui.store.notes"): "Notes stay",
    ("services.courier", "therapy_tui.services.exporting"): "Notes stay",
    ("services.search", "therapy_tui.services.notes"): "Notes stay",
    ("errors", "therapy_tui.core"): "Calls go down",
    ("made_up", "json"): "Calls go down",
}
"""Who imports what that may not be imported, and the contract that forbids it; the last stands on no floor."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a folder; in a process of its own, because import-linter turns other loggers off."""
    path = {"PYTHONPATH": "."}
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, env=path, capture_output=True, text=True, check=False
    )


def test_contracts() -> None:
    """No import of the package breaks a contract."""
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each contract says against a copy of the package in which all those imports were planted."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "therapy_tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for importer, imported in PLANTED:
        with (folder / "therapy_tui" / f"{importer.replace('.', '/')}.py").open("a") as file:
            file.write(f"\n\ndef _planted_{imported.replace('.', '_')}() -> None:\n    import {imported}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stderr
    parts = HEADING.split(done.stdout)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("planted", "contract"), PLANTED.items(), ids=str)
def test_planted(broken: dict[str, str], planted: tuple[str, str], contract: str) -> None:
    """A forbidden import that somebody plants is found, by the contract that forbids it."""
    said = next(text for name, text in broken.items() if name.startswith(contract))
    assert f"therapy_tui.{planted[0]} -> {planted[1]} (" in said or f"- therapy_tui.{planted[0]}\n" in said


def test_one_signature_check_in_the_relay() -> None:
    """Within the relay only auth.py imports a cryptography library."""
    importers = {
        module.path.name
        for module in modules(PACKAGE / "relay")
        if any(name.split(".")[0] == "nacl" for name in module.imports())
    }
    assert importers == {"auth.py"}


def test_processes_are_started_in_keys_and_by_the_demo_only() -> None:
    """Nothing but `keys` and the demo of the command line starts a process."""
    starters = {
        module.path.relative_to(PACKAGE).parts[0]
        for module in modules(PACKAGE)
        if "subprocess" in {*module.imports()} and module.path.name != "demo.py"
    }
    assert starters <= {"keys"}
