"""What a therapist's desk costs with 500 people, 200,000 letters and twelve weeks of answers.

Run: python -m tests.benchmarks.bench_desk [--people N] [--letters N] [--rounds N]

What is read is asked of the services; what is drawn is drawn by the program itself in a terminal, from the key to the
last byte.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.bench_journal import FIRST, begin, milliseconds
from tests.benchmarks.desks import LETTERS, PEOPLE, identity_of, make_desk
from tests.benchmarks.diaries import Home
from tests.benchmarks.steps import Figures, median, most, step
from tests.benchmarks.table import Row, table
from tests.keyring_session import keyring_session
from tests.outside.process import cpu_seconds
from tests.outside.window import Window
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import progress
from therapy_tui.services.events import Fact, MessagesChanged, VaultChanged
from therapy_tui.services.triage import Caseload
from therapy_tui.services.vault import Vault

ROUNDS = 15
QUIET = 0.8
"""Seconds without a byte after which a screen stands; a new place of a busy machine may take a while to begin."""
ROWS: tuple[Row, ...] = (
    ("triage, the first time, ms", "triage first", None),
    ("  read again, ms", "triage", None),
    ("  after one new letter, ms", "triage one", 30.0),
    ("  95 %", "triage one 95", None),
    ("  the order alone, ms", "order", 10.0),
    ("  95 %", "order 95", None),
    ("  drawn after its key, ms", "triage drawn", 100.0),
    ("  drawn, 95 %", "triage drawn 95", None),
    ("  drawn, processor ms", "triage processor", None),
    ("  a step down, drawn, ms", "step drawn", None),
    ("a person's letters, drawn, ms", "letters drawn", 100.0),
    ("  drawn, 95 %", "letters drawn 95", None),
    ("everybody's last answers, the first time, ms", "latest first", None),
    ("  read again, ms", "latest", 15.0),
    ("  95 %", "latest 95", None),
    ("  processor ms", "latest spent", None),
    ("caseload, read, ms", "caseload", 200.0),
    ("  95 %", "caseload 95", None),
    ("  processor ms", "caseload spent", None),
    ("  drawn, ms", "caseload drawn", 200.0),
    ("  drawn, 95 %", "caseload drawn 95", None),
    ("  drawn, processor ms", "caseload processor", None),
    ("one person, read, ms", "person", 30.0),
    ("  95 %", "person 95", None),
    ("  drawn, ms", "person drawn", 100.0),
    ("  drawn, 95 %", "person drawn 95", None),
    ("  drawn, processor ms", "person processor", None),
    ("  another measure, drawn, ms", "other drawn", None),
    ("  as a table, drawn, ms", "turned drawn", None),
    ("the database, MB", "size", None),
)


def both(action: Callable[..., object], *values: object) -> tuple[float, float]:
    """Give the milliseconds that something takes, and those of the processor."""
    spent = time.process_time()
    taken = milliseconds(action, *values)
    return taken, 1_000 * (time.process_time() - spent)


def after(desk: Caseload, fact: Fact) -> Callable[[], object]:
    """Give what reads and orders the caseload after a fact."""
    desk.hear(fact)
    return desk.order


def asked(vault: Vault, people: int, rounds: int) -> Figures:
    """Ask the services what the screens ask them."""
    desk = Caseload(vault)
    figures = {"triage first": milliseconds(desk.order), "latest first": milliseconds(progress.latest, vault)}
    taken = {
        "triage": [both(after(desk, VaultChanged())) for _ in range(rounds)],
        "triage one": [both(after(desk, MessagesChanged(identity_of(each)))) for each in range(0, people, 7)],
        "order": [both(desk.order) for _ in range(rounds)],
        "latest": [both(progress.latest, vault) for _ in range(rounds)],
        "caseload": [both(progress.caseload, vault) for _ in range(rounds)],
        "person": [both(progress.results_of, vault, identity_of(number)) for number in range(0, people, 7)],
    }
    for name, each in taken.items():
        clock, spent = zip(*each, strict=True)
        figures |= {name: median(clock), f"{name} 95": most(clock), f"{name} spent": median(spent)}
    return figures


def press(window: Window, key: str) -> tuple[float, float]:
    """Press a key; give the milliseconds to the last byte that it brings, and those of the program's processor."""
    spent = cpu_seconds(window.pid)
    seconds = step(window, key, quiet=QUIET).seconds
    assert seconds, f"{key} brought nothing to the screen"
    return 1_000 * seconds, 1_000 * (cpu_seconds(window.pid) - spent)


def drawn(home: Home, session: Mapping[str, str], rounds: int) -> Figures:
    """Go to the caseload and to one person in the program itself."""
    names = ("caseload", "person", "other", "turned", "triage", "step", "letters")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    with begin(home, session) as window:
        window.until_seen(FIRST)
        window.rest(1.0)
        for key in ("enter", "f3"):  # what the first time reads is not what the key costs
            window.press(key)
            window.rest(3.0)
        for _ in range(rounds + 1):
            taken["step"].append(press(window, "down"))
            taken["letters"].append(press(window, "enter"))
            taken["triage"].append(press(window, "f3"))
        for _ in range(rounds + 1):
            window.press("f10")
            window.type("the caseload")
            window.rest(0.3)
            taken["caseload"].append(press(window, "enter"))
            window.press("pagedown")
            taken["person"].append(press(window, "enter"))
            taken["other"].append(press(window, "right"))
            taken["turned"].append(press(window, "t"))
            window.press("esc")
            window.rest(0.5)
            window.press("esc")
            window.rest(0.5)
    figures: Figures = {}
    for name, each in taken.items():
        clock, processor = zip(*each[1:], strict=True)
        figures |= {f"{name} drawn": median(clock), f"{name} drawn 95": most(clock)}
        figures[f"{name} processor"] = median(processor)
    return figures


def measure(folder: Path, people: int, letters: int, rounds: int) -> Figures:
    """Measure all of it."""
    with keyring_session(folder / "session") as session:
        environment = {**session, "PATH": os.environ["PATH"]}
        home = make_desk(folder / "desk", Keyring(environment=environment), people=people, letters=letters)
        vault = home.open()
        figures = asked(vault, people, rounds)
        figures["size"] = vault.database.path.stat().st_size / 1e6
        vault.close()
        return figures | drawn(home, environment, rounds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        before = os.getloadavg()[0]
        figures = measure(Path(name), chosen.people, chosen.letters, chosen.rounds)
    print(table(ROWS, {"here": figures}))
    print(f"\nload of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
