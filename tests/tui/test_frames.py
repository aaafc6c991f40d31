"""What a key costs, counted: a place is laid out once and drawn once, and nothing is wrapped or styled twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.document import _wrapped_document
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.homes import make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, front, press
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import journal
from therapy_tui.services.seat import Seat
from therapy_tui.tui.frames import LONGEST, Soon
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.journal_page import JournalPage
from therapy_tui.tui.screens.search import Search
from therapy_tui.tui.widgets.frame import Heading

WORDS = "It rained on the canal, and I walked back. "
PARAGRAPHS, LETTERS = 40, 30
ONCE = Counter(layouts=1, frames=1)


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody with letters, and a long page of today."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    for _ in range(LETTERS):
        add_letter(seat.open_vault, WORDS)
    new = journal.blank(seat.open_vault, "2026-11-01")
    journal.keep(seat.open_vault, new, replace(new, text="\n".join(WORDS * 3 for _ in range(PARAGRAPHS))))
    return seat


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often was laid out, drawn, styled and wrapped."""
    found: Counter[str] = Counter()
    displayed = App._display

    def note(kind: type, name: str, told: str) -> None:
        does = getattr(kind, name)

        def counted(*values: object, **named: object) -> object:
            found[told] += 1
            return does(*values, **named)

        monkeypatch.setattr(kind, name, counted)

    def display(app: App[object], screen: object, renderable: object) -> None:
        found["frames"] += renderable is not None
        displayed(app, screen, renderable)  # type: ignore[arg-type]  # as Textual gives them

    note(Compositor, "reflow", "layouts")
    note(Stylesheet, "apply", "styled")
    monkeypatch.setattr(App, "_display", display)
    return found


def drawing(found: Counter[str]) -> Counter[str]:
    """Give how often was laid out and drawn."""
    return Counter({name: found[name] for name in ("layouts", "frames")})


async def open_page(pilot: Pilot[int]) -> JournalPage:
    """Open the long page."""
    await press(pilot, "enter")
    page = front(pilot)
    assert isinstance(page, JournalPage)
    return page


@pytest.mark.parametrize("key", ["f1", "f2", "f4", "f6", "f8", "f10", "slash", "w", "enter"])
async def test_a_place_is_laid_out_once_and_drawn_once(seat: Seat, counts: Counter[str], key: str) -> None:
    """Whatever a key leads to, it is laid out when all has come about, and then one frame is drawn."""
    async with at(seat) as pilot:
        if key in {"slash", "w", "enter"}:
            await press(pilot, "f4", "left")
        before = front(pilot)
        counts.clear()
        await press(pilot, key)
        assert front(pilot) is not before
        assert drawing(counts) == ONCE


async def test_a_therapists_places_too(tmp_path: Path, counts: Counter[str]) -> None:
    """Triage, somebody's letters and back: one frame each, and at most one layout more for the letters that turn."""
    async with at(make_seat(tmp_path, role=THERAPIST, contact="Sam")) as pilot:
        await press(pilot, "f3", "enter", "f3")
        for key, most in (("enter", 2), ("f3", 1)):
            counts.clear()
            await press(pilot, key)
            assert counts["layouts"] <= most
            assert counts["frames"] == 1


async def test_a_month_is_drawn_once(seat: Seat, counts: Counter[str]) -> None:
    """A step to another month draws one frame."""
    new = journal.blank(seat.open_vault, "2026-09-02")
    journal.keep(seat.open_vault, new, replace(new, text=WORDS))
    async with at(seat) as pilot:
        await press(pilot, "f4", "left")
        for key in ("left", "right"):
            counts.clear()
            await press(pilot, key)
            assert counts["frames"] == 1
            assert counts["layouts"] <= 1


async def test_search_lays_nothing_out(seat: Seat, counts: Counter[str]) -> None:
    """Each letter that is typed draws one frame: the letter and what is found, and lays nothing out."""
    async with at(seat) as pilot:
        await press(pilot, "f4", "slash", "c", "a", "n")
        assert isinstance(front(pilot), Search)
        for key in "al":
            counts.clear()
            await press(pilot, key)
            assert drawing(counts) == Counter(layouts=0, frames=1)


async def test_a_long_page_is_wrapped_once(seat: Seat, counts: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paragraph of a page is cut into rows once, for the width that it has; again only for another width."""
    cut = vars(_wrapped_document)["compute_wrap_offsets"]
    widths: list[int] = []

    def cutting(text: str, width: int, *options: int, **more: object) -> list[int]:
        widths.append(width)
        return cut(text, width, *options, **more)  # type: ignore[no-any-return]  # as Textual gives them

    async with at(seat) as pilot:
        await press(pilot, "f4", "left")
        monkeypatch.setattr(_wrapped_document, "compute_wrap_offsets", cutting)
        page = await open_page(pilot)
        assert widths == [page.editor.wrap_width] * PARAGRAPHS
        widths.clear()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert widths == [page.editor.wrap_width] * PARAGRAPHS
        counts.clear()
        await press(pilot, "a")
        assert counts["layouts"] <= 1
        assert counts["frames"] == 1


async def test_the_focus_styles_no_parts_anew(seat: Seat, counts: Counter[str]) -> None:
    """When the focus comes or goes, a field is styled anew, and what it is made of is not."""
    async with at(seat) as pilot:
        await press(pilot, "f4", "left")
        page = await open_page(pilot)
        for focused in (None, page.editor):
            counts.clear()
            page.set_focus(focused)
            await pilot.pause()
            assert page.editor.has_focus is (focused is not None)
            assert counts["styled"] == 1
        counts.clear()
        page.editor.update_node_styles()
        assert counts["styled"] == 1 + len(page.editor._get_component_classes()) > 5


async def test_what_waits_for_a_frame_is_called_after_it(seat: Seat, counts: Counter[str]) -> None:
    """What was to come after a drawing finds it done."""
    drawn: list[int] = []
    async with at(seat) as pilot:
        counts.clear()
        heading = pilot.app.screen.query_one(Heading)
        heading.fact = "a fact"
        heading.call_after_refresh(lambda: drawn.append(counts["frames"]))
        heading.refresh(layout=True)
        await pilot.pause()
        assert drawn == [1]


class Restless(Widget):
    """What asks to be laid out whenever it has been."""

    left = 50

    def get_content_height(self, *sizes: object) -> int:
        """Ask again."""
        del sizes
        self.left -= 1
        if self.left:
            self.call_later(self.refresh, layout=True)
        return 1


async def test_what_never_stands_still_is_drawn_all_the_same(seat: Seat, counts: Counter[str]) -> None:
    """A part that is laid out again and again does not keep the rest from being drawn."""
    async with at(seat) as pilot:
        restless = Restless()
        restless.styles.height = "auto"
        counts.clear()
        await pilot.app.screen.mount(restless)
        await pilot.pause()
        assert restless.left <= 0
        assert 1 < counts["frames"] < counts["layouts"]


async def test_a_frame_waits_for_rest_and_not_for_ever() -> None:
    """What is to be done is done once for several wishes, at the latest after so many turns of the loop."""
    done: list[int] = []
    turns = 0
    soon = Soon(lambda: done.append(turns))
    loop = asyncio.get_running_loop()

    async def turn(count: int, do: Callable[[], None]) -> None:
        nonlocal turns
        turns = 0
        for _ in range(count):
            do()
            turns += 1
            await asyncio.sleep(0)

    await turn(3, soon.resume)
    await turn(30, lambda: None)
    assert len(done) == 1
    done.clear()
    await turn(LONGEST + 20, soon.resume)
    assert LONGEST - 2 <= done[0] <= LONGEST + 2
    soon.pause()
    done.clear()
    await turn(30, lambda: None)
    assert not done
    assert loop.is_running()


async def test_the_sentence_for_a_small_window_is_made_when_it_is_needed(seat: Seat) -> None:
    """No place makes it beforehand, and no place makes it twice."""
    async with at(seat) as pilot:
        place = front(pilot)
        assert isinstance(place, Place)
        assert not place.query(".small")
        for size in ((50, 15), (100, 30), (40, 10)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert len(place.query(".small")) == 1
            assert place.query_one(".small").display is (size[0] < 60)
