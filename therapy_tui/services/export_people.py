"""What goes into an export of people: who they are here, what was agreed, invites; and a therapist's desk and log."""

from collections.abc import Iterator

from therapy_tui.core.people import ROLES
from therapy_tui.core.persons import CONSENT, PLACE, Version
from therapy_tui.services import audit, directory
from therapy_tui.services.export_parts import Row, in_line, stamp
from therapy_tui.services.export_rest import names_of
from therapy_tui.services.vault import Vault
from therapy_tui.store import desk, holds, mailbox, persons

CLOSED = {"": None, "ours": "by you", "theirs": "by them"}


def profile_rows(vault: Vault) -> Iterator[Row]:
    """Give who one is oneself, without any key."""
    own = vault.profile
    yield {"name": own.name, "role": ROLES.get(own.role), "relay": own.relay or None, "since": stamp(own.made_at)}


def profile_words(vault: Vault) -> Iterator[str]:
    """Write it."""
    (own,) = profile_rows(vault)
    relay = f"; the mailbox is at {in_line(own['relay'])}" if own["relay"] else ""
    yield f"# {in_line(own['name'])}\n\nA {own['role']} here since {own['since']}{relay}.\n"


def people_rows(vault: Vault) -> Iterator[Row]:
    """Give everyone who was ever written with, and all that is kept of each beside letters."""
    database = vault.database
    for person in directory.people(vault, also_closed=True):
        contact = person.contact
        own = desk.settings(database, contact.id).get(contact.id)
        yield {
            "id": contact.id.hex(),
            "name": contact.name,
            "role": ROLES.get(contact.role),
            "trust": contact.trust,
            "met_at": stamp(contact.made_at),
            "closed": CLOSED[contact.closed],
            "label": own.label or None if own else None,
            "not_before": _when(own.not_before) if own else None,
            "agreed": _versions(persons.versions(database, contact.id, CONSENT)),
            "usually_at": _versions(persons.versions(database, contact.id, PLACE)),
            "to_call": [
                {"name": each.name, "relation": each.relation, "telephone": each.telephone, "at": stamp(each.at)}
                for each in persons.emergency(database, contact.id)
            ],
            "flags": _flags(vault, contact.id),
            "hold": _hold(vault, contact.id),
            "ending": _ending(vault, contact.id),
        }


def _when(seconds: int) -> str | None:
    return stamp(seconds) if seconds else None


def _versions(found: list[Version]) -> list[Row]:
    return [{"day": each.day, "at": stamp(each.at), "text": each.text} for each in found]


def _flags(vault: Vault, contact: bytes) -> list[Row]:
    return [
        {
            "at": stamp(each.at),
            "measure": each.measure,
            "item": each.item,
            "answer": each.answer,
            "cleared_at": _when(each.cleared_at),
            "reason": each.reason or None,
        }
        for each in desk.flags(vault.database, contact)
    ]


def _hold(vault: Vault, contact: bytes) -> Row | None:
    hold = holds.get(vault.database, contact)
    return {"since": stamp(hold.since), "reason": hold.reason} if hold else None


def _ending(vault: Vault, contact: bytes) -> Row | None:
    end = persons.ending(vault.database, contact)
    if end is None:
        return None
    return {
        "begun_at": stamp(end.begun_at),
        "exported_at": _when(end.exported_at),
        "keep_until": end.keep_until or None,
        "keep_why": end.keep_why or None,
        "ended_at": _when(end.ended_at),
    }


def people_words(vault: Vault) -> Iterator[str]:
    """Write them, each with what is kept of them."""
    yield "# People\n"
    for each in people_rows(vault):
        ended = f", ended {each['closed']}" if each["closed"] else ""
        yield f"\n## {in_line(each['name'])}\n\nMy {each['role']}, {each['trust']}, known here since {each['met_at']}"
        yield f"{ended}.\n\n"
        yield from (f"- {line}\n" for line in _person(each))


def _person(row: Row) -> Iterator[str]:
    if row["label"]:
        yield f"label: {in_line(row['label'])}"
    if row["not_before"]:
        yield f"put off until {row['not_before']}"
    for title, versions in (("agreed", row["agreed"]), ("usually at", row["usually_at"])):
        for each in versions:
            yield f"{title}, {each['day']}: {in_line(each['text'], 4_000) or 'taken out'} (kept {each['at']})"
    for each in row["to_call"]:
        who = f"{each['name']} ({each['relation']})" if each["relation"] else each["name"]
        yield f"to call: {in_line(who)}, {in_line(each['telephone'])}"
    for each in row["flags"]:
        why = in_line(each["reason"] or "")
        cleared = f"; cleared {each['cleared_at']}: {why}" if each["cleared_at"] else ""
        yield f"flag of {each['at']}: {in_line(each['measure'])}, question {each['item']}: {each['answer']}{cleared}"
    if row["hold"]:
        yield f"held since {row['hold']['since']}: {in_line(row['hold']['reason'])}"
    if row["ending"]:
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in row["ending"].items() if value)
        yield f"an end: {in_line(told, 1_000)}"


def invite_rows(vault: Vault) -> Iterator[Row]:
    """Give the invites that were made, without the link and the code word, which are secrets."""
    names = names_of(vault)
    for each in mailbox.invites(vault.database):
        yield {
            "id": each.id.hex(),
            "label": each.label,
            "made_at": stamp(each.made_at),
            "expires": stamp(each.expires),
            "state": each.state,
            "used_by": names.get(each.used_by),
            "used_at": _when(each.used_at),
        }


def invite_words(vault: Vault) -> Iterator[str]:
    """Write them, a line each."""
    yield "# Invites\n\n"
    for each in invite_rows(vault):
        used = f", used by {in_line(each['used_by'])}" if each["used_by"] else ""
        yield f"- {each['made_at']}  {in_line(each['label']) or 'no label'}: {each['state']}{used}\n"


def audit_rows(vault: Vault) -> Iterator[Row]:
    """Give the rows of a therapist's audit log, the oldest first."""
    for each in audit.every(vault):
        yield {
            "number": each.number,
            "at": stamp(each.at),
            "what": each.what,
            "contact": each.contact.hex() or None,
            "detail": each.detail,
            "way": each.way,
            "hash": each.hash.hex(),
        }


def audit_words(vault: Vault) -> Iterator[str]:
    """Write them, a line each."""
    yield "# The audit log\n\n"
    for each in audit_rows(vault):
        facts = [each["what"], each["contact"] or "", each["detail"], f"by {each['way']}" if each["way"] else ""]
        yield f"- {each['number']}  {each['at']}  {in_line('; '.join(filter(None, facts)), 1_000)}\n"
