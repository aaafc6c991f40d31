"""Two people of `tests.services` at the application: real vaults and keys, a relay's own rules, and no line."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.screen import Screen

from tests.services.people import Person
from tests.tui.homes import NoLine, app_of
from therapy_tui.config import Settings
from therapy_tui.keys.keyring import Keyring, Pending
from therapy_tui.services.seat import Seat
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.place import Place


def seat_of(person: Person, settings: Settings | None = None) -> Seat:
    """Seat a person of a world at the application, with an open vault and a line that leads nowhere."""
    seat = Seat(
        folders=person.folders,
        settings=settings or Settings(),
        transport=lambda settings: NoLine(),  # noqa: ARG005 - the seat's own shape
        keyring=Keyring(),
        random=person.chance.randbytes,
        now=person.clock,
        chance=person.chance.random,
    )
    seat._open(lambda: person.vault)
    return seat


@asynccontextmanager
async def at(
    seat: Seat, make: Callable[[], Place] | None = None, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Pilot[int]]:
    """Run the application, with the screen that `make` makes in front."""
    # The epoch would be told to the keyring by a process of its own; here nobody listens.
    seat._told = seat._told or Pending(None, 0.0, time.monotonic)
    app = app_of(seat)
    async with app.run_test(size=size) as pilot:
        if make is not None:
            await app.push_screen(make())
        await pilot.pause()
        yield pilot


def front(pilot: Pilot[int]) -> Screen[object]:
    """Give the screen in front."""
    return pilot.app.screen


def words_on(pilot: Pilot[int]) -> str:
    """Give everything that stands on the screen in front, one line a row."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def prose_on(pilot: Pilot[int]) -> str:
    """Give the same with every stretch of white space as one space, for sentences that are wrapped."""
    return " ".join(words_on(pilot).split())


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until all is drawn."""
    await pilot.press(*keys)
    await pilot.pause()


def news_on(pilot: Pilot[int]) -> str:
    """Give the line of news of the screen in front."""
    screen = pilot.app.screen
    assert isinstance(screen, Place)
    return screen.notice.text


def therapy(pilot: Pilot[int]) -> TherapyApp:
    """Give the application as what it is."""
    assert isinstance(pilot.app, TherapyApp)
    return pilot.app
