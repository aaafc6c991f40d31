"""triage, promise, hours: who needs a therapist and by when, from the command line, with the real relay between."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.two_people import TwoPeople
from therapy_tui.cli.desk import Desk
from therapy_tui.content import attention
from therapy_tui.services import access
from therapy_tui.services.triage import NOT_ALL_WORDS


def test_a_letter_a_promise_more_time_and_the_answer(people: TwoPeople) -> None:
    """The therapist sees who waits and why, promises; the client sees the same time and extends it."""
    client, therapist = people.client, people.therapist
    client.do("send", therapist.name, "-", stdin="It all feels hopeless, and I would like an answer.")
    therapist.do("sync")
    row = therapist.do("triage").row
    assert row["name"] == client.name
    assert row["needs_you"] is True
    assert "wrote “hopeless”" in row["reasons"]
    assert {"waiting_hours", "due", "mood", "last_measure", "change", "promised", "label", "id"} < row.keys()
    day = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d")
    promised = therapist.do("promise", client.name, day, "15:00")
    assert (promised.code, promised.row["promised"], promised.row["over"]) == (0, True, False)
    client.do("sync")
    seen = client.do("promise", therapist.name).row
    assert seen["until"] == promised.row["until"]
    assert client.do("contacts").row["promise"] == promised.row["until"]
    later = client.do("promise", therapist.name, "--more", day, "18:00").row
    assert later["extended"] is True
    therapist.do("sync")
    assert therapist.do("triage").row["due"] == later["until"]
    therapist.do("send", client.name, "-", stdin="I have thought about your letter.")
    assert therapist.do("triage").row["due"] is None
    refused = therapist.here("promise", client.name, "tomorrow")
    assert (refused.code, "waits for an answer" in refused.err) == (1, True)
    unread = therapist.here("promise", client.name, "one day")
    assert (unread.code, "Write a day and a time" in unread.err) == (1, True)


def test_what_happens_next_once_it_has_passed(people: TwoPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days after the promised time the client is told where they stand and what they can do, and before it is not."""
    client, therapist = people.client, people.therapist
    client.do("send", therapist.name, "-", stdin="Are you there?")
    therapist.do("sync")
    day = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d")
    therapist.do("promise", client.name, day, "15:00")
    client.do("sync")
    assert client.do("promise", therapist.name).row["over"] is False
    assert client.here("promise", therapist.name).err == ""
    monkeypatch.setattr(Desk, "now", lambda _: access.seconds() + 6 * 86_400)
    late = client.here("promise", therapist.name)
    assert late.row["over"] is True
    assert "It stands at the front of their list. --more WHEN gives it more time" in late.err


def test_a_flag_is_cleared_and_somebody_is_labelled_and_put_off(people: TwoPeople) -> None:
    """Question 9 stands first; a reason clears it and stays with them; a label finds; not-before is taken back."""
    client, therapist = people.client, people.therapist
    taken = client.do("measure", "take", "phq9", "--answers", "0,0,0,0,0,0,0,0,2").row["id"]
    client.do("share", "answers", taken, therapist.name, "--yes")
    therapist.do("sync")
    assert therapist.do("triage").row["reasons"][0].startswith("item 9 answered “more than half the days”")
    empty = therapist.here("triage", "clear", client.name, "-", stdin=" ")
    assert (empty.code, "with a reason" in empty.err) == (1, True)
    assert therapist.do("triage", "clear", client.name, "-", stdin="Spoke on the telephone.").row["cleared"] == 1
    assert not any("item 9" in each for each in therapist.do("triage").row["reasons"])
    (cleared,) = therapist.do("person", client.name).row["cleared"]
    assert (cleared["measure"], cleared["item"], cleared["answer"]) == ("phq9", 9, 2)
    assert cleared["reason"] == "Spoke on the telephone."
    assert cleared["at"] <= cleared["cleared_at"]
    assert client.do("person", therapist.name).row["cleared"] == []
    therapist.do("triage", "label", client.name, "-", stdin="evening group")
    assert [each["name"] for each in therapist.do("triage", "--find", "evening").rows] == [client.name]
    assert therapist.do("triage", "--find", "morning").rows == []
    assert therapist.do("triage", "not-before", client.name, "tomorrow", "9:00").row["not_before"]
    assert therapist.do("triage", "not-before", client.name).row["not_before"] is None


def test_a_damaged_list_of_words_is_said(people: TwoPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all words that ask for attention can be looked for, the command says so beside its rows."""
    assert NOT_ALL_WORDS not in people.therapist.here("triage").err
    monkeypatch.setattr(attention, "left_out", lambda: ("An entry in attention.toml was left out.",))
    done = people.therapist.here("triage")
    assert (done.code, len(done.rows)) == (0, 1)
    assert NOT_ALL_WORDS in done.err


def test_office_hours_reach_the_client(people: TwoPeople) -> None:
    """What the therapist sets is told; a client sees it, sets none, and has no caseload."""
    client, therapist = people.client, people.therapist
    kept = therapist.do("hours", "--within", "2", "--days", "Mon Tue Thu", "--times", "10:00-16:30", "--line", "Hello.")
    assert kept.row["weekdays"] == 0b1011
    assert (kept.row["opens"], kept.row["closes"]) == ("10:00", "16:30")
    client.do("sync")
    told = client.do("hours", "--with", therapist.name).row
    assert told["within"] == 2
    past = therapist.here("hours", "--away", "2020-01-01", "2020-01-05")
    assert (past.code, "over already" in past.err) == (1, True)
    for command in (("hours", "--within", "2"), ("triage",)):
        refused = client.here(*command)
        assert (refused.code, "therapist" in refused.err) == (1, True)


def test_numbers_of_check_ins_go_only_when_asked(people: TwoPeople) -> None:
    """Without --yes they are only shown; with it the numbers go; a standing choice lets each new one go along."""
    client, therapist = people.client, people.therapist
    client.do("checkin", "4", "--text", "only for me")
    shown = client.do("share", "check-ins", therapist.name)
    assert shown.row["shared"] is False
    assert "4 of 10" in shown.row["about"]
    assert client.do("share", "check-ins", therapist.name, "--yes").code == 0
    therapist.do("sync")
    assert therapist.do("triage").row["mood"][-1] == 4.0
    assert client.do("share", "check-ins", therapist.name, "--from-now-on").row["from_now_on"] is True
    client.do("checkin", "6")
    client.do("sync")
    therapist.do("sync")
    assert therapist.do("triage").row["mood"][-1] == 5.0
    assert client.do("share", "check-ins", therapist.name, "--no-longer").row["from_now_on"] is False
