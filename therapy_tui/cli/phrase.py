"""The recovery phrase: shown once, on the terminal itself or in a file, never on standard output; and asked for."""

import os
from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import write_private
from therapy_tui.crypto.recovery import read_recovery_phrase
from therapy_tui.keys.passphrase import ask_on_terminal, read_passphrase

WRITE_DOWN = (
    "These words open your vault if everything else is lost. Write them on paper, now; they are not shown again.\n\n"
)

NO_TERMINAL = "There is no terminal to ask for the recovery phrase on. Give --recovery-file FILE."


def ask(file: Path | None) -> bytes:
    """Take the recovery phrase from a file that only its owner can read, or ask on the terminal; give its 32 bytes.

    Raises:
        UsageError: there is neither, or these are no such words.
    """
    if file is None and not has_terminal():
        raise errors.UsageError(NO_TERMINAL)
    return read_recovery_phrase(read_passphrase(file, "Recovery phrase: ", ask_on_terminal))


def has_terminal() -> bool:
    """Tell whether this process has a terminal to show the words on."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def show(phrase: tuple[str, ...]) -> None:
    """Show the phrase on the terminal itself, never on standard output."""
    lines = [
        " ".join(f"{word:10}" for word in phrase[start : start + 6]).rstrip() for start in range(0, len(phrase), 6)
    ]
    descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
    try:
        os.write(descriptor, (WRITE_DOWN + "\n".join(lines) + "\n\n").encode())
    finally:
        os.close(descriptor)


def write(path: Path, phrase: tuple[str, ...]) -> None:
    """Write the phrase to a new file, 0600.

    Raises:
        UsageError: the file is there already.
    """
    if path.exists():
        raise errors.UsageError(f"{path} is there already. It was left as it is; name another file.")
    write_private(path, (" ".join(phrase) + "\n").encode())
