"""A line that turns out to be slow is never left with nothing to wait for."""

from therapy_tui.tui.terminal.pace import FIRST, LEAST, Pace


def test_a_late_answer_leaves_something_to_ask() -> None:
    """When a late answer shrinks the window below what went out since, the terminal has to be asked again."""
    pace = Pace()
    pace.sent(FIRST // 2)
    pace.probed(0.0)
    pace.sent(FIRST // 2 - 1)
    assert not pace.wants_probe
    assert not pace.is_stuck
    assert pace.answered(0.1)
    pace.probed(0.1)
    pace.sent(pace.slice - 1)
    assert pace.answered(10.0)
    assert pace.window == LEAST
    assert pace.is_stuck
    pace.probed(10.0)
    assert not pace.is_stuck
    assert pace.answered(10.1)
    assert pace.room > 0
