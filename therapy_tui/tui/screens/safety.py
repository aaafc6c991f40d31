"""Numbers to call and one's own plan: offline, without a question, also while locked; never recorded.

While locked the plan is there only where the person chose that (`services/open_plan.py`).
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.cells import cell_len
from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.content import crisis
from therapy_tui.content.crisis import Country
from therapy_tui.services.events import Fact, RoomChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import countries, times
from therapy_tui.tui.beginning import has_profile
from therapy_tui.tui.commands import NUMBERS, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choices
from therapy_tui.tui.widgets.finder import Finder
from therapy_tui.tui.widgets.frame import EDGE, GAP, Hint
from therapy_tui.tui.widgets.numbers import Numbers, column, emergency_numbers, line_numbers
from therapy_tui.tui.widgets.rows import Reader, Row, prose

if TYPE_CHECKING:
    from therapy_tui.core.safety import Plan
    from therapy_tui.tui.widgets.plan_page import PlanPage

NOT_CALLED = "Read in public sources; no number was called by us. Numbers change."
NO_COUNTRY = "Choose the country you are in. The number at the right is the one for danger of life."
NO_PLAN = "Your own safety plan can stand here too, in your own words: {} writes it."
NOT_READ = "Your own plan cannot be shown now."
WHERE = "Into which file? The page is in clear: whoever can open the file can read it. Nothing is written over."


class Safety(Place):
    """The numbers of the chosen country and the person's plan, or the countries to choose from."""

    BINDINGS = bindings(NUMBERS)
    SMALLEST = (0, 0)
    shows_plan = True

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._country = crisis.country(seat.settings.country)
        self._trouble = ""
        self._is_new = True
        self._page: PlanPage | None = None
        self._plan = self._read() if self.shows_plan else None

    def _read(self) -> "Plan | None":
        """Read the plan; that it cannot be read must never keep the numbers away."""
        try:
            if not self.seat.is_open:
                if self.seat.settings.shared_machine or not os.path.lexists(self.seat.folders.open_plan):
                    return None
                from therapy_tui.services import open_plan  # only where one is readable while locked

                plan = open_plan.read(self.seat.folders)
            else:
                from therapy_tui.services import safety  # the database, for which a locked screen need not wait

                plan = safety.read(self.seat.open_vault)
        except errors.TherapyError:
            self._trouble = NOT_READ
            return None
        return plan if plan is not None and not plan.is_empty else None

    def compose_middle(self) -> Iterable[Widget]:
        """Put the numbers first, because they are why one is here."""
        if self._country is None and self._plan is None:
            yield Row(prose(NO_COUNTRY, id="asked"))
            yield Finder(countries.search(countries.likely()), "type to find", note="country")
            return
        with Reader():
            if self._plan is not None:
                from therapy_tui.tui.widgets.plan_page import PlanPage  # only where there is a plan

                self._page = PlanPage(self._plan, self.seat.settings.country)
                yield self._page
            elif self._country is not None:
                yield from _rows(self._country)
                yield from self._told()

    def _told(self) -> Iterable[Row]:
        """Say in one quiet line how a plan comes here, where it can be written now."""
        if self._trouble:
            yield Row(prose(self._trouble, style="quiet"))
        elif self.seat.is_open and self.shows_plan:
            yield Row(prose(NO_PLAN.format(self.therapy.hint("plan_words")[0]), style="quiet"))

    def on_mount(self) -> None:
        """Begin at the numbers."""
        self.heading.fact = "in your own words" if self._plan is not None else ""
        if self._country is not None or self._plan is not None:
            self.query_one(Reader).focus()
        self._lay()

    def show_line(self) -> None:
        """Say nothing of the line, for none is needed, but when the plan was changed last."""
        changed = times.near(self._plan.changed_at, self.seat.now()) if self._plan is not None else ""
        self.heading.right = f"changed {changed}" if changed else ""

    def on_resize(self) -> None:
        """Lay the steps apart where there is room for it."""
        self._lay()

    def _lay(self) -> None:
        """Say whose numbers these are, before anything else where there is little room, and lay the plan."""
        place = "Safety" if self._plan is not None else "Numbers to call"
        who = self._country.name if self._country is not None else ""
        is_narrow = cell_len(f"{place}{who}") + GAP + 2 * EDGE > self.app.size.width
        self.heading.place, self.heading.who = (who, "") if who and is_narrow else (place, who)
        if self._page is not None:
            self._page.lay(self.app.size)

    def hints_now(self) -> tuple[Hint, ...]:
        """Name the way back, and what else there is."""
        hint = self.therapy.hint
        if self._country is None and self._plan is None:
            return (hint("choose"), hint("back"))
        dated = crisis.dated(self.seat.settings.country)
        if self.goes_on and self.has_class("-narrow"):  # whose they are stands in the heading
            when = dated.split(", ")[-1]
            dated = f"{when[:1].upper()}{when[1:]}"
        self.hints.right = ("", dated)
        writes = (hint("plan_words"),) if self.seat.is_open and self.shows_plan else ()
        if self._plan is None:
            return (hint("back"), *((key, "my own plan") for key, _ in writes), hint("country"))
        more = (hint("all_numbers"),) if self._country is not None else ()
        prints = (hint("plan_print"),) if writes else ()
        return (hint("back"), *more, *writes, *prints, hint("country"))

    # what changes

    def take(self, fact: Fact) -> None:
        """Show the plan as it is now, where it was changed."""
        if isinstance(fact, VaultChanged) or fact == RoomChanged("plan"):
            self._look_again()

    def on_screen_resume(self) -> None:
        """Show the plan as it was left, after writing it; when it is shown first it has been read just now."""
        if not self._is_new:
            self._look_again()
        self._is_new = False

    def _look_again(self) -> None:
        if not self.seat.is_open or not self.shows_plan:
            return
        self._trouble = ""
        if self._read() != self._plan and not self._trouble:  # somebody may be reading what cannot be read again now
            self.forget()
            self.therapy.switch_screen(type(self)(self.seat))

    def forget(self) -> None:
        """Drop the plan from the screen, because the vault is being locked."""
        self._plan = None
        if self._page is not None:
            self._page.forget()

    # what one does here

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Show the numbers of the chosen country."""
        event.stop()
        keep_country(self.seat, event.choice.id)
        self.therapy.switch_screen(Safety(self.seat))

    def action_country(self) -> None:
        """Choose another country."""
        if self._country is not None or self._plan is not None:
            self.therapy.switch_screen(AnotherCountry(self.seat))

    def action_all_numbers(self) -> None:
        """Show all that is known of the numbers."""
        if self._plan is not None and self._country is not None:
            self.therapy.push_screen(AllNumbers(self.seat))

    async def action_words(self) -> None:
        """Write the plan, or change it."""
        if self.shows_plan and (self._plan is not None or self._country is not None):
            await self.therapy.run_action("app.room('plan')")

    def action_print(self) -> None:
        """Ask for a file, and write the plan into it as one page."""
        if self._plan is not None and self.seat.is_open:
            self._ask_where(WHERE, "~/plan.txt")

    def _ask_where(self, told: str, name: str) -> None:
        from therapy_tui.tui.screens.ask import Ask  # only when it is printed

        self.therapy.push_screen(Ask(self.seat, "Print your plan", "", told, name, "write it"), self._print)

    def _print(self, name: str | None) -> None:
        if not name or not name.strip() or self._plan is None or not self.seat.is_open:
            return
        from therapy_tui.services import plan_page, safety  # as in `_read`

        try:
            path = Path(os.path.expanduser(name.strip()))  # noqa: PTH111 - pathlib's own fails without a home
            page = plan_page.page_of(self._plan, self.seat.settings.country, in_clear=True)
            safety.write_page(path, page.lines)
        except errors.TherapyError as error:
            self._ask_where(f"{error} Another file, or another folder?", name)
        else:
            self.say(f"Written to {path}")


class AnotherCountry(Safety):
    """The countries to choose from, where one was chosen before."""

    shows_plan = False

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._country = None


class AllNumbers(Safety):
    """All that is known of the numbers; the plan is one key back."""

    shows_plan = False


def _rows(country: Country) -> Iterable[Row]:
    blocks = [emergency_numbers(country), *map(line_numbers, country.lines)]
    left = column(blocks)
    for place, block in enumerate(blocks):
        note = ("call now", "to talk to")[place] if place < 2 else ""  # noqa: PLR2004 - the first of each kind
        yield Row(Numbers(block, left), note=note, classes="" if place else "call")
    if country.note:
        yield Row(prose(country.note))
    yield Row(prose(NOT_CALLED, style="quiet"))


def keep_country(seat: Seat, code: str) -> None:
    """Keep whose numbers are shown; before there is a profile, and where the disk refuses, for this run only."""
    settings = replace(seat.settings, country=code)
    if has_profile(seat):
        with contextlib.suppress(errors.TherapyError):
            seat.keep_settings(settings)
    seat.settings = replace(seat.settings, country=code)
