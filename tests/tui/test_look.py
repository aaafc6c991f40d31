"""How many colours a terminal is drawn with: what it says of itself, what terminfo knows, and what the person wants."""

import subprocess
import sys
from pathlib import Path

import pytest

from therapy_tui.tui.look import choose, depth_of

KNOWN = {"linux": 8, "xterm": 8, "vt100": -1, "xterm-r6": -1, "xterm-kitty": 256, "foot": 256, "rxvt-unicode": 88}
"""What terminfo says of some terminals."""


@pytest.mark.parametrize(
    ("said", "depth"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "true"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-direct"}, "true"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "foot"}, "256"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "rxvt-unicode"}, "16"),
        ({"TERM": "xterm-r6"}, "none"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "vt525"}, "none"),
        ({"TERM": "wezterm"}, "16"),
        ({"TERM": "dumb"}, "none"),
        ({"TERM": ""}, "none"),
        ({}, "none"),
    ],
)
def test_the_depth(said: dict[str, str], depth: str) -> None:
    """Each terminal is sent the colours that it has; NO_COLOR takes all, and one that nobody knows gets sixteen."""
    assert depth_of(said, KNOWN.get) == depth


@pytest.mark.parametrize("colours", ["true", "256", "16", "none"])
def test_the_settings_decide(colours: str) -> None:
    """What the settings say stands over what the terminal says of itself."""
    assert choose("", None, {"TERM": "vt100", "NO_COLOR": "1"}, colours).depth == colours


@pytest.mark.parametrize(("name", "depth"), [("vt100", "none"), ("linux", "16"), ("no-such-terminal", "16")])
def test_terminfo_is_asked(name: str, depth: str) -> None:
    """A process of its own, which asks terminfo once, finds what the terminal has; an unknown one is no fault."""
    asked = "from therapy_tui.tui.look import depth_of; import sys; print(depth_of({'TERM': sys.argv[1]}))"
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", asked, name], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == depth
