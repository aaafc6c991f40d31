"""The formats of notes: which there are, their headings, and words that fit the margin."""

from therapy_tui.content.note_formats import formats, known_headings


def test_the_formats_and_their_headings() -> None:
    """SOAP, DAP, BIRP and GIRP have the headings that are in common use, and a free note has none."""
    assert {each.id: [part.heading for part in each.parts] for each in formats().values()} == {
        "free": [],
        "soap": ["Subjective", "Objective", "Assessment", "Plan"],
        "dap": ["Data", "Assessment", "Plan"],
        "birp": ["Behaviour", "Intervention", "Response", "Plan"],
        "girp": ["Goals", "Intervention", "Response", "Plan"],
    }
    assert [each.name for each in formats().values()] == ["free", "SOAP", "DAP", "BIRP", "GIRP"]


def test_every_part_has_a_hint_for_the_margin_and_a_sentence() -> None:
    """A hint is a few words in small letters, what is asked is a sentence, and headings are one word."""
    for part in (part for each in formats().values() for part in each.parts):
        assert max(map(len, part.hint.split())) <= 17
        assert len(part.hint) <= 34
        assert part.asks.endswith(".")
        assert part.heading in known_headings()
        assert part.heading.isalpha()
