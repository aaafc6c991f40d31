"""Rows to records: a record's fields are the columns, by name and in order."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from therapy_tui.core.delivery import State
from therapy_tui.store.database import Database, Row

T = TypeVar("T")

_CASTS: dict[Any, Callable[[Any], Any]] = {bool: bool, State: State}


_Casts = tuple[tuple[int, Callable[[Any], Any]], ...]
_KNOWN: dict[type[object], tuple[str, _Casts]] = {}


def _shape(record: type[object]) -> tuple[str, _Casts]:
    """Give the column list of a record and the columns that need a cast, worked out once."""
    if record not in _KNOWN:
        kinds = record.__annotations__  # a record's own fields in their order, whatever kind of record it is
        casts = tuple((place, _CASTS[kind]) for place, kind in enumerate(kinds.values()) if kind in _CASTS)
        _KNOWN[record] = ", ".join(kinds), casts
    return _KNOWN[record]


def columns(record: type[object]) -> str:
    """Give the column list of a record's table, in the order of its fields."""
    return _shape(record)[0]


def to_record(record: type[T], row: Row) -> T:
    """Make one record of one row that has its columns."""
    casts = _shape(record)[1]
    if not casts:
        return record(*row)
    values = list(row)
    for place, cast in casts:
        values[place] = cast(values[place])
    return record(*values)


def select(database: Database, record: type[T], rest: str, values: Sequence[Any] = ()) -> list[T]:
    """Read records; `rest` is the statement from FROM on, and never holds a value."""
    rows = database.all(f"SELECT {columns(record)} FROM {rest}", values)  # noqa: S608 - names only, from this package
    return [to_record(record, row) for row in rows]


def select_one(database: Database, record: type[T], rest: str, values: Sequence[Any] = ()) -> T | None:
    """Read the first record, or None."""
    row = database.one(f"SELECT {columns(record)} FROM {rest}", values)  # noqa: S608 - names only, from this package
    return None if row is None else to_record(record, row)
