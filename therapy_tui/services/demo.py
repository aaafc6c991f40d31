"""The demo's two made-up people: their profiles, how they met, and the letters they have exchanged already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import localtime, strftime

from therapy_tui import errors
from therapy_tui.config import Settings, find_folders
from therapy_tui.content.demo import CLIENT, THERAPIST, DemoLetter, Moment, Story
from therapy_tui.core import people
from therapy_tui.core.people import Contact
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, audit, conversation, directory, making, office, pairing
from therapy_tui.services.access import Clock, Random
from therapy_tui.services.courier import Courier
from therapy_tui.services.dealings import Dealings
from therapy_tui.services.making import NewProfile
from therapy_tui.services.seat import Seat
from therapy_tui.store import slots
from therapy_tui.transport.base import Transport

ROLES = {CLIENT: people.CLIENT, THERAPIST: people.THERAPIST}
INVITE_DAYS = 30
A_MOMENT, AN_HOUR = 90, 3_600
"""Seconds between a letter and its arrival; and after which receipts for reading have gone."""


@dataclass(slots=True)
class StoryClock:
    """A clock that tells of the past while the story is lived through, and the real time afterwards."""

    real: Clock
    told: int = 0

    def __call__(self) -> int:
        """Give the seconds since 1970."""
        return self.told or self.real()

    def turn_to(self, moment: Moment) -> None:
        """Go to a local time so many days before today."""
        self.told = moment.seconds(self.real())


class StoryCourier(Courier):
    """A courier whose person lives in the past, while the relay is told the real time."""

    def __init__(self, seat: Seat, transport: Transport, clock: StoryClock) -> None:
        # The story's bytes are counted on the days of the story, so that today begins with none.
        super().__init__(seat.open_vault, transport, lambda: strftime("%Y-%m-%d", localtime(clock())))
        self._known = Dealings(clock.real)


def sit_down(
    folder: Path, story: Story, transport: Callable[[Settings], Transport], random: Random, clock: StoryClock
) -> dict[str, Seat]:
    """Make both profiles below `folder` and open them; give the seats by role.

    Their keys are random and in memory only, so opening asks nothing of anybody, also after a lock.

    Raises:
        LocalError: the folder cannot be used.
    """
    clock.turn_to(story.begins)
    seats = {}
    for role, name in story.names.items():
        folders, keyring = find_folders(folder / role, "demo"), MemoryKeyring()
        profile_id = slots.new_profile_id(random)
        way = access.new_keyring_way(profile_id, random, keyring)
        making.create(folders, NewProfile(ROLES[role], name), [way], profile_id, random, clock)
        seats[role] = Seat(folders, Settings(), transport, keyring, random, clock)
        seats[role].unlock_by_keyring()
    return seats


async def live_through(story: Story, seats: Mapping[str, Seat], relay: str, clock: StoryClock) -> None:
    """Let the two meet by an invite and exchange their letters over the relay, each at its time.

    Args:
        story: what happens.
        seats: of `sit_down`.
        relay: "host:port".
        clock: of both seats; it tells the real time at the end.

    Raises:
        Unreachable: the relay does not answer.
    """
    transport = next(iter(seats.values())).transport(Settings())
    couriers = {role: StoryCourier(seat, transport, clock) for role, seat in seats.items()}
    try:
        await _meet(seats, couriers, relay)
        office.keep(seats[THERAPIST].open_vault, story.office)
        written: list[bytes] = []
        for letter in story.letters:
            clock.turn_to(letter.when)
            for role in {letter.role, *letter.readers}:
                audit.note_opening(seats[role].open_vault)
            for reader in letter.readers:
                conversation.mark_read(seats[reader].open_vault, _contact(seats[reader]).id)
            written.append(_write(seats[letter.role], letter, written))
            await _carry(couriers, letter.role, clock)
        clock.told += AN_HOUR
        await _carry(couriers, story.letters[-1].role, clock)
    finally:
        clock.told = 0
        await transport.close()


async def _meet(seats: Mapping[str, Seat], couriers: Mapping[str, Courier], relay: str) -> None:
    """Let the therapist invite and the client join, to the end of both sides."""
    therapist, client = seats[THERAPIST].open_vault, seats[CLIENT].open_vault
    pairing.set_relay(therapist, relay)
    made = pairing.make_invite(therapist, "", INVITE_DAYS)
    await _exchange(couriers[THERAPIST])
    pairing.begin_join(client, made.link)
    for role in (CLIENT, THERAPIST, CLIENT):
        await _exchange(couriers[role])


def _write(seat: Seat, letter: DemoLetter, written: list[bytes]) -> bytes:
    """Commit a letter and give its id."""
    answers = written[letter.answers - 1][:8] if letter.answers else b""
    return conversation.send(seat.open_vault, _contact(seat), letter.text, letter.tone, answers).id


def _contact(seat: Seat) -> Contact:
    return directory.people(seat.open_vault)[0].contact


async def _carry(couriers: Mapping[str, Courier], writer: str, clock: StoryClock) -> None:
    """Let a letter leave, and arrive a moment later; its receipt is fetched by the writer's next exchange."""
    reader = THERAPIST if writer == CLIENT else CLIENT
    for role in (writer, reader):
        await _exchange(couriers[role])
        clock.told += A_MOMENT


async def _exchange(courier: Courier) -> None:
    report = await courier.exchange()
    if not report.reachable:
        raise errors.Unreachable(report.problem)
