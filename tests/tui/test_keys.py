"""Esc and a digit as an F-key, and where digits are answers."""

import pytest

from therapy_tui.tui.keys import SOON, Keys


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
    ("own", "safety"),
    [({"safety": ""}, "f8"), ({"safety": "q"}, "q,f8"), ({"safety": "f8,f12"}, "f12,f8"), ({"lock": "f8"}, None)],
)
def test_f8_stays_the_key_of_the_numbers(own: dict[str, str], safety: str | None) -> None:
    """Whatever the settings say, F8 leads to the numbers to call, and to nothing else."""
    keys = Keys(own)
    assert keys.keymap.get("safety") == safety
    assert "lock" not in keys.keymap
    assert keys.hint("lock")[0] == "F9"
