"""appointment: add, list, cancel, export, as a contract."""

from pathlib import Path

from tests.two_people import TwoPeople


def test_from_the_first_to_the_calendar(people: TwoPeople, tmp_path: Path) -> None:
    """One is kept by the clocks of its zone, listed, cancelled, and written out without a name unless that is asked."""
    therapist, name = people.therapist, people.client.name
    words = ("appointment", "add", name, "2099-12-03", "15:00", "--zone", "Europe/Berlin")
    made = therapist.do(*words).row
    assert (made["at"], made["local"]) == ("2099-12-03T14:00:00Z", "2099-12-03T15:00+01:00")
    assert (made["contact"], made["minutes"], made["zone"]) == (name, 50, "Europe/Berlin")
    again = therapist.here(*words)
    assert again.code == 1
    assert "another appointment" in again.err
    assert therapist.do("appointment", "list").rows == [made]
    assert therapist.do("appointment", "cancel", made["id"][:8]).row["cancelled_at"]
    assert therapist.do("appointment", "list").rows == []
    assert [row["id"] for row in therapist.do("appointment", "list", "--all").rows] == [made["id"]]
    file = tmp_path / "a.ics"
    assert therapist.do("appointment", "export", str(file)).row["appointments"] == 1
    assert name not in file.read_text()
    named = therapist.here("appointment", "export", str(tmp_path / "b.ics"), "--names")
    assert "in clear" in named.err
    assert f"Appointment with {name}" in (tmp_path / "b.ics").read_text()


def test_refusals(people: TwoPeople) -> None:
    """A time that clocks skip, a zone that is none and nobody's name are refused; one that comes twice is told."""
    therapist, name = people.therapist, people.client.name
    for words in (
        (name, "2027-03-28", "02:30", "--zone", "Europe/Berlin"),
        (name, "2027-03-28", "15:00", "--zone", "Mars/Olympus"),
        (name, "soon", "15:00", "--zone", "Europe/Berlin"),
        ("Nobody", "2027-03-28", "15:00", "--zone", "Europe/Berlin"),
    ):
        assert therapist.here("appointment", "add", *words).code == 1
    done = therapist.here("appointment", "add", name, "2099-10-25", "02:30", "--zone", "Europe/Berlin")
    assert done.code == 0
    assert "comes twice" in done.err
