"""A line that turns out to be slow is never left with nothing to wait for."""

from therapy_tui.tui.terminal.pace import FIRST, LEAST, SLOWEST, Pace


def test_a_late_answer_leaves_something_to_ask() -> None:
    """When a late answer shrinks the window below what went out since, the terminal has to be asked again."""
    pace = Pace()
    pace.sent(FIRST // 2, 0.0)
    pace.asked(0.0)
    pace.sent(LEAST - 1, 0.0)
    assert not pace.wants_probe
    assert not pace.is_stuck
    assert pace.answered(0.1)
    pace.asked(0.1)
    pace.sent(pace.window, 0.1)
    assert pace.answered(100.0)
    assert pace.rate == SLOWEST
    assert pace.piece == LEAST
    assert pace.is_stuck
    pace.asked(100.0)
    assert not pace.is_stuck
    assert pace.answered(100.1)
    assert pace.is_open
