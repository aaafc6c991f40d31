"""share: exactly what is shown goes, it is seen when it was read, and it can be taken back."""

import pytest

from tests.two_people import Person, TwoPeople
from therapy_tui.services.shown import GONE

TEXT = "The heron stood by the river."


@pytest.fixture
def page(people: TwoPeople) -> str:
    """Give the id of a page of the client's."""
    return str(people.client.do("journal", "add", "--date", "2026-11-12", "--mood", "4", "-", stdin=TEXT).row["id"])


def test_a_page_there_and_back(people: TwoPeople, page: str) -> None:
    """Without --yes it is only shown; then it is with the other, is read, and is taken back from both."""
    client, therapist = people.client, people.therapist
    shown = client.do("share", "page", page, therapist.name)
    assert (shown.code, shown.row["text"], shown.row["shared"]) == (0, TEXT, False)
    assert "Add --yes" in shown.err
    assert client.do("journal", "show", page).row["shared"] is False
    sent = client.do("share", "page", page[:12], therapist.name, "--yes")
    assert (sent.code, sent.row["state"]) == (0, "sent")
    therapist.do("sync")
    came = therapist.letters(client, "in")[-1]
    assert (came["text"], came["about"], came["kind"]) == (TEXT, "a page of 12 November 2026, mood 4 of 10", 16)
    assert client.do("journal", "show", page).row["shared"] is True
    back = client.do("share", "back", sent.row["id"][:12])
    assert back.code == 0
    assert back.row["taken_back_at"]
    assert back.row["news"] == "sent"
    assert "written out into a record before stays" in back.err
    listed = Person("", "", client.home, client.before[1:])
    assert "the news is on its way" in listed.do("share", "list").out
    therapist.do("sync")
    client.do("sync")
    assert "their program says that it is gone" in listed.do("share", "list").out
    assert [each["text"] for each in therapist.letters(client, "in")[-2:]] == [GONE, ""]
    assert therapist.letters(client, "in")[-1]["about"] == "taken back: a page of 12 November 2026"
    assert client.do("journal", "show", page).row["text"] == TEXT
    again = client.here("share", "back", sent.row["id"])
    assert (again.code, "taken back already" in again.err) == (1, True)


def test_answers(people: TwoPeople) -> None:
    """The answers to a questionnaire go as numbers, and the other reads what they come to."""
    client, therapist = people.client, people.therapist
    taken = client.do("measure", "take", "gad7", "--answers", "1,2,0,3,1,0,2").row["id"]
    assert client.do("share", "answers", taken, therapist.name, "--yes").code == 0
    therapist.do("sync")
    came = therapist.letters(client, "in")[-1]
    assert came["about"].startswith("GAD-7 of ")
    assert came["text"].startswith("9, on a scale of 0 to 21")


def test_a_question(people: TwoPeople) -> None:
    """A question for the journal arrives as one."""
    client, therapist = people.client, people.therapist
    asked = therapist.do("share", "question", client.name, "-", stdin="What would a friend say?\n")
    assert asked.code == 0
    client.do("sync")
    came = client.letters(therapist, "in")[-1]
    assert (came["text"], came["about"]) == ("What would a friend say?", "a question for the journal")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("share", "page", "ffffffff", "{name}", "--yes"), "no page with that id"),
        (("share", "answers", "ffffffff", "{name}", "--yes"), "Nothing was answered"),
        (("share", "back", "ffffffff"), "Nothing was shared"),
        (("share", "back", ""), "Two begin so|Nothing was shared"),
    ],
)
def test_what_is_not_there(people: TwoPeople, words: tuple[str, ...], told: str) -> None:
    """An id that fits nothing is told, with the command that shows them."""
    done = people.client.here(*(each.format(name=people.therapist.name) for each in words))
    assert done.code == 1
    assert any(each in done.err for each in told.split("|"))
    assert "list` shows them" in done.err
