"""Two people over TLS, by the command line alone, with a relay for which an authority of one's own vouches."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.certificates import Authority
from tests.quick import later
from tests.relay_process import RelayProcess
from tests.two_people import Person, TwoPeople, meet, new_person
from therapy_tui.config import read_settings, write_settings

HERE = "127.0.0.1"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that everybody here trusts, as SSL_CERT_FILE says."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def relay(tmp_path: Path, authority: Authority) -> Iterator[RelayProcess]:
    """A real relay with a certificate."""
    with RelayProcess(tmp_path / "relay.db", *authority.vouch(HERE).options) as process:
        yield process


def make_client(relay: RelayProcess, folder: Path) -> Person:
    """Make a client whose settings say that this relay on loopback speaks TLS."""
    client = new_person("Bo", "client", folder / "client")
    settings, _ = read_settings(client.folders.settings)
    write_settings(client.folders.settings, replace(settings, secure_relays=(relay.address,)))
    return client


def make_therapist(relay: RelayProcess, folder: Path) -> Person:
    """Make a therapist with a mailbox to be at this relay."""
    assert relay.url.startswith("https://")
    return new_person("Dr Ada Schön", "therapist", folder / "therapist", "--relay", relay.url)


def test_letters_go_both_ways_over_tls(relay: RelayProcess, tmp_path: Path) -> None:
    """From init to a receipt, each command as a process of its own, nothing goes but over https."""
    people = TwoPeople(relay, make_therapist(relay, tmp_path), make_client(relay, tmp_path))
    meet(people.therapist, people.client)
    sent = people.client.run("send", people.therapist.name, "-", stdin="Over TLS.")
    assert (sent.code, sent.row["state"]) == (0, "sent")
    assert people.therapist.run("sync").row["received"] == 1
    answered = people.therapist.run("send", "Bo", "-", stdin="I have it.")
    assert answered.row["state"] == "sent"
    people.settle()
    for person in people.both:
        (out,) = person.letters(people.other(person), "out")
        assert out["state"] == "delivered"
    assert [row["text"] for row in people.client.letters(people.therapist, "in")] == ["I have it."]


@pytest.mark.parametrize(
    ("address", "until", "reason"),
    [
        later(HERE, -dt.timedelta(days=1), "it has expired"),
        ("127.0.0.9", dt.timedelta(days=1), "it belongs to another address"),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused(
    authority: Authority, tmp_path: Path, address: str, until: dt.timedelta, reason: str
) -> None:
    """An expired certificate, or another's, gets nothing: a sentence says why, and the exit code is that of no line."""
    with RelayProcess(tmp_path / "relay.db", *authority.vouch(address, until=until).options) as relay:
        refused = make_therapist(relay, tmp_path).run("invite")
    assert refused.code == 3
    assert f"certificate was refused: {reason}" in refused.err
    assert len(refused.err.splitlines()) == 1
    assert refused.row["published"] is False


@pytest.mark.campaign
def test_a_stranger_in_the_relays_place_gets_nothing(relay: RelayProcess, tmp_path: Path) -> None:
    """When another certificate answers, a letter stays queued and it is said why; with the right one it goes."""
    people = TwoPeople(relay, make_therapist(relay, tmp_path), make_client(relay, tmp_path))
    meet(people.therapist, people.client)
    relay.kill()
    own, relay.options = relay.options, Authority(tmp_path, "stranger").vouch(HERE, "other").options
    relay.start()
    for command in (("send", people.therapist.name, "-"), ("sync",)):
        refused = people.client.run(*command, stdin="For nobody else.")
        assert refused.code == 3
        assert "certificate was refused: nobody whom this machine trusts vouches for it" in refused.err
    assert [row["state"] for row in people.client.do("outbox").rows] == ["queued"]
    relay.kill()
    relay.options = own
    relay.start()
    people.settle()
    assert [row["text"] for row in people.therapist.letters(people.client, "in")] == ["For nobody else."]


def test_plain_and_sealed_do_not_meet(relay: RelayProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain http to a relay with TLS, TLS to a plain one, certificates that cannot be read: no line, in a sentence."""
    therapist = make_therapist(relay, tmp_path)
    settings, _ = read_settings(therapist.folders.settings)
    write_settings(therapist.folders.settings, replace(settings, secure_relays=()))
    assert therapist.here("sync").code == 3
    write_settings(therapist.folders.settings, settings)
    relay.kill()
    own, relay.options = relay.options, ()
    relay.start()
    spoken = therapist.here("sync")
    assert spoken.code == 3
    assert "TLS" in spoken.err
    relay.kill()
    relay.options = own
    relay.start()
    for path in (tmp_path / "not there", relay.database):
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        unread = therapist.here("sync")
        assert unread.code == 3
        assert "SSL_CERT_FILE" in unread.err
