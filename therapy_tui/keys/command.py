"""A key kept elsewhere: run the person's own command, such as `pass show therapy`, and take what it prints."""

import os
import selectors
import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import PurePath

from therapy_tui.core.hashing import digest
from therapy_tui.errors import KeySlotError, UsageError

__all__ = ["split_command", "take_secret"]

SHORTEST = 16
"""The fewest bytes of a secret from a command."""
_LIMIT = 64 * 1024
_CHUNK = 4096


def split_command(command: str) -> list[str]:
    """Split a command as a shell would, without what a shell does beyond that (no variables, pipes or patterns).

    Raises:
        UsageError: nothing there, or a quotation mark without its partner.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError("The command for the key has a quotation mark without its partner.") from error
    if not words or "\0" in command:
        raise UsageError("The command for the key is empty or cannot be run.")
    return words


def take_secret(command: str, seconds: float = 60.0, monotonic: Callable[[], float] = time.monotonic) -> bytes:
    """Run the command and hash the first line that it prints.

    Its standard input and error are ours, so that it can ask on the terminal (a pinentry does); it is in our process
    group, because a group of its own could not read the terminal. What it prints is never told.

    Args:
        command: as the person wrote it; run without a shell.
        seconds: how long it may take, a person's typing included.
        monotonic: the clock for that.

    Returns:
        32 bytes for `CommandWay`: BLAKE2b of the line without the white space at its ends, labelled.

    Raises:
        UsageError: as `split_command`.
        KeySlotError: it was not found, failed, took too long, or printed fewer than 16 bytes or far too much.
    """
    words = split_command(command)
    name = PurePath(words[0]).name
    printed = _run(words, name, monotonic() + seconds, monotonic)
    line = printed.split(b"\n", 1)[0].strip()
    if len(line) < SHORTEST:
        raise KeySlotError(f"The command for the key ({name}) gave fewer than {SHORTEST} bytes on its first line.")
    return digest("tt1 command", line)


def _run(words: Sequence[str], name: str, end: float, monotonic: Callable[[], float]) -> bytes:
    try:
        process = subprocess.Popen(words, stdin=None, stdout=subprocess.PIPE, stderr=None)
    except FileNotFoundError as error:
        raise KeySlotError(f"The command for the key ({name}) was not found.") from error
    except OSError as error:
        raise KeySlotError(f"The command for the key ({name}) could not be run: {error.strerror}.") from error
    with process:
        try:
            printed = _read(process, end, monotonic)
            code = process.wait(max(0.0, end - monotonic()))
        except subprocess.TimeoutExpired as error:
            raise KeySlotError(f"The command for the key ({name}) took too long, so it was stopped.") from error
        finally:
            process.kill()
    if len(printed) > _LIMIT:
        raise KeySlotError(f"The command for the key ({name}) printed far too much to be a key.")
    if code != 0:
        raise KeySlotError(f"The command for the key ({name}) failed (code {code}).")
    return printed


def _read(process: subprocess.Popen[bytes], end: float, monotonic: Callable[[], float]) -> bytes:
    """Read to the end of its output, the limit or the time: one that prints for ever must not fill the memory."""
    printed = b""
    if process.stdout is None:
        return printed
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while len(printed) <= _LIMIT:
            left = end - monotonic()
            if left <= 0 or not selector.select(left):
                raise subprocess.TimeoutExpired(process.args, 0)
            part = os.read(process.stdout.fileno(), _CHUNK)
            if not part:
                break
            printed += part
    if len(printed) > _LIMIT:
        process.kill()
    return printed
