"""The notes stay on this machine: who may open their file, and that nothing on the way out is among them."""

import ast
import re

from tests.architecture.source import PACKAGE, modules

MAY_NAME_THE_FILE = {
    "config/folders.py",  # says where it lies
    "services/making.py",  # makes it, empty
    "services/notebook.py",  # opens it
    "services/restoring.py",  # puts in what a backup held
    "services/doctor_files.py",  # looks whether it is whole
}
MAY_NAME_THE_DRAWER = {"config/folders.py", "services/drawer.py", "services/doctor_files.py"}
READ_THE_DRAWER = {
    "cli/process.py",
    "services/erasure.py",
    "services/note_erasing.py",
    "tui/screens/process_notes.py",
    "tui/screens/process_page.py",
}
HAVE_IT = {
    "services/drawer.py",  # it is one of its own kind
    "tui/screens/notes_closed.py",
    "services/notes.py",
    "services/note_signing.py",
    "services/seat.py",
    "services/exporting.py",  # by hand, in clear
    "services/export_notes.py",  # does it
    "services/record.py",  # as above
    "services/ending.py",  # hands them to it
    "services/retention.py",  # when the last was written
    "services/erasure.py",  # erases them
    "services/note_erasing.py",  # as above, one by one
    "cli/notebook.py",
    "tui/screens/notes_opening.py",
    "tui/screens/asking.py",  # hands them to a record, by hand
}
READ_THEM = {
    "services/export_notes.py",  # by hand, in clear
    "services/record.py",  # as above
    "services/retention.py",  # when the last was written
    "services/erasure.py",  # counts them
    "services/note_erasing.py",  # erases one
    "cli/note.py",
    "cli/signing.py",
    "cli/search.py",
    "tui/screens/going.py",
    "tui/screens/note_page.py",
    "tui/screens/note_read.py",
    "tui/screens/notes.py",
    "tui/screens/session_note.py",
    "tui/screens/search.py",
}
BY_HAND = {"tui/screens/notes_opening.py", "tui/screens/notes_closed.py", "tui/screens/asking.py"}
"""Screens on which a person opens them."""
FLOORS = {"therapy_tui.services", "therapy_tui.store"}
MODULES = {"notes", "note_signing", "note_chain"}
_FILE = re.compile(r"\b_?(folders|built)\.notes\b|\"notes\.db\"")


def test_who_names_the_file() -> None:
    """Only what makes, opens and examines the file of the notes knows where it lies."""
    found = {
        str(module.path.relative_to(PACKAGE)) for module in modules(PACKAGE) if _FILE.search(module.path.read_text())
    }
    assert found == MAY_NAME_THE_FILE


def test_who_has_a_notebook() -> None:
    """Nobody has the file of the notes but their services, the seat, the command and the screen that opens it."""
    found = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        if any(name.startswith("therapy_tui.services.notebook") for name in module.imports())
    }
    assert found == HAVE_IT
    openers = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        if re.search(r"\bnotebook\.open\(", module.path.read_text())
    }
    assert openers == BY_HAND | {"cli/notebook.py"}


def test_who_reads_them() -> None:
    """Only the export, and the commands and screens of notes and of the search, call for what stands in notes."""
    found = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        for node in module.nodes
        if isinstance(node, ast.ImportFrom)
        if node.module in {f"{floor}.{name}" for floor in FLOORS for name in MODULES}
        or (node.module in FLOORS and any(alias.name in MODULES for alias in node.names))
    }
    assert found == READ_THEM | {"services/notes.py", "services/note_signing.py", "services/process.py"}


def test_who_opens_the_drawer() -> None:
    """Nobody names its file but what makes and examines it, and no export, search, backup or record reads it."""
    named = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        if re.search(r"\bfolders\.process\b|\"process\.db\"", module.path.read_text())
    }
    assert named == MAY_NAME_THE_DRAWER
    read = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        for node in module.nodes
        if isinstance(node, ast.ImportFrom)
        if node.module in {f"{floor}.process" for floor in FLOORS}
        or (node.module in FLOORS and any(alias.name == "process" for alias in node.names))
    }
    assert read == READ_THE_DRAWER | {"services/process.py"}


def test_who_erases_them() -> None:
    """Notes are erased by what asks for a legal hold first, and by a page on which nothing was ever kept."""
    found = {
        str(module.path.relative_to(PACKAGE))
        for module in modules(PACKAGE)
        if re.search(r"\b(notes|process)\.erase\(", module.path.read_text())
    }
    own = {"services/notes.py", "services/process.py"}  # that of the store, and their own
    asks_first = {"services/erasure.py", "services/note_erasing.py"}
    assert found - own == asks_first | {"tui/screens/note_page.py", "tui/screens/process_page.py"}
