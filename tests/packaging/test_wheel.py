"""What is built from this project holds all that the program needs, and works where only it is installed."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT
from therapy_tui.content.missing import missing_of

BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, by the backend that pip would call."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.splitlines()[-1]


@pytest.fixture(scope="session")
def names(wheel: Path) -> set[str]:
    """Name the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_file_of_the_package(names: set[str]) -> None:
    """The wheel has every file of the package: modules, SQL, style sheets, data, and the mark that it is typed."""
    there = {
        str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    assert there - names == set()
    assert {"therapy_tui/py.typed", "therapy_tui/content/data/crisis.toml"} <= names
    assert any(name.startswith("therapy_tui/store/schema/vault/") and name.endswith(".sql") for name in names)


def test_themes(names: set[str]) -> None:
    """The wheel has every theme, within the package."""
    themes = {f"therapy_tui/themes/{path.name}" for path in (ROOT / "themes").glob("*.toml")}
    assert themes
    assert themes <= names


def test_nothing_else(names: set[str]) -> None:
    """The wheel has neither tests nor leftovers of a build."""
    outside = {name for name in names if not name.startswith(("therapy_tui/", "therapy_tui-"))}
    assert outside == set()
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db"))]


def test_licence(names: set[str]) -> None:
    """The wheel carries its licence."""
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


def test_what_is_missing_of_it(wheel: Path, tmp_path: Path) -> None:
    """The list in the wheel knows each file: whole it misses none; each that is gone is named, with what it means."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    (information,) = tmp_path.glob("*.dist-info")
    installed, package = metadata.Distribution.at(information), tmp_path / PACKAGE.name
    assert missing_of(installed, package) == ()
    gone = {
        "content/data/crisis.toml": "F8 has emergency numbers alone",
        "content/data/measures/phq9.toml": "that questionnaire is not offered",
        "core/text.py": "a part of the program does not work",
        "themes/calm-dark.toml": "those colours are not offered",
    }
    for each in gone:
        (package / each).unlink()
    told = [f"The file {each} is missing, so {meant}. Install therapy-tui again." for each, meant in gone.items()]
    assert list(missing_of(installed, package)) == told
    for path in (package / "content" / "data").rglob("*.toml"):
        path.unlink()
    assert missing_of(installed, package)[-1].endswith("more are missing.")
    assert missing_of(installed, PACKAGE) == ()  # another one than the one that runs
    (information / "RECORD").write_bytes(b"\xff\xfe")
    assert missing_of(installed, package) == ()


@pytest.mark.campaign
def test_installed(wheel: Path, tmp_path: Path) -> None:
    """Installed from the wheel alone, away from the source, the program starts and finds its themes and lines."""
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    # The dependencies are lent by the environment of the tests, behind the installed package.
    folder = next(place.glob("lib/python3*/site-packages"))
    (folder / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    look = (
        "import therapy_tui; from therapy_tui.content import crisis; from therapy_tui.tui import themes;"
        "print(therapy_tui.__file__)"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for words in (["-m", "therapy_tui", "--help"], ["-m", "therapy_tui", "relay", "serve", "--help"], ["-c", look]):
        done = subprocess.run(
            [python, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout
    assert str(folder) in done.stdout
    (folder / PACKAGE.name / "content" / "data" / "prompts" / "sleep.toml").unlink()
    words = ["-c", "from therapy_tui.content.left_out import left_out; print(*left_out())"]
    done = subprocess.run([python, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The file content/data/prompts/sleep.toml is missing, so the journal does not ask")
