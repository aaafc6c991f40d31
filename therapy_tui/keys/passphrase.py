"""Ask for a passphrase: on the terminal, never on standard input, or from a file that only its owner can read."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path

from therapy_tui.crypto.slots import check_new_passphrase
from therapy_tui.errors import UsageError
from therapy_tui.files import read_private

__all__ = ["ask_on_terminal", "read_new_passphrase", "read_passphrase"]

LONGEST_FILE = 4096
"""The most bytes of a passphrase file."""
_NO_TERMINAL = "There is no terminal to ask for a passphrase on. Give --passphrase-file FILE."


def ask_on_terminal(prompt: str) -> str:
    """Ask on the terminal of this process, without showing what is typed; standard input stays free for data.

    Raises:
        UsageError: there is no terminal, or the question was ended without an answer.
    """
    try:
        # getpass would fall back to standard input, so make sure first that it need not.
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
    except OSError as error:
        raise UsageError(_NO_TERMINAL) from error
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise UsageError("No passphrase was given.") from error


def read_passphrase(file: Path | None, prompt: str, ask: Callable[[str], str] = ask_on_terminal) -> str:
    """Take the passphrase from a file, or ask for it.

    Args:
        file: a regular file of ours, 0600, UTF-8, at most 4 KiB; None asks.
        prompt: what to ask.
        ask: shows the prompt and gives the answer.

    Returns:
        The text as it is; `normalise` drops one line end and the rest counts.

    Raises:
        UsageError: the file is missing, a link, another user's, open to others, too long or no text; or nothing given.
    """
    if file is None:
        passphrase = ask(prompt)
    else:
        try:
            passphrase = read_private(file, LONGEST_FILE).decode()
        except FileNotFoundError as error:
            raise UsageError(f"There is no passphrase file {file}.") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"The passphrase file {file} is not text in UTF-8.") from error
    if not passphrase.strip("\r\n"):
        raise UsageError("No passphrase was given.")
    return passphrase


def read_new_passphrase(file: Path | None, ask: Callable[[str], str] = ask_on_terminal) -> str:
    """Take a new passphrase from a file, or ask for it twice.

    Raises:
        UsageError: as `read_passphrase`; too short; or the two are not the same.
    """
    passphrase = read_passphrase(file, "New passphrase: ", ask)
    check_new_passphrase(passphrase)
    if file is None and ask("The same again: ") != passphrase:
        raise UsageError("Those two were not the same. Nothing was changed.")
    return passphrase
