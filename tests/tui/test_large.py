"""The screens over a vault with very many letters: windows over the data, and never the data."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.large import Work, fill, metered
from tests.tui.homes import app_of, make_seat
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui.remembered import forget_words
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.widgets.held import MOST, STEP, Held
from therapy_tui.tui.widgets.window import LetterWindow

SIZES = [4_000, pytest.param(100_000, marks=pytest.mark.campaign)]
WIDTH, HEIGHT = 100, 24
LITTLE, GROWTH = 2_500_000, 50_000
"""Bytes that are held at the most while one goes through all letters, and what may be added after the first ones."""
MOST_STEPS = 5_000
"""Steps of SQLite's own machine."""


@dataclass(frozen=True, slots=True)
class Two:
    """A seat with very many letters, and one with none."""

    many: Seat
    none: Seat
    size: int


@pytest.fixture(scope="module", params=SIZES)
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two seats that the tests share."""
    folder = tmp_path_factory.mktemp("large")
    made = Two(
        make_seat(folder / "many", contact="Dr. Osei"), make_seat(folder / "none", contact="Dr. Osei"), request.param
    )
    (person,) = directory.people(made.many.open_vault)
    fill(made.many.open_vault, person.contact.id, made.size)
    yield made
    made.many.lock()
    made.none.lock()


def window_of(seat: Seat) -> LetterWindow:
    """Open the correspondence from its newest letter."""
    (person,) = directory.people(seat.open_vault)
    return LetterWindow(Held(seat.open_vault, person.contact, seat.now))


def rows_of(seat: Seat, do: Callable[[], object]) -> int:
    """Give how many rows are read for something."""
    with metered(seat.open_vault.database) as work:
        do()
    return work.rows


def shown(window: LetterWindow) -> list[int]:
    """Give the rows of the letters in view; in a filled vault they count from 1 without a gap."""
    return sorted({line.letter for line in window.lines(WIDTH, HEIGHT) if line.letter > 0})


@pytest.mark.campaign
def test_paging_back_through_everything_stays_small(two: Two) -> None:
    """From the newest letter to the first, each page goes on where the last ended, reads a few rows and holds a few."""
    window = window_of(two.many)
    view = shown(window)
    most_read, peak = 0, 0
    sizes: list[int] = []  # after each fifth of the way
    tracemalloc.start()
    try:
        while view[0] > 1:
            most_read = max(most_read, rows_of(two.many, lambda: window.page(1)))
            later, view = view, shown(window)
            assert view[0] < later[0] <= view[-1] + 1
            forget_words()  # of each line that a library measured: its last 4,096, and no more
            size, peak = tracemalloc.get_traced_memory()
            if view[0] < two.size * (1 - (len(sizes) + 1) / 5):
                sizes.append(size)
    finally:
        tracemalloc.stop()
    assert len(window.held.letters) <= MOST
    assert 0 < most_read <= 5 * STEP
    assert peak < LITTLE
    assert sizes[-1] - sizes[1] < GROWTH


@pytest.mark.parametrize("key", ["go_to_begin", "go_to_end"])
def test_going_to_either_end_reads_one_window(two: Two, key: str) -> None:
    """The first and the newest letter are a few rows away, wherever one stands."""
    window = window_of(two.many)
    shown(window)
    for each in ("go_to_begin", "go_to_end", key):

        def go(name: str = each) -> None:
            getattr(window, name)()
            shown(window)

        assert rows_of(two.many, go) <= 5 * STEP
    assert window.selected == (1 if key == "go_to_begin" else two.size)


def test_a_change_reads_what_is_held(two: Two) -> None:
    """What changes elsewhere makes the window read again what it holds, and no more."""
    window = window_of(two.many)
    shown(window)
    for _ in range(30):
        window.page(1)
    with metered(two.many.open_vault.database) as work:
        window.read_again()
        shown(window)
    assert MOST <= work.rows <= 2 * MOST


async def test_opening_messages_reads_one_window(two: Two) -> None:
    """The first screen of a correspondence reads a window of letters and hardly more, however many there are."""
    few, many = await opening(two.none), await opening(two.many)
    assert many.rows - few.rows <= 5 * STEP
    assert many.steps - few.steps <= MOST_STEPS


async def opening(seat: Seat) -> Work:
    """Give what the vault does from making the application to its first screen."""
    with metered(seat.open_vault.database) as work:
        app = app_of(seat)
        async with app.run_test(size=(WIDTH, HEIGHT)):
            assert isinstance(app.screen, Messages)
    return work
