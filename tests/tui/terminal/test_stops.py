"""Tab stops of one's own: where rows begin, and as every terminal has them in the end."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.terminal.judge import Judge
from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.moves import every_stop, move
from therapy_tui.tui.terminal.painter import Painter
from therapy_tui.tui.terminal.reader import Reader

WIDTH, HEIGHT = 80, 24
PLACES = st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1))
ALL = Abilities(bce=True, bce_rows=True, repeat=True, erase=True, scroll=True, tabs=True, stops=True)
SET = "\x1bH"


class Screen:
    """A terminal with its painter, and the one that writes pages on it."""

    def __init__(self, abilities: Abilities = ALL) -> None:
        self.painter = Painter(Canvas(WIDTH, HEIGHT), abilities)
        self.reader = Reader(self.painter.canvas, "256")
        self.judge = Judge(WIDTH, HEIGHT)

    def page(self, word: str, column: int, rows: int = HEIGHT) -> str:
        """Write a page of rows that begin at a column, and give what is sent."""
        for y in range(rows):
            self.reader.read(f"\x1b[{y + 1}H\x1b[m{' ' * WIDTH}\x1b[{y + 1};{column + 1}H{word} number {y}")
        sent = self.painter.draw(10_000, None)
        self.judge.feed(sent)
        return sent


@given(PLACES, PLACES, st.sets(st.integers(1, WIDTH - 1)))
def test_every_move_arrives(before: tuple[int, int], after: tuple[int, int], stops: set[int]) -> None:
    """Whatever tab stops there are, the shortest move leads where it should, by no more than eight bytes."""
    judge = Judge(WIDTH, HEIGHT)
    judge.tabstops = stops
    judge.feed(f"\x1b[{before[0] + 1};{before[1] + 1}H")
    order = move(before, *after, tuple(sorted(stops)))
    judge.feed(order)
    assert (judge.cursor.y, judge.cursor.x) == after
    assert len(order) <= len("\x1b[24;80H")


def test_rows_begin_at_a_stop() -> None:
    """A stop is set once where rows begin; to the next row it is three bytes from then on, and those beyond stay."""
    screen = Screen()
    assert screen.page("one", 21).count(SET) == 1
    second = screen.page("two", 21)
    assert SET not in second
    assert second.count("\n\r\ttwo") == HEIGHT - 1
    assert screen.judge.tabstops == {21, *range(24, WIDTH, 8)}
    assert screen.page("three", 30).count(SET) == 1


def test_a_few_rows_are_not_worth_a_stop() -> None:
    """Two or three rows elsewhere leave the stops as they are, and so does a terminal that has shown nothing yet."""
    screen = Screen()
    assert "\x1bH" not in screen.page("one", 21, rows=3)
    assert "\x1bH" not in Screen(ALL.unproved()).page("one", 21)


def test_the_stops_are_given_back() -> None:
    """At the end there is a stop at every eighth column again, also beyond the window, whatever it shows by then."""
    screen = Screen()
    screen.judge.tabstops.add(WIDTH)
    assert screen.painter.out.give_stops_back() == ""
    screen.page("one", 21)
    screen.painter.forget()
    assert screen.painter.out.stops == ()
    screen.judge.feed(screen.painter.out.give_stops_back())
    assert screen.judge.tabstops == {*every_stop(WIDTH), WIDTH}
    assert screen.painter.out.give_stops_back() == ""
