"""What all tests share: a home of their own, Hypothesis without a clock, and no silent skips in CI."""

import os
from collections.abc import Generator, Iterator
from typing import TypeVar

import hypothesis
import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
"""In CI everything that a test needs is installed, so a test that skips itself there has found a fault."""
FOLDERS = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("ci" if IN_CI else "here"), max_examples=50
)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples in the run of every day than in a campaign."""
    is_quick = config.getoption("markexpr", "") == "not campaign"
    hypothesis.settings.load_profile("quick" if is_quick else "ci" if IN_CI else "here")


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every process that it starts, away from the profiles and the terminal of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name, folder in FOLDERS.items():
            patch.setenv(name, str(home / folder))
        for name in ("THERAPY_TUI_HOME", "DBUS_SESSION_BUS_ADDRESS", "SSLKEYLOGFILE", "COLUMNS", "LINES"):
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
