"""kill -9 while sealed files are written and taken in: nothing is lost, nothing doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Driver
from tests.e2e.truth import check_truth
from tests.quick import quick
from tests.two_people import TwoPeople, two_people
from tests.words import letter

MOST = 200
IMPORT = [(place, when) for place in ("a transaction", "an envelope", "a statement") for when in ("before", "after")]
EXPORT = [
    ("a transaction", "before"),
    ("a transaction", "after"),
    ("sealing", "after"),
    ("the epoch outside", "before"),
]


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """What runs commands that die."""
    with Driver() as running:
        yield running


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoPeople]:
    """Two people who have met, and have no relay from then on."""
    with two_people(tmp_path_factory.mktemp("posts")) as both:
        both.settle()
        both.relay.kill()
        yield both
        both.relay.start()


@pytest.mark.parametrize("point", quick(IMPORT))
def test_a_killed_import(people: TwoPeople, driver: Driver, tmp_path: Path, point: tuple[str, str]) -> None:
    """An import that dies ever later is done again: each letter is there once, and both states are true."""
    texts = {each.name: [row["text"] for row in each.letters(people.other(each), "out")] for each in people.both}
    for nth in range(1, MOST):
        person = people.both[nth % 2]
        other = people.other(person)
        for _ in range(2):
            text = letter(len(other.name), len(texts[other.name]), 2)
            assert other.send(person, text).code == 3
            texts[other.name].append(text)
        file = str(tmp_path / f"post-{nth}")
        other.do("post", "export", file)
        died = driver.attempt(person, (*point, nth), "post", "import", file)
        person.do("post", "import", file)
        if not died:
            break
    assert nth > 1
    judge(people, texts, tmp_path)


@pytest.mark.parametrize("point", quick(EXPORT))
def test_a_killed_export(people: TwoPeople, driver: Driver, tmp_path: Path, point: tuple[str, str]) -> None:
    """An export that dies leaves the old file whole or a new one, and what waits is in the next file."""
    texts = {each.name: [row["text"] for row in each.letters(people.other(each), "out")] for each in people.both}
    for nth in range(1, MOST):
        person = people.both[nth % 2]
        other = people.other(person)
        for each in people.both:
            text = letter(len(each.name), len(texts[each.name]), 2)
            assert each.send(people.other(each), text).code == 3
            texts[each.name].append(text)
        file = tmp_path / f"post-{nth}"
        other.do("post", "export", str(file))
        person.do("post", "import", str(file))
        died = driver.attempt(person, (*point, nth), "post", "export", str(file))
        assert file.read_bytes().startswith(b"TT1POST\n")
        person.do("post", "export", str(file))
        other.do("post", "import", str(file))
        if not died:
            break
    judge(people, texts, tmp_path)


def judge(people: TwoPeople, texts: dict[str, list[str]], folder: Path) -> None:
    """Hand over what waits until every letter is delivered, and let the relay come back over it and change nothing."""
    for _ in range(2):
        for each in people.both:
            file = folder / "post"
            if each.here("post", "export", str(file), "--force").code == 0:
                people.other(each).do("post", "import", str(file))
    for each in people.both:
        out = each.letters(people.other(each), "out")
        assert [(row["text"], row["state"]) for row in out] == [(text, "delivered") for text in texts[each.name]]
    people.relay.start()
    people.settle()
    check_truth(people, texts)
    people.relay.kill()
