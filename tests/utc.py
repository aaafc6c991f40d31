"""The zone in which tests tell the time that stands on a screen or in a file."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

__all__ = ["in_zone", "utc"]


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Let the clocks of this process go by a zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def utc() -> Iterator[None]:
    """Let the clocks of the test go by UTC."""
    with in_zone("Etc/UTC"):
        yield
