"""Writes docs/keys.md from the table of commands: `python -m therapy_tui.tui.keys_page > docs/keys.md`."""

import sys
from itertools import groupby

from therapy_tui.tui.commands import STAYING, TABLE, Command, key_name

HEAD = """# Keys

Made from the table of commands: `python -m therapy_tui.tui.keys_page > docs/keys.md`. `F1` shows the same for where one
is, with one's own keys, and `F10` finds everything by name. Where a terminal has no F-keys, `esc` and then a digit is
one: `esc` `8` is `F8`, `esc` `0` is `F10`.

Keys can be changed in the settings file, in the table `keys`, by the name in the last column. {staying}
always do what they do here: other keys can do it too, and no other command can have them.

```toml
[keys]
tone = "ctrl+k"
```
"""


def page() -> str:
    """Give the page: one table for each group of commands, in the order of the table."""
    parts = [HEAD.format(staying=_staying())]
    order = list(dict.fromkeys(command.group for command in TABLE))
    every = sorted((each for each in TABLE), key=lambda each: order.index(each.group))
    for group, commands in groupby(every, lambda each: each.group):
        parts.append(f"\n## {group}\n\n| key | what it does | name |\n|---|---|---|\n")
        parts += [_row(each) for each in commands]
    return "".join(parts)


def _staying() -> str:
    *most, last = (f"`{key_name(each)}`" for each in STAYING)
    return f"{', '.join(most)} and {last}"


def _row(command: Command) -> str:
    keys = ", ".join(f"`{key_name(each)}`" for each in command.keys.split(",")) if command.keys else "by name"
    return f"| {keys} | {command.help} | `{command.id}` |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
