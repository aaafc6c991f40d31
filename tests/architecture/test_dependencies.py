"""What pyproject.toml asks for is used, and what is used is asked for."""

import re
import sys
from pathlib import Path

from tests.architecture.source import PACKAGE, TESTS, modules, project

IMPORT_NAMES = {"apsw-sqlite3mc": "apsw", "pynacl": "nacl", "pillow": "PIL", "fhir.resources": "fhir"}
"""Where a distribution and what one imports of it differ in name."""
TOOLS = {"hatchling", "import-linter", "mypy", "pytest-asyncio", "pytest-xdist", "ruff"}
"""Run by their own commands, or found by pytest."""

DATA = {"tzdata"}
"""Read by the standard library where the machine has no time zones of its own."""

EXTRAS = {"_pytest", "h2"}
"""Comes with pytest under another name, or with an extra of a dependency: `httpx[http2]`."""


def import_names(requirements: list[str]) -> set[str]:
    """Give what the distributions of requirements are imported as."""
    names = (re.split(r"[\[<>=!~; ]", each, maxsplit=1)[0].lower() for each in requirements)
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names if name not in TOOLS}


def foreign(*folders: Path) -> set[str]:
    """Name the packages of others that are imported below the folders."""
    found = {name.partition(".")[0] for folder in folders for module in modules(folder) for name in module.imports()}
    return found - sys.stdlib_module_names - {"therapy_tui", "tests"}


def test_package() -> None:
    """The package imports each of its dependencies, and no other package."""
    assert foreign(PACKAGE) == import_names(project()["project"]["dependencies"]) - DATA


def test_tests() -> None:
    """The tests import what the package or its development extra asks for, and use all of the extra."""
    extra = import_names(project()["project"]["optional-dependencies"]["dev"])
    imported = foreign(TESTS)
    assert imported - EXTRAS <= extra | import_names(project()["project"]["dependencies"])
    assert extra <= imported


def test_lower_bounds() -> None:
    """Each dependency names the oldest version that it was tried with."""
    dependencies = project()["project"]["dependencies"]
    assert [each for each in dependencies if ">=" not in each] == []
