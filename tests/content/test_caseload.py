"""The demo's made-up caseload: what it promises to hold, and files that cannot be used."""

import re
from pathlib import Path

import pytest

from therapy_tui.content import caseload
from therapy_tui.content.caseload import Person, people, read_person
from therapy_tui.content.demo import CLIENT, THERAPIST
from therapy_tui.content.measures import measures
from therapy_tui.core.caseload import PAIR, Ends, summary
from therapy_tui.core.text import safe_text
from therapy_tui.errors import ConfigError

PEOPLE = {each.id: each for each in people()}
TEXTS = [
    text
    for each in PEOPLE.values()
    for text in (
        *(letter.text for letter in each.letters),
        *(page.text for page in each.pages),
        *(page.question for page in each.pages),
        *(question.text for question in each.questions),
    )
]


def scores(person: Person, measure: str) -> list[int]:
    """Give what the answers to a measure add up to, oldest first."""
    return [sum(each.answers) for each in person.measures if each.id == measure]


def test_who_is_there() -> None:
    """Fourteen people, two of them with the same first name, write 150 to 220 letters over twelve weeks."""
    names = [each.name for each in PEOPLE.values()]
    assert len(names) == 14
    first = [name.split()[0] for name in names if not re.match(r"\w\.", name)]
    assert sorted({name for name in first if first.count(name) > 1}) == ["Bea"]
    assert 150 <= sum(len(each.letters) for each in PEOPLE.values()) <= 220
    assert all(8 <= len(each.letters) <= 25 for each in PEOPLE.values() if each.since)
    assert max(letter.days_ago for each in PEOPLE.values() for letter in each.letters) > 80


def test_every_file_says_that_it_is_made_up() -> None:
    """The first line of each file says that everything in it is made up."""
    for path in caseload.FOLDER.glob("*.toml"):
        assert path.read_text("utf-8").startswith("# Everything in this file is made up: ")


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_letters_are_plain(person: Person) -> None:
    """Every letter has 40 to 400 words in signs that a terminal shows; the therapist's are signed and calm."""
    for letter in person.letters:
        assert 40 <= len(letter.text.split()) <= 400, letter.text
        assert safe_text(letter.text) == letter.text
        assert not re.search(r"[^\n -~é]", letter.text)
        if letter.role == THERAPIST:
            assert letter.text.endswith("\n\nDr Ash")
            assert "!" not in letter.text


def test_words_that_do_not_stand_there() -> None:
    """The therapist names no illness, nobody names a way to be hurt, and the spelling is British."""
    ill = r"\b(depress\w*|disorder\w*|diagnos\w*|symptom\w*|anxiety|panic|trauma\w*|patholog\w*|patients?)\b"
    ours = [letter.text for each in PEOPLE.values() for letter in each.letters if letter.role == THERAPIST]
    assert [text for text in ours if re.search(ill, text, re.IGNORECASE)] == []
    ways = r"\b(overdos\w*|pills?|hang(ed|ing)? myself|kill\w*|suicid\w*|razor\w*|cutting myself|jump(ed)? off)\b"
    abroad = r"\b((?:col|fav|behavi|neighb|hon|hum)or\w*|gray|mom|(?:real|apolog|recogn)iz\w*|center|program(s|med)?)\b"
    assert [text for text in TEXTS if re.search(ways, text, re.IGNORECASE)] == []
    assert [found[0] for text in TEXTS if (found := re.search(abroad, text))] == ["program"]


def test_what_waits() -> None:
    """One of each that a desk must show is there, and nine people end with an answer of the therapist's."""
    waiting = {each.id for each in PEOPLE.values() if each.letters[-1].role == CLIENT}
    assert waiting == {"r-m", "sol", "n-a", "k", "wren"}
    assert [promise.until.hours for promise in PEOPLE["r-m"].promises][-1] == -2
    assert [promise.until.today for promise in PEOPLE["sol"].promises] == ["17:00"]
    assert (PEOPLE["n-a"].since, PEOPLE["n-a"].letters[0].days_ago) == (0, 0)
    assert [letter.role for letter in PEOPLE["k"].letters[-3:]] == [THERAPIST, CLIENT, CLIENT]
    assert (PEOPLE["wren"].letters[-1].tone, len(PEOPLE["wren"].letters[-1].text.split()) > 300) == (1, True)
    assert [each.id for each in PEOPLE.values() if each.trust == "changed"] == ["j-p"]
    theirs = [letter.days_ago for letter in PEOPLE["rue"].letters if letter.role == CLIENT]
    assert theirs[-1] >= 21
    assert {each.id for each in PEOPLE.values() if not each.moods and not each.measures} == {"otto", "n-a"}


def test_measures_move() -> None:
    """R. M.'s PHQ-9 rose by 6 and K.'s GAD-7 fell by 4; item 9 is answered once in twelve weeks, by Sol, at the end."""
    assert scores(PEOPLE["r-m"], "phq9")[-2:] == [11, 17]
    assert scores(PEOPLE["k"], "gad7")[-2:] == [12, 8]
    asked = [(each.id, one) for each in PEOPLE.values() for one in each.measures if one.id == "phq9"]
    assert [(who, one.days_ago, one.answers[8]) for who, one in asked if one.answers[8]] == [("sol", 1, 1)]


GOOD = (caseload.FOLDER / "r-m.toml").read_text("utf-8")
DAMAGES = {
    "a value that does not end": ('name = "R. M."', 'name = "R. M.', "it is not TOML at line"),
    "a name that is misspelt": ('trust = "verified"', 'trust = "verified"\nmodds = []', "unknown field `modds`"),
    "a field that is missing": ("since = 262\n", "", "missing required field `since`"),
    "a trust that nobody has": ('"verified"', '"sure"', "$.trust"),
    "an id of its own": ("since = 262", 'since = 262\nid = "x"', "it calls itself 'x'"),
    "a name with a control": ('"R. M."', '"R\\u0007 M."', "its name cannot be shown"),
    "a letter with a control": ("nice about the fish.", "nice about the \\u001b[2J fish.", "its letters have a sign"),
    "a letter of the future": ('days_ago = 83\nat = "21:20"', 'days_ago = -1\nat = "21:20"', "$.letters[0].days_ago"),
    "a letter too long ago": ('days_ago = 83\nat = "21:20"', 'days_ago = 85\nat = "21:20"', "$.letters[0].days_ago"),
    "a time that no clock has": ('at = "21:20"', 'at = "24:20"', "$.letters[0].at"),
    "letters out of order": ('days_ago = 83\nat = "21:20"', 'days_ago = 80\nat = "21:20"', "letters are out of order"),
    "a letter that is too long": ("Two. A bank", f"{'word ' * 4_001}Two. A bank", "$.letters[13].text"),
    "an answer too few": ("[1, 1, 2, 2, 1, 1, 1, 0, 0]", "[1, 1, 2, 2, 1, 1, 1, 0]", "phq9 42 days ago does not fit"),
    "an answer too high": ("[1, 1, 2, 2, 1, 1, 1, 0, 0]", "[1, 1, 2, 4, 1, 1, 1, 0, 0]", "phq9 42 days ago"),
    "a mood of eleven": ("[27, 6], [26", "[27, 11], [26", "$.moods[0][1]"),
    "moods out of order": ("[27, 6], [26", "[25, 6], [26", "its moods are out of order"),
    "a promise for the therapist's own letter": ("letters = [16]", "letters = [15]", "the promise of 1 days ago"),
    "a promise for no letter": ("letters = [16]", "letters = [18]", "the promise of 1 days ago"),
    "a promise of two times": ("{ hours = -2 }", '{ hours = -2, today = "17:00" }', "the promise of 1 days ago"),
    "a promise that was over": ('days_ago = 38, at = "18:00"', 'days_ago = 39, at = "08:00"', "the promise of 39"),
    "keys that changed at no time": ('trust = "verified"', 'trust = "changed"', "it says when keys changed, or"),
}  # fmt: skip
"""What is written instead of what, and what the sentence says then."""


@pytest.mark.parametrize(("before", "after", "said"), DAMAGES.values(), ids=DAMAGES)
def test_damage(tmp_path: Path, before: str, after: str, said: str) -> None:
    """A file that says what cannot be is refused, by name and with the reason."""
    assert GOOD.count(before) >= 1
    path = tmp_path / "r-m.toml"
    path.write_text(GOOD.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigError, match=r"^r-m\.toml cannot be used: ") as told:
        read_person(path)
    assert said in str(told.value)


def test_two_of_one_name(tmp_path: Path) -> None:
    """Two files may have one name in them; they are told apart by their ids."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(GOOD, "utf-8")
    assert [(each.id, each.name) for each in people(tmp_path)] == [("one", "R. M."), ("two", "R. M.")]


def test_the_summary_has_somebody_to_count() -> None:
    """Six people have both measures at least twice; of them some improved, some recovered, and some did neither."""
    ends = []
    for person in PEOPLE.values():
        totals = {each: scores(person, each) for each in PAIR}
        ends.append({name: Ends(each[0], each[-1], len(each)) for name, each in totals.items() if each})
    found = summary([each for each in ends if each], measures())
    assert (found.counted, found.caseness, found.improved, found.recovered, found.reliably_recovered) == (6, 6, 5, 3, 3)
