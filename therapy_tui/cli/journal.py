"""journal: add, list, show, edit, erase, prompts, import, export."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import near, stamp
from therapy_tui.cli.prompts import list_prompts
from therapy_tui.cli.stopping import as_by_hand
from therapy_tui.core.journal import Entry, check_day, heading_of, tidy_tags
from therapy_tui.services import journal as pages
from therapy_tui.services import journal_export, journal_files, sharing
from therapy_tui.services.diaries import FORMATS
from therapy_tui.services.line import today

SHARED = (
    "On a machine that other people use, a page is not given as an argument: others could read it there."
    " Write: therapy-tui journal {} -"
)
NOTHING_TAKEN = (
    "Nothing was taken: nothing in {} can be read as a page, for the reasons above. If it is a diary in another form,"
    " name that with --format."
)
SHORT_ID = 12


def fields_of(entry: Entry, *, shared: bool = False) -> dict[str, Any]:
    """Give the JSON fields of a page; `shared` tells whether somebody has a copy."""
    return {
        "id": entry.id.hex(),
        "date": entry.day,
        "mood": entry.mood or None,
        "tags": list(entry.tag_list),
        "prompt": entry.question or None,
        "text": entry.text,
        "versions": entry.versions,
        "shared": shared,
        "changed_at": stamp(entry.changed_at),
    }


def _words(entry: Entry) -> str:
    return f"{entry.words:,} word{'' if entry.words == 1 else 's'}"


def line_of(entry: Entry) -> str:
    """Give a page as a line of a list."""
    heading, beginning = heading_of(entry.text)
    facts = [_words(entry)]
    facts += [f"mood {entry.mood}"] if entry.mood else []
    facts += [f"#{tag}" for tag in entry.tag_list]
    return f"{entry.day}  {entry.id.hex()[:SHORT_ID]}  {heading or beginning[:60]}  ({', '.join(facts)})"


def text_of(entry: Entry) -> str:
    """Give a page as lines for a person."""
    facts = [entry.day, *([f"mood {entry.mood}"] if entry.mood else []), *(f"#{tag}" for tag in entry.tag_list)]
    question = f"{entry.question}\n\n" if entry.question else ""
    return f"{'  '.join(facts)}\n\n{question}{entry.text}\n"


@click.group()
def journal() -> None:
    """Write and read pages that are yours alone."""


journal.add_command(list_prompts)


def _text(desk: Desk, text: str | None, command: str) -> str:
    asked = "Write your page; end it with Ctrl+D on a line of its own.\n\n"
    return given_text(desk, text, SHARED.format(command), asked)


@journal.command()
@click.argument("text", required=False)
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="Another day than today.")
@click.option("--mood", type=click.IntRange(1, 10), help="How it is, from 1 to 10.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given more than once.")
@click.pass_obj
def add(desk: Desk, text: str | None, day: str, mood: int | None, tags: tuple[str, ...]) -> None:
    """Write a page.

    With - it is read from standard input; with nothing it is asked for on the terminal.
    """
    written = _text(desk, text, "add")
    if not written.strip():
        raise errors.UsageError("There is nothing to keep: the page is empty.")
    with desk.vault() as vault:
        new = pages.blank(vault, check_day(day) if day else today())
        kept = pages.keep(vault, new, replace(new, text=written, mood=mood or 0, tags="\n".join(tags)))
        desk.output.row(fields_of(kept), f"Kept as {kept.id.hex()[:SHORT_ID]}, {_words(kept)}.")


@journal.command(name="list")
@click.option("--from", "since", default="", metavar="YYYY-MM-DD", help="From this day on.")
@click.option("--to", "until", default="", metavar="YYYY-MM-DD", help="Up to this day.")
@click.option("--tag", default="", help="Only pages with this tag.")
@click.pass_obj
def list_(desk: Desk, since: str, until: str, tag: str) -> None:
    """List pages, the oldest first."""
    first, last = check_day(since or "0001-01-01"), check_day(until or "9999-12-31")
    wanted = tidy_tags([tag]).casefold()
    with desk.vault() as vault:
        shared = sharing.are_shared(vault)
        for entry in pages.every(vault, first, last):
            if not wanted or wanted in map(str.casefold, entry.tag_list):
                desk.output.row(fields_of(entry, shared=entry.id in shared), line_of(entry))


@journal.command()
@click.argument("id")
@click.option("--versions", is_flag=True, help="Also what it was before, the newest first.")
@click.pass_obj
def show(desk: Desk, id: str, *, versions: bool) -> None:
    """Show one page. ID is the beginning of its id, as the list prints it."""
    with desk.vault() as vault:
        entry = pages.find_by_id(vault, id)
        desk.output.row(fields_of(entry, shared=entry.id in sharing.are_shared(vault)), text_of(entry))
        for before in pages.versions(vault, entry) if versions else ():
            earlier = replace(entry, text=before.text, changed_at=before.kept_at, versions=before.number - 1)
            desk.output.row(fields_of(earlier), f"Until {near(before.kept_at)}:\n\n{before.text}\n")


@journal.command()
@click.argument("id")
@click.argument("text", required=False)
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="Move it to another day.")
@click.option("--mood", type=click.IntRange(0, 10), help="How it was, from 1 to 10; 0 for none.")
@click.option("--tag", "tags", multiple=True, help="The tags in place of those it has.")
@click.pass_obj
def edit(desk: Desk, id: str, text: str | None, day: str, mood: int | None, tags: tuple[str, ...]) -> None:
    """Change one page: its words by TEXT or - for standard input, or only what the options name.

    What it was before is kept: `show --versions`.
    """
    changes: dict[str, Any] = {}
    if text is not None:
        changes["text"] = _text(desk, text, f"edit {id}")
    if day:
        changes["day"] = day
    if mood is not None:
        changes["mood"] = mood
    if tags:
        changes["tags"] = "\n".join(tags)
    if not changes:
        raise errors.UsageError("Nothing to change was given: TEXT or -, --date, --mood or --tag.")
    with desk.vault() as vault:
        entry = pages.find_by_id(vault, id)
        kept = pages.keep(vault, entry, replace(entry, **changes), new_sitting=True)
        desk.output.row(fields_of(kept, shared=kept.id in sharing.are_shared(vault)), f"Kept, {_words(kept)}.")


@journal.command()
@click.argument("id")
@click.pass_obj
def erase(desk: Desk, id: str) -> None:
    """Erase one page and what it was before. It cannot be brought back."""
    with desk.vault() as vault:
        entry = pages.find_by_id(vault, id)
        pages.erase(vault, entry.id)
        desk.output.row(fields_of(entry), f"The page of {entry.day} was erased.")


@journal.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="Recognised when it is not given.")
@click.pass_obj
def import_(desk: Desk, source: Path, form: str | None) -> None:
    """Take in a diary: jrnl's JSON, Day One's JSON, a folder of Markdown files, or lines of {"date", "text"}.

    Twice takes in nothing twice. What cannot be taken is left and said; where that is all, the command fails (exit 1).
    """
    with desk.vault() as vault:
        report = journal_files.take_in(vault, source, form or "")
    fields = {"taken": report.taken, "left": report.left, "existing": report.existing, "reasons": report.reasons}
    told = f"{report.taken:,} taken, {report.existing:,} here already, {report.left:,} left."
    desk.output.row(fields, "\n".join([told, *(f"Left: {reason}." for reason in report.reasons)]))
    if not report.taken + report.existing:
        raise errors.UsageError(NOTHING_TAKEN.format(source))


@journal.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(journal_export.WRITERS)),
    default="markdown",
    show_default=True,
    help="A folder of Markdown files, jrnl's JSON, or the text that jrnl --import reads.",
)
@click.pass_obj
def export(desk: Desk, target: Path, form: str) -> None:
    """Write all pages, in clear, into TARGET: a new folder, or a new file. Earlier versions stay here."""
    desk.output.aside("What is written is in clear: whoever can read the files can read your pages.")
    with as_by_hand(), desk.vault() as vault:
        written = journal_export.WRITERS[form](vault, target)
    desk.output.row({"written": written, "target": str(target)}, f"{written:,} pages written to {target}.")
