"""The proof: whatever Textual paints, the terminal shows the same, cell for cell."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tui.terminal.frames import Model
from tests.tui.terminal.judge import Judge
from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.painter import Painter
from therapy_tui.tui.terminal.pens import PLAIN, Pen, apply
from therapy_tui.tui.terminal.reader import Reader

ALL = Abilities(bce=True, bce_rows=True, repeat=True, erase=True, shift=True, scroll=True, tabs=True, stops=True)
KINDS = (ALL, ALL.unproved(), Abilities(), Abilities(erase=True, shift=True, scroll=True, tabs=True))


def run_sequence(seed: int, frames: int) -> None:
    """Paint one sequence on both terminals, cut at random budgets, and compare whenever a frame is done."""
    chance = random.Random(seed)
    columns, lines = chance.choice(((12, 4), (30, 8), (60, 12), (100, 16)))
    model = Model(chance, columns, lines)
    meant, shown = Judge(columns, lines), Judge(columns, lines)
    canvas = Canvas(columns, lines)
    painter = Painter(canvas, chance.choice(KINDS), scroll_price=chance.choice((0, 4, 18)))
    reader = Reader(canvas, "true")
    written = model.whole()
    for _ in range(frames):
        for _ in range(chance.randint(1, 3)):
            meant.feed(written)
            reader.read(written)
            written = model.change()
        cursor = chance.choice((None, (chance.randrange(lines), chance.randrange(columns))))
        if chance.random() < 0.5:  # a slow line: a part of it goes out, and a newer frame comes
            shown.feed(painter.draw(chance.choice((0, 1, 40, 200)), cursor))
            continue
        settle(painter, shown, cursor)
        compare(meant, shown, cursor)
        if chance.random() < 0.1:
            scribble(chance, shown)
            painter.forget()
            settle(painter, shown, cursor)
            compare(meant, shown, cursor)
        if chance.random() < 0.1:
            columns, lines = chance.randint(8, 80), chance.randint(3, 14)
            meant.resize(lines, columns)
            stops = {*shown.tabstops, *(each for each in range(8, columns, 8) if each >= shown.columns)}
            shown.resize(lines, columns)
            if painter.out.own_stops and chance.random() < 0.5:
                shown.tabstops = stops  # of some terminals they outlive another size
            scribble(chance, shown)
            painter.resize(columns, lines)
            reader.canvas = painter.canvas
            written = model.resize(columns, lines)
    assert reader.unknown == 0
    shown.feed(painter.out.give_stops_back())
    assert {each for each in shown.tabstops if each < columns} == set(range(8, columns, 8))


def settle(painter: Painter, shown: Judge, cursor: tuple[int, int] | None) -> None:
    """Let everything out."""
    for _ in range(200):
        sent = painter.draw(300, cursor)
        if not sent:
            return
        shown.feed(sent)
    raise AssertionError("it does not come to an end")


def scribble(chance: random.Random, shown: Judge) -> None:
    """Let another program write somewhere."""
    shown.feed(f"\x1b[{chance.randint(1, shown.lines)};{chance.randint(1, shown.columns)}H\x1b[41mrubbish\x1b[K")


def compare(meant: Judge, shown: Judge, cursor: tuple[int, int] | None) -> None:
    wanted, found = meant.picture(), shown.picture()
    wrong = [
        (y, x, wanted[y][x], found[y][x])
        for y in range(meant.lines)
        for x in range(meant.columns)
        if wanted[y][x] != found[y][x]
    ]
    assert not wrong, f"{len(wrong)} cells, the first (row, column, meant, shown): {wrong[0]}"
    if cursor is not None:
        assert (shown.cursor.y, min(shown.cursor.x, shown.columns - 1)) == cursor
    assert shown.cursor.hidden is (cursor is None)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_the_terminal_shows_what_textual_meant(seed: int) -> None:
    """After any frames, cuts, scribbles and sizes, every cell and the cursor are as Textual painted them."""
    run_sequence(seed, frames=12)


@pytest.mark.campaign
@pytest.mark.parametrize("part", range(4))
@settings(max_examples=2_625, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**58))
def test_ten_thousand_sequences_are_exact(seed: int, part: int) -> None:
    """The same over more than ten thousand sequences, in parts that may run side by side."""
    run_sequence(4 * seed + part, frames=12)


def test_a_code_stays_black_on_white_where_no_colour_is_sent() -> None:
    """Without colour, the two inks of a QR code are the only ones that leave."""
    assert apply(PLAIN, "38;5;16;48;5;231", "none") == Pen(0, "38;5;16", "48;5;231")
    for numbers in ("31", "102", "38;5;17", "48;5;16", "38;2;0;0;0", "48;2;255;255;255"):
        assert apply(PLAIN, numbers, "none") == PLAIN
