"""A relay that says what it likes, and a second person who holds a leaked invite."""

import asyncio
from collections.abc import Callable, Sequence

from tests.services.people import Person, World
from therapy_tui import errors
from therapy_tui.core.people import CLIENT, Pair
from therapy_tui.core.wire import (
    Code,
    Collected,
    Done,
    Own,
    Part,
    Refused,
    Result,
    mailbox_of,
    pack_answer,
    unpack_body,
)
from therapy_tui.core.wire import unpack_request as unpack
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import signing
from therapy_tui.services import pairing, sealing
from therapy_tui.store import contacts
from therapy_tui.transport.base import Transport

Forge = Callable[[Sequence[Part], int], Sequence[Result] | None]
"""Gives the results for the parts of the request with this number (from 1), or None: the honest relay is asked."""


class Forging:
    """A line on which a hostile relay answers whatever it likes."""

    def __init__(self, honest: Transport, forge: Forge) -> None:
        self.honest = honest
        self.forge = forge
        self.asked = 0
        self.largest = 0

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Forge an answer, or pass the request on."""
        self.asked += 1
        await asyncio.sleep(0)  # so that a loop without a pause does not stop the test
        self.largest = max(self.largest, len(body))
        forged = self.forge([unpack_body(each) for _, each in unpack(body)], self.asked)
        return await self.honest.post(relay, body, wait) if forged is None else pack_answer(forged)

    async def close(self) -> None:
        """Keep nothing open."""


class Narrow:
    """A line with a proxy that takes only small requests, as HTTP 413 says."""

    def __init__(self, honest: Transport, most: int) -> None:
        self.honest = honest
        self.most = most
        self.refused = 0

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Refuse what is too large for the proxy."""
        if len(body) > self.most:
            self.refused += 1
            raise errors.RelayRefused(5)
        return await self.honest.post(relay, body, wait)

    async def close(self) -> None:
        """Keep nothing open."""


class Elsewhere:
    """A line on which `relays` lead to the one relay there is, and all others lead nowhere."""

    def __init__(self, honest: Transport, *relays: str) -> None:
        self.honest = honest
        self.relays = relays
        self.asked: list[str] = []

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Pass a request on, or find nobody."""
        from tests.services.office import ADDRESS

        self.asked.append(relay)
        return await self.honest.post(ADDRESS if relay in self.relays else relay, body, wait)

    async def close(self) -> None:
        """Keep nothing open."""


def meet_line(person: Person, line: Transport) -> None:
    """Let a person's courier meet this line until `person.restart`; the courier is a new one."""
    from therapy_tui.services.courier import Courier

    person._courier = Courier(person.vault, line, lambda: "2027-01-15")


def own_refused(refusal: Refused) -> Forge:
    """Refuse every owner with this, and skip the rest."""
    return lambda parts, _: [refusal if isinstance(each, Own) else Refused(Code.SKIPPED) for each in parts]


def collected(acked: Callable[[int], int]) -> Forge:
    """Have nothing for any owner, but say that so much was acknowledged; take everything else."""
    return lambda parts, n: [Collected(acked(n), (), more=False) if isinstance(each, Own) else Done() for each in parts]


def moved_card(person: Person, relay: str) -> bytes:
    """Give a person's card as it would be at another relay."""
    profile = person.vault.profile
    owner = mailbox_of(signing.public_key(profile.owner_seed))
    return cards.make_card(sealing.account_of(profile), profile.role, person.name, owner, relay).raw


def move_to(world: World, name: str, who: Person, relay: str) -> None:
    """Let Ann hold a card of this contact that names another relay."""
    vault = world.ann.vault
    with vault.transaction() as database:
        contacts.set_card(database, current(world.ann, name).id, moved_card(who, relay))


def current(person: Person, name: str = "", state: str = "current") -> Pair:
    """Give a pair of a contact."""
    pair = contacts.pair(person.vault.database, person.contact(name).id, state)
    assert pair is not None
    return pair


def another_client(world: World, name: str) -> Person:
    """Make one more client of Ann's, who has met her."""
    person = Person(world.folder / name, CLIENT, name, world.relay).make()
    made = pairing.make_invite(world.ann.vault, name)
    world.ann.exchange()
    pairing.begin_join(person.vault, made.link)
    for _ in range(3):
        person.exchange()
        world.ann.exchange()
    return person


def intruder(world: World) -> Person:
    """Let Mallory use a leaked invite that Ann had made for her contact Carl; her keys wait for Ann's decision."""
    made = world.invite(contact=world.ann.contact().id)
    mallory = Person(world.folder / "mallory", CLIENT, "Mallory", world.relay).make()
    pairing.begin_join(mallory.vault, made.link)
    for _ in range(2):
        mallory.exchange()
        world.ann.exchange()
    return mallory
