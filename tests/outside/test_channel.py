"""A slow line keeps its pace, its delay and its order."""

import pytest

from tests.outside.channel import ALL, Channel


def test_pace() -> None:
    """Bytes arrive when the line has carried them, one after the other, and some time later."""
    line = Channel(rate=100.0, delay=0.5)
    line.give(b"a" * 10, 1.0)
    line.give(b"b" * 20, 1.0)
    assert line.free_at == 1.3
    assert line.take(1.59) == b""
    assert line.take(1.61) == b"a" * 10
    assert line.next_at > 1.79
    assert line.take(2.0) == b"b" * 20
    assert line.passed == 30


def test_a_line_that_was_idle_saves_nothing_up() -> None:
    """After a pause the line is no quicker than it ever is."""
    line = Channel(rate=100.0)
    line.give(b"a", 0.0)
    line.give(b"b" * 100, 50.0)
    assert line.free_at == 51.0


def test_no_limit() -> None:
    """A line without a rate takes no time, and takes all at once."""
    line = Channel()
    line.give(b"a" * 1000, 2.0)
    assert (line.free_at, line.piece) == (2.0, ALL)
    assert line.take(2.0) == b"a" * 1000


def test_whoever_carries_late_makes_up_for_it() -> None:
    """Bytes that waited go when the line was free, though nobody came for them then; but no pause is saved up."""
    line = Channel(rate=100.0)
    line.give(b"a" * 10, 0.0)
    line.give_waiting(b"b" * 10, 0.103)
    assert line.free_at == 0.2
    line.give_waiting(b"c" * 10, 0.15)
    assert line.free_at == pytest.approx(0.3)
    line.give_waiting(b"d" * 10, 9.0)
    assert line.free_at == pytest.approx(9.1)
