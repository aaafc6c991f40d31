"""A therapist's own words for letters: kept, found and erased. None is ever shipped: the program writes for nobody."""

from therapy_tui import errors
from therapy_tui.core import snippets as rules
from therapy_tui.core.snippets import Snippet
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import snippets

CHANGED = RoomChanged("snippets")
SHORTEST_ID = 4
"""So many hexadecimal digits of an id name a snippet, where no other begins so."""
SHORT_ID = 12


def every(vault: Vault) -> list[Snippet]:
    """Read all, by name."""
    return snippets.every(vault.database)


def keep(vault: Vault, name: str, text: str, snippet_id: bytes = b"") -> Snippet:
    """Keep a new snippet, or one that is there (`snippet_id`) as it is now.

    Without a name it is called by its first words.

    Raises:
        UsageError: it is empty or too long, or holds half a character.
        DiskFull: nothing was written.
    """
    rules.check_text(text)
    kept = Snippet(snippet_id or vault.random_bytes(16), rules.tidy_name(name, text), text, vault.now())
    with vault.transaction() as database:
        snippets.keep(database, kept)
        vault.tell(CHANGED)
    return kept


def erase(vault: Vault, snippet_id: bytes) -> None:
    """Erase one; letters in which it was used keep their words."""
    with vault.transaction() as database:
        if snippets.erase(database, snippet_id):
            vault.tell(CHANGED)


def find(vault: Vault, text: str) -> Snippet:
    """Find one by its whole name, or by how its id begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    wanted = text.strip().casefold()
    known = every(vault)
    found = [each for each in known if each.name.casefold() == wanted] or [
        each for each in known if len(wanted) >= SHORTEST_ID and each.id.hex().startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ids = " and ".join(each.id.hex()[:SHORT_ID] for each in found)
        raise errors.UsageError(f"Several snippets are meant. Give the id of one: {ids}.")
    raise errors.UsageError("No snippet has that name. `therapy-tui snippet list` shows them.")
