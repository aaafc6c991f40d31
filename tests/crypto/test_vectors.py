"""The vectors: the program agrees with them, and they with their generator."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.vectors.calls import CALLS, plain
from tests.vectors.make_vectors import HERE, RECORDED, build
from therapy_tui.errors import TherapyError

FILES = sorted(path for path in HERE.glob("*.json") if path.name not in {RECORDED.name, "slots.json"})


def cases(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(path.read_text("ascii"))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_program_agrees_with_the_vectors(path: Path) -> None:
    """Each call gives what the file says, or refuses with the error that the file names."""
    for case in cases(path):
        given = case["with"]
        assert isinstance(given, dict)
        try:
            outcome = {"gives": plain(CALLS[str(case["call"])](**given))}
        except TherapyError as refusal:
            outcome = {"refuses": type(refusal).__name__}
        assert outcome == {key: case[key] for key in ("gives", "refuses") if key in case}, case["claim"]


def test_the_vectors_are_what_the_generator_makes() -> None:
    """No file was edited by hand, none is missing, and the generator depends on nothing but the recording."""
    made = build(json.loads(RECORDED.read_text("ascii")))
    assert sorted(made) == [path.stem for path in FILES]
    for path in FILES:
        assert json.loads(json.dumps(made[path.stem])) == cases(path), path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_each_claim_once(path: Path) -> None:
    """A claim names one case of its file and call, so that a failure can be found."""
    claims = [(case["claim"], case["call"]) for case in cases(path)]
    assert len(claims) == len(set(claims))


def test_the_hashes_are_those_of_blake2b() -> None:
    """The hashing vectors agree with a plain BLAKE2b that knows nothing of this program."""
    for case in cases(HERE / "hashing.json"):
        given = case["with"]
        assert isinstance(given, dict)
        if case["call"] == "mailbox":
            given = {"label": "tt1 mailbox", "data": given["owner"], "size": 16}
        found = hashlib.blake2b(
            bytes.fromhex(given["data"]),
            key=bytes.fromhex(given.get("secret", "")),
            digest_size=given["size"],
            person=given["label"].encode().ljust(16, b"\0"),
        )
        assert found.hexdigest() == case["gives"]
