"""The conversation as its reader sees it: nothing is lost, nothing is shown twice, nothing moves by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tui.homes import NOW, make_seat
from tests.tui.letters import DAY, add_letter
from therapy_tui.core.delivery import State
from therapy_tui.core.people import Contact
from therapy_tui.services import directory
from therapy_tui.services.vault import Vault
from therapy_tui.store import messages
from therapy_tui.tui.widgets.held import MOST, Held
from therapy_tui.tui.widgets.letters import Line
from therapy_tui.tui.widgets.window import LetterWindow

TEXTS = ("Short.", "A line of some words. " * 9, "好" * 90, "one\n\ntwo\n", "\U0001f469‍\U0001f467 " * 30, "long\n" * 25)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with one contact and no letter."""
    return make_seat(tmp_path, contact="Dr. Osei").open_vault


def contact_of(vault: Vault) -> Contact:
    (person,) = directory.people(vault)
    return person.contact


def fill(vault: Vault, count: int) -> None:
    with vault.transaction():
        pass
    for number in range(count):
        ours = number % 3 == 0
        add_letter(
            vault,
            TEXTS[number % len(TEXTS)],
            outgoing=ours,
            kind=7 if number % 17 == 5 else 1,
            state=State.FAILED if ours and number % 9 == 0 else State.DELIVERED if ours else State.READ,
            answers=max(1, number - 40).to_bytes(8, "big") if number % 5 == 0 else b"",
            written_at=NOW - (count - number) * DAY // 3,
            arrived_at=NOW - (count - number) * DAY // 3,
        )


def window_of(vault: Vault) -> LetterWindow:
    return LetterWindow(Held(vault, contact_of(vault), vault.now))


def whole(vault: Vault, width: int) -> list[Line]:
    """Give all lines of all letters, made at once."""
    window = window_of(vault)
    window.go_to_begin()
    return window.lines(width, 100_000)


def travel(window: LetterWindow, width: int, height: int, move: Callable[[], None]) -> list[list[Line]]:
    """Give all views until moving changes nothing any more."""
    views = [window.lines(width, height)]
    while True:
        move()
        view = window.lines(width, height)
        assert len(window.held.letters) <= max(MOST, height + 24) + 13
        if view == views[-1]:
            return views
        views.append(view)


def joined(views: list[list[Line]]) -> list[Line]:
    """Lay views from the oldest to the newest over each other, where the end of one is the beginning of the next."""
    lines = list(views[0])
    for view in views[1:]:
        overlap = next(size for size in range(len(view), -1, -1) if lines[len(lines) - size :] == view[:size])
        lines += view[overlap:]
    return lines


@pytest.mark.parametrize(("width", "height"), [(100, 20), (60, 7), (140, 45)])
def test_paging_through_a_thousand_letters_shows_every_line_once(vault: Vault, width: int, height: int) -> None:
    """Up to the first letter and down to the newest, each view goes on where the last ended, in the whole's order."""
    fill(vault, 1_000)
    everything = whole(vault, width)
    window = window_of(vault)
    up = travel(window, width, height, lambda: window.page(1))
    assert joined(up[::-1]) == everything
    down = travel(window, width, height, lambda: window.page(-1))
    assert joined(down) == everything
    assert down[-1] == up[0]


