"""The chain of signed notes: what agrees, and that whatever is changed is found."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from therapy_tui.core.note_chain import ERASED, SIGNED, Finding, Link, Word, check, content_hash, next_link
from therapy_tui.core.notes import Note

NOW = 1_800_000_000
BESIDE = {"row", "revision", "versions", "signed_at"}
"""What the file keeps of a note for its own use, and the time, which stands in the link."""


def note(number: int, amends: bytes = b"") -> Note:
    made = Note(number, bytes([number]) * 16, NOW, NOW + 1, b"ann", b"m", "2026-11-13 15:00", "dap", "Words.", 1, 0)
    return replace(made, minutes=50, modality="in writing", codes="90834", amends=amends, salt=b"s" * 16)


def chain_of(count: int) -> tuple[list[Link], dict[bytes, Note]]:
    """Sign so many notes, one a minute."""
    links: list[Link] = []
    lying = {}
    for number in range(1, count + 1):
        made = replace(note(number), signed_at=NOW + 60 * number)
        lying[made.id] = made
        links.append(next_link(links[-1] if links else None, SIGNED, made.signed_at, made))
    return links, lying


def words(links: list[Link], lying: dict[bytes, Note]) -> list[str]:
    return [str(each.word) for each in check(links, lambda link: lying.get(link.note))]


def test_what_was_signed_agrees() -> None:
    """Everything is as it was signed, in order, with its own time; nothing signed is no finding."""
    links, lying = chain_of(3)
    found = list(check(links, lambda link: lying.get(link.note)))
    assert [(each.number, each.at, each.agrees) for each in found] == [
        (1, NOW + 60, True),
        (2, NOW + 120, True),
        (3, NOW + 180, True),
    ]
    assert words([], {}) == []


def changed(made: Note, name: str) -> Note:
    """Give a note of which one field is another."""
    value = getattr(made, name)
    others: dict[str, Any] = {
        name: value + (1 if isinstance(value, int) else b"x" if isinstance(value, bytes) else "x")
    }
    return replace(made, **others)


@pytest.mark.parametrize("name", [each.name for each in fields(Note)])
def test_every_field_is_hashed(name: str) -> None:
    """A note differs from what was signed as soon as any of its fields does, but for what the file keeps for itself."""
    assert (content_hash(changed(note(1), name)) == content_hash(note(1))) == (name in BESIDE)


def test_a_changed_note_is_named_and_no_other() -> None:
    """Words that were changed after signing, and a mark that was taken away, are named; the others agree."""
    for other in ({"text": "Other words."}, {"signed_at": 0}, {"signed_at": NOW}):
        links, lying = chain_of(3)
        second = links[1].note
        lying[second] = replace(lying[second], **other)
        assert words(links, lying) == [Word.AS_SIGNED, Word.ALTERED, Word.AS_SIGNED]


def test_erased_and_missing_are_told_apart() -> None:
    """What a link says was erased is erased; what is gone without one is missing; what came back is not as signed."""
    links, lying = chain_of(3)
    gone = lying.pop(links[0].note)
    assert words(links, lying) == [Word.MISSING, Word.AS_SIGNED, Word.AS_SIGNED]
    links.append(next_link(links[-1], ERASED, NOW + 999, gone))
    assert links[-1].content == b""
    assert words(links, lying) == [Word.ERASED, Word.AS_SIGNED, Word.AS_SIGNED]
    assert words(links, {**lying, gone.id: gone})[0] == Word.ALTERED


Tear = Callable[[list[Link]], None]


def _set(place: int, **other: object) -> Tear:
    def tear(links: list[Link]) -> None:
        links[place] = replace(links[place], **other)  # type: ignore[arg-type]

    return tear


def _drop(links: list[Link]) -> None:
    del links[1]


def _swap(links: list[Link]) -> None:
    links[1], links[2] = links[2], links[1]


@pytest.mark.parametrize(
    "tear",
    [
        _drop,
        _swap,
        _set(1, at=NOW),
        _set(1, note=b"x" * 16),
        _set(1, content=b"x" * 32),
        _set(1, amends=b"x"),
        _set(1, kind=ERASED),
        _set(1, number=5),
        _set(1, hash=b"x" * 32),
    ],
)
def test_a_torn_chain_is_seen(tear: Tear) -> None:
    """A link that was taken out, moved or changed in any field is out of order, or the one after it is."""
    links, lying = chain_of(4)
    tear(links)
    assert Word.OUT_OF_ORDER in words(links, lying)
    assert words(links, lying)[0] == Word.AS_SIGNED


def test_a_link_made_anew_does_not_fit_the_next() -> None:
    """Somebody who changes a note and makes its link anew is betrayed by the link after it."""
    links, lying = chain_of(3)
    changed = replace(lying[links[1].note], text="Other words.")
    lying[changed.id] = changed
    links[1] = next_link(links[0], SIGNED, links[1].at, changed)
    assert words(links, lying) == [Word.AS_SIGNED, Word.AS_SIGNED, Word.OUT_OF_ORDER]


def test_what_is_said_of_it() -> None:
    """Each thing that is wrong has a sentence with its day, and what agrees has none."""
    for word in Word:
        told = Finding(1, NOW, b"n", b"", word).told("13 Nov")
        assert bool(told) == (word not in {Word.AS_SIGNED, Word.ERASED})
        assert told == "" or "13 Nov" in told
    added = Finding(1, NOW, b"n", b"whole", Word.ALTERED).told("13 Nov")
    assert added == "What was added to this note is not as it was signed on 13 Nov. Nothing was changed back."
