"""Taking up an invite."""

import pytest
from textual import events

from tests.quick import later
from tests.services.people import World
from tests.tui.meeting import at, prose_on, seat_of
from therapy_tui.services import pairing
from therapy_tui.services.events import LineChanged
from therapy_tui.services.invite_sheet import groups_of
from therapy_tui.tui.screens.changed import Changed
from therapy_tui.tui.screens.join import Join, LinkField
from therapy_tui.tui.screens.messages import Messages


async def test_a_link_pasted_in_lines_and_groups_leads_to_the_letters(world: World) -> None:
    """Pasted as it stands on a printed page it is taken up, waits, and leads to the letters."""
    made = pairing.make_invite(world.ann.vault, "")
    await world.ann.courier.exchange()
    seat = seat_of(world.carl)
    place = Join(seat)
    async with at(seat, lambda: place) as pilot:
        pilot.app.post_message(events.Paste("\n".join(groups_of(made.link, 4)).lower()))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Taken up; waiting for the relay." in prose_on(pilot)
        await world.carl.courier.exchange()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert pilot.app.screen.contact.name == "Dr Ann"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "There is no link yet."),
        later("hello", "This is not an invite."),
        ("THERAPY:RELAY.EXAMPLE.ORG/ABCDEF", "There is a typing error in this invite"),
    ],
)
async def test_what_is_no_link_is_refused_at_the_field(world: World, typed: str, told: str) -> None:
    """The sentence stands under the field, and what was typed stays in it to be mended."""
    seat = seat_of(world.carl)
    place = Join(seat)
    async with at(seat, lambda: place) as pilot:
        await pilot.press(*typed, "enter")
        await pilot.pause()
        assert told in prose_on(pilot)
        assert place.query_one(LinkField).text == typed


async def test_a_refusal_stays_on_the_screen_in_plain_words(world: World) -> None:
    """An invite that was used or withdrawn is refused by the relay; the sentence stays when a key is pressed."""
    made = pairing.make_invite(world.ann.vault, "")
    await world.ann.courier.exchange()
    pairing.revoke_invite(world.ann.vault, made.id.hex())
    await world.ann.courier.exchange()
    seat = seat_of(world.carl)
    place = Join(seat)
    async with at(seat, lambda: place) as pilot:
        place.query_one(LinkField).load(made.link, 0)
        await pilot.press("enter")
        await world.carl.courier.exchange()
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        assert "The invite was refused." in prose_on(pilot)
        assert "Nothing else was changed." in prose_on(pilot)


async def test_without_a_line_it_is_kept(world: World) -> None:
    """No line: it is said why, and that it is tried again; it is still under way afterwards."""
    made = pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.carl)
    place = Join(seat)
    async with at(seat, lambda: place) as pilot:
        place.query_one(LinkField).load(made.link, 0)
        await pilot.press("enter")
        seat.line.connected, seat.line.problem = False, "No way to the relay."
        place.take(LineChanged(connected=False))
        await pilot.pause()
        shown = prose_on(pilot)
        assert "No way to the relay. It is kept, and tried again" in shown
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, Join)


async def test_an_invite_may_renew_somebodys_keys(met: World) -> None:
    """With contacts there is a second question, nobody first; a chosen contact with other keys becomes changed."""
    seat = seat_of(met.carl)
    place = Join(seat)
    async with at(seat, lambda: place) as pilot:
        shown = prose_on(pilot)
        assert shown.index("Somebody new") < shown.index("Dr Ann")
        made = pairing.make_invite(met.ann.vault, "")
        await met.ann.courier.exchange()
        place.query_one(LinkField).load(made.link, 0)
        await pilot.press("tab", "down", "enter")
        await pilot.pause()
        await met.carl.courier.exchange()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, (Messages, Changed))
        assert met.carl.contact().trust == "unverified"


async def test_nobody_to_renew_is_not_asked_about(world: World) -> None:
    """Without contacts there is only the link."""
    seat = seat_of(world.carl)
    async with at(seat, lambda: Join(seat)) as pilot:
        assert "Somebody new" not in prose_on(pilot)
