"""Write the record of one person into a new folder, as FHIR, as Markdown and as pages to print."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from therapy_tui.core import record_pages
from therapy_tui.core.audit import What
from therapy_tui.core.fhir.bundle import bundle
from therapy_tui.core.record import Record
from therapy_tui.services import audit
from therapy_tui.services.new_files import MANIFEST, whole_folder, write, write_manifest
from therapy_tui.services.persons import CHANGED
from therapy_tui.services.vault import Vault
from therapy_tui.store import persons

_ABOUT = """This is the record of one person, written out of therapy-tui on {when}, in clear.

{files}
{manifest}     a hash of every file: sha256sum --check {manifest}

In it: letters of both sides, what the person shared, questionnaires with their answers and totals, session notes,
appointments, and what was agreed. Not in it: process notes, which are no part of a record (45 CFR 164.501), and what
was not shared.
{left_out}
{loinc}

Whoever can read these files can read all of it. No key is among them.
"""
LOINC_NOTICE = (
    "The codes of questions and answers are LOINC's. This content from LOINC is copyright (c) 1995- Regenstrief\n"
    "Institute, Inc. and the LOINC Committee, and available at no cost under the license at https://loinc.org/license/"
)


def _fhir(record: Record) -> Iterator[str]:
    yield json.dumps(bundle(record), ensure_ascii=True, indent=1) + "\n"


def _markdown(record: Record) -> Iterator[str]:
    return record_pages.markdown(record, day_of)


def _text(record: Record) -> Iterator[str]:
    return record_pages.printed(record, day_of)


FORMATS: dict[str, tuple[str, str, Callable[[Record], Iterable[str]]]] = {
    "fhir": ("record.fhir.json", "for other programs: one Bundle of FHIR R4", _fhir),
    "markdown": ("record.md", "to read: Markdown", _markdown),
    "text": ("record.txt", "to print: pages of 72 columns", _text),
}
"""Each format: the name of its file, what it is for, and how it is written."""


def export(vault: Vault, record: Record, folder: Path, formats: Sequence[str]) -> dict[str, int]:
    """Write a record into a new folder, note that in the audit log, and give how much of each there is.

    Where an end was begun with the person, it has the day too. This is the one way in which a record leaves.

    Args:
        vault: the open vault.
        record: what `record.gather` gave.
        folder: which is not there yet.
        formats: some of `FORMATS`.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
        DiskFull: not all could be written; nothing is left of it, and nothing noted.
        VaultError: it could not be noted; nothing is left of it.
    """
    files = "\n".join(f"{FORMATS[each][0]:20}{FORMATS[each][1]}" for each in formats)
    left_out = "".join(f"{each}\n" for each in record.remarks)
    about = _ABOUT.format(
        when=day_of(record.made_at), files=files, manifest=MANIFEST, left_out=left_out, loinc=LOINC_NOTICE
    )
    with whole_folder(folder) as made:
        for each in formats:
            name, _, pieces = FORMATS[each]
            write(made / name, pieces(record))
        write(made / "README.txt", [about])
        write_manifest(made)
        with audit.what_leaves(vault) as database:  # what is not in the log did not leave
            persons.note_exported(database, record.contact, vault.now())
            audit.note(vault, What.EXPORTED, record.contact, f"record, {', '.join(formats)}")
            vault.tell(CHANGED)
    return {
        "letters": len(record.said),
        "questionnaires": len(record.answered),
        "notes": len(record.noted),
        "appointments": len(record.appointments),
    }


def day_of(seconds: int) -> str:
    """Write a moment for a person: local, 24 hours, with the offset from UTC."""
    try:
        return time.strftime("%Y-%m-%d %H:%M %z", time.localtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""
