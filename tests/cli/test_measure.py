"""measure: take and list, their shape, and what is refused."""

from tests.two_people import Person

FIELDS = ["id", "at", "measure", "answers", "total", "band", "change", "rule", "support"]


def test_taken_and_listed(alone: Person) -> None:
    """A measure is kept with its total, band and change; the list gives the same rows, oldest first."""
    first = alone.here("measure", "take", "phq9", "--answers", "1,1,1,1,1,1,1,1,0").row
    second = alone.here("measure", "take", "PHQ9", "--answers", "3,3,3,1,1,1,1,0,0").row
    assert list(first)[: len(FIELDS)] == FIELDS
    assert (first["total"], first["band"], first["change"], first["support"]) == (8, "mild", None, False)
    assert (second["total"], second["change"]) == (13, 5)
    assert second["rule"] == "reliable change, NHS Talking Therapies"
    assert [row["id"] for row in alone.here("measure", "list", "phq9").rows] == [first["id"], second["id"]]


def test_support_is_told_on_standard_error(alone: Person) -> None:
    """Item 9 at anything but "not at all" is met with a word and a way to help; standard output keeps its shape."""
    done = alone.here("measure", "take", "phq9", "--answers", "0,0,0,0,0,0,0,0,1")
    assert done.row["support"] is True
    assert "You do not have to be alone with it." in done.err
    assert all(each in done.err for each in ("112", "911", "999", "000", "111"))  # no country was chosen


def test_the_numbers_come_before_anything_is_kept(alone: Person) -> None:
    """The numbers of the chosen country and their day stand there even where the vault is not opened afterwards."""
    alone.folders.settings.write_text('country = "GB"\nthin = 5\n')
    nobody = Person(alone.name, alone.role, alone.home, ("--json", "--passphrase-file", str(alone.home / "none")))
    done = nobody.here("measure", "take", "phq9", "--answers", "0,0,0,0,0,0,0,0,3")
    assert (done.code, done.out) == (1, "")
    assert "116 123" in done.err
    assert "United Kingdom, compiled" in done.err
    alone.folders.settings.write_text("")
    assert alone.here("measure", "list").rows == []


def test_wrong_answers(alone: Person) -> None:
    """An answer that the form does not have, words, and a measure that is not known are refused with a sentence."""
    for words in (("phq9", "9,0,0,0,0,0,0,0,0"), ("phq9", "0,0"), ("phq9", "a,b"), ("mmpi", "1")):
        done = alone.here("measure", "take", words[0], "--answers", words[1])
        assert (done.code, done.out) == (1, "")
        assert done.err.count("\n") == 1
    assert alone.here("measure", "list").rows == []
