"""What is given in another encoding than UTF-8."""

import pytest

from tests.two_people import Person

LATIN = b"caf\xe9 noir\n".decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "command",
    [
        ("note", "add", "-"),
        ("journal", "add", "-"),
        ("checkin", "5", "--text", "-"),
        ("invite", "--for", "Sam", "--word", "-"),
        ("invite", "--for", "Sam", "--word", LATIN.rstrip()),
    ],
)
def test_it_is_told_and_nothing_is_kept(alone: Person, command: tuple[str, ...]) -> None:
    """Latin-1 is refused in one line that says where it is no UTF-8 and what makes it so; nothing was made of it."""
    done = alone.here(*command, stdin=LATIN)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "Character 4 is not UTF-8" in done.err
    assert "iconv -f LATIN1 -t UTF-8" in done.err
    listed = {"checkin": ("checkin", "list"), "invite": ("invites",)}.get(command[0], (command[0], "list"))
    assert alone.do(*listed).rows == []


@pytest.mark.parametrize("command", [("join", "-"), ("init", "--role", "client", "--name", "K", "--ticket", "-")])
def test_a_link_and_a_ticket_are_refused_in_words(alone: Person, command: tuple[str, ...]) -> None:
    """A link or a ticket that is no UTF-8 is refused in one line, and is no fault of the program."""
    who = Person("K", "client", alone.home.with_name("other"), alone.before) if command[0] == "init" else alone
    done = who.here(*command, stdin=LATIN)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert ("not an invite" in done.err) or ("not UTF-8" in done.err)
