"""The budget of the start: what may have been imported when the first screen stands."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.two_people import new_person
from therapy_tui.services import access
from therapy_tui.store import contacts

BARE = {
    "sitecustomize",
    "textual",
    "rich",
    "markdown_it",
    "mdurl",
    "pygments",
    "platformdirs",
    "typing_extensions",
    "mdit_py_plugins",
}
"""What a bare Textual application has loaded too, and what Debian gives to its own Python."""
LOCK = {"msgspec"}
LETTERS = LOCK | {"apsw", "nacl", "_sodium", "_cffi_backend"}
"""What of others the lock, and the letters, need besides."""
OWN_AT_THE_LOCK = {
    *("cli", "config", "core", "crypto", "errors", "files", "keys", "services", "store", "tui", "__main__"),
    *("cli.application", "cli.outcome", "cli.start", "config.folders", "config.network", "config.settings"),
    *("core.hashing", "core.lookalikes", "core.people", "core.text"),
    *(
        "crypto.passphrase",
        "crypto.recovery",
        "crypto.slots",
        "keys.forked",
        "keys.hardening",
        "keys.keyring",
        "store.slots",
    ),
    *("services.access", "services.events", "services.line", "services.seat"),
    *(
        "tui.ahead",
        "tui.app",
        "tui.beginning",
        "tui.carrying",
        "tui.colours",
        "tui.commands",
        "tui.tables",
        "tui.tables.checkins",
        "tui.tables.command",
        "tui.tables.everywhere",
        "tui.tables.journal",
        "tui.tables.letters",
        "tui.tables.measures",
        "tui.tables.notes",
        "tui.tables.other",
        "tui.tables.today",
        "tui.tables.person",
        "tui.tables.plan",
        "tui.tables.progress",
        "tui.tables.sharing",
        "tui.tables.snippets",
        "tui.tables.triage",
        "tui.ending",
        "tui.frames",
        "tui.guard",
        "tui.keys",
    ),
    *(
        "tui.line_words",
        "tui.look",
        "tui.palettes",
        "tui.place",
        "tui.remembered",
        "tui.room",
        "tui.signals",
        "tui.themes",
        "tui.times",
        "tui.travel",
    ),
    *("tui.screens", "tui.screens.lock", "tui.widgets", "tui.widgets.frame", "tui.widgets.row"),
    "tui.widgets.rows",
}
"""Our own modules at the lock, but for those of the driver."""
LATER = {
    *("core.bodies", "core.flags", "core.office", "core.promises", "core.shared", "crypto.envelope", "crypto.pair"),
    *("services.office", "services.promises", "store.desk", "transport", "tui.promised", "tui.widgets.choices"),
    *("core.audit", "core.snippets", "services.answering", "services.audit", "services.snippets"),
}
"""What the letters of a client come to need a moment after their first frame, or at a key, or never."""
SCRIPT = """
import os, sys
out, place = sys.argv[1:3]
sys.argv[0:3] = ["therapy-tui"]
from therapy_tui.tui.carrying import Carrying
from therapy_tui.tui.terminal.line import Line
def note():
    with open(out, "w") as file:
        file.write("\\n".join(sys.modules))
    os._exit(0)
send, sent = Line.send, []
def send_first(self, data):
    send(self, data)
    sent.append(1)
    if place == "lock" and len(sent) == 2 or place == "letters" and "in-the-first-frame" in data:
        note()
Line.send = send_first
if place == "people":
    Carrying.start_courier = lambda self: note()
from therapy_tui.__main__ import main
main()
"""


def loaded(tmp_path: Path, place: str) -> set[str]:
    """Start the program and give what was loaded when a place stood for the first time."""
    home, out = tmp_path / "home", tmp_path / "modules"
    kit = new_person("Kit", "client", home)
    if place == "letters":
        with kit.vault() as vault, vault.transaction() as database:
            contacts.add(database, b"12345678", "in-the-first-frame", 2, access.seconds())
    with Terminal([sys.executable, "-c", SCRIPT, str(out), place, "--home", str(home)]) as terminal:
        if place != "lock":
            terminal.wait("press enter")
            terminal.press("enter")
        terminal.wait_end()
    return set(out.read_text().split())


def foreign(modules: set[str]) -> set[str]:
    """Name the packages of others."""
    names = {name.partition(".")[0] for name in modules}
    return {name for name in names if name not in sys.stdlib_module_names} - {"therapy_tui", "tests", "__main__"}


@pytest.mark.parametrize(("place", "allowed"), [("lock", LOCK), ("people", LETTERS), ("letters", LETTERS)])
def test_packages_of_others(tmp_path: Path, place: str, allowed: set[str]) -> None:
    """The first frame waits for no package that it does not need."""
    found = {name for name in foreign(loaded(tmp_path, place)) if not name.startswith(("_editable", "_virtualenv"))}
    assert found - BARE - allowed == set()


def test_our_own_modules(tmp_path: Path) -> None:
    """The lock waits for no module of ours that it does not need."""
    own = {name.removeprefix("therapy_tui.") for name in loaded(tmp_path, "lock") if name.startswith("therapy_tui.")}
    own = {name for name in own if not name.startswith("tui.terminal")}
    assert own - OWN_AT_THE_LOCK == set()


def test_what_the_letters_load_later(tmp_path: Path) -> None:
    """The first frame of the letters waits for nothing of ours that only a promise, a key or the line needs."""
    own = {name.removeprefix("therapy_tui.") for name in loaded(tmp_path, "letters") if name.startswith("therapy_tui.")}
    assert {"tui.screens.messages", "tui.widgets.pen"} <= own
    assert own & LATER == set()


def test_the_numbers_while_locked() -> None:
    """F8 on a locked screen waits for no database and no line: it loads nothing of others but what the lock has."""
    script = "import sys; import therapy_tui.tui.screens.safety; print(chr(10).join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert {name for name in foreign(set(done.stdout.split())) if not name.startswith("_")} - BARE - LOCK == set()
    assert "therapy_tui.store.database" not in done.stdout.split()


def test_the_letters_without_the_lock() -> None:
    """Letters that a keyring opens load no fields and lists, which are the lock's and other places'."""
    script = "import sys; import therapy_tui.tui.screens.messages; print(chr(10).join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "therapy_tui.tui.widgets.rows" not in done.stdout.split()
