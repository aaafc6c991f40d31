"""Damaged data files: each part that can be read is there, the numbers to call always, and what is amiss is named."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from therapy_tui.content import attention, crisis, feelings, forms, left_out, measures, note_formats, prompts
from therapy_tui.content.crisis import Country

DATA = Path(crisis.__file__).parent / "data"
DAMAGE: dict[str, Callable[[str], bytes]] = {
    "no TOML in one entry": lambda text: _in_entry(text, "this is = = no TOML").encode(),
    "a number for a name": lambda text: _in_entry(text, "name = 7\nwords = 7\nid = 7\nemergency = 7").encode(),
    "no TOML at its beginning": lambda text: b"= =\n" + text.encode(),
    "no text": lambda _: b"\xff\xfe\0x",
    "empty": lambda _: b"",
    "cut short": lambda text: text[: len(text) // 2].encode(),
}
SOME_ARE_LEFT = {"no TOML in one entry", "a number for a name", "no TOML at its beginning"}


def _in_entry(text: str, line: str) -> str:
    """Put a line in place of those below the heading of the second entry."""
    lines = text.split("\n")
    heading = next(each for each in lines if each.startswith("[["))
    second = [place for place, each in enumerate(lines) if each == heading][1]
    end = next((place for place in range(second + 1, len(lines)) if lines[place].startswith("[")), len(lines))
    return "\n".join([*lines[: second + 1], *line.split("\n"), *lines[end:]])


def damaged(path: Path, folder: Path, how: str) -> Path:
    """Make a damaged copy of a file."""
    made = folder / path.name
    made.write_bytes(DAMAGE[how](path.read_text()))
    return made


@pytest.mark.parametrize("how", DAMAGE)
def test_there_is_always_a_number_to_call(tmp_path: Path, how: str) -> None:
    """However the list of crisis lines is damaged, the emergency numbers are there, dated, and it is said."""
    whole = crisis.read(DATA / "crisis.toml")
    found = crisis.read(damaged(DATA / "crisis.toml", tmp_path, how))
    assert found.elsewhere.emergency == whole.elsewhere.emergency
    assert found.compiled == whole.compiled
    assert found.elsewhere.note == crisis.DAMAGED
    assert all("crisis.toml" in each for each in found.left_out)
    assert found.left_out
    assert all(whole.known[code] == country for code, country in found.known.items())
    lost = {"no TOML in one entry": 1, "a number for a name": 1, "no TOML at its beginning": 0}
    assert len(whole.known) - len(found.known) == lost.get(how, len(whole.known) - len(found.known))


def test_the_programs_own_numbers_are_those_of_the_file() -> None:
    """What stands where the file cannot be read is what the file says of another country, and of its day."""
    whole = crisis.read(DATA / "crisis.toml")
    assert whole.left_out == ()
    assert crisis._SPARE.emergency == whole.elsewhere.emergency
    assert crisis._SPARE.emergency_confirmed == whole.elsewhere.emergency_confirmed
    assert whole.compiled == crisis._SPARE_DAY


def test_an_entry_is_named_by_its_line(tmp_path: Path) -> None:
    """What is left out is said with the file, the line of the entry and the line that is wrong."""
    path = damaged(DATA / "crisis.toml", tmp_path, "no TOML in one entry")
    heading = [number for number, line in enumerate(path.read_text().split("\n"), 1) if line == "[[countries]]"][1]
    (told,) = crisis.read(path).left_out
    assert told == f"An entry in crisis.toml, line {heading}, was left out: it is not TOML at line {heading + 1}."


def test_a_line_without_a_way_to_reach_it_is_no_line(tmp_path: Path) -> None:
    """A crisis line that has neither a number nor a way to write to it takes its country's place away, and is named."""
    path = tmp_path / "crisis.toml"
    path.write_text((DATA / "crisis.toml").read_text().replace('phone = "988"\ntext = "988"\n', "", 1))
    found = crisis.read(path)
    assert "US" not in found.known
    assert len(found.left_out) == 1


@pytest.fixture
def anew() -> Iterator[None]:
    """Let what was read be read again, before and after."""
    caches = (crisis._load, attention._load, attention.phrases, feelings._load, forms._load, note_formats._load)
    every = [*caches, note_formats.formats, measures._load]
    for cache in every:
        cache.cache_clear()
    yield
    for cache in every:
        cache.cache_clear()


FILES = {"crisis.toml": crisis, "attention.toml": attention, "feelings.toml": feelings, "notes.toml": note_formats}


@pytest.mark.parametrize(("name", "how"), [*itertools.product(FILES, DAMAGE)])
@pytest.mark.usefixtures("anew")
def test_the_rest_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, how: str) -> None:
    """With any of these files damaged in any way the others are whole, this one gives what it can, and it is named."""
    monkeypatch.setattr(FILES[name], "_FILE", damaged(DATA / name, tmp_path, how))
    told = left_out.left_out()
    assert told
    assert all(name in each for each in told)
    assert isinstance(crisis.country("US"), Country) or name == "crisis.toml"
    assert crisis.elsewhere().emergency
    assert "free" in note_formats.formats()
    if name in {"attention.toml", "feelings.toml"} and how in SOME_ARE_LEFT:
        assert attention.phrases()
        assert feelings.feelings()


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.usefixtures("anew")
def test_a_form_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """A damaged form is left out and named, and the others are there."""
    whole = forms.forms()
    forms._load.cache_clear()
    for path in (DATA / "forms").glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    damaged(DATA / "forms" / "worry-time.toml", tmp_path, how)
    monkeypatch.setattr(forms, "_FOLDER", tmp_path)
    assert [each for each in whole if each.id != "worry-time"] == [each for each in forms.forms() if each in whole]
    assert all("worry-time.toml" in each for each in forms.left_out())


@pytest.mark.usefixtures("anew")
def test_nothing_of_the_programs_own_is_left_out() -> None:
    """The files that come with the program can all be used."""
    assert left_out.left_out() == ()


def test_something_is_always_asked(tmp_path: Path) -> None:
    """Where no file of prompts can be used one question is there all the same, and each file is named."""
    for path in (DATA / "prompts").glob("*.toml"):
        damaged(path, tmp_path, "no text")
    found = prompts._load(tmp_path)
    assert found.everyday == (prompts.SPARE,)
    assert len(found.left_out) == len(list(tmp_path.iterdir()))
    assert prompts.SPARE not in prompts.load_prompts().prompts
