"""A person's own keys, and Esc with a digit for terminals that have no F-keys."""

from collections.abc import Mapping

from therapy_tui.tui.commands import BY_ID, key_name
from therapy_tui.tui.widgets.frame import Hint

_DIGITS = {str(number % 10): f"f{number}" for number in range(1, 11)}
_BY_KEY = {command.keys.split(",")[0]: command.action for command in BY_ID.values() if command.keys.startswith("f")}

NUMBERS_KEY = "f8"
SOON = 1.5
"""A digit so many seconds after Esc is an F-key."""


class Keys:
    """The keys of the table with a person's own laid over them.

    Args:
        own: command id to key names, as the settings file has them; unknown ids are passed over. F8 leads to the
            numbers to call whatever they say: the key is told in many places, and may be the last one a person knows.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        known = {name: _without(keys, NUMBERS_KEY) for name, keys in own.items() if name in BY_ID}
        self.keymap = {name: keys for name, keys in known.items() if keys or not own[name]}
        if "safety" in own:
            self.keymap["safety"] = ",".join(filter(None, (known["safety"], NUMBERS_KEY)))
        self.unknown = tuple(name for name in own if name not in BY_ID)
        self._escape_at = -SOON

    def hint(self, command_id: str) -> Hint:
        """Give the key and the word of a command for the footer."""
        command = BY_ID[command_id]
        return key_name(self.keymap.get(command_id, command.keys)), command.word

    def f_key(self, key: str, at: float, *, digits_are_free: bool = True) -> str:
        """Give the action of the F-key that Esc and a digit soon after stand for, or nothing; `at` is in seconds.

        Where digits mean something themselves, only a digit that came together with Esc is an F-key.
        """
        after_escape = digits_are_free and at - self._escape_at < SOON
        self._escape_at = at if key == "escape" else -SOON
        digit = key.removeprefix("alt+") if key.startswith("alt+") else key if after_escape else ""
        return _BY_KEY.get(_DIGITS.get(digit, ""), "")


def _without(keys: str, key: str) -> str:
    return ",".join(each for each in keys.split(",") if each.strip() != key)
