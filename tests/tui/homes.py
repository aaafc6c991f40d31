"""Homes for the tests of screens: a real vault in a folder of its own, and a line that leads nowhere."""

import asyncio
import functools
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.made import settle
from therapy_tui import errors
from therapy_tui.config import Settings, find_folders
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.keys.keyring import Keyring, Operation, Pending, Probe
from therapy_tui.services import unlocking
from therapy_tui.services.making import NewProfile
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.look import Look, choose

NOW = 1_795_000_000
"""A Wednesday in November 2026."""
PATIENCE = 60.0
"""Seconds after which what has not come does not come."""
NO_KEYRING = "This machine has no keyring here (that is usual over SSH), so a passphrase will open your vault."


class NoLine:
    """A transport for which no relay ever answers."""

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Find nobody."""
        del relay, body, wait
        await asyncio.sleep(0)
        raise errors.Unreachable

    async def close(self) -> None:
        """Have nothing to close."""


class StandInKeyring(Keyring):
    """A keyring whose probe answers at once; nothing is ever kept in it."""

    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self._probe = probe

    def begin(self, operations: Sequence[Operation], known: str = "", *, early: bool = False) -> Pending:
        """Start nothing; the answer is that it could not be asked."""
        del operations, known, early
        return Pending(None, 0.0, time.monotonic)

    def probe(self, random_bytes: object) -> Probe:
        """Give the answer that the test wants."""
        del random_bytes
        return self._probe


def empty_seat(tmp_path: Path, settings: Settings | None = None, probe: Probe | None = None) -> Seat:
    """Make a seat at which nobody has sat yet: there is no profile."""
    none = Probe(usable=False, sentence=NO_KEYRING, backend="")
    return Seat(
        folders=find_folders(tmp_path / "home", "default"),
        settings=settings or Settings(),
        transport=lambda settings: NoLine(),  # noqa: ARG005 - the seat's own shape
        keyring=StandInKeyring(probe or none),
        random=random.Random(7).randbytes,
        now=lambda: NOW,
        chance=random.Random(7).random,
    )


def make_seat(
    tmp_path: Path, name: str = "Rosa M.", role: int = CLIENT, *, contact: str = "", settings: Settings | None = None
) -> Seat:
    """Make a seat with an open vault.

    Args:
        tmp_path: the home is made in it.
        name: one's own name.
        role: client or therapist.
        contact: the name of somebody whom one knows, of the other role, without keys; nobody when it is empty.
        settings: what the person has chosen.
    """
    seat = empty_seat(tmp_path, settings)
    way = settle(seat.folders, NewProfile(role, name), NOW)
    if settings is not None:
        seat.keep_settings(settings)
    seat._open(lambda: unlocking.open_vault(seat.folders, way, seat.random, seat.now, None, seat._beside))
    if contact:
        with seat.open_vault.transaction() as database:
            other = THERAPIST if role == CLIENT else CLIENT
            contacts.add(database, seat.random(16), contact, other, NOW)
    return seat


def app_of(seat: Seat, theme: str = "calm-dark") -> TherapyApp:
    """Make the application over a seat, in true colour."""
    return TherapyApp([seat], _look_of(theme))


@functools.cache
def _look_of(theme: str) -> Look:
    return choose(theme, None, {"TERM": "xterm-256color", "COLORTERM": "truecolor"})


def words_on(pilot: Pilot[int]) -> str:
    """Give everything that stands on the screen in front, one line a row."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[int], holds: Callable[[], object]) -> None:
    """Wait until something holds, however long that takes on a machine that is busy; what hangs fails."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"it did not come to that:\n{words_on(pilot)}"
        await pilot.pause(0.02)
    await pilot.pause()


async def write(pilot: Pilot[int], text: str) -> None:
    """Write into the line that has the focus, at once: a key for each letter would take its time."""
    assert isinstance(pilot.app.focused, Input)
    pilot.app.focused.value = text
    await pilot.pause()
