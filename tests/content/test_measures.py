"""The measures that come with the program: their words, their codes, and where each was read."""

import hashlib
import subprocess
import sys

import pytest

from therapy_tui.content import measures
from therapy_tui.core.questionnaire import Measure, Option
from therapy_tui.core.text import safe_text

WORDS = {
    "phq9": "186d8b969cdac98774aab56cb31baed20341592065b53ce5eba7a2f84bbfab78",
    "phq2": "19f77bd0322dfa080a399ba4bb24e387342dbc48925ef1758d33a20176d19c6c",
    "gad7": "a8bfe4558485f4672c7ba92ce37e9636e86eafa21ff34352c8d9abbd3b5880e2",
    "pcl5": "2c180a38e3b16fa3293f29960a1f336eb47fe7959b23482f6f939f625ff466af",
    "k10": "daddfebe503b28297ede31a88f104fd234d7135f532672d44c46f9faf33df1ef",
    "k6": "e34da489e70187050dd4db0da762efd1a426dace8befb358f453957b39454384",
}
"""SHA-256 of every word that a person is asked, taken from the copies that were compared and not from these files."""
PHQ = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
GAD = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]
CODES = {
    "phq9": ("44249-1", PHQ, "44261-6"),
    "phq2": ("55757-9", PHQ[:2], "55758-7"),
    "gad7": ("69737-5", GAD, "70274-6"),
}
"""The panel, the items in order, and the total."""
ANSWERS = {0: "LA6568-5", 1: "LA6569-3", 2: "LA6570-1", 3: "LA6571-9"}
SUBJECTS = ["interest", "down", "sleep", "tired", "appetite", "bad about", "concentrating", "slowly", "better off dead"]
"""A word of each item of the PHQ-9, in order."""


def named(name: str) -> Measure:
    """Give a measure that must be there."""
    found = measures.measure(name)
    assert found is not None
    return found


def wording(measure: Measure) -> str:
    """Render every word that a person is asked, a line for each, in the order of the form."""

    def options(those: tuple[Option, ...]) -> list[str]:
        return [f"{option.score} {option.text}" for option in those]

    lines = [measure.notice, measure.instruction, measure.screen_instruction, measure.stem, *options(measure.options)]
    lines += [f"{item.number} {item.text}" for item in measure.items]
    if measure.difficulty:
        lines += [measure.difficulty.text, *options(measure.difficulty.options)]
    return "\n".join(lines)


def check_digit_is_right(code: str) -> bool:
    """Tell whether the last digit of a LOINC code follows from the others, by Luhn's rule."""
    body, _, check = code.partition("-")
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return -sum(value // 10 + value % 10 for value in doubled) % 10 == int(check)


def test_all_six_can_be_used() -> None:
    """Every file is a measure without a fault, and no other measure is there."""
    assert measures.problems() == ()
    assert {measure.id for measure in measures.measures()} == set(WORDS)
    assert measures.measure("who5") is None


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    """Notice, instruction, stem, options and items are the verbatim ones, to the letter."""
    assert hashlib.sha256(wording(named(name)).encode()).hexdigest() == WORDS[name]


@pytest.mark.parametrize("name", CODES)
def test_codes(name: str) -> None:
    """The LOINC codes of panel, items, total and answers are those of the table, and their notice is there."""
    measure = named(name)
    assert (measure.panel_loinc, [item.loinc for item in measure.items], measure.total_loinc) == CODES[name]
    assert {option.score: option.loinc for option in measure.options} == ANSWERS
    assert "Regenstrief Institute" in measure.loinc_notice
    assert "https://loinc.org/license/" in measure.loinc_notice


def test_the_trap() -> None:
    """44260-8 is the item about being better off dead, 44254-1 the tired one, and the panel is not the total."""
    phq9 = named("phq9")
    of = {item.loinc: item.text for item in phq9.items}
    assert "better off dead" in of["44260-8"]
    assert "tired" in of["44254-1"]
    assert all(subject in item.text for subject, item in zip(SUBJECTS, phq9.items, strict=True))
    assert phq9.panel_loinc != phq9.total_loinc
    assert all("44260-8" not in {item.loinc for item in named(name).items} for name in WORDS if name != "phq9")


def test_difficulty_codes() -> None:
    """The question of difficulty has its code, and `very` and `extremely` keep theirs, which are not in order."""
    for name in ("phq9", "gad7"):
        difficulty = named(name).difficulty
        assert difficulty is not None
        assert difficulty.loinc == "69722-7"
        assert [option.loinc for option in difficulty.options] == ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]
        assert [option.text.split()[0] for option in difficulty.options] == ["Not", "Somewhat", "Very", "Extremely"]


def test_measures_without_codes() -> None:
    """The PCL-5, the K10 and the K6 carry no LOINC code, since none was confirmed."""
    for name in set(WORDS) - set(CODES):
        measure = named(name)
        assert not any((measure.panel_loinc, measure.total_loinc, *(item.loinc for item in measure.items)))


def test_check_digits() -> None:
    """Every LOINC code has the check digit that belongs to it, so that no digit was mistyped."""
    found = {code for panel, items, total in CODES.values() for code in (panel, *items, total)} | {"69722-7"}
    assert all(check_digit_is_right(code) for code in found)
    assert not check_digit_is_right("44260-9")


def test_only_one_item_opens_support() -> None:
    """Among all items of all measures only the ninth of the PHQ-9 carries the mark of safety."""
    marked = [(m.id, item.number) for m in measures.measures() for item in m.items if item.safety]
    assert marked == [("phq9", 9)]


def test_phq2_is_the_beginning_of_phq9() -> None:
    """The two items, the options and the instruction of the PHQ-2 are the PHQ-9's own."""
    short, long = named("phq2"), named("phq9")
    assert [(i.text, i.loinc) for i in short.items] == [(i.text, i.loinc) for i in long.items[:2]]
    assert (short.options, short.instruction) == (long.options, long.instruction)


@pytest.mark.parametrize("name", WORDS)
def test_sources(name: str) -> None:
    """Each item was found in two sources or more, and each number says where it was read."""
    measure = named(name)
    copies = len(named("phq9" if name == "phq2" else name).sources)  # the PHQ-2's items were compared in the PHQ-9
    assert all(2 <= item.confirmed <= copies for item in measure.items)
    read = [band.source for band in measure.bands] + [cutoff.source for cutoff in measure.cutoffs]
    assert all([*read, *(rule.source for rule in measure.rules)])
    assert all(len(source.commit) == 40 for source in measure.sources if source.where.startswith("github.com"))
    assert measure.notice_source


@pytest.mark.parametrize("name", WORDS)
def test_every_word_can_be_drawn(name: str) -> None:
    """Nothing in a measure would be changed on its way to a terminal."""
    measure = named(name)
    words = [*wording(measure).split("\n"), measure.title, measure.short, measure.citation, measure.window]
    words += [measure.caution, measure.scoring.stored, measure.scoring.note]
    words += [word for rule in measure.rules for word in (rule.name, rule.meaning, rule.source)]
    words += [word for each in measure.cutoffs for word in (each.meaning, each.source)]
    assert all(safe_text(word) == word for word in words)


@pytest.mark.parametrize("name", WORDS)
def test_no_diagnosis(name: str) -> None:
    """A band is named by its size alone, and the caution says that a total settles nothing."""
    sizes = {"minimal", "low", "mild", "moderate", "moderately severe", "severe", "high", "very high"}
    assert {band.label for band in named(name).bands} <= sizes
    assert any(words in named(name).caution for words in ("not a diagnosis", "not to a conclusion"))


def test_what_is_stored_is_said() -> None:
    """Each file states its way of scoring: the K10 counts from 1 to 5 and not from 0, the K6 from 0 to 4."""
    for measure in measures.measures():
        scoring = measure.scoring
        said = f"{scoring.item_low} to {scoring.item_high} an item, {scoring.total_low} to {scoring.total_high} in all"
        assert scoring.stored.startswith(said)
    assert named("k10").scoring.stored.startswith("1 to 5 an item, 10 to 50 in all, the Australian way")
    assert "never to be mixed" in named("k10").scoring.stored
    assert (named("k6").scoring.item_low, named("k6").scoring.item_high) == (0, 4)


def test_owners_are_named() -> None:
    """Each notice names the owners or says that nobody owns it, and only the PCL-5 waits for a therapist."""
    owners = {"phq9": "Pfizer", "phq2": "Pfizer", "gad7": "Pfizer", "pcl5": "not copyrighted"}
    owners |= {"k10": "(c) World Health Organization 2003", "k6": "(c) World Health Organization 2003"}
    assert all(words in named(name).notice for name, words in owners.items())
    assert [m.id for m in measures.measures() if m.assigned_by == "therapist"] == ["pcl5"]


def test_the_screen_is_not_paper() -> None:
    """An instruction to circle something has a form for screens, and it differs in those words alone."""
    for measure in measures.measures():
        assert ("circle" in measure.instruction) == bool(measure.screen_instruction)
    pcl5 = named("pcl5")
    paper, screen = "circle one of the numbers to the right", "select one of the options"
    assert pcl5.instruction.replace(paper, screen) == pcl5.screen_instruction


def test_files_are_read_only_when_asked() -> None:
    """Importing the module reads no file."""
    program = "from therapy_tui.content import measures\nassert measures._load.cache_info().currsize == 0\n"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
