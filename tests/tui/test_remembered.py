"""What the drawing libraries remember of words, and what is left of it at the lock."""

import functools
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.tui.homes import make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at
from therapy_tui.tui.screens.lock import Lock

SECRET = "heronsbridge"


def remembered() -> Iterator[str]:
    """Give every string that a cached function or method of any loaded module of the libraries holds."""
    modules = [module for name, module in [*sys.modules.items()] if name.startswith(("rich.", "textual."))]
    named = [thing for module in modules for thing in vars(module).values()]
    methods = [
        getattr(each, "__func__", each) for thing in named if isinstance(thing, type) for each in vars(thing).values()
    ]
    for cache in {
        id(each): each for each in (*named, *methods) if isinstance(each, functools._lru_cache_wrapper)
    }.values():
        for found in gc.get_referents(cache):
            yield from strings(found, 4)


def strings(thing: object, deep: int) -> Iterator[str]:
    """Give the strings within a thing, through what holds them."""
    if isinstance(thing, str):
        yield thing
    elif deep and not isinstance(thing, type):
        for each in gc.get_referents(thing):
            yield from strings(each, deep - 1)


async def test_locking_empties_what_libraries_remember_of_words(tmp_path: Path) -> None:
    """The libraries' caches hold words of a letter and of a draft while they are on screen, and none at the lock."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    add_letter(seat.open_vault, f"We met at {SECRET}, by the mill.")
    async with at(seat) as pilot:
        await pilot.press(*f"I was at {SECRET} too, Łódź", "escape", "/", *SECRET, "escape")
        await pilot.pause()
        assert any(SECRET in each for each in remembered())
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press(*"lock now", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Lock)
        assert not [each for each in remembered() if SECRET in each]
