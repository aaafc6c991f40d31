"""What a journal of ten years costs beside 100,000 letters: import, first screen, search, months, a long page.

Run: python -m tests.benchmarks.bench_journal [--diary FILE] [--letters N] [--rounds N]

FILE is a diary of lines, `{"date", "text"}` each; one of 3,413 pages is made up otherwise. What is compared is measured
in turn, round by round. What is drawn is drawn by the program itself in a terminal: from the key to the last byte.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.diaries import Home, make_diary, make_home, typed
from tests.benchmarks.steps import Figures, median, most, step
from tests.benchmarks.subjects import PLAIN_TERMINAL
from tests.benchmarks.table import Row, table
from tests.keyring_session import keyring_session
from tests.outside.process import cpu_seconds
from tests.outside.window import Window
from tests.tui.homes import empty_seat
from tests.tui.meeting import at
from therapy_tui.core.journal import Entry
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import journal, search
from therapy_tui.services.journal_files import take_in
from therapy_tui.services.vault import Vault
from therapy_tui.store.database import create_database
from therapy_tui.store.schema import upgrade

LETTERS, ROUNDS, STARTS = 100_000, 7, 15
SEARCHES, DRAWN_SEARCHES, MONTHS = 150, 20, 40
WINDOW = 40
"""More pages than a list shows at once."""
QUIET = 0.2
"""Seconds without a byte after which a screen stands."""
FIRST = "F1 help"
"""Stands on the first screen, in its last row."""
COLUMNS = "id, day, begun_at, changed_at, mood, tags, prompt, question, text, words, source"
SIZE = (100, 30)
ROWS: tuple[Row, ...] = (
    ("import of all pages, ms", "import", None),
    ("  prepared inserts of the same rows, ms", "inserts", None),
    ("  times as long", "import times", 5.0),
    ("  the same again, which takes nothing, ms", "again", None),
    ("first screen, processor ms", "start full", None),
    ("  of an empty vault", "start empty", None),
    ("  of forty letters and no page", "start few", None),
    ("  times an empty vault", "start times", 1.2),
    ("  seconds on the clock, times", "start clock times", None),
    ("first screen in process, processor ms", "app full", None),
    ("  of an empty vault", "app empty", None),
    ("  of forty letters and no page", "app few", None),
    ("  times an empty vault", "app times", 1.2),
    ("search at each key, ms", "search", None),
    ("  95 %", "search 95", 50.0),
    ("  the slowest", "search 100", None),
    ("  drawn, ms", "search drawn", None),
    ("  drawn, 95 %", "search drawn 95", 50.0),
    ("  drawn, processor ms", "search processor", None),
    ("month page, ms", "month", None),
    ("  95 %", "month 95", 50.0),
    ("  drawn, ms", "month drawn", None),
    ("  drawn, 95 %", "month drawn 95", 50.0),
    ("  drawn, processor ms", "month processor", None),
    ("longest page, characters", "longest", None),
    ("  read, ms", "read", 100.0),
    ("  drawn, ms", "read drawn", None),
    ("  drawn, 95 %", "read drawn 95", 100.0),
    ("  drawn, processor ms", "read processor", None),
    ("  an empty page, drawn, ms", "blank drawn", None),
    ("  the same, processor ms", "blank processor", None),
    ("a letter typed at its end, drawn, ms", "letter drawn", None),
    ("  95 %", "letter drawn 95", None),
    ("  processor ms", "letter processor", None),
)


def milliseconds(action: Callable[..., object], *values: object) -> float:
    """Give how long something takes."""
    begun = time.perf_counter()
    action(*values)
    return 1_000 * (time.perf_counter() - begun)


# taking it in


def inserts(folder: Path, vault: Vault) -> float:
    """Put the same rows into a new file of the same schema, encrypted, in one transaction of one prepared statement."""
    rows = vault.database.all(f"SELECT {COLUMNS} FROM entries ORDER BY row")  # noqa: S608 - our own names
    database = create_database(folder / "bare.db", os.urandom(32))
    upgrade(database, "vault")
    places = ", ".join("?" * (COLUMNS.count(",") + 1))

    def insert() -> None:
        with database.transaction():
            database._connection.executemany(f"INSERT INTO entries ({COLUMNS}) VALUES ({places})", rows)  # noqa: S608 - as above

    found = milliseconds(insert)
    assert database.value("SELECT count(*) FROM entries") == len(rows)
    database.close()
    return found


def importing(folder: Path, diary: Path, rounds: int) -> Figures:
    """Take the diary in, and beside it insert the same rows, in turn, each time into a new vault."""
    taken, bare, again = [], [], []
    for number in range(rounds + 1):
        vault = make_home(folder / f"round {number}").open()
        taken.append(milliseconds(take_in, vault, diary))
        bare.append(inserts(folder / f"round {number}", vault))
        again.append(milliseconds(take_in, vault, diary))
        vault.close()
    return {
        "import": median(taken[1:]),
        "inserts": median(bare[1:]),
        "import times": median(one / other for one, other in zip(taken[1:], bare[1:], strict=True)),
        "again": median(again[1:]),
    }


# the first screen


def begin(home: Home, session: Mapping[str, str]) -> Window:
    """Make the program ready to be started in a terminal."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(home.home)]
    return Window(argv, PLAIN_TERMINAL | dict(session), SIZE)


def starts(homes: dict[str, Home], session: Mapping[str, str]) -> Figures:
    """Start the program in a terminal over each of the vaults in turn, until the first screen stands."""
    spent: dict[str, list[float]] = {name: [] for name in homes}
    passed: dict[str, list[float]] = {name: [] for name in homes}
    for _ in range(STARTS + 1):
        for name, home in homes.items():
            with begin(home, session) as window:
                passed[name].append(window.until_seen(FIRST) - window.begun)
                spent[name].append(1_000 * cpu_seconds(window.pid))
    figures = {f"start {name}": median(each[1:]) for name, each in spent.items()}
    figures["start times"] = figures["start full"] / figures["start empty"]
    figures["start clock times"] = median(passed["full"][1:]) / median(passed["empty"][1:])
    return figures


async def apps(homes: dict[str, Home], folder: Path) -> Figures:
    """Run the application in this process over each of the vaults in turn, until its first screen stands."""
    seats = {name: empty_seat(folder / f"seat {name}") for name in homes}
    for name, seat in seats.items():
        seat._open(homes[name].open)
    spent: dict[str, list[float]] = {name: [] for name in homes}
    for _ in range(STARTS + 1):
        for name, seat in seats.items():
            begun = time.process_time()
            async with at(seat, size=SIZE):
                spent[name].append(1_000 * (time.process_time() - begun))
    for seat in seats.values():
        seat.lock()
    figures = {f"app {name}": median(each[1:]) for name, each in spent.items()}
    return figures | {"app times": figures["app full"] / figures["app empty"]}


# going about in it


def asked(vault: Vault, entries: list[Entry], rounds: int) -> Figures:
    """Ask the services what the screens ask them."""

    def show_month(year: int, month: int) -> None:
        journal.month(vault, year, month)
        journal.of_month(vault, year, month, 0, WINDOW)

    searches = [milliseconds(search.find, vault, each) for queries in typed(entries, SEARCHES) for each in queries]
    months = sorted({(int(each.day[:4]), int(each.day[5:7])) for each in entries})
    walked = [milliseconds(show_month, *month) for month in months]
    longest = max(entries, key=lambda each: len(each.text))
    return {
        "search": median(searches),
        "search 95": most(searches),
        "search 100": max(searches),
        "month": median(walked),
        "month 95": most(walked),
        "longest": float(len(longest.text)),
        "read": median(milliseconds(journal.get, vault, longest.id) for _ in range(rounds)),
    }


def press(window: Window, key: str) -> tuple[float, float]:
    """Press a key; give the milliseconds to the last byte that it brings, and those of the program's processor."""
    spent = cpu_seconds(window.pid)
    seconds = step(window, key, quiet=QUIET).seconds
    return 1_000 * seconds, 1_000 * (cpu_seconds(window.pid) - spent)


def drawn(home: Home, session: Mapping[str, str], entries: list[Entry], rounds: int) -> Figures:
    """Type, walk and open in the program itself."""
    longest = max(entries, key=lambda each: len(each.text))
    taken: dict[str, list[tuple[float, float]]] = {"month": [], "search": [], "read": [], "letter": [], "blank": []}
    with begin(home, session) as window:
        window.until_seen(FIRST)
        window.rest(1.0)
        window.press("f4", "left", "right", "left")
        taken["month"] = [press(window, "left") for _ in range(MONTHS)]
        for _ in range(rounds + 1):
            taken["blank"].append(press(window, "w"))
            window.press("esc")
            window.rest(0.5)
        window.press("/")
        for queries in typed(entries, DRAWN_SEARCHES):
            window.type(queries[0][0])
            taken["search"] += [press(window, each[-1]) for each in queries]
            window.press(*["backspace"] * (1 + len(queries)))
        window.type(f"{' '.join(longest.text.split()[:3])} from:{longest.day} to:{longest.day}")
        for _ in range(rounds + 1):
            taken["read"].append(press(window, "enter"))
            taken["letter"] += [press(window, each) for each in "and"]
            window.press(*["backspace"] * 3, "esc")
            window.rest(0.5)
    figures = {}
    for name, each in taken.items():
        clock, processor = zip(*each[1:], strict=True)
        figures[f"{name} drawn"], figures[f"{name} drawn 95"] = median(clock), most(clock)
        figures[f"{name} processor"] = median(processor)
    return figures


def measure(folder: Path, diary: Path, letters: int, rounds: int) -> Figures:
    """Measure all of it."""
    figures = importing(folder, diary, rounds)
    with keyring_session(folder / "session") as session:
        environment = {**session, "PATH": os.environ["PATH"]}
        keyring = Keyring(environment=environment)
        homes = {
            "empty": make_home(folder / "empty", keyring),
            "few": make_home(folder / "few", keyring, letters=WINDOW),
            "full": make_home(folder / "full", keyring, letters=letters, diary=diary),
        }
        figures |= starts(homes, environment)
        figures |= asyncio.run(apps(homes, folder))
        vault = homes["full"].open()
        entries = list(journal.every(vault))
        figures |= asked(vault, entries, rounds)
        vault.close()
        return figures | drawn(homes["full"], environment, entries, rounds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diary", type=Path, help="lines of {date, text}; made up when it is not given")
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        diary = chosen.diary or make_diary(folder / "diary.jsonl")
        before = os.getloadavg()[0]
        figures = measure(folder, diary, chosen.letters, chosen.rounds)
    print(table(ROWS, {"here": figures}))
    print(f"\nload of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
