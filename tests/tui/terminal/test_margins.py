"""What a page and a footer are drawn with: the changes of colour, and the bytes beside the text."""

import re

from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.painter import Painter
from therapy_tui.tui.terminal.reader import Reader

ALL = Abilities(bce=True, bce_rows=True, repeat=True, erase=True, shift=True, scroll=True, tabs=True, stops=True)
WIDTH, HEIGHT = 80, 24
QUIET, TEXT, STRONG = "38;5;247", "38;5;252", "1;38;5;255"
PROSE = "the neighbour sat with me for a while and looked"


class Screen:
    """A canvas with its painter, and the one that writes on it."""

    def __init__(self) -> None:
        self.painter = Painter(Canvas(WIDTH, HEIGHT), ALL)
        self.reader = Reader(self.painter.canvas, "256")
        self.sent(10_000)

    def row(self, y: int, *parts: tuple[int, str, str]) -> None:
        """Paint a row anew: columns, looks and texts."""
        self.reader.read(f"\x1b[{y + 1}H\x1b[m{' ' * WIDTH}")
        for x, style, text in parts:
            self.reader.read(f"\x1b[{y + 1};{x + 1}H\x1b[{style}m{text}\x1b[m")

    def page(self, word: str, days: str, rows: range = range(HEIGHT)) -> None:
        """Paint a page: a letter has five rows, with a name and a day in the margin."""
        for y in rows:
            name = [(4, STRONG, f"{word.title()} Made-up")] if y % 5 == 0 else []
            day = [(8, QUIET, f"{days}{y}:{y}")] if y % 5 == 1 else []
            self.row(y, *name, *day, (24, TEXT, f"{word} {PROSE} {word}"))

    def sent(self, budget: int) -> str:
        """Draw, and give what is sent."""
        return self.painter.draw(budget, None)


def colours(sent: str) -> int:
    """Count the changes of colour."""
    return len(re.findall(r"\x1b\[[0-9;]*m", sent))


def test_a_page_changes_its_colour_seldom() -> None:
    """Names are drawn together, and days, and the text: not two changes of colour for each of them."""
    screen = Screen()
    screen.page("one", "Mon ")
    assert colours(screen.sent(10_000)) <= 4
    screen.page("two", "Tue ")
    assert colours(screen.sent(10_000)) <= 4


def test_a_page_ends_in_the_look_in_which_the_next_begins() -> None:
    """Once the text's colour is worn, its place is kept while the margin is drawn, and gone back to with its colour."""
    screen = Screen()
    screen.page("one", "Mon ")
    screen.sent(10_000)
    screen.page("two", "Tue ")
    sent = screen.sent(10_000)
    assert re.search(r"\x1b7.*Two.*\x1b8two", sent, re.DOTALL)
    assert colours(sent) <= 2


def test_a_stretch_of_rows_is_emptied_at_once() -> None:
    """Rows in the middle are emptied by pulling up and pushing back what is below: no region is set for them."""
    screen = Screen()
    screen.page("one", "Mon ")
    screen.sent(10_000)
    for y in range(4, 20):
        screen.row(y, (24, TEXT, f"{y}"))
    sent = screen.sent(10_000)
    assert "\x1b[5H\x1b[16M\x1b[16L" in sent
    assert not re.search(r"\x1b\[[0-9;]*r", sent)


def test_a_page_costs_little_beside_its_text() -> None:
    """A page costs no more than five bytes a row beside its text."""
    screen = Screen()
    screen.page("one", "Mon ")
    text = sum(len("".join(cell[0] for cell in row).split("  ")[-1]) + 9 for row in screen.painter.canvas.rows)
    assert len(screen.sent(10_000)) - text <= 5 * HEIGHT


def test_a_small_budget_begins_at_the_top() -> None:
    """On a slow line the margin of what does not go out yet is not drawn before the text above it."""
    screen = Screen()
    screen.page("one", "Mon ")
    sent = screen.sent(130)
    assert PROSE in sent
    assert "Mon 6:6" not in sent
    assert len(sent) <= 300


def test_a_hint_pushes_the_others() -> None:
    """A hint that comes first in the footer, or goes, pushes the others: they are not drawn again."""
    hints = ("enter", "write"), ("n", "next unread"), ("/", "find"), ("ctrl+o", "people")
    screen = Screen()

    def footer(*shown: tuple[str, str]) -> str:
        parts, x = [], 2
        for key, word in shown:
            parts += [(x, TEXT, f"{key} "), (x + len(key) + 1, QUIET, word)]
            x += len(key) + len(word) + 4
        screen.row(HEIGHT - 1, *parts, (WIDTH - 9, TEXT, "F1 help"))
        return screen.sent(10_000)

    assert "unread" in footer(*hints)
    come = footer(("r", "answer this"), *hints)
    assert "answer" in come
    assert "write" not in come
    assert len(come) <= 90
    gone = footer(*hints)
    assert "unread" not in gone
    assert len(gone) <= 40


def test_a_footer_changes_its_colour_seldom() -> None:
    """Keys and words of a footer are drawn one look after the other, and after the letters above it."""
    screen = Screen()
    hints = [(x, look, "ctrl") for x in range(2, 70, 14) for look in (TEXT,)]
    words = [(x + 5, QUIET, "a word") for x in range(2, 70, 14)]
    screen.row(HEIGHT - 1, *hints, *words)
    assert colours(screen.sent(10_000)) <= 2
    screen.page("one", "Mon ", range(HEIGHT - 1))
    screen.row(HEIGHT - 1, *[(x, QUIET, "other") for x, _, _ in words])
    sent = screen.sent(10_000)
    assert sent.rindex("one") < sent.index("other")


def test_short_changes_of_colour_are_made() -> None:
    """Where a name is only bold its row is drawn in one go: two changes are shorter than the moves."""
    screen = Screen()
    for y in range(HEIGHT):
        screen.row(y, (4, "1", "Made-up"), (24, "", PROSE))
    assert re.search(r"Made-up.{1,9}the neighbour", screen.sent(10_000), re.DOTALL)
