"""The rules that `tests/conftest.py` sets for all tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

SKIPPED = '''"""Skips."""
import pytest
def test_skipped():
    """Skips itself."""
    pytest.skip("no such tool")
@pytest.mark.xfail(strict=True)
def test_known():
    """Is known to fail."""
    raise ValueError
'''
WHOLE = '"""Skips as a whole."""\nimport pytest\npytest.importorskip("no_such_module_anywhere")\n'


def run(folder: Path, text: str, ci: str) -> subprocess.CompletedProcess[str]:
    """Run one made-up module of tests under the project's conftest."""
    (folder / "test_made_up.py").write_text(text)
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(folder), "-c", os.devnull]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("text", [SKIPPED, WHOLE], ids=["a test", "a whole module"])
def test_skips_fail_in_ci(tmp_path: Path, text: str) -> None:
    """In CI a skip is a failure that tells why; an expected failure stays what it is."""
    done = run(tmp_path, text, "true")
    assert done.returncode in {1, 2}
    assert "Nothing may be skipped in CI." in done.stdout
    assert " skipped" not in done.stdout.splitlines()[-1]
    assert "no such tool" in done.stdout or "no_such_module_anywhere" in done.stdout


def test_skips_pass_elsewhere(tmp_path: Path) -> None:
    """On a machine that lacks a tool, the tests that need it are skipped and said to be."""
    done = run(tmp_path, SKIPPED, "")
    assert done.returncode == 0
    assert "1 skipped, 1 xfailed" in done.stdout


def test_home_is_not_the_persons_own(tmp_path: Path) -> None:
    """No test can reach the profile of whoever runs it."""
    home = Path(os.environ["HOME"])
    assert home.is_relative_to(tmp_path.parent.parent)
    assert "THERAPY_TUI_HOME" not in os.environ
