"""What the pulse says of a machine that was late."""

from pathlib import Path

import pytest

from tests.pulse import IN_TIME, Pulse


@pytest.fixture
def pulse(tmp_path: Path) -> Pulse:
    """A pulse that was late twice: by four seconds, and by a half."""
    pulse = Pulse(tmp_path)
    pulse._late += [(100.0, 104.0 + IN_TIME), (105.0, 105.5 + IN_TIME)]
    return pulse


def test_a_machine_in_time_gave_all_seconds(pulse: Pulse) -> None:
    """Where nothing was late, two seconds are two seconds."""
    assert pulse.seconds_of(2.0, 99.0) == 2.0


def test_what_was_late_comes_on_top(pulse: Pulse) -> None:
    """Two seconds before which the machine stood still begin as much earlier."""
    assert pulse.seconds_of(2.0, 106.0) == pytest.approx(2.0 + 4.0 + 0.5, abs=0.2)


def test_a_real_disk_is_watched(tmp_path: Path) -> None:
    """While it runs it writes through to the disk, and nothing is late before it began."""
    with Pulse(tmp_path) as pulse:
        while not (tmp_path / "pulse").exists() or not (tmp_path / "pulse").read_bytes():
            pass
    assert pulse.late(0.0, 1.0) == 0.0
