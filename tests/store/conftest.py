"""What the tests of stores share."""

from tests.store.vaults import vault

__all__ = ["vault"]
