"""Places at which a process of a test ends as by kill -9: before or after the nth call of a function of the program."""

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from tests.two_people import die
from therapy_tui import files
from therapy_tui.services import healing, joining, making, opening, outcomes, restoring, sealing, vault
from therapy_tui.store import slots
from therapy_tui.store.backup_file import PartWriter
from therapy_tui.store.database import Database
from therapy_tui.transport.http import HttpTransport

PLACES: dict[str, tuple[Any, str]] = {
    "a transaction": (Database, "transaction"),
    "a statement": (Database, "run"),
    "the network": (HttpTransport, "post"),
    "an envelope": (opening, "take"),
    "an acceptance": (outcomes, "_accepted"),
    "sealing": (sealing, "put_sealed"),
    "the epoch outside": (vault, "write_outside"),
    "a restoration": (healing, "restore"),
    "a reset": (healing, "take_reset"),
    "a ratchet's start": (healing, "start_ratchet"),
    "a claim": (joining, "complete_join"),
    "a welcome": (joining, "take_join"),
    "a record of a backup": (PartWriter, "put"),
    "the name of a backup": (files, "give_name"),
    "the slots": (slots, "create_slots"),
    "the settings": (restoring, "_keep_settings"),
    "a folder on the disk": (making, "sync_folder"),
}
"""What may be going on, with the function that does it. A transaction is trapped at its commit."""


def set_trap(place: str, when: str, nth: int) -> None:
    """Let this process die `when` ("before" or "after") the nth time of `place`; there is no way to take it back."""
    owner, name = PLACES[place]
    original = getattr(owner, name)
    count = _Count(when, nth)
    if place == "a transaction":
        setattr(owner, name, _around_commit(original, count))
    elif inspect.iscoroutinefunction(original):
        setattr(owner, name, _around_waiting(original, count))
    else:
        setattr(owner, name, _around(original, count))


class _Count:
    """Counts the calls, and dies at the one that was chosen."""

    def __init__(self, when: str, nth: int) -> None:
        assert when in {"before", "after"}
        self.when, self.nth, self.calls = when, nth, 0

    def before(self) -> None:
        self.calls += 1
        if self.when == "before" and self.calls == self.nth:
            die()

    def after(self) -> None:
        if self.when == "after" and self.calls == self.nth:
            die()


def _around(original: Callable[..., Any], count: _Count) -> Callable[..., Any]:
    @functools.wraps(original)
    def trapped(*values: Any, **named: Any) -> Any:
        count.before()
        result = original(*values, **named)
        count.after()
        return result

    return trapped


def _around_waiting(original: Callable[..., Any], count: _Count) -> Callable[..., Any]:
    @functools.wraps(original)
    async def trapped(*values: Any, **named: Any) -> Any:
        count.before()
        result = await original(*values, **named)
        count.after()
        return result

    return trapped


def _around_commit(original: Callable[..., Any], count: _Count) -> Callable[..., Any]:
    @contextlib.contextmanager
    def trapped(database: Database) -> Iterator[None]:
        with original(database):
            yield
            count.before()
        count.after()

    return trapped
