"""People for the tests of services: a profile in a folder, opened as the program opens it, and their courier."""

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services.faulty import Faulty
from tests.services.office import ADDRESS, Clock, Relay
from therapy_tui.config import find_folders
from therapy_tui.core.messages import Message
from therapy_tui.core.people import CLIENT, THERAPIST, Contact, Invite
from therapy_tui.crypto.slots import KeyringWay
from therapy_tui.services import conversation, directory, making, pairing, unlocking
from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import Courier
from therapy_tui.services.making import NewProfile
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, outbox, slots

if TYPE_CHECKING:
    from therapy_tui.services.events import Fact

ANN, CARL = "Dr Ann", "Carl"
HOUR, DAY, YEAR = 3_600, 86_400, 31_536_000


class Person:
    """One profile. `vault` is open unless `lock` was called; a KeyringWay with made-up secrets opens it at once."""

    def __init__(self, home: Path, role: int, name: str, relay: Relay, clock: Clock | None = None) -> None:
        self.home, self.role, self.name = home, role, name
        self.clock = clock or relay.clock
        self.line = Faulty(relay)
        self.chance = random.Random(name + str(home))
        self.folders = find_folders(home, "default")
        self.way = KeyringWay({each: (name + each).encode().ljust(32)[:32] for each in slots.DATABASES})
        self.facts: list[Fact] = []
        self._vault: Vault | None = None
        self._courier: Courier | None = None

    def make(self, relay: str = "") -> "Person":
        """Make the profile and open it."""
        new = NewProfile(self.role, self.name, relay)
        making.create(self.folders, new, [self.way], "0" * 32, self.chance.randbytes, self.clock)
        self.open()
        return self

    @property
    def vault(self) -> Vault:
        """The open vault."""
        if self._vault is None:
            return self.open()
        return self._vault

    def open(self) -> Vault:
        """Unlock, as every start of the program does."""
        self._vault = unlocking.open_vault(self.folders, self.way, self.chance.randbytes, self.clock)
        self._vault.events.subscribe(self.facts.append)
        return self._vault

    def another(self) -> Vault:
        """Open the same vault as a second process would."""
        return unlocking.open_vault(self.folders, self.way, self.chance.randbytes, self.clock)

    def lock(self) -> None:
        """Close the vault and forget the courier: also what is left of a process that was killed."""
        self._courier = None
        if self._vault is not None:
            self._vault.close()
            self._vault = None

    def restart(self) -> None:
        """Lock and open again."""
        self.lock()
        self.open()

    # old copies

    def copy(self, to: Path) -> None:
        """Copy the vault while it is closed; the state folder is not part of it."""
        self.lock()
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folders.data, to)

    def put_back(self, copy: Path) -> None:
        """Put an old copy in the vault's place."""
        self.lock()
        shutil.rmtree(self.folders.data)
        shutil.copytree(copy, self.folders.data)
        self.open()

    # what a person does

    @property
    def courier(self) -> Courier:
        """The courier of this process."""
        if self._courier is None:
            self._courier = self.courier_of(self.vault)
        return self._courier

    def courier_of(self, vault: Vault) -> Courier:
        """Make a courier over this person's line."""
        return Courier(vault, self.line, lambda: "2027-01-15")

    def exchange(self) -> Report:
        """Do one exchange."""
        return asyncio.run(self.courier.exchange())

    def contact(self, name: str = "") -> Contact:
        """Give the contact of this name, or the only one."""
        if name:
            return directory.find(self.vault, name)
        (only,) = contacts.every(self.vault.database)
        return only

    def write(self, text: str, to: str = "") -> Message:
        """Commit a letter."""
        return conversation.send(self.vault, self.contact(to), text)

    def letters(self, of: str = "") -> list[Message]:
        """Read the whole conversation."""
        return list(conversation.everything(self.vault, self.contact(of)))

    def texts(self, of: str = "") -> list[str]:
        """Read the texts of their letters."""
        return [each.text for each in self.letters(of) if not each.outgoing]

    def states(self, of: str = "") -> list[str]:
        """Read the states of our letters."""
        return [str(each.state) for each in self.letters(of) if each.outgoing]

    def outbox(self) -> list[str]:
        """Give the kinds of what waits, due or not."""
        return [str(row[0]) for row in self.vault.database.all("SELECT kind FROM outbox ORDER BY id")]

    def owed(self) -> list[tuple[str, int]]:
        """Give (kind, due) of receipts that are owed."""
        rows = self.vault.database.all("SELECT kind, due_at FROM receipts ORDER BY due_at, kind")
        return [(str(kind), int(due)) for kind, due in rows]

    def is_idle(self) -> bool:
        """Whether nothing waits to go now."""
        return next(outbox.due(self.vault.database, self.clock.now), None) is None


def gaps_of(person: Person) -> list[str]:
    """Read the texts of letters before which one has not arrived, in the only correspondence."""
    contact = person.contact()
    return [each.text for each in person.letters() if conversation.is_after_gap(person.vault, contact, each)]


class World:
    """A relay, a therapist and a client, who may have met."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.relay = Relay(folder / "relay.db")
        self.ann = Person(folder / "ann", THERAPIST, ANN, self.relay)
        self.carl = Person(folder / "carl", CLIENT, CARL, self.relay)

    def make(self) -> "World":
        """Make both profiles."""
        self.ann.make(ADDRESS)
        self.carl.make()
        return self

    def meet(self) -> "World":
        """Let Carl join an invite of Ann's."""
        made = self.invite()
        self.join(made.link)
        self.settle()
        return self

    def invite(self, label: str = "", contact: bytes = b"") -> Invite:
        """Make an invite of Ann's and tell the relay."""
        made = pairing.make_invite(self.ann.vault, label, contact=contact)
        self.ann.exchange()
        return made

    def join(self, link: str, contact: bytes = b"") -> Report:
        """Take Ann's invite up with Carl and exchange once."""
        pairing.begin_join(self.carl.vault, link, contact)
        return self.carl.exchange()

    def settle(self, rounds: int = 4) -> None:
        """Exchange in turn until everything has gone both ways."""
        for _ in range(rounds):
            self.ann.exchange()
            self.carl.exchange()

    def pass_time(self, seconds: int) -> None:
        """Move every clock."""
        for clock in {id(each): each for each in (self.relay.clock, self.ann.clock, self.carl.clock)}.values():
            clock.now += seconds

    def end(self) -> None:
        """Close everything."""
        self.ann.lock()
        self.carl.lock()
        self.relay.end()


def copy_world(template: Path, folder: Path, change: Callable[[World], None] | None = None) -> World:
    """Give a world of its own that begins where the template stopped."""
    shutil.copytree(template, folder)
    world = World(folder)
    if change is not None:
        change(world)
    return world
