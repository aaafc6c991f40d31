"""A keyring in this process's memory, for the demo: nothing of it is left when the process ends."""

import time
from collections.abc import Sequence

from therapy_tui.keys.keyring import Keyring, Operation, Pending

__all__ = ["MemoryKeyring"]


class _Known(Pending):
    """An answer that is there already."""

    def __init__(self, found: tuple[bytes | None, ...]) -> None:
        super().__init__(None, 0.0, time.monotonic)
        self._found = found

    def result(self, deadline: float | None = None) -> tuple[bytes | None, ...]:
        """Give what was found; there is nothing to wait for."""
        del deadline
        return self._found


class MemoryKeyring(Keyring):
    """Keeps entries for as long as it lives itself; no other process is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, bytes] = {}

    def begin(self, operations: Sequence[Operation], known: str = "", *, early: bool = False) -> Pending:
        """Do the operations at once."""
        del known, early
        return _Known(tuple(self._do(each) for each in operations))

    def _do(self, operation: Operation) -> bytes | None:
        if operation.do == "get":
            return self._kept.get(operation.user)
        if operation.do == "set":
            self._kept[operation.user] = operation.value
        else:
            self._kept.pop(operation.user, None)
        return None
