"""What goes into an export beside what stands now: letters that are not finished, earlier versions, appointments."""

from collections.abc import Iterator

from therapy_tui.core.safety import STEPS
from therapy_tui.services import appointments, conversation, directory, journal, safety
from therapy_tui.services.export_parts import Row, stamp
from therapy_tui.services.vault import Vault


def draft_rows(vault: Vault) -> Iterator[Row]:
    """Give the letters that are being written, by person."""
    for person in directory.people(vault, also_closed=True):
        draft = conversation.draft(vault, person.contact.id)
        if draft.text:
            yield {"to": person.contact.name, "kept_at": stamp(draft.kept_at), "text": draft.text}


def draft_words(vault: Vault) -> Iterator[str]:
    """Write them, by person."""
    yield "# Letters that are not finished\n"
    for each in draft_rows(vault):
        yield f"\n## To {each['to']}, {each['kept_at']}\n\n{each['text']}\n"


def earlier_rows(vault: Vault) -> Iterator[Row]:
    """Give what pages and steps of the plan were before, the oldest page first, of each the newest first."""
    for page in journal.every(vault):
        for each in journal.versions(vault, page) if page.versions else ():
            yield {
                "of": "page",
                "day": page.day,
                "id": page.id.hex(),
                "kept_at": stamp(each.kept_at),
                "text": each.text,
            }
    for step in safety.versions(vault):
        label = STEPS[step.step - 1].label
        yield {"of": "plan", "step": step.step, "label": label, "kept_at": stamp(step.kept_at), "text": step.text}


def earlier_words(vault: Vault) -> Iterator[str]:
    """Write them in the same order."""
    yield "# What was there before\n"
    for each in earlier_rows(vault):
        what = f"The page of {each['day']}" if each["of"] == "page" else f"The plan, {each['label']}"
        yield f"\n## {what}, {each['kept_at']}\n\n{each['text']}\n"


def appointment_rows(vault: Vault) -> Iterator[Row]:
    """Give every appointment, the first one first, also those that were cancelled."""
    names = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    for each in appointments.since(vault):
        yield {
            "with": names.get(each.contact, ""),
            "at": stamp(each.at),
            "minutes": each.minutes,
            "zone": each.zone,
            "cancelled": bool(each.cancelled_at),
            "text": each.words,
        }


def appointment_words(vault: Vault) -> Iterator[str]:
    """Write them, a line each."""
    yield "# Appointments\n\n"
    for each in appointment_rows(vault):
        said = [f"{each['minutes']} minutes", each["zone"], each["text"], "cancelled" if each["cancelled"] else ""]
        yield f"- {each['at']}  {each['with']}: {', '.join(filter(None, said))}\n"
