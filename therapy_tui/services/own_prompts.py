"""Prompts that a person wrote down, and those that a contact sent: kept in the vault, asked among the others."""

from typing import get_args

from therapy_tui import errors
from therapy_tui.core import prompts as rules
from therapy_tui.core.prompts import OWN, OwnPrompt, Weight
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, prompts
from therapy_tui.store.database import Database

CHANGED = RoomChanged("prompts")
SHORTEST_ID = 4
"""So many hexadecimal digits of an id name a prompt, where no other begins so."""
SOMEBODY = "somebody"
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


def add(vault: Vault, text: str, weight: Weight = "middle") -> OwnPrompt:
    """Keep a prompt of one's own.

    Raises:
        UsageError: it is empty or too long, or holds half a character.
        DiskFull: nothing was written.
    """
    line = rules.check_own(text)
    with vault.transaction() as database:
        prompts.add(database, OwnPrompt(0, vault.random_bytes(16), vault.now(), b"", b"", line, weight))
        kept = prompts.every(database)[0]
        vault.tell(CHANGED)
    return kept


def weigh(vault: Vault, prompt_id: bytes, weight: Weight) -> None:
    """Say how heavy one is to write about."""
    with vault.transaction() as database:
        if prompts.set_weight(database, prompt_id, weight):
            vault.tell(CHANGED)


def take_in(database: Database, vault: Vault, contact: bytes, mark: bytes, text: str) -> bool:
    """Take in a prompt that a contact sent, within the transaction that opened the message; tell whether it is new.

    The same message of the same contact brings it once, also after it was erased. What has no word in it is left.

    Args:
        database: the vault's, in a transaction.
        vault: the open vault; who listens is told when the transaction is committed.
        contact: who sent it.
        mark: what the message is known by, the same whenever it comes.
        text: as it was sent; it is kept in one line, and cut where it is too long.
    """
    line = rules.fit_sent(text)
    if not line:
        return False
    sent = OwnPrompt(0, vault.random_bytes(16), vault.now(), contact, mark, line, "middle")
    is_new = prompts.add(database, sent)
    if is_new:
        vault.tell(CHANGED)
    return is_new


def erase(vault: Vault, prompt_id: bytes) -> None:
    """Erase one. Pages that answer it keep the question in its words."""
    with vault.transaction() as database:
        if prompts.erase(database, prompt_id):
            vault.tell(CHANGED)


def every(vault: Vault) -> list[OwnPrompt]:
    """Read those that were not erased, the newest first."""
    return prompts.every(vault.database)


def get(vault: Vault, prompt_id: bytes) -> OwnPrompt | None:
    """Read one that was not erased, or None."""
    return prompts.get(vault.database, prompt_id)


def sources(vault: Vault) -> dict[str, str]:
    """Say of each where it is from, by its id as a prompt: `your own`, or `from Dr. Osei`."""
    names = {each.id: each.name for each in contacts.every(vault.database)}
    return {
        each.prompt.id: f"from {names.get(each.contact, SOMEBODY)}" if each.contact else "your own"
        for each in every(vault)
    }


def find_by_id(vault: Vault, text: str) -> OwnPrompt:
    """Find one by its id as a prompt, or by how that begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    wanted = text.lower().removeprefix(f"{OWN}-")
    found = [each for each in every(vault) if len(wanted) >= SHORTEST_ID and each.id.hex().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    told = "Two of your questions have an id that begins so. Give more of it." if found else "No question has that id."
    raise errors.UsageError(f"{told} `therapy-tui journal prompts --approach own` shows yours.")
