"""Esc and a digit as an F-key, and where digits are answers."""

from pathlib import Path

import pytest

from tests.tui.homes import make_seat
from tests.tui.meeting import at, front, press
from therapy_tui.config import Settings
from therapy_tui.tui.keys import SOON, Keys
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.menu import Menu
from therapy_tui.tui.screens.safety import Safety


def test_esc_and_a_digit() -> None:
    """A digit soon after Esc is the F-key of that number, later it is a digit."""
    keys = Keys({})
    assert keys.f_key("escape", 1.0) == ""
    assert keys.f_key("8", 1.0 + SOON / 2) == "app.safety"
    assert keys.f_key("escape", 5.0) == ""
    assert keys.f_key("8", 5.0 + SOON) == ""


def test_where_digits_are_answers() -> None:
    """Where digits are answers a digit soon after Esc is one; only what came as one with Esc is the F-key."""
    keys = Keys({})
    assert keys.f_key("escape", 1.0, digits_are_free=False) == ""
    assert keys.f_key("8", 1.1, digits_are_free=False) == ""
    assert keys.f_key("alt+8", 2.0, digits_are_free=False) == "app.safety"


@pytest.mark.parametrize(
    ("own", "keymap", "remarks"),
    [
        ({"safety": ""}, {"safety": "f8"}, ["safety keeps F8 beside"]),
        ({"safety": "q"}, {"safety": "q,f8"}, ["safety keeps F8 beside"]),
        ({"safety": "f8,f12"}, {"safety": "f8,f12"}, []),
        ({"lock": "f8"}, {"lock": "f9"}, ["lock cannot be F8: that key always means numbers to call", "lock keeps F9"]),
        ({"send": "f9"}, {}, ["send cannot be F9: that key always means lock"]),
        ({"send": " F9 , ctrl+y"}, {"send": "ctrl+y"}, ["send cannot be F9"]),
        ({"send": "f10,f1,escape"}, {}, ["send cannot be F10", "send cannot be F1", "send cannot be esc"]),
        ({"read": "escape,ctrl+y", "tone": ""}, {"read": "escape,ctrl+y", "tone": ""}, []),
        (
            {"sned": "ctrl+y", "tone": "ctrl+k"},
            {"tone": "ctrl+k"},
            ["'sned' in the keys of the settings"],
        ),
    ],
)
def test_keys_that_stay(own: dict[str, str], keymap: dict[str, str], remarks: list[str]) -> None:
    """No setting takes the keys that must always be there; each try is told, and all else that was chosen counts."""
    keys = Keys(own)
    assert keys.keymap == keymap
    assert len(keys.remarks) == len(remarks)
    assert all(wanted in told for wanted, told in zip(remarks, keys.remarks, strict=True))


@pytest.mark.parametrize(("key", "screen"), [("f9", Lock), ("f8", Safety), ("f10", Menu)])
async def test_they_work_while_writing(tmp_path: Path, key: str, screen: type[Place]) -> None:
    """A setting that gives such a key to sending sends nothing: where one writes it does what it always does."""
    seat = make_seat(tmp_path, contact="Dr. Osei", settings=Settings(keys={"send": key}))
    async with at(seat) as pilot:
        await press(pilot, *"words", key)
        assert isinstance(front(pilot), screen)
