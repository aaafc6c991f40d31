"""The conversation as its reader sees it: nothing is lost, nothing is shown twice, nothing moves by itself."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.quick import quick
from tests.tui.homes import NOW, make_seat
from tests.tui.letters import DAY, put_letter
from therapy_tui.core.delivery import State
from therapy_tui.core.people import Contact
from therapy_tui.services import directory
from therapy_tui.services.vault import Vault
from therapy_tui.store import messages
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.held import MOST, Held
from therapy_tui.tui.widgets.letters import Line
from therapy_tui.tui.widgets.window import LetterWindow

TEXTS = (
    "Short.",
    "A line of some words. " * 9,
    "好" * 90,
    "one\n\ntwo\n",
    "\U0001f469‍\U0001f467 " * 30,
    "\n".join(map(str, range(25))),
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with one contact and no letter."""
    return make_seat(tmp_path, contact="Dr. Osei").open_vault


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """A vault with a thousand letters, which the tests only read."""
    vault = make_seat(tmp_path_factory.mktemp("full"), contact="Dr. Osei").open_vault
    fill(vault, 1_000)
    return vault


def contact_of(vault: Vault) -> Contact:
    (person,) = directory.people(vault)
    return person.contact


def fill(vault: Vault, count: int) -> None:
    with vault.transaction():
        for number in range(count):
            fill_one(vault, number, NOW - (count - number) * DAY // 3)


def fill_one(vault: Vault, number: int, when: int) -> None:
    ours = number % 3 == 0
    state = State.FAILED if number % 9 == 0 else State.DELIVERED if ours else State.READ
    put_letter(
        vault,
        f"{number} {TEXTS[number % len(TEXTS)]}",
        outgoing=ours,
        kind=7 if number % 17 == 5 else 1,
        state=state,
        answers=max(1, number - 40).to_bytes(8, "big") if number % 5 == 0 else b"",
        written_at=when,
        arrived_at=when,
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
    chosen = -2
    while True:
        move()
        view = window.lines(width, height)
        assert len(window.held.letters) <= max(MOST, height + 24)
        assert window.chosen is not None
        if view == views[-1] and chosen == window.selected:
            return views
        chosen = window.selected
        views.append(view)


def joined(views: list[list[Line]]) -> list[Line]:
    """Lay views from the oldest to the newest over each other, where the end of one is the beginning of the next."""
    lines = list(views[0])
    for view in views[1:]:
        overlap = next(size for size in range(len(view), -1, -1) if lines[len(lines) - size :] == view[:size])
        lines += view[overlap:]
    return lines


@pytest.mark.parametrize("size", quick([(100, 20), (60, 7), (140, 45)], (60, 7)))
def test_paging_through_a_thousand_letters_shows_every_line_once(full: Vault, size: tuple[int, int]) -> None:
    """Up to the first letter and down to the newest, each view goes on where the last ended, in the whole's order."""
    width, height = size
    everything = whole(full, width)
    window = window_of(full)
    up = travel(window, width, height, lambda: window.page(1))
    assert joined(up[::-1]) == everything
    down = travel(window, width, height, lambda: window.page(-1))
    assert joined(down) == everything
    assert down[-1] == up[0]


@pytest.mark.parametrize("step", quick([-1, 1], -1))
def test_stepping_chooses_every_letter_in_order_and_shows_every_line(full: Vault, step: int) -> None:
    """Letter by letter, none is passed over, what is chosen is in view, and long ones are seen whole."""
    window = window_of(full)
    (window.go_to_begin if step > 0 else window.go_to_end)()
    chosen = [window.selected]

    def move() -> None:
        window.step(step)
        assert window.selected in {line.letter for line in window.lines(80, 12)}
        if window.selected != chosen[-1]:
            chosen.append(window.selected)

    views = travel(window, 80, 12, move)
    assert chosen == list(range(1, 1_001))[::step]
    assert (
        len({(line.letter, line) for view in views for line in view})
        == len({(line.letter, line) for line in whole(full, 80)})
        or step < 0
    )


MOVES = st.lists(
    st.sampled_from(["up", "down", "page up", "page down", "resize", "again", "arrive", "late", "go"]), max_size=14
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, numbers=st.randoms(use_true_random=False))
def test_whatever_happens_the_view_is_a_stretch_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, moves: list[str], numbers: Random
) -> None:
    """Moving, resizing, letters that come at the end or between others: the view is a stretch of the whole."""
    vault = make_seat(tmp_path_factory.mktemp("any"), contact="Dr. Osei").open_vault
    fill(vault, 40)
    window, width, height = window_of(vault), 80, 15
    for move in moves:
        before = window.lines(width, height)
        if move == "resize":
            width, height = numbers.choice([60, 80, 100, 140]), numbers.randint(3, 40)
        elif move in {"arrive", "late"}:
            with vault.transaction():
                number = 10_000 + numbers.randint(0, 10**6) if move == "arrive" else 0
                put_letter(
                    vault, "It came.", **({"number": number} if number else {"number": 0, "id": numbers.randbytes(16)})
                )
            window.read_again()
        elif move == "go":
            (contact,) = directory.people(vault)
            window.go_to(numbers.choice(list(messages.every(vault.database, contact.contact.id))))
        elif move == "again":
            window.read_again()
            assert window.lines(width, height) == before
        else:
            {
                "up": lambda: window.step(-1),
                "down": lambda: window.step(1),
                "page up": lambda: window.page(1),
                "page down": lambda: window.page(-1),
            }[move]()
        everything = whole(vault, width)
        view = window.lines(width, height)
        assert len(view) == min(height, len(everything))
        assert any(everything[at : at + len(view)] == view for at in range(len(everything)))
    vault.close()


def test_the_view_stays_where_it_is_when_letters_come(vault: Vault) -> None:
    """Scrolled back, a letter that comes, at the end or late, changes no line of the view; at the end it is shown."""
    fill(vault, 40)
    window = window_of(vault)
    at_end = window.lines(100, 20)
    window.page(1)
    before = window.lines(100, 20)
    with vault.transaction():
        put_letter(vault, "The newest.")
    window.read_again()
    assert window.lines(100, 20) == before
    window.go_to_end()
    assert window.lines(100, 20)[-2].text == "The newest."
    assert at_end != before


def test_a_letter_of_an_unknown_kind_says_that_it_is_kept(vault: Vault) -> None:
    """What a newer program wrote stands in its place with a sentence, never as an empty row."""
    with vault.transaction():
        put_letter(vault, "", kind=9)
    assert any("newer version" in line.text for line in window_of(vault).lines(100, 20))


@pytest.mark.parametrize("width", quick([60, 70, 97, 140], 60, 140))
def test_no_line_is_wider_than_its_column(full: Vault, width: int) -> None:
    """Wide characters and long words are wrapped by cells, and notes fit the margin."""
    grid = measure(width)
    for line in whole(full, width):
        assert cell_len(line.text) + (0 if grid.note else cell_len(line.note) + 3 * bool(line.note)) <= grid.prose
        assert not grid.note or cell_len(line.note) <= grid.note
