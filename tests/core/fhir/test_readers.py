"""Two readers that are not ours take the bundle: fhir.resources, and the npm package fhir, with its value sets."""

import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from tests.core.fhir.codes import wrong_codes
from tests.core.records import RECORD, records
from therapy_tui.core.fhir.bundle import bundle
from therapy_tui.core.record import Record

VALIDATE = """
const {Fhir} = require("fhir");
const text = require("fs").readFileSync(0, "utf8");
console.log(JSON.stringify(new Fhir().validate(text)));
"""
NPM_SECONDS = 300

Check = Callable[[dict[str, Any]], list[str]]
"""Gives the places in a bundle of which the reader has something to say."""


def read(made: dict[str, Any]) -> Any:
    """Read a bundle with fhir.resources, strictly."""
    pytest.importorskip("fhir.resources")
    from fhir.resources.R4B.bundle import Bundle

    return Bundle.model_validate_json(json.dumps(made))


def test_fhir_resources_takes_it() -> None:
    """The reader takes every resource as what it is, and gives back what was written."""
    made = bundle(RECORD)
    found = read(made)
    kinds = [each.resource.get_resource_type() for each in found.entry]
    assert kinds == [each["resource"]["resourceType"] for each in made["entry"]]
    assert json.loads(found.model_dump_json())["entry"][1]["resource"]["url"] == made["entry"][1]["resource"]["url"]


@given(records())
@settings(max_examples=20)
def test_whatever_people_wrote(record: Record) -> None:
    """The reader takes a record of any texts."""
    assert len(read(bundle(record)).entry) == len(bundle(record)["entry"])


def test_what_fhir_resources_does_not_see() -> None:
    """It checks shapes and no value sets, which is why there is a second reader."""
    made = bundle(RECORD)
    planted = next(each["resource"] for each in made["entry"] if each["resource"]["resourceType"] == "Communication")
    planted["status"] = "banana"
    assert read(made)


def test_fhir_resources_refuses_what_is_no_element() -> None:
    """The reader does refuse: an element that a resource has not."""
    made = bundle(RECORD)
    made["entry"][0]["resource"]["nickname"] = "Bea"
    with pytest.raises(ValueError, match="nickname"):
        read(made)


@pytest.fixture(scope="module")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Install the npm package in a folder of its own, and give a call of it."""
    if shutil.which("npm") is None:
        pytest.skip("There is no npm here.")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "validate.js").write_text(VALIDATE)
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "fhir@4.12.0"]
    subprocess.run(install, cwd=folder, check=True, timeout=NPM_SECONDS, capture_output=True)

    def call(made: dict[str, Any]) -> list[str]:
        done = subprocess.run(
            ["node", "validate.js"],
            cwd=folder,
            input=json.dumps(made),
            capture_output=True,
            text=True,
            check=True,
            timeout=NPM_SECONDS,
        )
        # What else it says is that it does not know LOINC: it has a few of its codes, or not the value set at all.
        return [
            each["location"]
            for each in json.loads(done.stdout)["messages"]
            if each["severity"] == "error" or each["message"] == "Unexpected property"
        ]

    return call


@pytest.mark.campaign
def test_npm_fhir_takes_it(validate: Check) -> None:
    """The second reader finds nothing to say against it, not even an element that R4 has not."""
    assert validate(bundle(RECORD)) == []


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("Communication", {"status": "banana"}),
        ("QuestionnaireResponse", {"status": "banana"}),
        ("DocumentReference", {"docStatus": "banana"}),
        ("Patient", {"nickname": "Bea"}),
    ],
)
def test_npm_fhir_refuses(validate: Check, kind: str, change: dict[str, str]) -> None:
    """A planted value that is in no value set, or element that there is not, is refused."""
    made = bundle(RECORD)
    planted = next(each["resource"] for each in made["entry"] if each["resource"]["resourceType"] == kind)
    planted.update(change)
    assert validate(made) == [f"{kind}.{name}" for name in change]


@pytest.mark.campaign
def test_what_neither_reader_sees(validate: Check) -> None:
    """A wrong code of LOINC passes both readers, and is caught by the codes that were pinned."""
    made = json.loads(json.dumps(bundle(RECORD)).replace("44260-8", "44254-1"))
    assert validate(made) == []
    assert read(made)
    assert wrong_codes(made) != []
