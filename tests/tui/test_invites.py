"""The list of invites."""

from tests.services.people import World
from tests.tui.meeting import at, prose_on, seat_of, words_on
from therapy_tui.services import pairing
from therapy_tui.tui.screens.invite import Invite, NewInvite
from therapy_tui.tui.screens.invites import Invites


async def test_nobody_was_invited_yet(world: World) -> None:
    """An empty list says so and what an invite is for, and n makes one."""
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invites(seat)) as pilot:
        assert "You have made no invite yet." in prose_on(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NewInvite)


async def test_the_newest_comes_first_with_its_state(world: World) -> None:
    """Each has its label, what became of it and until when; one that nobody was named for says that."""
    pairing.make_invite(world.ann.vault, "R. M.")
    world.ann.clock.now += 10
    pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invites(seat)) as pilot:
        shown = prose_on(pilot)
        assert shown.index("for nobody by name") < shown.index("R. M.")
        assert "the relay does not have it yet, until" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Invite)


async def test_an_invite_is_withdrawn_from_the_list(world: World) -> None:
    """W asks, the second answer withdraws, and a withdrawn one is neither shown nor withdrawn again."""
    pairing.make_invite(world.ann.vault, "R. M.")
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invites(seat)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert pairing.invites(world.ann.vault)[0].state == "revoked"
        await pilot.pause()
        assert "withdrawn" in prose_on(pilot)
        assert "w withdraw" not in words_on(pilot)
        await pilot.press("enter", "w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Invites)
