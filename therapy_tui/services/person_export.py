"""The letters with one person as Markdown, and what was agreed, in a new folder."""

from collections.abc import Iterator
from pathlib import Path

from therapy_tui.core.people import Contact
from therapy_tui.services import conversation, new_files, persons
from therapy_tui.services.export_parts import in_line, quoted, stamp
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault


def write(vault: Vault, contact: Contact, folder: Path) -> dict[str, int]:
    """Write `letters.md` and `person.md` into a new folder, 0700, the files 0600; give how many letters there are.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
        DiskFull: not all could be written; nothing is left of it.
    """
    count = 0
    with new_files.whole_folder(folder) as made:
        with new_files.new_file(made / "letters.md") as file:
            file.write(f"# Letters with {in_line(contact.name)}\n\n")
            for each in conversation.everything(vault, contact):
                who = "Me" if each.outgoing else in_line(contact.name)
                file.write(f"## {who}, {stamp(each.written_at)} ({each.state})\n\n{quoted(shown(each).whole)}\n")
                count += 1
        new_files.write(made / "person.md", _person(persons.about(vault, contact)))
    return {"letters": count}


def _person(about: persons.About) -> Iterator[str]:
    contact = about.contact
    yield f"# {in_line(contact.name)}\n\nKnown here since {stamp(contact.made_at)}; {contact.trust}.\n"
    for title, versions in (("What was agreed", about.consent), ("Where they usually are", about.place)):
        if versions:
            yield f"\n## {title}\n\n"
        for each in versions:
            yield f"- {each.day}: {in_line(each.text, 4_000) or 'taken out'} (written down {stamp(each.at)})\n"
