"""Two people whose names, letters, drafts and invites hold words that must be seen nowhere but on their screens."""

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.proxy import Recorder
from tests.leaks import Find, Hunt
from tests.relay_process import RelayProcess
from tests.two_people import Person, new_person
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory

PLACES = ("letter", "answer", "draft", "client", "therapist", "label")


@dataclass(frozen=True, slots=True)
class Watched:
    """Two people who have met over a line that remembers."""

    folder: Path
    relay: RelayProcess
    line: Recorder
    therapist: Person
    client: Person
    hunt: Hunt

    @property
    def homes(self) -> tuple[Path, Path]:
        """The folders of both."""
        return self.therapist.home, self.client.home

    def sentence(self, place: str) -> str:
        """Give a few plain sentences with the word for a place in them."""
        word = self.hunt.words[place]
        return f"Then I said {word} and nobody laughed. We sat there for a while. It was said again: {word}."

    def write(self) -> None:
        """Write both ways, and leave a draft."""
        self.client.do("send", self.hunt.words["therapist"], "-", stdin=self.sentence("letter"))
        self.therapist.do("send", self.hunt.words["label"], "-", stdin=self.sentence("answer"))
        self.settle()
        with self.client.vault() as vault:
            (person,) = directory.people(vault)
            conversation.keep_draft(vault, person.contact.id, Draft(self.sentence("draft"), 0, b"", 0, 0))

    def settle(self) -> None:
        """Exchange until everything has arrived."""
        for person in (self.client, self.therapist, self.client):
            person.do("sync")

    def found_outside(self) -> set[Find]:
        """Look at what went over the line, and at what the relay keeps of it, its log too."""
        found = self.hunt.folder(self.relay.database.parent)
        with contextlib.closing(sqlite3.connect(self.relay.database)) as database:
            found |= self.hunt.bytes(database.serialize(), "relay.db", deep=True)
        for number, stream in enumerate(self.line.streams):
            found |= self.hunt.bytes(stream, f"stream {number}", deep=True)
        return found

    def found_at_home(self) -> set[Find]:
        """Look at both homes."""
        return self.hunt.folder(*self.homes)


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Start a relay behind a line that remembers, and let two people meet over it."""
    hunt = Hunt({place: f"heron {place} {secrets.token_hex(6)}" for place in PLACES})
    (folder / "relay").mkdir(mode=0o700)
    with Recorder() as line, RelayProcess(folder / "relay" / "relay.db") as relay:
        line.target = relay.port
        therapist = new_person(hunt.words["therapist"], "therapist", folder / "homes" / "one", "--relay", line.url)
        client = new_person(hunt.words["client"], "client", folder / "homes" / "two")
        link = therapist.do("invite", "--for", hunt.words["label"]).row["link"]
        client.do("join", "-", stdin=link)
        therapist.do("sync")
        client.do("sync")
        yield Watched(folder, relay, line, therapist, client, hunt)
