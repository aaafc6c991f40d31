"""The line by commands: by hand, a day's bytes, and what doctor tells of them."""

import random
from collections.abc import Callable, Iterator

import pytest

from tests.two_people import Person, TwoPeople

SYNC = {"sent", "received", "bytes_out", "bytes_in", "reachable", "held", "bytes_today", "daily_bytes"}


def long_text(characters: int) -> str:
    """Give a text that hardly gets shorter by squeezing."""
    chance = random.Random(characters)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(characters))


@pytest.fixture
def choose(people: TwoPeople) -> Iterator[Callable[[str], None]]:
    """Write the client's settings; they are empty again afterwards."""
    path = people.client.folders.settings

    def write(text: str) -> None:
        path.write_text(text)

    yield write
    path.write_text("")


def lines_of_doctor(person: Person) -> dict[str, tuple[str, str]]:
    """Give what doctor finds of the line."""
    rows = person.do("doctor").rows
    return {
        row["name"]: (row["state"], row["detail"]) for row in rows if row["name"].split(".")[0] in {"line", "bytes"}
    }


def test_by_hand_a_letter_waits_for_sync(people: TwoPeople, choose: Callable[[str], None]) -> None:
    """Where letters travel by hand `send` only queues, with exit code 0, and `sync` is the hand."""
    choose('line = "by hand"')
    sent = people.client.send(people.therapist, "By hand.")
    assert (sent.code, sent.row["state"]) == (0, "queued")
    assert people.client.do("sync").row["sent"] == 1


def test_a_gentle_command_goes_at_once(people: TwoPeople, choose: Callable[[str], None]) -> None:
    """No round follows a command, so on a gentle line `send` exchanges by itself."""
    choose('line = "gentle"')
    assert people.client.send(people.therapist, "Gently.").row["state"] == "sent"


def test_a_large_letter(people: TwoPeople, choose: Callable[[str], None]) -> None:
    """It is held back and told by `send`, `sync`, `outbox` and `doctor`; `sync --large` lets it go."""
    choose("daily_bytes = 40000")
    sent = people.client.send(people.therapist, long_text(6_000))
    assert (sent.code, sent.row["state"]) == (0, "queued")
    assert "go-ahead" in sent.row["reason"]
    done = people.client.do("sync")
    assert done.row.keys() >= SYNC
    assert (done.row["held"], done.row["daily_bytes"]) == (1, 40_000)
    assert done.row["bytes_today"] > 0
    assert "therapy-tui sync --large" in done.err
    assert "go-ahead" in people.client.do("outbox").row["reason"]
    assert lines_of_doctor(people.client)["bytes"][0] == "notice"
    assert people.client.do("sync", "--large").row["sent"] == 1
    assert people.client.do("outbox").rows == []
    people.settle()
    assert people.client.letters(people.therapist, "out")[-1]["state"] == "delivered"


def test_when_the_day_is_used_up(people: TwoPeople, choose: Callable[[str], None]) -> None:
    """It is told by `sync` and `doctor`, and a small letter goes all the same; --large may stand beside --wait."""
    choose("daily_bytes = 1")
    assert people.client.send(people.therapist, "Small.").row["state"] == "sent"
    assert "used up" in people.client.do("sync").err
    assert "Used up" in lines_of_doctor(people.client)["bytes"][1]
    assert people.client.send(people.therapist, long_text(6_000)).row["state"] == "queued"
    assert people.client.do("sync", "--wait", "1", "--large").row["sent"] == 1


def test_doctor_tells_the_line(people: TwoPeople, choose: Callable[[str], None]) -> None:
    """The way, the day's bytes in and out, and those of each contact by its id, never by name."""
    choose('line = "by hand"')
    people.therapist.send(people.client, "Count me.")
    people.client.do("sync")
    found = lines_of_doctor(people.client)
    identity = people.client.do("contacts").rows[0]["id"]
    assert found["line"] == ("ok", "By hand. Without a proxy.")
    assert "there is no bound" in found["bytes"][1]
    assert found[f"bytes.{identity}"][1].endswith(" in.")
    assert people.therapist.name not in str(found)


@pytest.mark.parametrize(
    "text", ['line = "now and then"', "daily_bytes = -1", "daily_bytes = true", 'daily_bytes = "1"']
)
def test_a_wrong_setting_is_named(people: TwoPeople, choose: Callable[[str], None], text: str) -> None:
    """A way that there is not, and a bound that is no number, are refused with the name of the setting."""
    choose(text)
    done = people.client.here("sync")
    assert done.code == 1
    assert text.partition(" ")[0] in done.err
