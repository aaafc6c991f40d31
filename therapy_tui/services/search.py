"""Search over everything of one's own at once: each source gives what it found, and the newest come first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from therapy_tui.core.passages import passage
from therapy_tui.core.search import Hit, Wanted, read
from therapy_tui.services import days, read_through
from therapy_tui.services.vault import Vault, in_passing
from therapy_tui.store import contacts, mailbox
from therapy_tui.store import search as index

MOST = 24
"""More than stand on any screen at once; who wants to see others types another letter."""
SHORTEST = 2
"""So many letters or digits are enough to search for."""
_NO_DAY = "0001-01-01"
"""The day of what no calendar has."""


Source = Callable[[Vault, Wanted, int], list[Hit]]
"""Gives at most so many hits, its best first, each with its whole text for a passage."""


def keeps_notes(vault: Vault) -> bool:
    """Tell whether this person has notes, so that they are missed where they are closed."""
    return mailbox.setting(vault.database, "keeps_notes", "no") == "yes"


def note_that_there_are_notes(vault: Vault) -> None:
    """Keep that this person has notes, if there is room for it."""
    if not keeps_notes(vault):
        with in_passing(), vault.transaction() as database:
            mailbox.set_setting(database, "keeps_notes", "yes")


def find(vault: Vault, text: str, most: int = MOST, beside: Sequence[Source] = ()) -> list[Hit]:
    """Search for what a person typed (core/search.py says how), the newest day first.

    Nothing is found for less than two letters or digits.

    Args:
        vault: the open vault.
        text: what was typed.
        most: how many are wanted.
        beside: sources that the caller has and this module may not know, such as the notes while they are open.
    """
    wanted = read(text)
    return [cut(hit, wanted) for hit in find_whole(vault, wanted, most, beside)]


def cut(hit: Hit, wanted: Wanted) -> Hit:
    """Give what was found with a passage in place of its whole text."""
    return replace(hit, passage=passage(hit.passage, wanted))


def find_whole(vault: Vault, wanted: Wanted, most: int = MOST, beside: Sequence[Source] = ()) -> list[Hit]:
    """Do the same for what was read, and give whole texts: who shows a few of them cuts those alone."""
    if sum(char.isalnum() for char in wanted.shown) < SHORTEST:
        return []
    sources = (_pages,) if wanted.tags else (*SOURCES, *beside)  # nothing else has tags
    hits = [hit for source in sources for hit in source(vault, wanted, most)]
    hits.sort(key=lambda hit: hit.day, reverse=True)  # stable, so each source's own order stays within a day
    return hits[:most]


def people(names: Mapping[bytes, str], wanted: Wanted) -> list[bytes]:
    """Give whose name has what `with:` asks for."""
    return [key for key, name in names.items() if wanted.who in name.casefold()]


def _letters(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    names = {each.id: each.name for each in contacts.every(vault.database)}
    chosen: Sequence[bytes | None] = people(names, wanted) if wanted.who else [None]
    since, until = days.moment(wanted.since, 0), days.after(wanted.until) - 1
    rows = [row for who in chosen for row in index.letters(vault.database, wanted.match, since, until, who, most)]
    return [
        Hit(
            "message",
            bytes(message),
            days.day_of(int(written)) or _NO_DAY,
            f"to {names.get(bytes(who), '')}" if outgoing else f"from {names.get(bytes(who), '')}",
            str(text),
            bytes(who),
        )
        for who, message, written, outgoing, text in rows
    ]


def _pages(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    if wanted.who:
        return []
    rows = index.pages(vault.database, wanted.match, wanted.since, wanted.until, most)
    return [
        Hit("entry", bytes(entry), str(day), "journal", _told(text, tags, wanted)) for entry, day, text, tags in rows
    ]


def _told(text: str, tags: str, wanted: Wanted) -> str:
    """Give the words of a page, with its tags before them where it is found only because of those."""
    if not tags or wanted.fits(text):
        return text
    named = " ".join(f"#{each}" for each in tags.split("\n"))
    return f"{named}\n\n{text}"


def _check_ins(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    if wanted.who:
        return []
    rows = index.check_ins(vault.database, wanted.match, wanted.since, wanted.until, most)
    said = [(key, day, "; ".join(filter(None, (words.replace("\n", ", "), text)))) for key, day, words, text in rows]
    return [Hit("check-in", bytes(key), str(day), "check-in", text) for key, day, text in said]


SOURCES: tuple[Source, ...] = (_letters, _pages, _check_ins, *read_through.SOURCES)
"""Where is searched."""
