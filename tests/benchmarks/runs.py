"""The three runs of a program: at full speed, at 2,400 bytes a second, and at 300."""

import time
from pathlib import Path

from tests.benchmarks.corpus import phrase
from tests.benchmarks.steps import Figures, Meter, Step, first_row_seconds, median, most, passed, settle, step
from tests.benchmarks.subjects import Subject
from tests.outside.process import cpu_seconds, resident_megabytes
from tests.outside.window import Window

PATIENCE = 180.0
IDLE_SECONDS = 10.0
LETTERS_A_SECOND = 30
UNUSUAL = "~^$"
"""Letters that stand nowhere else."""
BETWEEN_KEYS = 0.1
INTO_A_PAGE = 0.7
"""Seconds after which a letter is typed into a page that is still being drawn."""


def begin(window: Window, subject: Subject) -> float:
    """Wait for the first usable screen; give the seconds that it took."""
    seconds = window.until_seen(subject.ready, PATIENCE) - window.begun
    window.rest(1.0)
    return seconds


def go_reading(window: Window, subject: Subject, quiet: float, count: Meter = passed) -> None:
    """Go to where one pages, with something to page through."""
    for line in subject.fill:
        window.key(*line, "enter")
        settle(window, quiet, count)
    window.key(*subject.to_read)
    settle(window, quiet, count)
    window.key("pageup")
    settle(window, quiet, count)


def clear(window: Window, letters: int, quiet: float) -> None:
    """Rub out what was typed."""
    window.key("end", *["backspace"] * letters)
    window.rest(quiet)


def at_full_speed(subject: Subject, folder: Path) -> Figures:
    """Count bytes, and measure an idle program."""
    with subject.start(folder) as window:
        begin(window, subject)
        figures = {"start bytes": float(window.received)}
        text = phrase(120)
        figures |= _letters([step(window, each, quiet=0.08) for each in text])
        window.press(*["left"] * 30)
        middle = [step(window, each, quiet=0.08) for each in "inserted"]
        figures["middle bytes"] = median(each.down for each in middle)
        window.rest(1.0)
        before, used = window.received, cpu_seconds(window.pid)
        window.watch(IDLE_SECONDS)
        figures["idle bytes"] = window.received - before
        figures["idle ms"] = 1000 * (cpu_seconds(window.pid) - used)
        figures["megabytes"] = resident_megabytes(window.pid)
        clear(window, len(text + "inserted"), 0.3)
        go_reading(window, subject, 0.3)
        return figures | _pages([step(window, "pageup", quiet=0.3) for _ in range(8)])


def _letters(steps: list[Step]) -> Figures:
    return {
        "letter bytes": median(each.down for each in steps),
        "letter bytes, 95 %": most(each.down for each in steps),
        "letter up": median(each.up for each in steps),
    }


def _pages(steps: list[Step]) -> Figures:
    whole = [each for each in steps if each.change.rows]
    return {
        "page bytes": median(each.down for each in whole),
        "page bytes a cell": median(each.down / each.change.cells for each in whole),
        "page bytes beside text": median((each.down - each.change.text) / each.change.rows for each in whole),
    }


def at_2400(subject: Subject, folder: Path) -> Figures:
    """Time the start, letters and pages."""
    with subject.start(folder, 2400.0) as window:
        figures = {"2400 usable": begin(window, subject)}
        text = phrase(20)
        figures["2400 letter ms"] = 1000 * median(step(window, each, quiet=0.3).seconds for each in text)
        clear(window, len(text), 0.5)
        go_reading(window, subject, 0.5)
        figures["2400 page ms"] = 1000 * median(step(window, "pageup", quiet=0.5).seconds for _ in range(5))
        figures["2400 first row ms"] = 1000 * first_row_seconds(window, "pageup", quiet=0.5)
        return figures


def at_300(subject: Subject, folder: Path) -> Figures:
    """Time a burst of letters, a letter during a page, and pages that nobody waits for."""
    with subject.start(folder, 300.0) as window:
        figures = {"300 usable": begin(window, subject)}
        text = phrase(LETTERS_A_SECOND)
        figures["300 burst"] = burst(window, text)
        clear(window, len(text), 1.5)
        go_reading(window, subject, 1.5)
        figures |= {f"300 {name}": value for name, value in quick_pages(window, 1.5).items()}
        figures["300 letter in a page"] = letter_in_a_page(window, subject)
        return figures


def burst(window: Window, text: str) -> float:
    """Type as quickly as a key that is held down; give the seconds until the last letter stands there."""
    for each in text:
        window.key(each)
        window.watch(1 / LETTERS_A_SECOND)
    at = time.monotonic() - 1 / LETTERS_A_SECOND
    seconds = window.until_seen(text.strip(), PATIENCE) - at
    window.rest(1.5)
    return seconds


def quick_pages(window: Window, quiet: float, count: Meter = passed) -> Figures:
    """Turn pages one by one, then four at once; compare."""
    single = [step(window, "pageup", quiet=quiet, count=count) for _ in range(2)]
    before, at = count(window)[0], time.monotonic()
    for _ in range(4):
        window.key("pageup")
        window.watch(0.15)
    settle(window, quiet, count)
    page = median(each.down for each in single)
    return {
        "page": median(each.seconds for each in single),
        "page down": page,
        "four pages": (count(window)[0] - before) / page if page else 0.0,
        "four pages s": window.last - at,
    }


def letter_in_a_page(window: Window, subject: Subject) -> float:
    """Write while a page is being drawn; give the seconds from the first key until the letter stands there."""
    found = []
    for each in UNUSUAL:
        window.key("pageup")
        window.watch(INTO_A_PAGE)
        at = time.monotonic()
        window.key(*subject.to_write)
        window.watch(BETWEEN_KEYS if subject.to_write else 0)
        window.key(each)
        found.append(window.until_seen(each, PATIENCE) - at)
        window.rest(1.5)
        window.key("backspace", *subject.to_read)
        window.rest(1.5)
    return median(found)
