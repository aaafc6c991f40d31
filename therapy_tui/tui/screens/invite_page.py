"""An invite as a page of text to print: what it is, how the other person begins, the link and the code."""

import contextlib
import itertools
import os
from pathlib import Path

from therapy_tui.config import write_private
from therapy_tui.core.people import Invite
from therapy_tui.errors import LocalError, UsageError
from therapy_tui.tui.guard import plain
from therapy_tui.tui.widgets.code import MOST_QUIET, rows_of

NAME = "invite"
GROUP = 4
_PAGE = """AN INVITE

{label}It works once, until {until}. Whoever has this page can use it, so keep it as you would keep a key.

How to begin
  1. Install therapy-tui on your own computer.
  2. In a terminal, type:   therapy-tui join
     It asks for the link, so that the link is not kept among the commands you typed.
  3. Type the link. Small or capital letters, spaces and line ends make no difference.
     If one letter is wrong it says so; then compare letter by letter.
  4. When you next speak, compare the ten words that both of your screens show.

The link
{link}

The same as a code
{code}
"""


def groups_of(link: str, groups_a_line: int) -> list[str]:
    """Break a link into lines of short groups, so that it can be typed; spaces and line ends do no harm to it."""
    relay, slash, code = link.rpartition("/")
    groups = [code[each : each + GROUP] for each in range(0, len(code), GROUP)]
    lines = [" ".join(groups[each : each + groups_a_line]) for each in range(0, len(groups), groups_a_line)]
    return [relay + slash, *lines]


def page_of(made: Invite, until: str) -> str:
    """Write the page; the code is drawn in ink on paper."""
    label = f"For {made.label}. " if made.label else ""
    link = "\n".join(f"  {line}" for line in groups_of(made.link, 8))
    return _PAGE.format(label=label, until=until, link=link, code="\n".join(rows_of(made.link, MOST_QUIET)))


def save_page(folder: Path, made: Invite, until: str) -> Path:
    """Save the page under a name that is free, for its owner alone.

    Raises:
        UsageError: there is no such folder.
        LocalError: the system refused, or the disk is full; nothing is left behind.
    """
    with contextlib.suppress(RuntimeError):  # no home folder: taken as it was typed
        folder = folder.expanduser()
    if not folder.is_dir():
        raise UsageError(f"There is no folder {plain(str(folder))}. Nothing was saved.")
    path = _free(folder)
    try:
        write_private(path, page_of(made, until).encode())
    except LocalError:
        path.unlink(missing_ok=True)
        raise
    return path


def _free(folder: Path) -> Path:
    """Make an empty file that was not there; only that is written over."""
    for number in itertools.count(1):
        path = folder / (f"{NAME}.txt" if number == 1 else f"{NAME}-{number}.txt")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            continue
        except OSError as error:
            raise LocalError(f"{plain(str(folder))} could not be written to: {error.strerror}.") from error
        return path
    raise AssertionError
