"""What the terminal is sent, and how soon, from outside: python -m tests.benchmarks.bench_terminal [ROUNDS] [--thin].

Every program runs in a terminal of 100 by 30, with the same two hundred letters where it can show letters, one after
the other in the same rounds. A figure beyond its target has a star. `--thin` leaves the other programs out.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.benchmarks.runs import at_300, at_2400, at_full_speed
from tests.benchmarks.steps import Figures
from tests.benchmarks.subjects import Subject, subjects
from tests.benchmarks.table import Row, medians, table
from tests.keyring_session import keyring_session

ROWS: tuple[Row, ...] = (
    ("start, bytes", "start bytes", 2400),
    ("letter at the end, bytes, median", "letter bytes", 2),
    ("letter at the end, bytes, 95 %", "letter bytes, 95 %", 25),
    ("letter in the middle, bytes", "middle bytes", 15),
    ("letter, bytes up", "letter up", 1),
    ("page, bytes", "page bytes", None),
    ("page, bytes a changed cell", "page bytes a cell", 1.25),
    ("page, bytes beside its text, a row", "page bytes beside text", 5),
    ("idle 10 s, bytes", "idle bytes", 0),
    ("idle 10 s, CPU ms", "idle ms", 12),
    ("memory (RSS), MB", "megabytes", 60),
    ("2,400 B/s: usable, s", "2400 usable", 1.5),
    ("2,400 B/s: letter, ms", "2400 letter ms", 15),
    ("2,400 B/s: page, ms", "2400 page ms", 750),
    ("2,400 B/s: its first row, ms", "2400 first row ms", 150),
    ("300 B/s: usable, s", "300 usable", None),
    ("300 B/s: 30 letters in a second, s after", "300 burst", 0.2),
    ("300 B/s: page, s", "300 page", None),
    ("300 B/s: letter during a page, s", "300 letter in a page", 1.0),
    ("300 B/s: four quick pages, in pages", "300 four pages", 1.6),
    ("300 B/s: four quick pages, s", "300 four pages s", None),
)


def _slowest(folder: Path, subject: Subject) -> Figures:
    return at_300(subject, folder / subject.name)


def main() -> None:
    """Print the table."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    rounds = numbers[0] if numbers else 2
    with tempfile.TemporaryDirectory() as name, keyring_session(Path(name) / "session") as session:
        folder = Path(name)
        all_subjects = subjects(session)[: 1 if "--thin" in sys.argv else None]
        quick: dict[str, list[Figures]] = {each.name: [] for each in all_subjects}
        slow: dict[str, Figures] = {each.name: {} for each in all_subjects}
        for _ in range(rounds):
            for subject in all_subjects:
                quick[subject.name].append(at_full_speed(subject, folder / "run"))
        for subject in all_subjects:
            slow[subject.name] |= at_2400(subject, folder / "run")
        # Minutes go by here in which nothing but the line is busy, so all may wait at the same time.
        with ThreadPoolExecutor() as pool:
            for subject, found in zip(all_subjects, pool.map(partial(_slowest, folder), all_subjects), strict=True):
                slow[subject.name] |= found
    print(table(ROWS, {name: medians(runs) | slow[name] for name, runs in quick.items()}))


if __name__ == "__main__":
    main()
