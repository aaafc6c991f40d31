"""The chain of signed notes: what is hashed when one is signed, and what can be said of it afterwards.

Each link holds the hash of all that a note was when it was signed, and the hash of the link before it in this file. An
erased note leaves its links, so that the others can still be checked. Whoever has the file's key can build a chain anew
from the beginning: it shows what was changed by accident, by a fault or by hand, and is no signature of a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import digest
from therapy_tui.core.notes import Note

SIGNED, ERASED = 1, 2
"""The kinds of links: something was signed, something signed was erased."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain."""

    number: int
    """1 for the first, and one more for each."""
    kind: int
    at: int
    """In seconds since 1970."""
    note: bytes
    """The id of what was signed or erased."""
    amends: bytes
    """The id of the note that it was an addition to; empty for a note."""
    content: bytes
    """`content_hash` of what was signed; empty where it was erased."""
    hash: bytes
    """Of all this and of the hash before it, 32 bytes."""


class Word(StrEnum):
    """What can be said of a link."""

    AS_SIGNED = "as it was signed"
    ERASED = "erased"
    ALTERED = "not as it was signed"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    NOT_IN_CHAIN = "not in the chain"


_TOLD = {
    Word.ALTERED: "{} is not as it was signed on {}. Nothing was changed back.",
    Word.MISSING: "{} was signed on {} and is not here any more, and nothing says that it was erased.",
    Word.OUT_OF_ORDER: "{}, signed on {}, does not follow on what was signed before it: one of the two was changed.",
    Word.NOT_IN_CHAIN: "{} is marked as signed on {}, and the chain of what was signed does not know it.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing that was signed."""

    number: int
    """Its place in the chain; 0 where it has none."""
    at: int
    """When it was signed."""
    note: bytes
    amends: bytes
    word: Word

    @property
    def agrees(self) -> bool:
        """Whether nothing about it is wrong."""
        return self.word in {Word.AS_SIGNED, Word.ERASED}

    def told(self, when: str) -> str:
        """Say what is wrong in a sentence, or nothing.

        Args:
            when: the day of signing in words.
        """
        what = "What was added to this note" if self.amends else "This note"
        return "" if self.agrees else _TOLD[self.word].format(what, when)


def content_hash(note: Note) -> bytes:
    """Hash all that a note is, but for what the file keeps of it for its own use: 32 bytes of BLAKE2b."""
    fields = (
        *(note.id, note.amends, note.written_at, note.changed_at, note.contact, note.message, note.hour),
        *(note.minutes, note.modality, note.codes, note.format, note.text, note.salt),
    )
    return digest("tt1 note", pack(_VERSION, *fields))


def next_link(last: Link | None, kind: int, at: int, note: Note) -> Link:
    """Make the link that follows `last`, the first where there is none.

    Args:
        last: the newest link.
        kind: `SIGNED` or `ERASED`.
        at: now, in seconds since 1970.
        note: what is signed, its salt drawn; or what is erased.
    """
    number, before = (last.number + 1, last.hash) if last else (1, b"")
    bare = Link(number, kind, at, note.id, note.amends, content_hash(note) if kind == SIGNED else b"", b"")
    return Link(number, kind, at, note.id, note.amends, bare.content, _hash(bare, before))


def _hash(link: Link, before: bytes) -> bytes:
    return digest(
        "tt1 note link",
        pack(_VERSION, link.number, link.kind, link.at, link.note, link.amends, link.content, before),
    )


def check(links: Iterable[Link], note_of: Callable[[Link], Note | None]) -> Iterator[Finding]:
    """Say of everything that was signed whether it is as it was, in the order of the chain.

    Args:
        links: all of them, by their numbers.
        note_of: gives what lies in the file under a link's id now.
    """
    chain = list(links)
    erased = {each.note for each in chain if each.kind == ERASED}
    for before, link in zip([None, *chain], chain, strict=False):
        word = check_link(before, link, note_of(link), is_erased=link.note in erased)
        if word is not None:
            yield Finding(link.number, link.at, link.note, link.amends, word)


def check_link(before: Link | None, link: Link, note: Note | None, *, is_erased: bool) -> Word | None:
    """Say of one link whether it follows on the one before it, and whether what was signed is as it was.

    Args:
        before: the link before it; None for the first.
        link: which.
        note: what lies in the file under its id now.
        is_erased: whether a link says that it was erased.

    Returns:
        Nothing for a link that says of an erasing, and follows.
    """
    number, hashed = (before.number, before.hash) if before else (0, b"")
    if link.number != number + 1 or link.hash != _hash(link, hashed):
        return Word.OUT_OF_ORDER
    return _word(link, note, is_erased=is_erased) if link.kind == SIGNED else None


def _word(link: Link, note: Note | None, *, is_erased: bool) -> Word:
    if note is None:
        return Word.ERASED if is_erased else Word.MISSING
    is_same = not is_erased and note.signed_at == link.at and content_hash(note) == link.content
    return Word.AS_SIGNED if is_same else Word.ALTERED
