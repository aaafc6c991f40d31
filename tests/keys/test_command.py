import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from therapy_tui.core.hashing import digest
from therapy_tui.errors import KeySlotError, UsageError
from therapy_tui.keys.command import split_command, take_secret

SECRET = "correct horse battery staple"


def script(tmp_path: Path, text: str) -> str:
    """Write a shell script and give the command that runs it."""
    path = tmp_path / "give the key"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(stat.S_IRWXU)
    return f"'{path}' show"


@pytest.mark.parametrize(
    "text", ["echo 'SECRET'", "echo '  SECRET  '; echo user: me", "printf 'SECRET'", "printf 'SECRET\\r\\n'"]
)
def test_the_first_line_is_the_secret(tmp_path: Path, text: str) -> None:
    """The first line counts without the white space at its ends; what follows does not."""
    assert take_secret(script(tmp_path, text.replace("SECRET", SECRET))) == digest("tt1 command", SECRET.encode())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("echo 'leaked but short'; exit 3", "failed"),
        ("echo leaked", "fewer than 16"),
        ("echo; echo 'leaked in the second line'", "fewer than 16"),
        (":", "fewer than 16"),
        ("while :; do echo 'leaked without an end'; done", "far too much"),
        ("kill -9 $$", "failed"),
    ],
)
def test_a_command_that_fails_is_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    """A failing, silent or endless command is told with its name, and nothing that it printed."""
    with pytest.raises(KeySlotError, match=why) as refusal:
        take_secret(script(tmp_path, text))
    assert "(give the key)" in str(refusal.value)
    assert "leaked" not in str(refusal.value)


@pytest.mark.parametrize("before", [":", f"echo '{SECRET}'", f"echo '{SECRET}'; exec >&-"])
def test_a_slow_command_is_stopped(tmp_path: Path, before: str) -> None:
    """A command that does not end in time is stopped and told, also when it has printed a secret."""
    started = time.monotonic()
    with pytest.raises(KeySlotError, match="too long"):
        take_secret(script(tmp_path, f"{before}; exec sleep 60"), seconds=0.3)
    assert time.monotonic() - started < 30


def test_there_is_no_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables, pipes and patterns are plain words to the command."""
    monkeypatch.chdir(tmp_path)
    assert split_command("pass show 'my key' $HOME | tee *") == ["pass", "show", "my key", "$HOME", "|", "tee", "*"]
    assert take_secret("echo $HOME is not expanded; touch trapped") == digest(
        "tt1 command", b"$HOME is not expanded; touch trapped"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["", "   ", "pass 'show", "pass \0"])
def test_a_command_that_is_none(command: str) -> None:
    """An empty command or a lone quotation mark is refused when it is set."""
    with pytest.raises(UsageError):
        split_command(command)


def test_a_command_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing command, and one that may not be run, are told by name."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KeySlotError, match=r"\(no-such-thing\) was not found"):
        take_secret("no-such-thing show therapy")
    (tmp_path / "plain").write_text("")
    with pytest.raises(KeySlotError, match=r"\(plain\) could not be run"):
        take_secret(str(tmp_path / "plain"))


def test_it_may_ask_on_the_terminal() -> None:
    """The command has our standard input and error, so that it can ask; its answer does not reach our output."""
    code = (
        "from therapy_tui.keys.command import take_secret\n"
        "print(take_secret(\"sh -c 'echo asked >&2; read line; echo $line'\").hex())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=SECRET.encode() + b"\n",
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.decode().strip() == digest("tt1 command", SECRET.encode()).hex()
    assert done.stderr == b"asked\n"
