"""A step: keys are pressed, the screen changes, and what that cost is known."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.outside.pictures import Difference, difference
from tests.outside.window import Window

Figures = dict[str, float]
"""Figures by name."""
Meter = Callable[[Window], tuple[int, int]]
"""Counts the bytes down and up so far."""


@dataclass(frozen=True, slots=True)
class Step:
    """What followed keys."""

    down: int
    """Bytes that reached the terminal."""
    up: int
    """Bytes that left it: the keys themselves, and answers."""
    seconds: float
    """From the key to the last byte that reached the terminal; 0 when none did."""
    change: Difference


def passed(window: Window) -> tuple[int, int]:
    """Count the bytes that reached the terminal, and those that left it."""
    return window.received, window.up.passed


def settle(window: Window, quiet: float, count: Meter = passed) -> None:
    """Wait until nothing has passed for so long; over SSH a packet is on its way for a while before it is seen."""
    before = count(window)
    window.rest(quiet)
    while count is not passed and before != count(window):
        before = count(window)
        window.rest(quiet)


def step(window: Window, *keys: str, quiet: float, count: Meter = passed) -> Step:
    """Press keys and wait until nothing has passed for so long; `count` says where bytes are counted."""
    before, received, (down, up), at = window.picture(), window.received, count(window), time.monotonic()
    window.key(*keys)
    settle(window, quiet, count)
    seconds = window.last - at if window.received > received else 0.0
    down_now, up_now = count(window)
    return Step(down_now - down, up_now - up, seconds, difference(before, window.picture()))


def first_row_seconds(window: Window, *keys: str, quiet: float) -> float:
    """Press keys; give the seconds until the first of the rows that change is as it will stay."""
    screen, at = window.emulator.screen, time.monotonic()
    seen = [(at, screen.rows())]
    window.key(*keys)
    while time.monotonic() < max(at, window.last) + quiet:
        if window._pump(0.05):
            seen.append((window.last, screen.rows()))
    changing = [each for each, (old, new) in enumerate(zip(seen[0][1], seen[-1][1], strict=True)) if old != new]
    last = seen[-1][1]
    return (
        min(next(when for when, rows in seen if rows[each] == last[each]) - at for each in changing)
        if changing
        else 0.0
    )


def median(values: Iterable[float]) -> float:
    """Give the middle one; 0 when there is none."""
    return statistics.median(found) if (found := list(values)) else 0.0


def most(values: Iterable[float], share: float = 0.95) -> float:
    """Give what so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
