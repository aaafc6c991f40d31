"""What the relay's tests share."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.relay.post import Post
from therapy_tui.relay.store.shelf import SqliteShelf
from therapy_tui.relay.store.sqlite import migrate


@pytest.fixture
def post() -> Iterator[Post]:
    """An empty post office."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    yield Post(SqliteShelf(connection))
    connection.close()
