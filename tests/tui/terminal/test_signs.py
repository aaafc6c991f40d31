"""Signs that terminals draw in their own ways: flags, of which Textual counts each letter, and emoji as text."""

from therapy_tui.tui.terminal.abilities import Abilities
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.cells import Cells
from therapy_tui.tui.terminal.painter import Painter
from therapy_tui.tui.terminal.pens import PLAIN

D, E, F, R = (chr(0x1F1E6 + ord(letter) - ord("a")) for letter in "defr")


def texts(canvas: Canvas) -> list[str]:
    """Give the texts of the first row's cells."""
    return [cell[0] for cell in canvas.rows[0]]


def test_a_flag_is_sent_in_one_piece() -> None:
    """Its two letters leave together, and what comes after them begins with a move to its own column."""
    canvas = Canvas(12, 3)
    canvas.put(0, 1, f"{D}{E}{F}{R} z", Cells(PLAIN))
    assert texts(canvas)[:8] == [" ", D + E, "", F + R, "", " ", "z", " "]
    drawn = Painter(canvas, Abilities()).draw(10_000, None)
    assert D + E + "\x1b" in drawn
    assert F + R + "\x1b" in drawn


def test_half_a_flag_that_is_painted_over_leaves_the_other_letter() -> None:
    """Whatever lands on one letter, or cuts a flag at the edge, the other stays as Textual has it."""
    cells = Cells(PLAIN)
    for column, left in ((1, ["x", E]), (2, [D, "x"])):
        canvas = Canvas(12, 3)
        canvas.put(0, 1, D + E, cells)
        canvas.put(0, column, "x", cells)
        assert texts(canvas)[1:3] == left
    canvas = Canvas(4, 3)
    canvas.put(0, 3, D + E, cells)
    assert texts(canvas) == [" ", " ", " ", D]


def test_a_wide_sign_is_never_asked_to_be_narrow() -> None:
    """A clock that should be drawn as text leaves as the emoji that fills its columns; a narrow sign is left."""
    canvas = Canvas(12, 3)
    canvas.put(0, 1, "\u231a\ufe0e \u260e\ufe0e", Cells(PLAIN))
    drawn = Painter(canvas, Abilities()).draw(10_000, None)
    assert "\u231a\x1b" in drawn
    assert "\u260e\ufe0e\x1b" in drawn
