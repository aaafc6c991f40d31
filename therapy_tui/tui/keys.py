"""A person's own keys, and Esc with a digit for terminals that have no F-keys."""

from collections.abc import Mapping

from therapy_tui.tui.commands import BY_ID, STAYING, Command, key_name
from therapy_tui.tui.widgets.frame import Hint

_DIGITS = {str(number % 10): f"f{number}" for number in range(1, 11)}
_BY_KEY = {command.keys.split(",")[0]: command.action for command in BY_ID.values() if command.keys.startswith("f")}

TAKEN = "In the keys of the settings, {} cannot be {}: that key always means {}."
STAYS = "In the keys of the settings, {} keeps {} beside what you chose."
SOON = 1.5
"""A digit so many seconds after Esc is an F-key."""


class Keys:
    """The keys of the table with a person's own laid over them.

    Args:
        own: command id to key names, as the settings file has them.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self.keymap: dict[str, str] = {}
        remarks: list[str] = []
        for name, keys in own.items():
            if name not in BY_ID:
                remarks.append(f"{name!a} in the keys of the settings is no command.")
                continue
            wanted = [each.strip() for each in keys.split(",") if each.strip()]
            given, said = _given(BY_ID[name], wanted)
            remarks += said
            if given or not wanted:
                self.keymap[name] = ",".join(given)
        self.remarks = tuple(remarks)
        """A sentence for each name that is no command, and each key that stays with another."""
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


def _given(command: Command, wanted: list[str]) -> tuple[list[str], list[str]]:
    """Give the keys that a command gets of those that a person wants for it, and why it does not get the others."""
    usual = command.keys.split(",")
    taken = [each for each in wanted if each.lower() in STAYING and each.lower() not in usual]
    said = [TAKEN.format(command.id, key_name(each.lower()), STAYING[each.lower()].word) for each in taken]
    given = [each for each in wanted if each not in taken]
    if STAYING.get(usual[0]) is command and usual[0] not in given:
        given.append(usual[0])
        said.append(STAYS.format(command.id, key_name(usual[0])))
    return given, said
