"""Fixtures of two people: who have met, to be copied, or who have not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.people import World, copy_world

__all__ = ["met", "met_template", "world"]


@pytest.fixture(scope="session")
def met_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Ann and Carl have met, to be copied."""
    folder = tmp_path_factory.mktemp("met") / "world"
    folder.mkdir()
    World(folder).make().meet().end()
    return folder


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A relay and two people who have not met."""
    made = World(tmp_path).make()
    yield made
    made.end()


@pytest.fixture
def met(met_template: Path, tmp_path: Path) -> Iterator[World]:
    """A relay and two people who have met and have nothing left to say."""
    made = copy_world(met_template, tmp_path / "world")
    yield made
    made.end()
