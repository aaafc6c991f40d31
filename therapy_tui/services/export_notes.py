"""What of the notes goes into an export: each note with what it was before and what was added, and what was signed."""

from collections.abc import Iterator
from pathlib import Path

from therapy_tui.core import front_matter
from therapy_tui.core.journal import Version
from therapy_tui.core.note_chain import Finding
from therapy_tui.core.notes import Note
from therapy_tui.services import days, directory, note_signing, notes
from therapy_tui.services.export_parts import Row, quoted, stamp
from therapy_tui.services.new_files import new_folder, write, write_rows
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

Faults = dict[bytes, str]
"""What is wrong with a signature, in a sentence, by the id of what was signed."""
Names = dict[bytes, str]


def write_notes(vault: Vault, notebook: Notebook, folder: Path) -> dict[str, int]:
    """Write notes, and what was signed, into a folder that is being made; give how many of each there are."""
    names = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    findings = note_signing.verify(notebook)
    faults = note_signing.faults(findings)
    pages = new_folder(folder / "notes")
    for each in notes.every(notebook):
        name = f"{days.day_of(each.written_at)}-{each.id.hex()[:6]}.md"
        write(pages / name, _words(notebook, each, names, faults))
    count = write_rows(folder / "notes.json", (_row(notebook, each, names, faults) for each in notes.every(notebook)))
    counts = {"notes": count, "altered": sum(not each.agrees for each in findings)}
    if findings:
        write(folder / "signed.md", _signed_words(findings, note_signing.end_of_chain(notebook)))
        counts["signed"] = write_rows(folder / "signed.json", map(_signed_row, findings))
    return counts


def _row(notebook: Notebook, note: Note, names: Names, faults: Faults) -> Row:
    return {
        "id": note.id.hex(),
        "written_at": stamp(note.written_at),
        "changed_at": stamp(note.changed_at),
        "contact": names.get(note.contact),
        "message": note.message.hex() or None,
        "hour": note.hour or None,
        "minutes": note.minutes or None,
        "modality": note.modality or None,
        "codes": note.codes or None,
        "format": note.format,
        **_text_row(notebook, note, faults),
        "additions": [
            {"id": each.id.hex(), "written_at": stamp(each.written_at), **_text_row(notebook, each, faults)}
            for each in notes.additions(notebook, note)
        ],
    }


def _text_row(notebook: Notebook, note: Note, faults: Faults) -> Row:
    return {
        "signed": stamp(note.signed_at) if note.signed_at else None,
        "warning": faults.get(note.id),
        "text": note.text,
        "earlier": [{"kept_at": stamp(each.kept_at), "text": each.text} for each in notes.versions(notebook, note)],
    }


def _words(notebook: Notebook, note: Note, names: Names, faults: Faults) -> Iterator[str]:
    """Write a note as a Markdown page: what it is about at its top, what was added and what it was before below."""
    facts: dict[str, front_matter.Fact] = {
        "written": stamp(note.written_at),
        "about": names.get(note.contact, ""),
        "letter": note.message.hex(),
        "hour": note.hour,
        "minutes": str(note.minutes or ""),
        "modality": note.modality,
        "codes": note.codes,
        "format": note.format,
        "signed": stamp(note.signed_at) if note.signed_at else "",
        "warning": faults.get(note.id, ""),
    }
    yield front_matter.write(facts) + note.text + "\n"
    for each in notes.additions(notebook, note):
        signed = f"signed {stamp(each.signed_at)}" if each.signed_at else "not signed"
        told = f"{faults[each.id]}\n\n" if each.id in faults else ""
        yield f"\n---\n\nAdded, {signed}:\n\n{told}{each.text}\n"
        yield from map(_before, notes.versions(notebook, each))
    yield from map(_before, notes.versions(notebook, note))


def _before(version: Version) -> str:
    return f"\n---\n\nBefore, until {stamp(version.kept_at)}:\n\n{quoted(version.text)}"


def _signed_row(finding: Finding) -> Row:
    return {
        "number": finding.number or None,
        "id": finding.note.hex(),
        "signed": stamp(finding.at),
        "addition_to": finding.amends.hex() or None,
        "state": str(finding.word),
    }


def _signed_words(findings: list[Finding], end: str) -> Iterator[str]:
    yield "# What was signed\n\n"
    for each in findings:
        yield f"- {each.note.hex()[:12]}  signed {stamp(each.at)}: {each.word}\n"
    yield f"\nThe chain ends with {end}.\n"
