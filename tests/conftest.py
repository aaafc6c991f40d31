"""What all tests share: a home of their own, Hypothesis without a clock, and no silent skips in CI."""

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import hypothesis
import pytest

from tests.once import stretched_once
from tests.utc import utc

__all__ = ["stretched_once", "utc"]

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
"""In CI everything that a test needs is installed, so a test that skips itself there has found a fault."""
FOLDERS = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}
FOREIGN = (
    *("THERAPY_TUI_HOME", "DBUS_SESSION_BUS_ADDRESS", "SSLKEYLOGFILE", "COLUMNS", "LINES"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),  # read for each connection, where those that httpx brings are read once
)

TESTS = Path(__file__).parent

# What four workers and hundreds of processes read is translated once, also where a machine is told to keep nothing.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("ci" if IN_CI else "here"), max_examples=20
)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples in the run of every day than in a campaign, and leave unused pictures to their own test."""
    is_quick = config.getoption("markexpr", "") == "not campaign"
    hypothesis.settings.load_profile("quick" if is_quick else "ci" if IN_CI else "here")
    config.option.disable_unused_snapshots = is_quick


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let each worker translate its share of the tests first: all need all, and read what another has translated."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1 or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    first = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    for path in sorted(TESTS.rglob("test_*.py"))[first::workers]:
        with contextlib.suppress(Exception, pytest.skip.Exception):  # told when it is collected
            importlib.import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Never look for rubbish among what was collected; it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every process that it starts, away from the profiles and the terminal of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name, folder in FOLDERS.items():
            patch.setenv(name, str(home / folder))
        for name in FOREIGN:
            patch.delenv(name, raising=False)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail in CI."""
    return refuse_skip((yield), in_ci=IN_CI)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a module that is skipped as a whole fail in CI."""
    return refuse_skip((yield), in_ci=IN_CI)


def refuse_skip(report: Report, *, in_ci: bool) -> Report:
    """Turn a skip into a failure that tells its reason; leave everything else, and expected failures, as they are."""
    if in_ci and report.skipped and not hasattr(report, "wasxfail"):
        place = report.longrepr
        reason = place[2] if isinstance(place, tuple) else str(place)
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing may be skipped in CI."
    return report
