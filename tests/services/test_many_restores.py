"""A vault that is put back again and again within an hour still gets every letter in the end."""

from pathlib import Path

import pytest

from tests.services.crafted import chat
from tests.services.people import World
from therapy_tui.services.healing import HOUR


@pytest.mark.parametrize("has_spare", [True, False])
@pytest.mark.parametrize("times", [1, 7])
def test_what_came_after_the_copy_comes_back(met: World, tmp_path: Path, times: int, has_spare: bool) -> None:
    """However often in an hour an old copy is put back, what was delivered since comes back when the hour is over."""
    chat(met, "before")
    if not has_spare:
        with met.carl.vault.transaction() as database:
            database.run("UPDATE pairs SET spare = x''")
    met.carl.copy(tmp_path / "old")
    met.carl.open()
    for number in range(3):
        met.ann.write(f"since {number}")
    met.settle()
    for _ in range(times):
        met.carl.put_back(tmp_path / "old")
        met.settle(6)
    for _ in range(4):
        met.pass_time(HOUR)
        met.settle(6)
    assert [each for each in met.carl.texts() if each.startswith("since")] == ["since 0", "since 1", "since 2"]
    assert set(met.ann.states()) == {"delivered"}
