"""What goes into an export beside what stands now: what is not finished, was before, was shared, or was chosen."""

from collections.abc import Iterator

from therapy_tui.core.messages import TONES
from therapy_tui.core.safety import STEPS
from therapy_tui.services import appointments, checkins, conversation, directory, journal, safety, sharing, triage
from therapy_tui.services.export_parts import Row, in_line, quoted, stamp
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault
from therapy_tui.store import mailbox, measures


def names_of(vault: Vault) -> dict[bytes, str]:
    """Give the name of everyone who was ever written with, by id."""
    return {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}


def draft_rows(vault: Vault) -> Iterator[Row]:
    """Give the letters that are being written, by person."""
    for contact, name in names_of(vault).items():
        draft = conversation.draft(vault, contact)
        if draft.text:
            yield {
                "to": name,
                "kept_at": stamp(draft.kept_at),
                "tone": TONES[draft.tone] if 0 < draft.tone < len(TONES) else None,
                "answers": draft.answers.hex() or None,
                "text": draft.text,
            }


def draft_words(vault: Vault) -> Iterator[str]:
    """Write them, by person."""
    yield "# Letters that are not finished\n"
    for each in draft_rows(vault):
        yield f"\n## To {in_line(each['to'])}, {each['kept_at']}\n\n{quoted(each['text'])}"


def begun_rows(vault: Vault) -> Iterator[Row]:
    """Give the check-in and the questionnaires that were begun and not kept yet."""
    draft = checkins.draft(vault)
    if draft is not None:
        given = {"day": draft.day, "mood": draft.mood or None, "words": list(draft.words), "text": draft.text}
        yield {"what": "check-in", **given}
    for measure, at, answers in measures.every_begun(vault.database):
        yield {"what": "questionnaire", "measure": measure, "at": stamp(at), "answers": list(measures.unpack(answers))}


def begun_words(vault: Vault) -> Iterator[str]:
    """Write them."""
    yield "# What was begun\n\n"
    for each in begun_rows(vault):
        if each["what"] == "check-in":
            said = [str(each["mood"] or ""), ", ".join(each["words"]), " ".join(each["text"].split())]
            yield f"- A check-in of {each['day']}: {in_line('  '.join(filter(None, said)), 20_000)}\n"
        else:
            given = ", ".join("-" if answer is None else str(answer) for answer in each["answers"])
            yield f"- {in_line(each['measure'])}, {each['at']}: {given}\n"


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
        yield f"\n## {what}, {each['kept_at']}\n\n{quoted(each['text'])}"


def appointment_rows(vault: Vault) -> Iterator[Row]:
    """Give every appointment, the first one first, also those that were cancelled."""
    names = names_of(vault)
    for each in appointments.since(vault):
        yield {
            "id": each.id.hex(),
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
        yield f"- {each['at']}  {in_line(each['with'])}: {', '.join(filter(None, said))}\n"


def shared_rows(vault: Vault) -> Iterator[Row]:
    """Give what was shared, the oldest first, also what was taken back."""
    names = names_of(vault)
    for each in sharing.every_copy(vault):
        message = conversation.get(vault, each.contact, each.message)
        yield {
            "id": each.message.hex(),
            "item": each.item.hex(),
            "with": names.get(each.contact, ""),
            "about": shown(message).about if message else "",
            "at": stamp(each.at),
            "taken_back_at": stamp(each.taken_back_at) if each.taken_back_at else None,
            "news": each.news or None,
        }


def shared_words(vault: Vault) -> Iterator[str]:
    """Write it, a line each."""
    yield "# What I shared\n\n"
    for each in shared_rows(vault):
        back = f", taken back {each['taken_back_at']}" if each["taken_back_at"] else ""
        yield f"- {each['at']}  {in_line(each['about'])}, with {in_line(each['with'])}{back}\n"


def view_rows(vault: Vault) -> Iterator[Row]:
    """Give a therapist's views, by name."""
    for name, find in triage.views(vault).items():
        yield {"name": name, "find": find}


def view_words(vault: Vault) -> Iterator[str]:
    """Write them, a line each."""
    yield "# My views\n\n"
    for name, find in triage.views(vault).items():
        yield f"- {in_line(name)}: {in_line(find)}\n"


def setting_rows(vault: Vault) -> Iterator[Row]:
    """Give what the vault keeps of choices, by the names that it has for them; what is of one person, by their id."""
    for name, value in mailbox.settings(vault.database):
        yield {"name": name, "value": value}


def setting_words(vault: Vault) -> Iterator[str]:
    """Write it, a line each."""
    yield "# What was chosen\n\n"
    for name, value in mailbox.settings(vault.database):
        yield f"- {in_line(name)}: {in_line(value, 4_000)}\n"
