"""Everything that is one's own, in clear, in a new folder that any person and any program can read."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from therapy_tui.services import audit, conversation, days, directory, journal_export, notes
from therapy_tui.services import export_parts as parts
from therapy_tui.services import export_rest as rest
from therapy_tui.services.new_files import MANIFEST, new_folder, whole_folder, write, write_manifest, write_rows
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_ABOUT = """This is everything that was yours in therapy-tui, in clear, as of {when}.

letters/     each correspondence as text, and the same as JSON, one letter a line
pages/       the journal, one Markdown file a page; pages.json is the same in jrnl's form
check-ins, questionnaires, safety-plan, own-questions, snippets, appointments, unfinished-letters,
earlier (what pages and the plan were before)     as Markdown, and as JSON, one a line
{notes}
{manifest}     a hash of every file: sha256sum --check {manifest}

Whoever can read these files can read all of it. No key is among them.
"""
_NOTES = "notes/       one Markdown file a note; notes.json is the same, one a line"
_NO_NOTES = """
Your notes are not here: they have a key of their own, and it was not at hand. Once therapy-tui note list shows them,
export again into another folder.
"""

Part = tuple[str, str, Callable[[Vault], Iterator[str]], Callable[[Vault], Iterator[parts.Row]]]
PARTS: tuple[Part, ...] = (
    ("check_ins", "check-ins", parts.check_in_words, parts.check_in_rows),
    ("questionnaires", "questionnaires", parts.measure_words, parts.measure_rows),
    ("plan_steps", "safety-plan", parts.plan_words, parts.plan_rows),
    ("prompts", "own-questions", parts.prompt_words, parts.prompt_rows),
    ("snippets", "snippets", parts.snippet_words, parts.snippet_rows),
    ("drafts", "unfinished-letters", rest.draft_words, rest.draft_rows),
    ("earlier", "earlier", rest.earlier_words, rest.earlier_rows),
    ("appointments", "appointments", rest.appointment_words, rest.appointment_rows),
)
"""What it is counted as, the name of its two files, and how each of them is written."""


def export_everything(vault: Vault, folder: Path, notebook: Notebook | None) -> dict[str, int]:
    """Write everything into a new folder, 0700, its files 0600, and note that; give how much of each there is.

    Args:
        vault: the open vault.
        folder: which is not there yet.
        notebook: the open notes; None where they cannot be opened: then the folder says that they are left out.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
        DiskFull: not all could be written; nothing is left of it.
        VaultError: a therapist's log could not note it; nothing is left of it.
    """
    with whole_folder(folder) as made:
        counts = {"letters": 0}
        letters = new_folder(made / "letters")
        for person in directory.people(vault, also_closed=True):
            counts["letters"] += _letters(vault, person.contact.id, person.contact.name, letters)
        counts["pages"] = journal_export.write_markdown(vault, made / "pages")
        journal_export.write_jrnl(vault, made / "pages.json")
        for name, stem, words, rows in PARTS:
            write(made / f"{stem}.md", words(vault))
            counts[name] = write_rows(made / f"{stem}.json", rows(vault))
        if notebook is not None:
            counts["notes"] = _notes(vault, notebook, new_folder(made / "notes"))
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(vault.now()))
        told = _ABOUT.format(when=when, manifest=MANIFEST, notes=_NO_NOTES if notebook is None else _NOTES)
        write(made / "README.txt", iter([told]))
        counts["files"] = write_manifest(made)
        audit.note_leaving(vault, detail="everything" if notebook else "everything but the notes")
    return counts


def _letters(vault: Vault, contact: bytes, name: str, folder: Path) -> int:
    person = directory.get(vault, contact)
    stem = f"{_NOT_IN_NAMES.sub('-', name).strip('-')[:40] or 'somebody'}-{contact.hex()[:6]}"
    every = partial(conversation.everything, vault, person)
    write(folder / f"{stem}.txt", (parts.letter_words(each, name) for each in every()))
    return write_rows(folder / f"{stem}.json", (parts.letter_row(each) for each in every()))


def _notes(vault: Vault, notebook: Notebook, folder: Path) -> int:
    names = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    for each in notes.every(notebook):
        name = f"{days.day_of(each.written_at)}-{each.id.hex()[:6]}.md"
        write(folder / name, iter([parts.note_words(each, names, notes.additions(notebook, each))]))
    rows = (parts.note_row(each, names, notes.additions(notebook, each)) for each in notes.every(notebook))
    return write_rows(folder.with_suffix(".json"), rows)
