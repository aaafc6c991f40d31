"""What is typed to search: read without ever failing, and asked of texts without an index as an index would answer."""

import apsw
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapy_tui.core.search import Wanted, fold, read

WORDS = "the Café by the river, don't; naïve_Büro 2026-11-18 İstanbul ørsted straße"
FIRST, LAST = "0001-01-01", "9999-12-31"


@pytest.fixture(scope="module")
def index() -> apsw.Connection:
    """An index of the kind that letters and pages have."""
    made = apsw.Connection(":memory:")
    made.execute("CREATE VIRTUAL TABLE held USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
    return made


def found_by(index: apsw.Connection, wanted: Wanted, text: str) -> bool:
    """Ask the index for a text."""
    index.execute("DELETE FROM held")
    index.execute("INSERT INTO held VALUES (?)", (text,))
    return bool(list(index.execute("SELECT 1 FROM held WHERE held MATCH ?", (wanted.match,))))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("river walk", Wanted(("river", "walk"))),
        ('"far away" heavy', Wanted(("heavy",), ("far away",))),
        ('"far aw', Wanted((), ("far aw",))),
        ("from:2026-03 to:2026", Wanted((), (), "2026-03-01", "2026-12-31")),
        ("to:2024-02 WITH:Osei x", Wanted(("x",), (), FIRST, "2024-02-29", "osei")),
        ("from:2026-02-30", Wanted(("from:2026-02-30",))),
        ("river w", Wanted(("river",))),
        ("river w ", Wanted(("river", "w"))),
        ("a walk", Wanted(("a", "walk"))),
        ("* ^ -", Wanted(())),
        ("#walk river", Wanted(("river",), tags=("walk",))),
        ("##wa # C# #", Wanted(("C#",), tags=("wa",))),
        ("river #w", Wanted(("river",))),
        ("river #w ", Wanted(("river",), tags=("w",))),
        ("#w", Wanted((), tags=("w",))),
    ],
)
def test_what_is_typed(typed: str, wanted: Wanted) -> None:
    """Words, phrases, days and a person are told apart; a last single letter is only begun until a blank follows."""
    assert read(typed) == wanted


@given(st.text())
@example('"')
@example("from:9999-99 with: \0")
@example('#" #\0#')
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    """Whatever is typed can be read and asked."""
    assert isinstance(read(typed).fits(WORDS), bool)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("cafe", True),
        ("CAFÉ riv", True),
        ("iver", False),
        ('"by the river"', True),
        ('"by the riv"', False),
        ("don't", True),
        ("naive", True),
        ("buro", True),
        ('"2026 11"', True),
        ("istanbul", True),
        ("orsted", False),
        ("ørsted", True),
        ("straße", True),
        ("strasse", False),
        ("a café ", False),
        ("river zebra", False),
        ("", False),
    ],
)
def test_a_text_without_an_index(index: apsw.Connection, typed: str, fits: bool) -> None:
    """A text that is read through is found by what an index finds it by, and by nothing else."""
    wanted = read(typed)
    assert wanted.fits(WORDS) is fits
    if wanted.match:
        assert found_by(index, wanted, WORDS) is fits


@given(st.text("ab é'-ü_1 ", max_size=30), st.text('ab é"ü1 ', max_size=8))
def test_it_answers_as_the_index_does(index: apsw.Connection, text: str, typed: str) -> None:
    """Over made-up texts and questions both give the same answer."""
    wanted = read(typed)
    if wanted.match:
        assert wanted.fits(text) is found_by(index, wanted, text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mother", True),
        ("moth", True),
        ("mother river", True),
        ("#mother river", True),
        ("#evening walk", True),
        ("#walk", True),
        ("#cafe", True),
        ("#m ", False),
        ("#river", False),
        ("#mother zebra", False),
        ('"river mother"', False),
        ('#"*', False),
    ],
)
def test_tags_have_a_column_of_their_own(typed: str, found: bool) -> None:
    """A word is found in the text or among the tags, what begins with # among the tags alone; no phrase spans both."""
    held = apsw.Connection(":memory:")
    held.execute("CREATE VIRTUAL TABLE held USING fts5 (text, tags, tokenize = 'unicode61 remove_diacritics 2')")
    held.execute("INSERT INTO held VALUES ('By the river.', ?)", ("mother\nevening walk 🌿\nCafé",))
    match = read(typed).match
    assert bool(match and list(held.execute("SELECT 1 FROM held WHERE held MATCH ?", (match,)))) is found


def test_a_text_is_no_tag() -> None:
    """What is asked of tags fits no text, whatever stands in it."""
    assert not read("#walk").fits("walk #walk")
    assert not read("#walk river").fits("walk #walk river")


def test_folding() -> None:
    """Case and accents go, also where an accent is a character of its own."""
    assert fold("Café CAFE\u0301 ÜBER ø") == "cafe cafe uber ø"
