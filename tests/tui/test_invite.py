"""Making an invite and handing it over."""

import stat
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor

from tests.quick import quick
from tests.services.people import World
from tests.tui.homes import make_seat
from tests.tui.meeting import at, news_on, prose_on, seat_of, therapy, words_on
from therapy_tui.config import Settings
from therapy_tui.crypto.link import read_link
from therapy_tui.errors import UsageError
from therapy_tui.services import pairing
from therapy_tui.services.codes import rows_of
from therapy_tui.services.invite_sheet import check_new, groups_of, page_of, save_page, write_sheet
from therapy_tui.tui.screens.invite import Invite, NewInvite
from therapy_tui.tui.themes import line_filters
from therapy_tui.tui.widgets.code import PAPER, Code, quiet_for
from therapy_tui.tui.widgets.rows import Field


async def test_enter_three_times_makes_an_invite_for_seven_days(world: World) -> None:
    """Name and code word may stay empty; enter goes on to the days and shows the invite, not yet at the relay."""
    seat = seat_of(world.ann)
    async with at(seat, lambda: NewInvite(seat)) as pilot:
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Invite)
        assert "the relay does not have it yet" in prose_on(pilot)
        (made,) = pairing.invites(world.ann.vault)
        assert made.expires == world.ann.clock.now + 7 * 86_400


async def test_days_that_cannot_be_are_refused_where_they_stand(world: World) -> None:
    """Zero, too many or no number at all: the sentence stands below the field and nothing is made."""
    seat = seat_of(world.ann)
    async with at(seat, lambda: NewInvite(seat)) as pilot:
        for days in ("0", "31", "soon"):
            await pilot.press("enter", "enter", "ctrl+u", *days, "enter")
            await pilot.pause()
            assert "An invite lasts 1 to 30 days." in prose_on(pilot)
        assert pairing.invites(world.ann.vault) == []


async def test_a_contacts_name_renews_their_keys_and_says_so(met: World) -> None:
    """As soon as the name of a contact is typed it is said what the invite will do, and it does."""
    seat = seat_of(met.ann)
    async with at(seat, lambda: NewInvite(seat)) as pilot:
        assert "renew" not in prose_on(pilot)
        await pilot.press(*"Carl")
        await pilot.pause()
        assert "This invite will renew their keys" in prose_on(pilot)
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        (made,) = [each for each in pairing.invites(met.ann.vault) if each.state == "open"]
        assert made.contact == met.ann.contact().id


async def test_without_a_relay_the_reason_is_told(tmp_path: Path) -> None:
    """A profile without a relay is told that an invite needs one."""
    seat = make_seat(tmp_path)
    async with at(seat, lambda: NewInvite(seat)) as pilot:
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert "An invite needs a relay." in prose_on(pilot)


async def test_its_state_follows_what_becomes_of_it(world: World) -> None:
    """From not at the relay to waiting to used by a name, without a key; then the code is gone."""
    seat = seat_of(world.ann)
    place = Invite(seat, pairing.make_invite(world.ann.vault, "R. M."))
    async with at(seat, lambda: place) as pilot:
        assert "the relay does not have it yet" in prose_on(pilot)
        await world.ann.courier.exchange()
        place._look()
        await pilot.pause()
        assert "waiting" in words_on(pilot)
        pairing.begin_join(world.carl.vault, place.made.link)
        await world.carl.courier.exchange()
        await world.ann.courier.exchange()
        await pilot.pause()
        assert "R. M. has used it. You can write to each other now." in prose_on(pilot)
        assert not place.query_one(Code).display


@pytest.mark.parametrize("size", quick([(140, 40), (100, 30), (80, 24), (60, 20)], (80, 24)))
async def test_the_code_is_seen_whole_and_the_link_can_be_typed(world: World, size: tuple[int, int]) -> None:
    """At every size the code fits with some quiet, and the link as it is shown reads as the invite's own."""
    seat = seat_of(world.ann)
    place = Invite(seat, pairing.make_invite(world.ann.vault, ""))
    async with at(seat, lambda: place, size) as pilot:
        code = place.query_one(Code)
        assert code.display
        assert code.region.bottom <= size[1] - 2
        assert code.region.width == len(code.rows[0])
        if size[0] == 60:
            assert "l the link" in words_on(pilot).splitlines()[-1]
            await pilot.press("l")
            await pilot.pause()
            assert "l the code" in words_on(pilot).splitlines()[-1]
        rows = [row[row.index("THERAPY:") if "THERAPY:" in row else 0 :] for row in words_on(pilot).splitlines()]
        first = next(number for number, row in enumerate(rows) if row.startswith("THERAPY:"))
        typed = "".join(row.split("  ")[-1] for row in rows[first : first + 5])
        assert read_link(typed) == read_link(place.made.link)


@pytest.mark.parametrize("size", quick([(100, 30), (80, 24), (60, 20)], (60, 20)))
async def test_the_way_back_is_named(world: World, size: tuple[int, int]) -> None:
    """At every size the footer of the invite says that esc leads back."""
    seat = seat_of(world.ann)
    place = Invite(seat, pairing.make_invite(world.ann.vault, ""))
    async with at(seat, lambda: place, size) as pilot:
        assert "esc back" in words_on(pilot).splitlines()[-1]


async def test_a_shared_machine_has_no_clipboard(world: World) -> None:
    """Where others use the machine, copying is not offered, and the key only says why."""
    made = pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.ann, Settings(shared_machine=True))
    async with at(seat, lambda: Invite(seat, made)) as pilot:
        assert "copy" not in words_on(pilot).splitlines()[-1]
        await pilot.press("c")
        assert "nothing is put on its clipboard" in news_on(pilot)
        assert therapy(pilot).clipboard == ""


async def test_the_link_can_be_copied(world: World) -> None:
    """On one's own machine c hands the whole link to the terminal."""
    made = pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invite(seat, made)) as pilot:
        await pilot.press("c")
        assert therapy(pilot).clipboard == made.link


async def test_withdrawing_is_asked_first(world: World) -> None:
    """The first answer leaves it as it is; the second erases its keys and the code goes from the screen."""
    made = pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invite(seat, made)) as pilot:
        await pilot.press("w", "enter")
        await pilot.pause()
        assert pairing.invites(world.ann.vault)[0].state == "open"
        await pilot.press("w")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert pairing.invites(world.ann.vault)[0].state == "revoked"
        assert "You withdrew it." in prose_on(pilot)


async def test_a_page_to_print_is_saved_where_one_says(world: World, tmp_path: Path) -> None:
    """The folder is asked for, and the file is told."""
    made = pairing.make_invite(world.ann.vault, "")
    seat = seat_of(world.ann)
    async with at(seat, lambda: Invite(seat, made)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        pilot.app.screen.query_one(Field).value = str(tmp_path)
        await pilot.press("enter")
        await pilot.pause()
        assert f"Saved as {tmp_path}/invite.txt" in news_on(pilot)
        assert (tmp_path / "invite.txt").read_text().startswith("AN INVITE")


def test_a_saved_page_is_private_and_writes_over_nothing(world: World, tmp_path: Path) -> None:
    """Each page gets a name of its own, for its owner alone; what was there, and a link's target, stay as they were."""
    made = pairing.make_invite(world.ann.vault, "R. M.")
    (tmp_path / "invite.txt").write_text("mine")
    (tmp_path / "invite-2.txt").symlink_to(tmp_path / "elsewhere")
    path = save_page(world.ann.vault, tmp_path, made, "Friday")
    assert path.name == "invite-3.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "invite.txt").read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(UsageError, match="There is no folder"):
        save_page(world.ann.vault, tmp_path / "nowhere", made, "Friday")


def test_the_page_has_all_that_one_needs_to_begin(world: World) -> None:
    """Whom it is for, until when, the command to type, the code, and the link in groups that read as the link."""
    made = pairing.make_invite(world.ann.vault, "R. M.", word="heron")
    page = page_of(world.ann.vault, made, "Friday 20 November")
    assert "from Dr Ann\nfor R. M.\nuntil Friday 20 November\n" in page
    assert "--role client" in page
    assert "no emergency service" in page
    assert "F8" in page
    assert "You agreed on a word." in page
    assert "heron" not in page
    assert max(len(line) for line in page.splitlines()) <= 80
    assert len(page.splitlines()) <= 70
    assert "therapy-tui join" in page
    assert rows_of(made.link, 2)[5].rstrip() in page
    assert read_link("\n".join(groups_of(made.link, 4))) == read_link(made.link)


def test_a_code_says_what_it_was_given() -> None:
    """The half blocks are the modules of the code, with the quiet asked for; too little room is told as 0."""
    text = "THERAPY:RELAY.EXAMPLE.ORG/" + "A" * 64
    rows = rows_of(text, 2)
    assert {len(row) for row in rows} == {37}
    assert len(rows) == 19
    assert rows[0].strip() == ""
    assert quiet_for(text, 41, 21) == 4
    assert quiet_for(text, 40, 19) == 2
    assert quiet_for(text, 30, 30) == 0


def test_a_code_is_black_on_white_even_without_colour() -> None:
    """Where no colour is sent a code still is black on white, for cameras; nothing else is."""
    segments = [Segment("▀", PAPER), Segment("word", Style(color="red"))]
    for each in line_filters("none"):
        segments = each.apply(segments, TextualColor(0, 0, 0))
    assert segments[0].style is not None
    assert segments[0].style.bgcolor == Color.from_ansi(231)
    assert segments[1].style is not None
    assert segments[1].style.color == Color.default()


def test_a_sheet_is_a_new_private_file(world: World, tmp_path: Path) -> None:
    """It is written for its owner alone; a file or a link of that name, and a missing folder, are refused."""
    made = pairing.make_invite(world.ann.vault, "")
    page = page_of(world.ann.vault, made, "Friday")
    assert "You agreed on a word." not in page
    path = tmp_path / "sheet.txt"
    write_sheet(path, page)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text()) == (0o600, page)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for there in (path, tmp_path / "link", tmp_path / "nowhere" / "sheet.txt"):
        with pytest.raises(UsageError):
            check_new(there)
        with pytest.raises(UsageError):
            write_sheet(there, "other")
    assert path.read_text() == page


async def test_a_code_word_is_shown_to_who_made_it(world: World) -> None:
    """It is typed in the second field, stands beside the code, and is asked for once somebody has used the invite."""
    seat = seat_of(world.ann)
    async with at(seat, lambda: NewInvite(seat)) as pilot:
        await pilot.press("enter", *"heron", "enter", "enter")
        await pilot.pause()
        assert "the code word, not on the page: heron" in prose_on(pilot)
        (made,) = pairing.invites(world.ann.vault)
        place = pilot.app.screen
        assert isinstance(place, Invite)
        await world.ann.courier.exchange()
        pairing.begin_join(world.carl.vault, made.link)
        await world.carl.courier.exchange()
        await world.carl.courier.exchange()
        await world.ann.courier.exchange()
        place._look()
        await pilot.pause()
        assert "Carl has used it." in prose_on(pilot)
        assert "Ask for the code word: heron. You say its first half" in prose_on(pilot)
