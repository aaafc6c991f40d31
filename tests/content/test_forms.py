"""Guided forms: plain text that is read back as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content.forms import Form, form_of, forms, parse, render, tidy
from therapy_tui.core.text import safe_line
from therapy_tui.errors import UsageError

FORMS = {form.id: form for form in forms()}
HEADINGS = [field.heading for form in forms() for field in form.fields]
PIECES = st.sampled_from(
    [
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\\",
        "#",
        "## ",
        "\\## ",
        "# Thought record",
        "\n## The moment\n",
        "a",
        "\u2028",
        *HEADINGS,
    ]
)
TEXTS = st.text() | st.lists(PIECES | st.text(max_size=5)).map("".join)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, str]]:
    """Draw a form and answers to some of it."""
    form = draw(st.sampled_from(forms()))
    return form, {field.heading: draw(TEXTS) for field in form.fields if draw(st.booleans())}


def test_the_forms() -> None:
    """There are four forms, each with a purpose in a sentence and five to eight parts with a heading of their own."""
    assert sorted(FORMS) == ["activity-plan", "thought-record", "unsent-letter", "worry-time"]
    assert len({form.title for form in forms()}) == len(FORMS)
    for form in forms():
        assert form.purpose.endswith(".")
        assert 5 <= len(form.fields) <= 8
        assert len({field.heading for field in form.fields}) == len(form.fields)
        assert all(field.hint.endswith(".") for field in form.fields)
        assert all(safe_line(word) == word for field in form.fields for word in (field.heading, field.hint))


def test_the_text() -> None:
    """A form is a title, then headings with answers; what was left empty is not there."""
    answers = {"The thing": "Water the plants\n\n- the fern", "What it is for": " \n", "How it was": "## fine\n"}
    text = "# Activity plan\n\n## The thing\n\nWater the plants\n\n- the fern\n\n## How it was\n\n\\## fine"
    assert render(FORMS["activity-plan"], answers) == text
    assert render(FORMS["worry-time"], {}) == "# Worry time"


@given(filled())
def test_round_trip(drawn: tuple[Form, dict[str, str]]) -> None:
    """Whatever is written in a form comes back, tidy, under its heading, and the text knows its form."""
    form, answers = drawn
    text = render(form, answers)
    assert parse(form, text) == {field.heading: tidy(answers.get(field.heading, "")) for field in form.fields}
    assert form_of(text) is form
    assert render(form, parse(form, text)) == text


@given(st.sampled_from(forms()), TEXTS)
def test_no_word_gets_lost(form: Form, text: str) -> None:
    """Any text can be read as a form: each of its lines is in an answer, but for the title and the headings."""
    answers = parse(form, text)
    kept = {line.strip().lstrip("\\") for answer in answers.values() for line in answer.split("\n")}
    known = {f"# {form.title}", *(f"## {field.heading}" for field in form.fields), ""}
    assert {line.strip().lstrip("\\") for line in tidy(text).split("\n")} - known <= kept | {""}
    assert parse(form, render(form, answers)) == answers


@given(TEXTS)
def test_tidy(text: str) -> None:
    """Tidying twice changes nothing, and takes only the ends of lines and what is blank."""
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(text).split() == text.split()


def test_changed_by_hand() -> None:
    """Text above the first heading, an unknown heading and one that comes twice are kept where they stand."""
    text = "before\r\n## The thing  \none\n## Mine\ntwo\n## How it was\nthree\n## The thing\nfour\n"
    answers = parse(FORMS["activity-plan"], text)
    assert answers["The thing"] == "before\none\n## Mine\ntwo\nfour"
    assert answers["How it was"] == "three"


def test_what_is_not_asked() -> None:
    """An answer to a heading that a form does not have is refused and not lost in silence."""
    with pytest.raises(UsageError, match="The form Worry time has no heading The thing"):
        render(FORMS["worry-time"], {"The thing": "x"})


@pytest.mark.parametrize(
    "text", ["", "Thought record", "#Thought record", "## Thought record", "# Something", "x\n# Worry time"]
)
def test_other_texts(text: str) -> None:
    """A text whose first line is no title of a form is of no form."""
    assert form_of(text) is None
