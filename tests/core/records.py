"""A made-up record with some of everything in it, and ways to make others."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from therapy_tui.content import measures as shelf
from therapy_tui.core.appointments import Appointment
from therapy_tui.core.delivery import State
from therapy_tui.core.measures import score
from therapy_tui.core.persons import Version
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.record import Answered, Noted, Record, Said

NOW = 1_795_000_000


def measure(name: str) -> Measure:
    """Give a measure."""
    found = shelf.measure(name)
    assert found is not None
    return found


def answered(name: str, *answers: int | None, at: int = NOW, number: int = 1) -> Answered:
    """Give answers to a measure that is known."""
    known = measure(name)
    result = score(known, answers)
    said = f"{result.total}." if result.total is not None else "No total."
    return Answered(name.encode() + bytes([number]), at, name, result.scale, answers, known, result, (said,))


def said(number: int, text: str = "A letter.", **facts: Any) -> Said:
    """Give a letter."""
    made = Said(bytes([number]) * 16, number % 2 == 0, NOW + number, NOW + number + 5, State.READ, "", text)
    return replace(made, **facts)


def noted(number: int, text: str = "A note.", **facts: Any) -> Noted:
    """Give a signed note."""
    return replace(Noted(bytes([number]) * 16, NOW, NOW + 60, "2026-11-17 15:00", NOW - 7_200, "free", text), **facts)


PHQ9 = answered("phq9", 0, 1, 2, 3, 0, 1, 2, 3, 1)
GAD7 = answered("gad7", 3, 2, 1, 0, 3, 2, 1)
K10 = answered("k10", *range(1, 6), *range(1, 6))
HALF = answered("phq2", 1, None, number=2)
OTHER_SCALE = Answered(
    b"k10-other", NOW, "k10", (0, 4), (0, 1, 2, 3, 4, 0, 1, 2, 3, 4), None, None, ("Another scale.",)
)
UNKNOWN = Answered(b"unknown", NOW, "who-knows", (0, 9), (9, None, 0), None, None, ("Not known & not reckoned.",))

RECORD = Record(
    contact=b"bea-bea-",
    name="Bea <Bloom>",
    therapist="Dr. Ada Brandt",
    since=NOW - 86_400,
    made_at=NOW + 1_000,
    said=(
        said(1, "A letter.\n\n\tIn two parts, with \u2003 wide blanks, a bell \x07 and \u202eturned.\u202c"),
        said(2, "An answer.", state=State.QUEUED, answers=bytes([1]) * 16),
        said(4, "It did not go.", state=State.FAILED),
        said(3, "What did you see?\n\nA heron.", about="a page of 12 November 2026, mood 4 of 10"),
        said(5, "", about="a page of 13 November 2026", is_taken_back=True),
    ),
    answered=(PHQ9, GAD7, K10, HALF, OTHER_SCALE, UNKNOWN),
    noted=(noted(7), noted(8, "# Sleep\n\n\x07 two", signed_at=0, hour="", hour_at=0)),
    appointments=(
        Appointment(b"a" * 16, b"bea-bea-", NOW + 86_400, 50, "Europe/Berlin", NOW, 0),
        Appointment(b"b" * 16, b"bea-bea-", NOW + 90_000, 25, "Europe/Berlin", NOW, NOW + 60, "by \x07 video"),
    ),
    left_out=("Notes that are not signed are not in it: 1.",),
    agreed=(
        ("What was agreed", Version("Answers on Tuesdays.", "2026-11-02", NOW - 9_000)),
        ("What was agreed", Version("And on & Fridays.", "2026-11-16", NOW)),
        ("Where they usually are", Version("Leeds", "2026-11-02", NOW - 9_000)),
        ("Where they usually are", Version("", "2026-11-16", NOW)),
    ),
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Make a record of any texts."""
    letters = draw(st.lists(TEXTS, max_size=4))
    notes = draw(st.lists(TEXTS, max_size=3))
    return replace(
        RECORD,
        name=draw(TEXTS),
        therapist=draw(TEXTS),
        said=tuple(said(number, text, about=draw(st.just("") | TEXTS)) for number, text in enumerate(letters)),
        noted=tuple(noted(number, text) for number, text in enumerate(notes, 1)),
        left_out=tuple(draw(st.lists(TEXTS, max_size=2))),
    )
