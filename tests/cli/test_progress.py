"""progress, caseload, measure ask: two people, what was asked, answered and shared, and the shape of the rows."""

import pytest

from tests.two_people import TwoPeople

POINT = [
    *("contact", "at", "measure", "answers", "scale", "total", "band", "compared", "change", "change_reliable"),
    *("change_first", "change_first_reliable", "rule", "rule_points", "response", "remission", "support"),
]


@pytest.fixture(scope="module")
def shared(people: TwoPeople) -> TwoPeople:
    """The client answered the PHQ-9 twice and the GAD-7 once, and shared all of it."""
    for name, answers in (
        ("phq9", "2,2,2,2,2,2,2,0,0"),
        ("phq9", "0,0,1,1,1,0,0,0,1"),
        ("gad7", "1,1,1,1,1,1,1"),
    ):
        taken = people.client.do("measure", "take", name, "--answers", answers).row["id"]
        people.client.do("share", "answers", taken, people.therapist.name, "--yes")
    people.therapist.do("sync")
    return people


def test_progress(shared: TwoPeople) -> None:
    """One object for each set of answers, oldest first, with both changes by the named rule, response and item 9."""
    therapist, client = shared.therapist, shared.client
    gad7, first, last = therapist.do("progress", client.name).rows
    assert list(first)[: len(POINT)] == POINT
    assert (first["total"], first["change"], first["response"], first["support"]) == (14, None, None, False)
    assert (last["total"], last["change"], last["change_reliable"], last["change_first"]) == (4, -10, True, -10)
    assert (last["response"], last["remission"], last["support"]) == (True, True, True)
    assert (last["rule"], last["rule_points"]) == ("reliable change, NHS Talking Therapies", 6)
    assert gad7["measure"] == "gad7"
    assert [row["measure"] for row in therapist.do("progress", client.name, "gad7").rows] == ["gad7"]
    assert therapist.here("progress", client.name, "mmpi").code == 1


def test_caseload(shared: TwoPeople) -> None:
    """One object a person by name, then the summary with its sources."""
    person, last = shared.therapist.do("caseload").rows
    assert person["name"] == shared.client.name
    assert person["measures"]["phq9"] == {"first": 14, "last": 4, "change": -10, "times": 2, "verdict": "lower"}
    assert (person["measures"]["gad7"]["times"], person["measures"]["gad7"]["verdict"]) == (1, None)
    assert (last["summary"]["counted"], last["summary"]["left_out"]) == (0, 1)
    assert any("NCT05134103" in each for each in last["summary"]["sources"])


def test_asked(people: TwoPeople) -> None:
    """What a therapist asks for arrives, is due, is answered, and is ended; a client asks nobody."""
    therapist, client = people.therapist, people.client
    alone = client.here("measure", "take", "pcl5", "--answers", ",".join(["1"] * 20))
    assert (alone.code, "once your therapist asks" in alone.err) == (1, True)
    assert therapist.do("measure", "ask", client.name, "pcl5", "--every", "4").row["about"] == (
        "PCL-5 is asked for, every 4 weeks"
    )
    client.do("sync")
    (row,) = client.do("measure", "asked").rows
    assert (row["measure"], row["every_weeks"], row["direction"], row["due"]) == ("pcl5", 4, "in", True)
    assert client.do("measure", "take", "pcl5", "--answers", ",".join(["1"] * 20)).code == 0
    assert client.do("measure", "asked").row["due"] is False
    assert [each["direction"] for each in therapist.do("measure", "asked").rows] == ["out"]
    assert therapist.do("measure", "ask", client.name, "pcl5", "--stop").code == 0
    client.do("sync")
    assert client.do("measure", "asked").rows == []
    assert client.here("measure", "ask", therapist.name, "phq9").code == 1
    assert therapist.here("measure", "ask", client.name, "phq9", "--every", "53").code == 2
    assert therapist.here("measure", "ask", client.name, "phq9", "--every", "2", "--stop").code == 2


def test_the_caseload_is_a_therapist_s(people: TwoPeople) -> None:
    """A client, who has no caseload, is told so in place of a summary of nothing."""
    refused = people.client.here("caseload")
    assert refused.code == 1
    assert "is a therapist's" in refused.err
