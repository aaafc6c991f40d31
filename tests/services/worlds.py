"""Fixtures of two people: who have met or have not, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.people import World, copy_world

__all__ = ["met", "met_template", "world", "world_template"]


@pytest.fixture(scope="session")
def met_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Ann and Carl have met, to be copied."""
    folder = tmp_path_factory.mktemp("met") / "world"
    folder.mkdir()
    World(folder).make().meet().end()
    return folder


@pytest.fixture(scope="session")
def world_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Ann and Carl have not met, to be copied."""
    folder = tmp_path_factory.mktemp("unmet") / "world"
    folder.mkdir()
    World(folder).make().end()
    return folder


@pytest.fixture
def world(world_template: Path, tmp_path: Path) -> Iterator[World]:
    """A relay and two people who have not met."""
    made = copy_world(world_template, tmp_path / "world")
    yield made
    made.end()


@pytest.fixture
def met(met_template: Path, tmp_path: Path) -> Iterator[World]:
    """A relay and two people who have met and have nothing left to say."""
    made = copy_world(met_template, tmp_path / "world")
    yield made
    made.end()
