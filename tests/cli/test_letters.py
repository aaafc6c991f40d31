"""send, messages, outbox, sync: exit codes and JSON as scripts rely on them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.two_people import Person, TwoPeople, new_person
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory
from therapy_tui.services.courier import courier_lock

MESSAGE = {"id", "contact", "direction", "written_at", "state", "text"}
SYNC = {"sent", "received", "bytes_out", "bytes_in", "reachable"}
NASTY = "csi \x9b31m, override \u202eabc\u202c, escape \x1b[2J, 👩🏽\u200d🦰 “ü”, null-free"


def test_a_letter_there_and_back(people: TwoPeople) -> None:
    """`send` prints the true state, `sync` counts, and `messages` shows the letter on both sides with all fields."""
    sent = people.client.send(people.therapist, "Good morning.")
    assert (sent.code, sent.row["state"], sent.row["direction"]) == (0, "sent", "out")
    assert sent.row.keys() >= MESSAGE
    came = people.therapist.do("sync").row
    assert came.keys() >= SYNC
    assert (came["received"] >= 1, came["reachable"]) == (True, True)
    assert came["bytes_out"] > 0
    assert came["bytes_in"] > 0
    row = people.therapist.letters(people.client, "in")[-1]
    assert row.keys() >= MESSAGE
    assert (row["text"], row["state"], row["contact"]) == ("Good morning.", "received", people.client.name)
    assert row["written_at"].endswith("Z")
    people.client.do("sync")
    assert people.client.letters(people.therapist, "out")[-1]["state"] == "delivered"


@pytest.mark.parametrize(
    ("given", "kept"), [("one\n", "one"), ("two\n\n", "two\n"), (" three \r\n", " three \r"), ("four", "four")]
)
def test_one_line_end_of_standard_input_is_dropped(people: TwoPeople, given: str, kept: str) -> None:
    """With `-` exactly one trailing newline goes, and nothing else is changed."""
    assert people.client.do("send", people.therapist.name, "-", stdin=given).row["text"] == kept


def test_text_as_an_argument(people: TwoPeople) -> None:
    """`send CONTACT TEXT` is there for scripts."""
    assert people.client.do("send", people.therapist.name, "From a script.").row["text"] == "From a script."


def test_what_is_being_written_in_the_application_stays(people: TwoPeople) -> None:
    """A letter that a command sends is another than the one that lies unfinished: that stays as it was."""
    words = ("half a letter, and", 2, b"", 7)
    with people.client.vault() as vault:
        (contact,) = [each.contact.id for each in directory.people(vault)]
        kept = conversation.keep_draft(vault, contact, Draft(*words, 0))
    people.client.send(people.therapist, "A short one.")
    with people.client.vault() as vault:
        assert conversation.draft(vault, contact) == kept == Draft(*words, kept.kept_at)


def test_json_is_ascii_and_says_everything(people: TwoPeople) -> None:
    """JSON has one object a line in ASCII: no control character or override is raw, and none is lost."""
    sent = people.client.send(people.therapist, NASTY)
    assert sent.row["text"] == NASTY
    shown = people.client.do("messages", people.therapist.name)
    assert shown.out.isascii()
    assert not any(ord(letter) < 32 for letter in shown.out.replace("\n", ""))
    assert "\\u009b" in shown.out
    assert "\\u202e" in shown.out
    assert shown.rows[-1]["text"] == NASTY


def test_plain_lines_hold_no_control_characters(people: TwoPeople) -> None:
    """Without --json the same letter is harmless in a terminal."""
    people.client.send(people.therapist, NASTY)
    shown = Person("Bo", "client", people.client.home, ()).do("messages", people.therapist.name).out
    assert not any(each in shown for each in ("\x1b", "\x9b", "\u202e"))
    assert "override" in shown


@pytest.mark.parametrize("words", [("--json", "outbox"), ("outbox", "--json"), ("outbox", "--plain", "--json")])
def test_json_before_and_after(people: TwoPeople, words: tuple[str, ...]) -> None:
    """--json and --plain are taken before or after the command."""
    bare = Person("Bo", "client", people.client.home, ())
    assert bare.do(*words).rows == []
    for line in bare.do("contacts", *words[1:] if words[0] == "outbox" else words[:1]).out.splitlines():
        assert json.loads(line)["name"] == people.therapist.name


def test_messages_marks_nothing_read_by_itself(people: TwoPeople) -> None:
    """`messages` leaves letters unread; --mark-read marks them."""
    people.therapist.send(people.client, "Read me.")
    people.client.do("sync")
    for words, unread in (((), True), ((), True), (("--mark-read",), True), ((), False)):
        people.client.do("messages", people.therapist.name, *words)
        if words or unread is False:
            assert people.client.do("contacts").rows[0]["unread"] == 0
        else:
            assert people.client.do("contacts").rows[0]["unread"] >= 1
    assert people.client.letters(people.therapist, "in")[-1]["state"] == "read"


def test_without_a_relay_letters_wait(tmp_path: Path, people: TwoPeople) -> None:
    """With the relay down `send` and `sync` end with 3 and say that it is kept; `outbox` has it, and later it goes."""
    del tmp_path
    people.relay.kill()
    try:
        sent = people.client.send(people.therapist, "Later.")
        assert (sent.code, sent.row["state"]) == (3, "queued")
        assert "kept" in sent.err
        assert sent.err.count("\n") == 1
        synced = people.client.here("sync")
        assert (synced.code, synced.row["reachable"], synced.row["sent"]) == (3, False, 0)
        (waiting,) = people.client.do("outbox").rows
        assert (waiting["text"], waiting["state"]) == ("Later.", "queued")
        assert waiting.keys() >= MESSAGE
    finally:
        people.relay.start()
    assert people.client.do("sync").row["sent"] == 1
    assert people.client.do("outbox").rows == []


def test_beside_another_courier_a_letter_is_queued(people: TwoPeople) -> None:
    """When another process carries the letters, `send` prints `queued` and ends with 0; it is then its business."""
    with courier_lock(people.client.folders.state / "courier"):
        sent = people.client.send(people.therapist, "Take this along.")
    assert (sent.code, sent.row["state"]) == (0, "queued")
    assert people.client.do("sync").row["sent"] == 1


@pytest.mark.parametrize("text", ["", "\n", "x" * 20_001])
def test_letters_that_cannot_go(people: TwoPeople, text: str) -> None:
    """An empty letter or one of more than 20,000 characters is refused with one line, and nothing is kept."""
    before = people.client.do("messages", people.therapist.name).out
    done = people.client.here("send", people.therapist.name, "-", stdin=text)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert people.client.do("messages", people.therapist.name).out == before


@pytest.mark.parametrize(
    "words",
    [("send",), ("nonsense",), ("messages",), ("sync", "--wait", "x"), ("sync", "--wait", "-1"), ("--nonsense",)],
)
def test_wrong_usage(people: TwoPeople, words: tuple[str, ...]) -> None:
    """Wrong usage ends with 2 and prints nothing on standard output."""
    done = people.client.here(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_a_shared_machine_takes_no_text_in_arguments(tmp_path: Path, people: TwoPeople) -> None:
    """On a shared machine TEXT and LINK are refused as arguments, with the form that works; standard input works."""
    person = new_person("Sam", "client", tmp_path / "home", "--shared-machine", "--unlock", "command")
    link = people.therapist.do("invite").row["link"]
    for words in (("join", link), ("send", "Anybody", "My secret.")):
        done = person.here(*words)
        assert (done.code, done.out) == (1, "")
        assert f"therapy-tui {words[0]}" in done.err
        assert "-" in done.err
        assert "secret" not in done.err
    assert person.do("join", "-", stdin=link).row["name"] == people.therapist.name
    assert person.send(people.therapist, "My secret.").code == 0


def test_an_older_copy_is_told(people: TwoPeople, tmp_path: Path) -> None:
    """The command that finds that the vault is an older copy says so, and what is missing comes again."""
    data = people.therapist.folders.data
    shutil.copytree(data, tmp_path / "old")
    people.client.send(people.therapist, "After the copy.")
    people.therapist.do("sync")
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "old", data)
    told = people.therapist.do("sync")
    assert "older copy" in told.err
    assert not people.client.do("sync").err
    people.settle()
    assert people.therapist.letters(people.client, "in")[-1]["text"] == "After the copy."
