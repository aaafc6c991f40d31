"""Everything that is one's own, in clear, in a new folder that any person and any program can read."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from therapy_tui import errors
from therapy_tui.core.messages import Message
from therapy_tui.services import checkins, conversation, directory, journal_export, measures
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault

MANIFEST = "MANIFEST.sha256"
"""One line a file, as `sha256sum --check` reads it."""
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_ABOUT = """This is everything that was yours in therapy-tui, in clear, as of {when}.

letters/     each correspondence as text, and the same as JSON, one letter a line
pages/       the journal, one Markdown file a page; pages.json is the same in jrnl's form
check-ins.json, questionnaires.json     one a line
{manifest}     a hash of every file: sha256sum --check {manifest}

Whoever can read these files can read your letters and your pages. No key is among them.
"""

Row = dict[str, Any]


def export_everything(vault: Vault, folder: Path) -> dict[str, int]:
    """Write everything into a new folder, 0700, its files 0600; give how much of each there is.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
    """
    made = _new_folder(folder)
    counts = {"letters": 0}
    letters = _new_folder(made / "letters")
    for person in directory.people(vault, also_closed=True):
        counts["letters"] += _letters(vault, person.contact.id, person.contact.name, letters)
    counts["pages"] = journal_export.write_markdown(vault, made / "pages")
    journal_export.write_jrnl(vault, made / "pages.json")
    counts["check_ins"] = _rows(made / "check-ins.json", _check_ins(vault))
    counts["questionnaires"] = _rows(made / "questionnaires.json", _measures(vault))
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(vault.now()))
    _write(made / "README.txt", lambda: iter([_ABOUT.format(when=when, manifest=MANIFEST)]))
    counts["files"] = _manifest(made)
    return counts


def _letters(vault: Vault, contact: bytes, name: str, folder: Path) -> int:
    person = directory.get(vault, contact)
    stem = f"{_NOT_IN_NAMES.sub('-', name).strip('-')[:40] or 'somebody'}-{contact.hex()[:6]}"
    _write(folder / f"{stem}.txt", lambda: (_as_text(each, name) for each in conversation.everything(vault, person)))
    return _rows(folder / f"{stem}.json", (_as_row(each) for each in conversation.everything(vault, person)))


def _as_text(message: Message, name: str) -> str:
    who = "You" if message.outgoing else name
    return f"{who}, {_stamp(message.written_at)} ({message.state})\n\n{shown(message).whole}\n\n\n"


def _as_row(message: Message) -> Row:
    return {
        "id": message.id.hex(),
        "direction": "out" if message.outgoing else "in",
        "written_at": _stamp(message.written_at),
        "state": str(message.state),
        "text": shown(message).whole,
    }


def _check_ins(vault: Vault) -> Iterator[Row]:
    for each in checkins.between(vault):
        yield {"at": _stamp(each.at), "mood": each.mood, "words": list(each.words), "text": each.text}


def _measures(vault: Vault) -> Iterator[Row]:
    for each in measures.taken(vault):
        yield {
            "at": _stamp(each.at),
            "measure": each.measure.id,
            "title": each.measure.title,
            "answers": list(each.result.answers),
            "total": each.result.total,
            "scoring": each.measure.scoring.stored,
            "notice": each.measure.notice,
        }


# files


def _new_folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700)
    except OSError as error:
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Give a folder that is not there.") from None
    return path


def _write(path: Path, pieces: Callable[[], Iterator[str]]) -> None:
    with journal_export.new_file(path) as file:
        file.writelines(pieces())


def _rows(path: Path, rows: Iterator[Row]) -> int:
    count = 0
    with journal_export.new_file(path) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=True) + "\n")
            count += 1
    return count


def _manifest(folder: Path) -> int:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    lines = (f"{_hash(each)}  {each.relative_to(folder).as_posix()}\n" for each in files)
    _write(folder / MANIFEST, lambda: lines)
    return len(files)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(seconds: int) -> str:
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""
