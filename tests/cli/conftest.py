"""What the tests of the command line share: two people who have met, and a person alone whom a passphrase opens."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.once import certificates_read_once
from tests.relay_process import RelayProcess
from tests.two_people import Person, TwoPeople, two_who_met
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.services import making

__all__ = ["certificates_read_once"]

PASSPHRASE = "correct horse battery"
NOWHERE = "http://127.0.0.1:9"
"""A relay at which nobody listens."""


@pytest.fixture(scope="session")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayProcess]:
    """A relay; who kills it starts it again."""
    with RelayProcess(tmp_path_factory.mktemp("relay") / "relay.db") as started:
        yield started


@pytest.fixture(scope="module")
def people(relay: RelayProcess, tmp_path_factory: pytest.TempPathFactory) -> TwoPeople:
    """Two people who have met; the tests of a module go on with the same two."""
    return two_who_met(relay, tmp_path_factory.mktemp("people"))


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch new passphrases as little as is allowed."""
    monkeypatch.setattr(making, "new_cost", Cost)


@pytest.fixture(scope="session")
def alone_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the home of `alone`, to be copied."""
    folder = tmp_path_factory.mktemp("alone")
    init = ("init", "--role", "client", "--name", "Cleo", "--relay", NOWHERE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "new_cost", Cost)
        by_passphrase(folder).do(*init, "--recovery-file", str(folder / "recovery"))
    return folder


@pytest.fixture
def alone(alone_template: Path, tmp_path: Path, cheap: None) -> Person:
    """A client with a passphrase, a recovery phrase in `recovery`, and a relay that is never there."""
    del cheap
    shutil.copytree(alone_template, tmp_path, dirs_exist_ok=True)
    return by_passphrase(tmp_path)


@pytest.fixture
def clash(people: TwoPeople) -> Iterator[Callable[[str], None]]:
    """Let a function rename the therapist as the client sees her; the name goes back at the end."""

    def rename(name: str) -> None:
        people.client.do("contacts", "rename", people.therapist.name, name)

    yield rename
    identity = people.client.do("contacts").rows[0]["id"]
    people.client.do("contacts", "rename", identity, people.therapist.name)


def by_passphrase(folder: Path, *before: str) -> Person:
    """Name a person whose commands read a passphrase file; nothing is made but that file."""
    file = folder / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    file.chmod(0o600)
    return Person("Cleo", "client", folder / "home", ("--json", "--passphrase-file", str(file), *before))
