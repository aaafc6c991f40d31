"""What a relay may be started with, its tickets, and who counts as one address."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from therapy_tui.cli.relay import relay
from therapy_tui.core.wire import Limits
from therapy_tui.errors import ConfigError, UsageError
from therapy_tui.relay.admission import network, ticket_hash
from therapy_tui.relay.settings import Settings, check, database_path, is_loopback, with_limits
from therapy_tui.relay.tickets import TicketFile

DATABASE, FILE = Path("relay.db"), Path("file")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(database=DATABASE, certificate=FILE), "together"),
        (Settings(database=DATABASE, anyone=True, tickets=FILE), "not both"),
        (Settings(database=DATABASE, host="0.0.0.0"), "who may make"),  # noqa: S104  # never bound
        (Settings(database=DATABASE, behind_proxy=True), "who may make"),
        (Settings(database=DATABASE, host="192.0.2.1", anyone=True), "Plain http"),
        (Settings(database=DATABASE, host="relay.example.org", tickets=FILE), "Plain http"),
    ],
)
def test_settings_that_would_put_people_at_risk_are_refused(settings: Settings, says: str) -> None:
    """Half a certificate, no rule for mailboxes and plain http to the world are each refused in one sentence."""
    with pytest.raises(UsageError, match=says):
        check(settings)


def test_on_loopback_anyone_may_make_a_mailbox_by_default() -> None:
    """There nothing more needs to be said; tickets still can be asked for."""
    assert check(Settings(database=DATABASE)).anyone
    assert not check(Settings(database=DATABASE, tickets=FILE)).anyone
    assert check(Settings(database=DATABASE, host="192.0.2.1", behind_proxy=True, anyone=True)).anyone
    assert check(Settings(database=DATABASE, host="192.0.2.1", certificate=FILE, key=FILE, tickets=FILE)).key


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback_is_known_by_each_of_its_names(host: str) -> None:
    """All of these are this machine alone."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "localhost.example.org", ""])  # noqa: S104  # never bound
def test_other_names_are_not_loopback(host: str) -> None:
    """Everything that others could reach is not."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("text", "path"), [("a/b.db", "a/b.db"), ("sqlite:///a.db", "a.db"), ("sqlite:////var/a.db", "/var/a.db")]
)
def test_a_database_is_a_path_or_an_address(text: str, path: str) -> None:
    """Three slashes and a path, as elsewhere."""
    assert database_path(text) == Path(path)


@pytest.mark.parametrize("text", ["postgresql://host/name", "sqlite://host/a.db", "sqlite:///", "mysql://x"])
def test_other_databases_are_refused_in_a_sentence(text: str) -> None:
    """Nothing else is opened by guessing."""
    with pytest.raises(UsageError, match="SQLite"):
        database_path(text)


def test_limits_are_changed_by_name() -> None:
    """Whole numbers stay whole, and times may have a fraction."""
    changed = with_limits(Limits(), ("slots=7", "body_seconds=0.5"))
    assert (changed.slots, changed.body_seconds, changed.wait) == (7, 0.5, Limits().wait)


@pytest.mark.parametrize("text", ["slot=7", "slots", "slots=x", "slots=1.5", "slots=-1", "=", "__class__=1"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """An unknown name, a missing, broken or negative number are each refused."""
    with pytest.raises(UsageError):
        with_limits(Limits(), (text,))


def test_tickets_added_later_count_at_once(tmp_path: Path) -> None:
    """The file is read again when it changed; blank lines and spaces do not matter, nor that it is lost."""
    path = tmp_path / "tickets"
    path.write_text("one\n\n  two \r\n")
    tickets = TicketFile(path)
    assert tickets() == {ticket_hash(b"one"), ticket_hash(b"two")}
    path.write_text("three\n")
    os.utime(path, (1, 1))
    assert tickets() == {ticket_hash(b"three")}
    path.unlink()
    assert tickets() == {ticket_hash(b"three")}


def test_a_file_of_tickets_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    """A relay that would admit nobody says so before it serves."""
    with pytest.raises(ConfigError):
        TicketFile(tmp_path / "none")
    assert TicketFile(None)() == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "", True),
    ],
)
def test_one_line_is_one_address(one: str, other: str, same: bool) -> None:
    """A whole /64 of IPv6 counts as one, because one line has that many."""
    assert (network(one) == network(other)) is same


def test_the_command_says_no_before_it_serves(tmp_path: Path) -> None:
    """The refusals reach who typed the command, as errors of this program and not of Python."""
    runner = CliRunner()
    for words in (["--host", "192.0.2.1"], ["--database", "postgresql://x/y"], ["--limit", "a=b"]):
        result = runner.invoke(relay, ["serve", "--port", "0", *words])
        assert isinstance(result.exception, UsageError)
    assert not (tmp_path / "relay.db").exists()
