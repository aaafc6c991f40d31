"""Letters for the tests of screens: put into the vault as the services would, without keys."""

from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, messages

DAY = 86_400


def add_letter(vault: Vault, text: str = "A letter.", **other: object) -> Message:
    """Add one letter to the only correspondence; theirs and read unless `other` says otherwise."""
    with vault.transaction():
        return put_letter(vault, text, **other)


def put_letter(vault: Vault, text: str, **other: object) -> Message:
    """Add one letter, in the transaction of the caller."""
    (contact,) = contacts.every(vault.database)
    number = 1 + int(vault.database.value("SELECT coalesce(max(number), 0) FROM messages", (), 0))
    fields: dict[str, object] = {
        "row": 0,
        "contact": contact.id,
        "id": number.to_bytes(8, "big") + bytes(8),
        "kind": LETTER,
        "outgoing": False,
        "number": number,
        "place": 0,
        "written_at": vault.now(),
        "arrived_at": vault.now(),
        "state": State.READ,
        "state_at": vault.now(),
        "reason": "",
        "seals": 0,
        "text": text,
        "tone": 0,
        "answers": b"",
        "raw": b"",
        "again": False,
        **other,
    }
    message = Message(**fields)  # type: ignore[arg-type]  # the fields are given by name
    messages.add(vault.database, message)
    messages.explain(vault.database, contact.id, message.id, message.reason)
    found = messages.get(vault.database, contact.id, message.id)
    assert found is not None
    return found
