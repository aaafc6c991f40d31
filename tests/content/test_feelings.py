"""Words for feelings: enough to choose from, few enough to look through."""

from therapy_tui.content.feelings import feelings
from therapy_tui.core.text import safe_line

WORDS = [word for group in feelings() for word in group.words]


def test_counts() -> None:
    """There are about sixty words in a handful of groups of one size, and none stands twice."""
    assert 55 <= len(WORDS) <= 70
    assert len(set(WORDS)) == len(WORDS)
    assert {len(group.words) for group in feelings()} == {8}
    assert len({group.name for group in feelings()}) == len(feelings()) == 8


def test_shape() -> None:
    """Words are short, in small letters and without a comma, so that they can stand in a list."""
    assert all(word == word.lower() == safe_line(word, 20) and "," not in word for word in WORDS)
    assert all(name == name.capitalize() == safe_line(name, 24) for name in (group.name for group in feelings()))


def test_not_only_pain() -> None:
    """There are words for quiet and glad hours too, and for not being sure."""
    assert {"calm", "hopeful", "glad", "hard to say", "numb", "lonely"} <= set(WORDS)
