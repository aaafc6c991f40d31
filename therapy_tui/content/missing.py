"""Which files of the program itself are gone: those in the list that every installation leaves (RECORD, PEP 376)."""

from importlib import metadata
from pathlib import Path

from therapy_tui.core.text import safe_line

PACKAGE = Path(__file__).parent.parent
MOST = 8
"""So many are named; more than that is no slip of a hand."""
MEANT = (
    ("content/data/crisis.toml", "F8 has emergency numbers alone"),
    ("content/data/prompts/", "the journal does not ask what is in it"),
    ("content/data/forms/", "that form is not offered"),
    ("content/data/measures/", "that questionnaire is not offered"),
    ("content/data/feelings.toml", "a check-in offers no words"),
    ("content/data/attention.toml", "triage looks for no words in letters"),
    ("content/data/notes.toml", "notes have no formats"),
    ("content/data/", "the demo is not whole"),
    ("themes/", "those colours are not offered"),
    ("store/schema/", "a vault may not open"),
    ("", "a part of the program does not work"),
)
"""What it means that a file is gone, by how its place begins; the first that fits."""
GONE = "The file {} is missing, so {}. Install therapy-tui again."
MORE = "Of the files of the program {} more are missing."


def missing() -> tuple[str, ...]:
    """Give a sentence for each file of this installation that is gone; none where there is no list of them.

    There is none where the program runs from its source, which has git to compare with.
    """
    try:
        installed = metadata.distribution("therapy-tui")
    except metadata.PackageNotFoundError:
        return ()
    return missing_of(installed, PACKAGE)


def missing_of(installed: metadata.Distribution, package: Path) -> tuple[str, ...]:
    """Do that for an installation, where it is the one that runs.

    Args:
        installed: what knows the list.
        package: the folder of the program that runs.
    """
    there = Path(str(installed.locate_file(package.name)))
    if there.resolve() != package.resolve():
        return ()
    try:
        lines = (installed.read_text("RECORD") or "").splitlines()
    except (OSError, ValueError):
        return ()
    begins = f"{package.name}/"
    paths = (line.rsplit(",", 2)[0].removeprefix(begins) for line in lines if line.startswith(begins))
    gone = [each for each in sorted(paths) if not each.endswith(".pyc") and not (package / each).exists()]
    told = [GONE.format(safe_line(each, 100), _meant(each)) for each in gone[:MOST]]
    return (*told, *([MORE.format(len(gone) - MOST)] if len(gone) > MOST else []))


def _meant(path: str) -> str:
    return next(words for beginning, words in MEANT if path.startswith(beginning))
