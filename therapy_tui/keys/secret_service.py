"""The Secret Service of a Linux desktop, read by the library below the keyring's: half of the wait for the key.

What is written goes through the keyring's library alone; this reads what that has written, and any failure is its to
find again and to name.
"""

from collections.abc import Sequence
from contextlib import closing

import secretstorage

__all__ = ["read"]


def read(service: str, users: Sequence[str]) -> list[str | None] | None:
    """Read entries of the default collection.

    Args:
        service: the name under which the keyring's library keeps them.
        users: the names of the entries.

    Returns:
        For each name what is kept, or None; None for all when something is locked.

    Raises:
        Exception: whatever the library raises, where there is no service or it does not answer as it should.
    """
    with closing(secretstorage.dbus_init()) as connection:
        collection = secretstorage.Collection(connection)
        if collection.is_locked():
            return None
        found: list[str | None] = []
        for user in users:
            item = next(collection.search_items({"username": user, "service": service}), None)
            if item is not None and item.is_locked():
                return None
            found.append(None if item is None else item.get_secret().decode("utf-8"))
        return found
