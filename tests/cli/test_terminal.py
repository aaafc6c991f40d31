"""What a command asks and shows on the terminal itself, and when it asks nothing at all."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import NOWHERE, PASSPHRASE, by_passphrase
from tests.cli.terminal import on_terminal
from tests.terminal import Terminal
from tests.two_people import ROOT, Person, TwoPeople

NEW = "another long passphrase"


@pytest.mark.parametrize("words", [("send", "Dr Ada Schön", "-"), ("join", "-")])
def test_a_dash_asks_nothing(people: TwoPeople, words: tuple[str, ...]) -> None:
    """With `-` nothing is shown or asked on the terminal, though there is one."""
    link = people.therapist.do("invite").row["link"] if words[0] == "join" else "A letter."
    shown = on_terminal(people.client, *words, stdin=link)
    assert (shown.code, shown.terminal) == (0, "")
    assert shown.out


def test_a_letter_typed_on_the_terminal(people: TwoPeople) -> None:
    """Without a text the letter is asked for on the terminal, over several lines, until Ctrl+D."""
    shown = on_terminal(people.client, "send", people.therapist.name, typed={"Ctrl+D": "One.\nTwo.\n\x04"})
    assert shown.code == 0, shown
    assert people.client.letters(people.therapist, "out")[-1]["text"] == "One.\nTwo."


def test_no_terminal_to_ask_on(people: TwoPeople) -> None:
    """Without a terminal a command that would have to ask says so and names the way that works."""
    for words in (("send", people.therapist.name), ("join",)):
        done = people.client.run(*words)
        assert (done.code, done.out) == (1, "")
        assert "standard input" in done.err


def test_the_passphrase_is_asked_for_and_not_shown(alone: Person) -> None:
    """A passphrase profile asks on the terminal when no file is given; the answer is not echoed."""
    person = Person(alone.name, alone.role, alone.home)
    shown = on_terminal(person, "contacts", typed={"Passphrase": PASSPHRASE + "\n"})
    assert shown.code == 0, shown
    assert PASSPHRASE not in shown.terminal + shown.out + shown.err
    wrong = on_terminal(person, "contacts", typed={"Passphrase": "not this one at all\n"})
    assert (wrong.code, wrong.out) == (1, "")
    assert "passphrase" in wrong.err
    assert person.run("contacts").code == 1


@pytest.mark.campaign
def test_the_recovery_phrase_on_the_terminal_alone(tmp_path: Path) -> None:
    """`init` on a terminal shows 24 words there and never on standard output; they then give a new passphrase."""
    person = by_passphrase(tmp_path)
    words = ("init", "--role", "client", "--name", "Cleo", "--relay", NOWHERE)
    shown = on_terminal(person, *words)
    assert shown.code == 0, shown
    phrase = shown.terminal.split("\r\n\r\n")[1].split()
    assert len(phrase) == 24
    assert not any(f" {word} " in shown.out + shown.err for word in phrase[:3])
    answers = {"Recovery phrase": " ".join(phrase) + "\n", "New passphrase": NEW + "\n", "same again": NEW + "\n"}
    changed = on_terminal(Person("Cleo", "client", person.home), "passwd", "--recovery", typed=answers)
    assert changed.code == 0, changed
    assert NEW not in changed.terminal
    assert person.here("contacts").code == 1
    assert person.before[2]
    Path(person.before[2]).write_text(NEW)
    assert person.here("contacts").code == 0


def test_erase_asks_first(alone: Person) -> None:
    """`erase` wants the word typed on a terminal; anything else, or no terminal, erases nothing."""
    for answer in ("no\n", "\n"):
        shown = on_terminal(alone, "erase", typed={"erase to go on": answer})
        assert shown.code == 1
    assert alone.run("erase").code == 1
    assert alone.here("contacts").code == 0
    assert on_terminal(alone, "erase", "--keep-mailbox", typed={"erase to go on": "erase\n"}).code == 0
    assert alone.here("contacts").code == 1


def _bare(person: Person, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program by a shell, which may close or redirect its streams: `$0` is the program."""
    words = [sys.executable, "-m", "therapy_tui", *person.arguments()]
    line = command.replace("$0", shlex.join(words))
    return subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False, cwd=ROOT)


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("$0 </dev/null", 1, b"drawn on a terminal"),
        ("$0 journal add - <&-", 1, b"nothing to keep"),
        ("$0 checkin 5 >/dev/full", 1, b"could not be written"),
    ],
)
def test_streams_that_are_not_there(alone: Person, command: str, code: int, told: bytes) -> None:
    """Without a terminal, with a closed input or an output that takes nothing, one sentence says so, and it ends."""
    done = _bare(alone, command)
    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr
    assert b"fault of the program" not in done.stderr


def test_an_output_that_lacks_letters(alone: Person) -> None:
    """Where the output takes another encoding, what that lacks is told by its number, and the rest is shown."""
    plain = Person(alone.name, alone.role, alone.home, alone.before[1:])
    plain.do("checkin", "5", "--text", "snow \u2603 fell")
    done = _bare(plain, "PYTHONIOENCODING=latin-1 $0 checkin list")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"snow \\u2603 fell" in done.stdout


@pytest.mark.parametrize("command", [(), ("demo",)])
def test_a_terminal_that_prints_lines_only(alone: Person, command: tuple[str, ...]) -> None:
    """On one nothing is drawn: a sentence says why, and names the commands and the way to the numbers."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(alone.home), *command]
    with Terminal(argv, {"TERM": "dumb"}) as window:
        assert window.wait_end() == 1
        shown = bytes(window.output)
    assert b"prints lines and nothing else" in shown
    assert b"therapy-tui plan show" in shown
    assert b"\x1b" not in shown
