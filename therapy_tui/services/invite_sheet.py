"""An invite as a page of text to print: what it is, how the other person begins, the link and the code."""

import contextlib
import itertools
import os
from pathlib import Path

from therapy_tui.core.people import ROLES, Invite
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.errors import LocalError, UsageError
from therapy_tui.files import new_private, write_private
from therapy_tui.services.codes import rows_of
from therapy_tui.services.vault import Vault

NAME = "invite"
GROUP = 4
_PAGE = """AN INVITE TO WRITE LETTERS

{who}
until {until}

It works once, for one person. Whoever has this page can use it, so keep it as
you would keep a key.

How to begin
  1. On a computer of your own you need Python 3.11 or newer with pip, and the
     folder of therapy-tui. In that folder, type in a terminal:
       python3 -m venv --without-pip .venv
       python3 -m pip --python .venv/bin/python install .
       .venv/bin/therapy-tui init --role {role} --name "your name"
       .venv/bin/therapy-tui join
  2. It asks for the link. Small or capital letters, spaces and line ends make
     no difference. If one letter is wrong it says so; then compare them all.
  3. When you next speak, compare the ten words that both of your screens show.
{word}
The link
{link}

The same as a code

{code}

What to know before
  This is no emergency service. Nobody watches over the letters. In danger of
  life call the emergency number; F8 shows numbers to call, also without a line.
  - Only your two computers can open the letters. What carries them sees when
    you write, how much, and from where. Whoever gets at your computer can read
    along: do not use one of an employer, or one that others use, and let
    nothing remember your passphrase. Keep a backup, and its phrase on paper.
  - Each of you can keep, copy and show what the other wrote.
  - In writing much is misread. Ask when something sounds wrong.
  - An answer takes its time. The program shows by when one is promised.
  - Ask, before you begin: who you write with and how to check it; what happens
    in an emergency, and where you are then; what is kept, for how long, and who
    else may see it; what to do when the line fails; what it costs; what there
    is instead; and how to stop. You can stop on any day.
"""
_WORD = """     You agreed on a word. Ask for its first half then, and say the rest.
"""
_QUIET = 2


def groups_of(link: str, groups_a_line: int) -> list[str]:
    """Break a link into lines of short groups, so that it can be typed; spaces and line ends do no harm to it."""
    relay, slash, code = link.rpartition("/")
    groups = [code[each : each + GROUP] for each in range(0, len(code), GROUP)]
    lines = [" ".join(groups[each : each + groups_a_line]) for each in range(0, len(groups), groups_a_line)]
    return [relay + slash, *lines]


def page_of(vault: Vault, made: Invite, until: str) -> str:
    """Write the page, of at most 80 columns; the code is drawn in ink on paper. A code word is never on it.

    Args:
        vault: the open vault of who invites.
        made: an open invite.
        until: when it ends, in words.
    """
    profile = vault.profile
    who = f"from {safe_name(profile.name)}" + (f"\nfor {safe_name(made.label)}" if made.label else "")
    other = next(name for number, name in ROLES.items() if number != profile.role)
    return _PAGE.format(
        who=who,
        until=until,
        role=other,
        word=_WORD if made.word else "",
        link="\n".join(f"  {line}" for line in groups_of(made.link.upper(), 8)),
        code="\n".join(f"  {row}".rstrip() for row in rows_of(made.link.upper(), _QUIET)[1:-1]),
    )


def write_sheet(path: Path, page: str) -> None:
    """Write the page as a new file, 0600; never over another.

    Raises:
        UsageError: there is something of that name, or no such folder.
        DiskFull, LocalError: nothing is left of it.
    """
    check_new(path)
    with new_private(path) as take:
        take(page.encode())


def check_new(path: Path) -> None:
    """Refuse a name that something has.

    Raises:
        UsageError: there is something of that name, or no such folder.
    """
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already, and nothing is ever written over. Give another name.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}. Nothing was made.")


def save_page(vault: Vault, folder: Path, made: Invite, until: str) -> Path:
    """Save the page under a name that is free, for its owner alone.

    Raises:
        UsageError: there is no such folder.
        LocalError: the system refused, or the disk is full; nothing is left behind.
    """
    with contextlib.suppress(RuntimeError):  # no home folder: taken as it was typed
        folder = folder.expanduser()
    if not folder.is_dir():
        raise UsageError(f"There is no folder {safe_line(str(folder))}. Nothing was saved.")
    path = _free(folder)
    try:
        write_private(path, page_of(vault, made, until).encode())
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
            raise LocalError(f"{safe_line(str(folder))} could not be written to: {error.strerror}.") from error
        return path
    raise AssertionError
