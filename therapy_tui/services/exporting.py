"""Everything that is one's own, in clear, in a new folder that any person and any program can read."""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from therapy_tui.services import audit, conversation, directory, export_notes, journal_export
from therapy_tui.services import export_parts as parts
from therapy_tui.services import export_people as people
from therapy_tui.services import export_rest as rest
from therapy_tui.services.new_files import MANIFEST, new_folder, whole_folder, write, write_manifest, write_rows
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

SETTINGS = "settings.toml"
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_ABOUT = """This is everything that was yours in therapy-tui, in clear, as of {when}.

letters/          each correspondence as text, and the same as JSON, one letter a line
pages/            the journal, one Markdown file a page; pages.json is the same in jrnl's form
{files}
{manifest}   a hash of every file: sha256sum --check {manifest}

All but letters and pages is as Markdown, to read, and as JSON, one thing a line. Of what there was none, there is no
file. Times are in UTC; those at the top of a page are your own clock's.
{not_here}
Whoever can read these files can read all of it. No key is among them, and no invite that can still be used.
"""
_NOTES = "notes/            one Markdown file a note, with what it was before; notes.json is the same, one a line"
_NO_NOTES = """
Your notes are not here: they have a key of their own, and it was not at hand. Once therapy-tui note list shows them,
export again into another folder.
"""
_NO_DRAWER = """
Process notes are not here: their drawer is in no export. therapy-tui note list --process reads them.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the export: two files, one to read and one for programs."""

    name: str
    """What it is counted as."""
    stem: str
    """The name of its files."""
    about: str
    words: Callable[[Vault], Iterator[str]]
    rows: Callable[[Vault], Iterator[parts.Row]]


PARTS = (
    Part("profile", "profile", "who you are here", people.profile_words, people.profile_rows),
    Part("people", "people", "whom you write with, and what is kept of each", people.people_words, people.people_rows),
    Part("check_ins", "check-ins", "how it was", parts.check_in_words, parts.check_in_rows),
    Part("questionnaires", "questionnaires", "what you answered", parts.measure_words, parts.measure_rows),
    Part("plan_steps", "safety-plan", "your safety plan", parts.plan_words, parts.plan_rows),
    Part("prompts", "own-questions", "questions of your own or sent", parts.prompt_words, parts.prompt_rows),
    Part("snippets", "snippets", "words of your own for letters", parts.snippet_words, parts.snippet_rows),
    Part("drafts", "unfinished-letters", "letters that are not finished", rest.draft_words, rest.draft_rows),
    Part("begun", "begun", "check-ins and questionnaires that are not", rest.begun_words, rest.begun_rows),
    Part("earlier", "earlier", "what pages and the plan were before", rest.earlier_words, rest.earlier_rows),
    Part("appointments", "appointments", "appointments", rest.appointment_words, rest.appointment_rows),
    Part("shared", "shared", "what you shared, and took back", rest.shared_words, rest.shared_rows),
    Part("invites", "invites", "the invites you made", people.invite_words, people.invite_rows),
    Part("views", "views", "what you find again by name", rest.view_words, rest.view_rows),
    Part("settings", "settings", "what you chose", rest.setting_words, rest.setting_rows),
    Part("audit", "audit-log", "what the vault was used for", people.audit_words, people.audit_rows),
)


def export_everything(
    vault: Vault, folder: Path, notebook: Notebook | None, settings: str = "", *, has_drawer: bool = False
) -> dict[str, int]:
    """Write everything into a new folder, 0700, its files 0600, and note that; give how much of each there is.

    Args:
        vault: the open vault.
        folder: which is not there yet.
        notebook: the open notes; None where they cannot be opened: then the folder says that they are left out.
        settings: what was chosen before the vault is opened, as TOML.
        has_drawer: whether there are process notes, of which the folder then says that they are not in it.

    Returns:
        How much of each; with `altered`, how many signed notes are not as they were signed.

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
        counts |= {part.name: _part(vault, part, made) for part in PARTS}
        if settings:
            write(made / SETTINGS, [settings])
        if notebook is not None:
            counts |= export_notes.write_notes(vault, notebook, made)
        has = {"has_settings": bool(settings), "has_notes": notebook is not None, "has_drawer": has_drawer}
        write(made / "README.txt", [_about(vault, counts, **has)])
        counts["files"] = write_manifest(made)
        audit.note_leaving(vault, detail="everything" if notebook else "everything but the notes")
    return counts


def _part(vault: Vault, part: Part, folder: Path) -> int:
    rows = part.rows(vault)
    first = next(rows, None)
    if first is None:
        return 0
    write(folder / f"{part.stem}.md", part.words(vault))
    return write_rows(folder / f"{part.stem}.json", itertools.chain([first], rows))


def _about(vault: Vault, counts: dict[str, int], *, has_settings: bool, has_notes: bool, has_drawer: bool) -> str:
    files = [f"{part.stem:18}{part.about}" for part in PARTS if counts[part.name]]
    files += [f"{SETTINGS:18}what you chose for this machine"] if has_settings else []
    files += [_NOTES] if has_notes else []
    files += [f"{'signed':18}what was signed, and whether it is as it was"] if counts.get("signed") else []
    return _ABOUT.format(
        when=time.strftime("%Y-%m-%d %H:%M", time.localtime(vault.now())),
        manifest=MANIFEST,
        files="\n".join(files),
        not_here=("" if has_notes else _NO_NOTES) + (_NO_DRAWER if has_drawer else ""),
    )


def _letters(vault: Vault, contact: bytes, name: str, folder: Path) -> int:
    person = directory.get(vault, contact)
    stem = f"{_NOT_IN_NAMES.sub('-', name).strip('-')[:40] or 'somebody'}-{contact.hex()[:6]}"
    every = partial(conversation.everything, vault, person)
    write(folder / f"{stem}.txt", (parts.letter_words(each, name) for each in every()))
    return write_rows(folder / f"{stem}.json", (parts.letter_row(each) for each in every()))
