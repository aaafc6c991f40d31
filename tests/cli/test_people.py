"""contacts, verify, invite, invites, join: exit codes and JSON."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.two_people import TwoPeople, new_person

CONTACT = {"name", "trust", "unread", "last_at", "promise"}


def test_contacts(people: TwoPeople) -> None:
    """`contacts` gives every field of the contract."""
    (row,) = people.client.do("contacts").rows
    assert row.keys() >= CONTACT
    assert (row["name"], row["trust"], row["promise"]) == (people.therapist.name, "unverified", None)


def test_two_that_fit_are_refused_with_both_ids(people: TwoPeople, tmp_path: Path) -> None:
    """A name that two contacts have is refused, naming both ids; either id works."""
    for number in range(2):
        twin = new_person("Twin", "client", tmp_path / str(number))
        twin.do("join", "-", stdin=people.therapist.do("invite").row["link"])
        people.therapist.do("sync")
    ids = [row["id"] for row in people.therapist.do("contacts").rows if row["name"] == "Twin"]
    assert len(ids) == 2
    done = people.therapist.here("send", "twin", "-", stdin="To whom?")
    assert (done.code, done.out) == (1, "")
    assert all(each in done.err for each in ids)
    assert all(people.therapist.here("messages", each).code == 0 for each in ids)


@pytest.mark.parametrize("name", ["Nobody", "", "Dr Ada", "0123456789abcdef"])
def test_a_name_that_nobody_has(people: TwoPeople, name: str) -> None:
    """A name must be the whole name; else it is refused, saying where the names are."""
    done = people.client.here("messages", name)
    assert (done.code, done.out) == (1, "")
    assert "therapy-tui contacts" in done.err


def test_renaming(people: TwoPeople, clash: Callable[[str], None]) -> None:
    """A contact is found by its name here, by the name on its card and by its id; a new name is made safe."""
    clash("Ada \x1b[31m\u202e")
    (row,) = people.client.do("contacts").rows
    assert "\x1b" not in row["name"]
    assert "\u202e" not in row["name"]
    for each in (row["name"], people.therapist.name, row["id"], row["id"].upper()):
        assert people.client.here("messages", each).code == 0


def test_verify(people: TwoPeople) -> None:
    """Both sides print the same ten words; --confirm makes it verified, and two choices at once are wrong usage."""
    ours, theirs = (
        people.client.do("verify", people.therapist.name).row,
        people.therapist.do("verify", people.client.name).row,
    )
    assert ours["words"] == theirs["words"]
    assert len(ours["words"]) == 10
    assert people.client.do("verify", people.therapist.name, "--confirm").row["trust"] == "verified"
    assert people.client.do("contacts").rows[0]["trust"] == "verified"
    assert people.client.here("verify", people.therapist.name, "--accept-change").code == 1
    assert people.client.here("verify", people.therapist.name, "--confirm", "--accept-change").code == 2


def test_the_link_alone_on_standard_output(people: TwoPeople) -> None:
    """Without --json the link is the one line on standard output; what to do with it goes to standard error."""
    done = people.therapist.run("invite", "--plain")
    assert done.row["link"].startswith("THERAPY:")
    bare = type(people.therapist)(people.therapist.name, "therapist", people.therapist.home, ()).run("invite")
    assert bare.code == 0
    assert bare.out.startswith("THERAPY:")
    assert bare.out.count("\n") == 1
    assert "join" in bare.err


def test_invites(people: TwoPeople, tmp_path: Path) -> None:
    """`invites` lists them; a withdrawn one lets nobody in, and a used one is told as used."""
    made = people.therapist.do("invite", "--for", "Dee", "--days", "1").row
    listed = next(row for row in people.therapist.do("invites").rows if row["id"] == made["id"])
    assert (listed["label"], listed["state"], listed["published"]) == ("Dee", "open", True)
    people.therapist.do("invites", "--revoke", made["id"])
    person = new_person("Dee", "client", tmp_path / "dee")
    refused = person.here("join", "-", stdin=made["link"])
    assert (refused.code, refused.out) == (1, "")
    fresh = people.therapist.do("invite").row["link"]
    assert person.do("join", "-", stdin=fresh + "\n").row["name"] == people.therapist.name
    late = new_person("Eve", "client", tmp_path / "eve").here("join", "-", stdin=fresh)
    assert late.code == 1
    assert "already used" in late.err


@pytest.mark.parametrize("change", ["cut", "typo", "empty"])
def test_a_link_that_is_wrong(people: TwoPeople, change: str) -> None:
    """A mistyped link is refused before anything leaves the machine."""
    link = people.therapist.do("invite").row["link"]
    wrong = {"cut": link[:-3], "typo": link[:-8] + ("2" if link[-8] != "2" else "3") + link[-7:], "empty": ""}[change]
    done = people.client.here("join", "-", stdin=wrong)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_an_invite_without_a_line(people: TwoPeople) -> None:
    """With the relay down `invite` ends with 3, prints the link, and says that it works after the next sync."""
    people.relay.kill()
    try:
        made = people.therapist.here("invite")
        assert (made.code, made.row["published"]) == (3, False)
        assert "sync" in made.err
    finally:
        people.relay.start()
    people.therapist.do("sync")
    assert next(row for row in people.therapist.do("invites").rows if row["id"] == made.row["id"])["published"]


def test_removing(people: TwoPeople, tmp_path: Path) -> None:
    """A removed contact takes no more letters on either side, and the letters stay readable."""
    person = new_person("Fay", "client", tmp_path / "fay")
    person.do("join", "-", stdin=people.therapist.do("invite").row["link"])
    people.therapist.do("sync")
    person.do("sync")
    person.send(people.therapist, "One.")
    people.therapist.do("sync")
    assert people.therapist.do("contacts", "remove", "Fay").row["closed"] == "ours"
    person.do("sync")
    assert person.send(people.therapist, "Two.").code == 1
    assert people.therapist.here("send", "Fay", "-", stdin="Three.").code == 1
    assert [row["text"] for row in people.therapist.do("messages", "Fay").rows] == ["One."]
