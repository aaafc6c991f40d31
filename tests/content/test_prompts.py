"""The prompts: enough of them, each different, and those of a person read with patience."""

import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content.prompts import LONGEST, Approach, load_prompts
from therapy_tui.content.tables import LARGEST, MOST_FILES
from therapy_tui.core.prompts import REST_DAYS, Prompt
from therapy_tui.core.text import safe_line

ALL = load_prompts()
GOOD = '[[prompts]]\nid = "{}"\nweight = "light"\ntext = "What is on the table?"\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a person's own prompts."""
    return tmp_path


def left_out(own: Path, name: str, text: str | bytes) -> tuple[str, ...]:
    """Load a file with a good one beside it, see that nothing else is missing, and give the sentences."""
    own.mkdir(exist_ok=True)
    (own / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (own / "zz-good.toml").write_text(GOOD.format("own-good"))
    found = load_prompts(own)
    assert {prompt.id for prompt in found.prompts} >= {"own-good", *(prompt.id for prompt in ALL.prompts)}
    return found.left_out


def alike(one: str, other: str) -> float:
    """Tell how many words of two texts they share, of all that they have."""
    first, second = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(first & second) / len(first | second)


def test_counts() -> None:
    """There are at least 160 prompts in thirteen approaches, at least ten in each, and nothing was left out."""
    assert len(ALL.prompts) >= 160
    assert len(ALL.approaches) == 13
    assert min(Counter(prompt.approach for prompt in ALL.prompts).values()) >= 10
    assert {prompt.approach for prompt in ALL.prompts} == {approach.id for approach in ALL.approaches}
    assert ALL.left_out == ()


def test_no_two_alike() -> None:
    """Every prompt has an id and a text of its own, and no two share most of their words."""
    assert len({prompt.id for prompt in ALL.prompts}) == len(ALL.prompts)
    close = [(one.id, other.id) for one, other in combinations(ALL.prompts, 2) if alike(one.text, other.text) > 0.6]
    assert close == []


def test_shape() -> None:
    """An id is its approach and two digits, and a text is one drawable line of one to three sentences."""
    for prompt in ALL.prompts:
        assert re.fullmatch(prompt.approach + r"-\d\d", prompt.id)
        assert safe_line(prompt.text, LONGEST) == prompt.text
        assert re.fullmatch(r"[A-Z].*(?:[.?])", prompt.text)
        assert 1 <= len(re.findall(r"[.?](?:\s|$)", prompt.text.replace("...", "."))) <= 3, prompt.id
    assert all(approach.about.endswith(".") and approach.title for approach in ALL.approaches)


def test_weights() -> None:
    """Every approach has light, middle and heavy ones, and sixty hard days in a row need no other than light ones."""
    for approach in ALL.approaches:
        weights = Counter(prompt.weight for prompt in ALL.prompts if prompt.approach == approach.id)
        assert weights["light"] >= 4
        assert weights["middle"] >= 3
        assert 1 <= weights["heavy"] <= 3
    assert sum(prompt.weight == "light" for prompt in ALL.everyday) >= REST_DAYS


def test_everyday() -> None:
    """What belongs to an hour together is not among the prompts of any day."""
    assert {approach.id for approach in ALL.approaches if not approach.everyday} == {"before", "after"}
    assert {prompt.approach for prompt in ALL.prompts} - {prompt.approach for prompt in ALL.everyday} == {
        "before",
        "after",
    }


def test_own_prompts(own: Path) -> None:
    """A person's own file adds an approach named after it, or adds to one that is there, whose title stays."""
    (own / "my-garden.toml").write_text(GOOD.format("garden-1"))
    (own / "more.toml").write_text('approach = "grief"\ntitle = "Other"\neverday = false\n' + GOOD.format("more-1"))
    found = load_prompts(own)
    assert found.left_out == ()
    assert found.approaches == (*ALL.approaches, Approach("my-garden", "My garden", ""))
    assert found.prompts[len(ALL.prompts) :] == (
        Prompt("more-1", "grief", "What is on the table?", "light"),
        Prompt("garden-1", "my-garden", "What is on the table?", "light"),
    )


def test_no_folder(own: Path) -> None:
    """A folder that is not there has no prompts, and other files in it are not looked at."""
    assert load_prompts(own / "none") == ALL
    (own / "notes.txt").write_text("not a prompt")
    assert load_prompts(own) == ALL


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = 'x'\n\nthis is no TOML\n", "it is not TOML at line 3"),
        ("title = 'x", "it is not TOML at"),
        (b"# one\n# two \xff\n", "line 2 is not UTF-8"),
        ("#" * (LARGEST + 1), "it is larger than 64 KB"),
        ("[" * 20_000, "it is not TOML"),
        ("prompts = 3", "its prompts are not a list"),
        ("approach = 'Grief and more'", "its approach is not made of small letters, digits and hyphens, at most 40"),
        ("title = 7", "its title is not text in quotation marks"),
        ("title = ''", "its title is empty"),
        ("everyday = 'no'", "its everyday is neither true nor false"),
    ],
)
def test_broken_file(own: Path, text: str | bytes, why: str) -> None:
    """A file that cannot be read is named with the reason, with the line where there is one, and the rest loads."""
    (said,) = left_out(own, "broken.toml", text)
    assert said.startswith(f"The prompts in broken.toml were left out: {why}")
    assert said.endswith(".")
    assert safe_line(said, 300) == said


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("weight = 'light'\ntext = 'What?'", "it has no id"),
        ("id = 'a'\ntext = 'What?'", "it has no weight"),
        ("id = 'a'\nweight = 'light'", "it has no text"),
        ("id = 'a'\nweight = 'light'\ntext = ' \t '", "its text is empty"),
        ("id = 'a'\nweight = 'light'\ntext = ['What?']", "its text is not text in quotation marks"),
        (f"id = 'a'\nweight = 'light'\ntext = '{'a' * 161}'", "its text is longer than 160 characters"),
        ("id = 'a'\nweight = 'easy'\ntext = 'What?'", "its weight is not light, middle or heavy"),
        ("id = 'A 1'\nweight = 'light'\ntext = 'What?'", "its id is not made of small letters, digits and hyphens"),
        ("id = 'own-1'\nweight = 'light'\ntext = 'What?'", "the id own-1 is taken, in mine.toml"),
        ("id = 'grief-03'\nweight = 'light'\ntext = 'What?'", "the id grief-03 is taken, in grief.toml"),
    ],
)
def test_broken_entry(own: Path, entry: str, why: str) -> None:
    """An entry that cannot be used is named with file, line and reason, and the others of its file load."""
    text = f"{GOOD.format('own-1')}\n[[prompts]]\n{entry}\n\n{GOOD.format('own-3')}"
    (said,) = left_out(own, "mine.toml", text)
    assert said.startswith(f"A prompt in mine.toml, line 6, was left out: {why}")
    assert {"own-1", "own-3"} <= {prompt.id for prompt in load_prompts(own).prompts}


def test_entry_without_a_line(own: Path) -> None:
    """Where entries have no heading of their own, the number of the entry is told."""
    text = "prompts = [{id = 'a-1', weight = 'light', text = 'What?'}, {id = 'a-2'}, 3]"
    assert left_out(own, "flat.toml", text) == (
        "A prompt in flat.toml, entry 2, was left out: it has no weight.",
        "A prompt in flat.toml, entry 3, was left out: it is not a table.",
    )


def test_lines_and_hidden_signs(own: Path) -> None:
    """A text of several lines becomes one, and what would give orders to a terminal is made harmless."""
    (own / "a.toml").write_text(
        '[[prompts]]\nid = "a-1"\nweight = "heavy"\ntext = """\nWhat\n  is \\u001b[31m red?\n"""'
    )
    assert load_prompts(own).prompts[-1].text == "What is ␛[31m red?"


def test_what_is_no_file(own: Path) -> None:
    """A folder, a link to nowhere and a pipe are told of and never waited for."""
    (own / "folder.toml").mkdir()
    (own / "gone.toml").symlink_to(own / "nowhere")
    assert left_out(own, "x.txt", "") == (
        "The prompts in folder.toml were left out: this is not a file.",
        "The prompts in gone.toml were left out: this is not a file.",
    )


def test_a_folder_that_is_none(own: Path) -> None:
    """A file in the place of the folder, and a folder with too many files, cost a sentence."""
    (own / "file").touch()
    assert load_prompts(own / "file").left_out == ("The folder of prompts was left out: it could not be read.",)
    for number in range(MOST_FILES + 1):
        (own / f"{number}.toml").touch()
    assert load_prompts(own).left_out == ("The folder of prompts was left out: it has more than 200 files.",)
    assert load_prompts(own).prompts == ALL.prompts


def test_many_sentences(own: Path) -> None:
    """A file of faults is told of in twenty sentences and a number."""
    said = left_out(own, "faults.toml", "[[prompts]]\n" * 50)
    assert len(said) == 21
    assert said[-1] == "And 30 more were left out."


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever stands in a file, the rest loads."""
    left_out(tmp_path_factory.getbasetemp() / "anything", "any.toml", data)


def test_the_files_are_read_only_when_asked() -> None:
    """Importing the modules reads no file of data."""
    program = (
        "from therapy_tui.content import feelings, forms, prompts\n"
        "for load in (prompts._built_in, forms._load, feelings._load):\n"
        "    assert load.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
