"""The safety plan: on F8, while it is written, and while locked."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.tui.homes import app_of, until, words_on
from tests.tui.plans import plan_on, seat_with, settle, texts_of
from therapy_tui import errors
from therapy_tui.config import Settings
from therapy_tui.core.safety import STEPS
from therapy_tui.services import safety
from therapy_tui.services.events import VaultChanged
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.plan import FULL, Plan
from therapy_tui.tui.screens.plan_keeping import ELSEWHERE
from therapy_tui.tui.screens.safety import NOT_READ, AllNumbers, Safety
from therapy_tui.tui.widgets.step_field import StepField

TWO = "\n".join(("a " * 28).strip() for _ in range(2))
"""Two lines, each of which just fits a row."""


class TestReading:
    """F8 while the vault is open."""

    @pytest.mark.parametrize("size", quick([(80, 24), (100, 30), (140, 40)], (80, 24)))
    async def test_all_of_a_full_plan_is_seen(self, tmp_path: Path, size: tuple[int, int]) -> None:
        """A plan of six steps of two full lines stands whole on one screen from 80 by 24 on, the numbers first."""
        seat = seat_with(tmp_path, *[f"{each.label} begins\n{each.label} ends" for each in STEPS])
        async with app_of(seat).run_test(size=size) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            shown = words_on(pilot)
        places = [shown.index(each) for each in ("999", "116 123", "SHOUT to 85258")]
        places += [shown.index(f"{each.label} {end}") for each in STEPS for end in ("begins", "ends")]
        assert places == sorted(places)
        assert all(f"{each.label}  {each.number}" in shown for each in STEPS)
        assert "United Kingdom, compiled " in shown.splitlines()[-1]

    async def test_lines_of_56_fit_a_row(self, tmp_path: Path) -> None:
        """At 80 columns the rule of the page and what is drawn agree: 12 full lines take 12 rows."""
        seat = seat_with(tmp_path, *[TWO] * 6)
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            rows = words_on(pilot).splitlines()
        assert sum("a a a a" in row for row in rows) == 12

    @pytest.mark.parametrize("size", quick([(60, 20), (40, 10), (10, 3)], (40, 10)))
    async def test_small_windows(self, tmp_path: Path, size: tuple[int, int]) -> None:
        """However small the window is, the numbers stand first, the steps can be scrolled to, and nothing crashes."""
        seat = seat_with(tmp_path, "first\n\nlast", *["a word " * 20] * 5)
        async with app_of(seat).run_test(size=size) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            if size[1] > 6:
                assert "999" in words_on(pilot)
            await pilot.press("end")
            await pilot.pause()
            if size[1] > 6:
                assert "a word" in words_on(pilot)
            await pilot.resize_terminal(80, 24)
            await pilot.press("home")
            await pilot.pause()
            rows = [row[20:] for row in words_on(pilot).splitlines()]
            assert rows.index("last") == rows.index("first") + 2

    async def test_none_yet(self, tmp_path: Path) -> None:
        """Where there is no plan the numbers stand as they did, and one line says how to write one."""
        async with app_of(seat_with(tmp_path)).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            shown = words_on(pilot)
            assert "24/7, English" in shown
            assert shown.count("e writes it") == 1
            await pilot.press("e")
            await pilot.pause()
            assert isinstance(pilot.app.screen, Plan)

    async def test_all_numbers(self, tmp_path: Path) -> None:
        """One key shows all that is known of the numbers, and esc leads back to the plan."""
        async with app_of(seat_with(tmp_path, "I lie awake.")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "n")
            await pilot.pause()
            assert isinstance(pilot.app.screen, AllNumbers)
            assert "www.samaritans.org" in words_on(pilot)
            assert "I lie awake." not in words_on(pilot)
            await pilot.press("escape")
            await pilot.pause()
            assert "I lie awake." in words_on(pilot)

    async def test_without_a_country(self, tmp_path: Path) -> None:
        """A plan is shown where no country was chosen too, and a key leads to the countries."""
        seat = seat_with(tmp_path, "I lie awake.", settings=Settings())
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            shown = words_on(pilot)
            assert shown.index("112") < shown.index("I lie awake.")
            await pilot.press("c")
            await pilot.pause()
            assert "Choose the country" in words_on(pilot)

    async def test_the_numbers_never_wait_for_the_plan(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """If the plan cannot be read, the numbers are there all the same, and it is said quietly."""
        seat = seat_with(tmp_path, "I lie awake.")

        def fail(vault: object) -> None:
            del vault
            raise errors.VaultBusy

        monkeypatch.setattr(safety, "read", fail)
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            assert "116 123" in words_on(pilot)
            assert NOT_READ in words_on(pilot)

    async def test_what_is_being_read_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A plan that is on the screen stays there when it cannot be read again, and follows once it can."""
        seat = seat_with(tmp_path, "I lie awake.")
        real = safety.read

        def fail(vault: object) -> None:
            del vault
            raise errors.VaultBusy

        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            monkeypatch.setattr(safety, "read", fail)
            seat.events.publish(VaultChanged())
            await pilot.pause()
            assert "I lie awake." in words_on(pilot)
            monkeypatch.setattr(safety, "read", real)
            safety.keep(seat.open_vault, safety.read(seat.open_vault).steps[1], "A walk.")
            await pilot.pause()
            await pilot.pause()
            assert "A walk." in words_on(pilot)

    async def test_it_is_read_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Opening the page reads the vault once, and writes nothing to it."""
        seat = seat_with(tmp_path, "I lie awake.")
        reads = []
        real = safety.read
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            monkeypatch.setattr(safety, "read", lambda vault: (reads.append(1), real(vault))[1])  # type: ignore[func-returns-value]  # only noted
            before = seat.open_vault.database.value("SELECT total_changes()")
            await pilot.press("f8")
            await pilot.pause()
            assert "I lie awake." in words_on(pilot)
            assert seat.open_vault.database.value("SELECT total_changes()") == before
        assert len(reads) == 1

    async def test_orders_in_a_step(self, tmp_path: Path) -> None:
        """A step that holds orders for a terminal, or markup, is shown as text."""
        async with app_of(seat_with(tmp_path, "red \x1b[31m [bold]x[/]")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8")
            await pilot.pause()
            assert "red ␛[31m [bold]x[/]" in words_on(pilot)

    async def test_print(self, tmp_path: Path) -> None:
        """A key writes the page into a file that is named, which says that it is in clear."""
        async with app_of(seat_with(tmp_path, "I lie awake.")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "p")
            await pilot.pause()
            pilot.app.focused.value = str(tmp_path / "mine.txt")  # type: ignore[union-attr]  # the field of the question
            await pilot.press("enter")
            await pilot.pause()
            assert "Written to" in words_on(pilot)
        page = (tmp_path / "mine.txt").read_text()
        assert "I lie awake." in page
        assert "This page is in clear" in page


class TestWriting:
    """The six fields."""

    async def test_keys_lead_there_and_back(self, tmp_path: Path) -> None:
        """From F8 by e, or by name; what is written stands on F8 when one comes back."""
        seat = seat_with(tmp_path)
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.press(*"Awake", "tab", *"Walk", "escape")
            await pilot.pause()
            await pilot.pause()
            shown = words_on(pilot)
            assert shown.index("Awake") < shown.index("Walk")
            await pilot.press("escape", "f10", *"your safety", "enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, Plan)
        assert texts_of(seat) == ["Awake", "Walk", "", "", "", ""]

    async def test_it_begins_where_something_is_left_to_say(self, tmp_path: Path) -> None:
        """The cursor stands in the first step without words."""
        async with app_of(seat_with(tmp_path, "one", "two")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            assert isinstance(pilot.app.focused, StepField)
            assert pilot.app.focused.asked.number == 3

    async def test_f8_and_back_is_the_same_page(self, tmp_path: Path) -> None:
        """F8 while writing, and then e, is the page that one was writing on, not another over it."""
        async with app_of(seat_with(tmp_path, "one")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            page = pilot.app.screen
            await pilot.press("f8", "e")
            await pilot.pause()
            assert pilot.app.screen is page
            assert sum(isinstance(each, Plan) for each in pilot.app.screen_stack) == 1

    async def test_arrows_lead_from_step_to_step(self, tmp_path: Path) -> None:
        """Down from the last row of a step is the next step, up from the first row the one above."""
        async with app_of(seat_with(tmp_path, "one\ntwo", "three")).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            for key, number in (("up", 2), ("up", 1), ("up", 1), ("up", 1), ("down", 1), ("down", 2)):
                await pilot.press(key)
                assert isinstance(pilot.app.focused, StepField)
                assert pilot.app.focused.asked.number == number, key

    async def test_it_is_kept_as_one_types(self, tmp_path: Path) -> None:
        """What stands in a field comes into the vault without a key for it."""
        seat = seat_with(tmp_path)
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.press(*"Awake")
            await until(pilot, lambda: texts_of(seat)[0] == "Awake")

    async def test_a_lock_keeps_it_and_drops_every_word(self, tmp_path: Path) -> None:
        """F9 keeps what stands in the fields, and no word of it stays in a widget."""
        seat = seat_with(tmp_path, "one")
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.press(*"secret")
            page = plan_on(pilot)
            await pilot.press("f8")
            await pilot.pause()
            below = pilot.app.screen
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(pilot.app.screen, Lock))
            assert [field.text for field in page.fields] == [""] * 6
            assert isinstance(below, Safety)
            assert below._plan is None

    async def test_a_full_page_says_so_and_keeps_all(self, tmp_path: Path) -> None:
        """The first row beyond the page is kept like all others; it is said once, and named where it is."""
        seat = seat_with(tmp_path, *["a\nb\nc"] * 5, "d")
        async with app_of(seat).run_test(size=(100, 30)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            assert "no longer fits" not in words_on(pilot)
            plan_on(pilot).fields[5].focus()
            await pilot.press("enter", "z")
            await settle(pilot)
            shown = words_on(pilot)
            assert FULL in shown
            assert "step 6, line 2 no longer fits the page" in shown
            await pilot.press("backspace")
            await settle(pilot)
            assert "no longer fits" not in words_on(pilot)
            await pilot.press("z")
            await settle(pilot)
        assert texts_of(seat)[5] == "d\nz"

    async def test_a_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk takes nothing, the words stay on the screen, wait over a lock, and are kept when it does."""
        seat = seat_with(tmp_path, "one")
        real = safety.keep

        def refuse(*given: object, **named: object) -> None:
            del given, named
            raise errors.DiskFull

        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            monkeypatch.setattr(safety, "keep", refuse)
            await pilot.press(*"two")
            await settle(pilot)
            assert plan_on(pilot).fields[1].text == "two"
            assert "disk is full" in words_on(pilot)
            await pilot.press("escape")
            monkeypatch.setattr(safety, "keep", real)
            await pilot.press("e")
            await pilot.pause()
            assert plan_on(pilot).fields[1].text == "two"
            await settle(pilot)
            assert texts_of(seat)[1] == "two"
            assert seat.unkept_steps == {}

    async def test_another_window(self, tmp_path: Path) -> None:
        """Who was slower is told; theirs is not written over, one's own lies apart, and a key reads theirs."""
        seat = seat_with(tmp_path, "one")
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            page = plan_on(pilot)
            field = page.fields[1]
            field.text = "slow"
            field.is_kept = False
            safety.keep(seat.open_vault, safety.read(seat.open_vault).steps[1], "quick")
            await settle(pilot)
            assert ELSEWHERE in words_on(pilot)
            assert texts_of(seat)[1] == "quick"
            assert [each.text for each in safety.versions(seat.open_vault)] == ["slow"]
            await pilot.press(*"er", "ctrl+r")
            await pilot.pause()
            assert field.text == "quick"
        assert len(safety.versions(seat.open_vault)) == 1

    async def test_what_another_window_wrote_is_shown(self, tmp_path: Path) -> None:
        """A step in which nothing is being written shows what another window wrote."""
        seat = seat_with(tmp_path, "one")
        async with app_of(seat).run_test(size=(80, 24)) as pilot:
            await pilot.press("f8", "e")
            await pilot.pause()
            safety.keep(seat.open_vault, safety.read(seat.open_vault).steps[4], "Dr. Osei")
            await pilot.pause()
            assert plan_on(pilot).fields[4].text == "Dr. Osei"

    @pytest.mark.parametrize("size", quick([(60, 20), (80, 24), (40, 10), (10, 3)], (60, 20)))
    async def test_any_window(self, tmp_path: Path, size: tuple[int, int]) -> None:
        """In any window one can write and come back, and the cursor's row is seen where there is room."""
        seat = seat_with(tmp_path, *["a\nb\nc"] * 5)
        async with app_of(seat).run_test(size=size) as pilot:
            await pilot.press("f8", "e")
            await pilot.press(*"zz", "enter", *"yy")
            await pilot.pause()
            if size[0] >= 60:
                assert "yy" in words_on(pilot)
            await pilot.press("escape", "escape")
        assert texts_of(seat)[5] == "zz\nyy"
