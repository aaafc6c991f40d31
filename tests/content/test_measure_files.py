"""A file of a measure that cannot be used: it is told in a sentence, and keeps no other away."""

import shutil
from pathlib import Path

import pytest

from therapy_tui.content import measures
from therapy_tui.content.measures import read_folder, read_measure
from therapy_tui.errors import ConfigError

DATA = Path(measures.__file__).with_name("data") / "measures"
DAMAGES = {
    "a value that does not end": ('id = "phq9"', 'id = "phq9', "(at line 9, column 11)"),
    "a field that is missing": ('window = "the last 2 weeks"\n', "", "missing required field `window`"),
    "a field of the wrong kind": ("number = 3\n", 'number = "3"\n', "`$.items[2].number`"),
    "a number in the place of yes or no": ("safety = true", "safety = 1", "`$.items[8].safety`"),
    "a name that is misspelt": ("safety = true", "saftey = true", "it has 'saftey', which is not known"),
    "a name in a table that is misspelt": ("remission_below", "remision_below", "remission_below"),
    "a name that belongs elsewhere": ("[outcome]\n", "[outcome]\npoints = 5\n", "it has 'points', which is not known"),
    "an item with one source": ("confirmed = 5", "confirmed = 1", "item 8 are confirmed by fewer than 2 sources"),
    "items out of order": ("number = 3\n", "number = 4\n", "not numbered 1, 2, 3"),
    "a gap between bands": ("low = 10\nhigh = 14", "low = 11\nhigh = 14", "'moderate' leaves a gap or overlaps"),
    "an option that counts twice": ('1\nloinc = "LA6569-3"', '0\nloinc = "LA6569-3"', "not scored 0 to 3"),
    "a total that cannot be reached": ("total_high = 27", "total_high = 28", "are not those of its items"),
    "two rules at once": ("use = false", "use = true", "more than one rule of change"),
    "two lines of caseness": ('meaning = "same cut-off', 'caseness = true\nmeaning = "same cut-off', "called caseness"),
    "another's name": ('id = "phq9"', 'id = "phq8"', "it calls itself 'phq8'"),
}  # fmt: skip
"""What is written instead of what, and what the sentence says then."""


def damaged(folder: Path, before: str, after: str) -> Path:
    """Copy the PHQ-9 with one place changed."""
    text = (DATA / "phq9.toml").read_text("utf-8")
    assert text.count(before) == 1, before
    path = folder / "phq9.toml"
    path.write_text(text.replace(before, after), "utf-8")
    return path


@pytest.mark.parametrize(("before", "after", "said"), DAMAGES.values(), ids=DAMAGES)
def test_damage(tmp_path: Path, before: str, after: str, said: str) -> None:
    """One sentence names the file and what is wrong, and the line where the text breaks off."""
    path = damaged(tmp_path, before, after)
    with pytest.raises(ConfigError) as told:
        read_measure(path)
    sentence = str(told.value)
    assert sentence.startswith("phq9.toml ")
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_the_others_still_load(tmp_path: Path) -> None:
    """With one file of TOML that breaks off and one that is no text, the other four are there, and both are told."""
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    damaged(tmp_path, "[scoring]", "[scoring")
    (tmp_path / "k6.toml").write_bytes(b'id = "\xff"')
    shelf = read_folder(tmp_path)
    assert [measure.id for measure in shelf.measures] == ["gad7", "k10", "pcl5", "phq2"]
    assert len(shelf.problems) == 2
    assert shelf.problems[0] == "k6.toml is not text in UTF-8."
    assert shelf.problems[1].startswith("phq9.toml is not in the form of a data file (TOML): ")
    assert "line" in shelf.problems[1]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in the place of a file is told, and a missing folder holds nothing."""
    (tmp_path / "phq9.toml").mkdir()
    shelf = read_folder(tmp_path)
    assert shelf.measures == ()
    assert shelf.problems == ("phq9.toml could not be read: Is a directory.",)
    assert read_folder(tmp_path / "nowhere") == measures.Shelf((), ())


def test_an_empty_file(tmp_path: Path) -> None:
    """A file with nothing in it is told like any other that cannot be used."""
    (tmp_path / "k6.toml").touch()
    assert "k6.toml cannot be used as a measure: " in read_folder(tmp_path).problems[0]
