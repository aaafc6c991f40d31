import contextlib
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from therapy_tui.errors import UsageError
from therapy_tui.keys.passphrase import ask_on_terminal, read_new_passphrase, read_passphrase


def answering(*answers: str) -> Callable[[str], str]:
    """Give the answers one after the other, whatever is asked."""
    rest: Iterator[str] = iter(answers)
    return lambda _: next(rest)


def forbidden(_: str) -> str:
    raise AssertionError("nothing may be asked")


def test_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    """A passphrase file is read without asking, with its spaces and its line end."""
    path = tmp_path / "passphrase"
    path.write_text("  a long pass phrase \n")
    path.chmod(0o600)
    assert read_passphrase(path, "", forbidden) == "  a long pass phrase \n"
    assert read_new_passphrase(path, forbidden) == "  a long pass phrase \n"


@pytest.mark.parametrize(
    ("data", "mode"),
    [(b"long enough", 0o644), (b"", 0o600), (b"\n", 0o600), (b"\xff" * 20, 0o600), (b"x" * 5000, 0o600)],
)
def test_an_unfit_file_is_refused(tmp_path: Path, data: bytes, mode: int) -> None:
    """A file open to others, empty, no text or too long is refused; the sentence shows nothing of it."""
    path = tmp_path / "passphrase"
    path.write_bytes(data)
    path.chmod(mode)
    with pytest.raises(UsageError) as refusal:
        read_passphrase(path, "", forbidden)
    assert "long enough" not in str(refusal.value)


def test_a_missing_or_linked_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there, and a link, are refused by name."""
    with pytest.raises(UsageError, match="no passphrase file"):
        read_passphrase(tmp_path / "none", "", forbidden)
    (tmp_path / "link").symlink_to("/etc/hostname")
    with pytest.raises(UsageError, match="link"):
        read_passphrase(tmp_path / "link", "", forbidden)


def test_a_new_passphrase_is_asked_twice() -> None:
    """Two equal answers are taken, two unequal or short ones refused in words."""
    assert read_new_passphrase(None, answering("long enough", "long enough")) == "long enough"
    with pytest.raises(UsageError, match="not the same"):
        read_new_passphrase(None, answering("long enough", "long  enough"))
    with pytest.raises(UsageError, match="at least 8"):
        read_new_passphrase(None, answering("short"))
    with pytest.raises(UsageError, match="No passphrase"):
        read_passphrase(None, "", answering(""))


CODE = "from therapy_tui.keys.passphrase import ask_on_terminal; print(len(ask_on_terminal('Passphrase: ')))"


def test_without_a_terminal_nothing_is_asked() -> None:
    """Without a terminal, standard input is not taken for one: a sentence names the option instead."""
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        input=b"data for the command\n",
        capture_output=True,
        check=False,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
    )
    assert b"--passphrase-file" in done.stderr
    assert done.stdout == b""


def on_a_terminal(answer: bytes) -> tuple[bytes, bytes]:
    """Run the question with a terminal of its own and nothing on standard input; give what each of them was shown."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", f"import fcntl, termios; fcntl.ioctl(2, termios.TIOCSCTTY, 0); {CODE}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Passphrase: " not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, answer)
        assert process.stdout is not None
        printed = process.stdout.read()
        # Reading a terminal that nobody holds any more is an error, not an end.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 1024):
                shown += part
    os.close(ours)
    return shown, printed


def test_the_terminal_shows_nothing_of_it() -> None:
    """On a terminal the question is asked there, not on standard input, and the answer is not shown."""
    shown, printed = on_a_terminal(b"a secret phrase\n")
    assert printed == b"15\n"
    assert b"secret" not in shown


def test_an_ended_question_is_one_sentence() -> None:
    """Ending the input without an answer is told in words."""
    shown, printed = on_a_terminal(b"\x04")
    assert b"No passphrase was given." in shown
    assert printed == b""


def test_the_default_asks_on_the_terminal() -> None:
    """Who gives no way to ask gets the terminal's."""
    assert read_passphrase.__defaults__ == (ask_on_terminal,)
