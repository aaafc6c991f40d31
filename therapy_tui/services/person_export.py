"""The letters with one person as Markdown, and what was agreed, in a new folder."""

from collections.abc import Iterator
from pathlib import Path

from therapy_tui.core.people import Contact
from therapy_tui.services import conversation, persons
from therapy_tui.services.export_parts import stamp
from therapy_tui.services.new_files import new_file, whole_folder
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault


def write(vault: Vault, contact: Contact, folder: Path) -> dict[str, int]:
    """Write `letters.md` and `person.md` into a new folder, 0700, the files 0600; give how many letters there are.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
        DiskFull: not all could be written; nothing is left of it.
    """
    count = 0
    with whole_folder(folder):
        with new_file(folder / "letters.md") as file:
            file.write(f"# Letters with {contact.name}\n\n")
            for each in conversation.everything(vault, contact):
                who = "Me" if each.outgoing else contact.name
                file.write(f"## {who}, {stamp(each.written_at)} ({each.state})\n\n{shown(each).whole}\n\n")
                count += 1
        with new_file(folder / "person.md") as file:
            file.writelines(_person(persons.about(vault, contact)))
    return {"letters": count}


def _person(about: persons.About) -> Iterator[str]:
    contact = about.contact
    yield f"# {contact.name}\n\nKnown here since {stamp(contact.made_at)}; {contact.trust}.\n"
    for title, versions in (("What was agreed", about.consent), ("Where they usually are", about.place)):
        if versions:
            yield f"\n## {title}\n\n"
        for each in versions:
            yield f"- {each.day}: {' '.join(each.text.split()) or 'taken out'} (written down {stamp(each.at)})\n"
