"""Who one writes with: the list, by name or id, and names."""

import msgspec

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name, shapes_of
from therapy_tui.services.events import ContactsChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, messages


class Person(msgspec.Struct, frozen=True):
    """A contact with what a list shows of it."""

    contact: Contact
    unread: int
    letters: int
    last_at: int
    """When the last letter came or went, 0 when there is none."""
    alike: str
    """The name of another contact that may be taken for this one's, or empty."""


def people(vault: Vault, *, also_closed: bool = False) -> list[Person]:
    """Give everyone, the latest letter first; those whom oneself removed only when asked."""
    known = contacts.every(vault.database)
    found = []
    for contact, alike in zip(known, _alike([each.name for each in known]), strict=True):
        if contact.closed == "ours" and not also_closed:
            continue
        count = messages.tally(vault.database, contact.id)
        found.append(Person(contact, count.unread, count.letters, count.last_at, alike))
    return sorted(found, key=lambda person: (-person.last_at, person.contact.made_at))


def _alike(names: list[str]) -> list[str]:
    """Give for each name the first other one that may be taken for it, or empty; each is looked at once."""
    shapes = [shapes_of(name) for name in names]
    places: dict[str, list[int]] = {}
    for place, own in enumerate(shapes):
        for shape in own:
            places.setdefault(shape, []).append(place)
    others = [
        min((other for shape in own for other in places[shape][:2] if other != place), default=-1)
        for place, own in enumerate(shapes)
    ]
    return [names[other] if other >= 0 else "" for other in others]


def find(vault: Vault, name_or_id: str) -> Contact:
    """Give the contact that a person named: the whole name as listed, the name on the card, or the id.

    Raises:
        UsageError: nobody fits, or two do; both ids are told.
    """
    known = contacts.every(vault.database)
    wanted = name_or_id.strip()
    by_id = [each for each in known if each.id.hex() == wanted.lower()]
    if by_id:
        return by_id[0]
    for fits in (_by_name(known, wanted), _by_card(vault, known, wanted)):
        open_ones = [each for each in fits if each.closed != "ours"] or fits
        if len(open_ones) == 1:
            return open_ones[0]
        if open_ones:
            ids = " and ".join(each.id.hex() for each in open_ones)
            raise errors.UsageError(f"{len(open_ones)} people have that name. Use an id instead: {ids}.")
    raise errors.UsageError("Nobody here has that name or id. therapy-tui contacts lists everyone.")


def _by_name(known: list[Contact], wanted: str) -> list[Contact]:
    return [each for each in known if each.name.casefold() == wanted.casefold()]


def _by_card(vault: Vault, known: list[Contact], wanted: str) -> list[Contact]:
    return [each for each in known if card_name(vault, each).casefold() == wanted.casefold()]


def get(vault: Vault, contact_id: bytes) -> Contact:
    """Read a contact that is known to be there.

    Raises:
        UsageError: it is not there any more.
    """
    contact = contacts.get(vault.database, contact_id)
    if contact is None:
        raise errors.UsageError("This contact is not here any more.")
    return contact


def card_name(vault: Vault, contact: Contact) -> str:
    """Give the name that the other chose for the card, or empty when the keys are gone."""
    from therapy_tui.crypto import card as cards  # the first screen needs no card

    pair = contacts.pair(vault.database, contact.id)
    return safe_name(cards.read_card(pair.card).name) if pair else ""


def rename(vault: Vault, contact: Contact, name: str) -> str:
    """Change the name that is shown here; give it as it will be shown.

    Raises:
        UsageError: there is nothing left of the name once it is made safe.
    """
    if not name.strip():
        raise errors.UsageError("A name needs at least one letter.")
    with vault.transaction() as database:
        contacts.rename(database, contact.id, safe_name(name))
        vault.tell(ContactsChanged())
    return safe_name(name)
