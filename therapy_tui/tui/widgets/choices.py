"""A short list to choose from: the chosen line has the bar, a raised surface and strong words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rich.cells import cell_len
from textual.content import Content
from textual.events import Focus
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.tui.commands import bindings
from therapy_tui.tui.widgets.rows import Page

SHORT_TITLE = 8
"""Where no title with a detail beside it is wider, the details stand under each other."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    id: str
    title: str
    detail: str = ""
    """Quiet: beside the title, or on lines of its own below it."""
    right: str = ""
    """At the right end, such as a key or a time."""
    style: str = ""
    """`crisis` for a title that tells of a failure."""
    below: bool = False
    """The detail stands below the title."""


class Choices(Widget, can_focus=True):
    """Choices in the grid's column; the first, which is the safest, is chosen at first; at -1 none is."""

    BINDINGS = bindings(only=("choose", "previous", "next", "first_of_list", "last_of_list"))
    DEFAULT_CSS = "Choices { height: auto; width: 100%; }"

    chosen: reactive[int] = reactive(0, layout=True)
    choices: reactive[tuple[Choice, ...]] = reactive((), layout=True)

    class Chosen(Message):
        """A person pressed enter on a choice."""

        def __init__(self, choice: Choice, sender: "Choices") -> None:
            super().__init__()
            self.choice = choice
            self.sender = sender

        @property
        def control(self) -> "Choices":
            """The list it comes from."""
            return self.sender

    class Moved(Message):
        """Another choice is chosen now."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    mark: reactive[str] = reactive("")
    """What was typed to find a choice: shown strong wherever a title holds it."""
    led: reactive[bool] = reactive(default=False)
    """Whether a field above moves the bar, so that it is shown without the focus."""

    def __init__(self, choices: Sequence[Choice], *, gap: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.gap = gap
        self.set_reactive(Choices.choices, tuple(choices))

    @property
    def current(self) -> Choice | None:
        """The chosen one, or None when there is none."""
        return self.choices[self.chosen] if 0 <= self.chosen < len(self.choices) else None

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Change the list and stay on the same choice where it is still there."""
        before = self.current
        self.choices = tuple(choices)
        places = [place for place, each in enumerate(self.choices) if before and each.id == before.id]
        self.chosen = places[0] if places else min(self.chosen, max(0, len(self.choices) - 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines of all choices."""
        del container, viewport
        return sum(len(lines) for lines in self._lines(width))

    def render(self) -> Content:
        """Draw all choices."""
        lines = [line for block in self._lines(self.size.width) for line in block]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> list[list[Content]]:
        blocks = []
        beside = [cell_len(each.title) for each in self.choices if each.detail and not each.below]
        title = max(beside, default=0) if max(beside, default=0) <= SHORT_TITLE else 0
        for place, choice in enumerate(self.choices):
            is_chosen = place == self.chosen
            block = [
                self._line(line, is_chosen, width)
                for line in _rows(choice, is_chosen, max(4, width - 2), self.mark, title)
            ]
            if self.gap and place < len(self.choices) - 1:
                block.append(Content(" "))
            blocks.append(block)
        return blocks

    def _line(self, line: Content, is_chosen: bool, width: int) -> Content:  # noqa: FBT001 - drawn or not
        focused = is_chosen and (self.has_focus or self.led)
        bar = Content.styled("▌", "$focus") if focused else Content(" ")
        whole = Content.assemble(bar, " ", line)
        if not is_chosen:
            return whole
        whole = Content.assemble(whole, " " * max(0, width - whole.cell_length))
        return whole.stylize("on $raised") if focused else whole.stylize("on $surface")

    def focus(self, scroll_visible: bool = False) -> Self:  # noqa: FBT001, FBT002 - Textual's own shape
        """Take the focus; the page goes only as far as the chosen line needs, so that its title stays in view."""
        return super().focus(scroll_visible)

    def on_focus(self, event: Focus) -> None:
        """Show the bar, with the page at its top where that shows the chosen line too."""
        self.refresh()
        if not event.from_app_focus:
            self.call_after_refresh(self._show, from_top=True)

    def on_blur(self) -> None:
        """Hide the bar."""
        self.refresh()

    def action_choose(self) -> None:
        """Tell which one a person chose."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current, self))

    def action_previous(self) -> None:
        """Go one up."""
        self._go(-1)

    def action_next(self) -> None:
        """Go one down."""
        self._go(1)

    def action_first(self) -> None:
        """Go to the first."""
        self._go(-len(self.choices))

    def action_last(self) -> None:
        """Go to the last."""
        self._go(len(self.choices))

    def _go(self, step: int) -> None:
        place = max(0, min(len(self.choices) - 1, self.chosen + step))
        if place != self.chosen:
            self.chosen = place
            if self.current is not None:
                self.post_message(self.Moved(self.current))
            self._show(from_top=place == 0)

    def _show(self, *, from_top: bool) -> None:
        """Scroll the page so that the chosen one is seen, and what stands over all if that leaves it in view."""
        page = next((each for each in self.ancestors if isinstance(each, Page)), None)
        if page is None or self.current is None:
            return
        blocks = self._lines(self.size.width)
        top = sum(len(block) for block in blocks[: self.chosen])
        place = int(self.region.y - page.region.y + page.scroll_y) + top
        height = len(blocks[self.chosen])
        if from_top and place + height <= page.size.height:
            page.scroll_home(animate=False)
        else:
            page.scroll_to_region(Region(0, place, 1, height), animate=False)


def _rows(
    choice: Choice,
    is_chosen: bool,  # noqa: FBT001 - drawn or not
    room: int,
    mark: str = "",
    least: int = 0,
) -> list[Content]:
    """Draw one choice; `least` is how wide its title is at least, so that short ones have their details in a line."""
    title_style = "bold $crisis" if choice.style == "crisis" else ("bold $strong" if is_chosen else "$text")
    title = _marked(Content.styled(choice.title, title_style), mark)
    if choice.below:
        rows = [_with_right(title, choice.right, room)]
        style = "$text" if is_chosen else "$quiet"
        return rows + [Content.styled(line, style) for line in _wrap(choice.detail, room - 1)]
    if choice.detail and cell_len(choice.title) + 3 + cell_len(choice.detail) <= room:
        title = Content.assemble(title, " " * (3 + max(0, least - cell_len(choice.title))), (choice.detail, "$quiet"))
    return [_with_right(title, choice.right, room)]


def _marked(title: Content, mark: str) -> Content:
    start = title.plain.casefold().find(mark.casefold()) if mark else -1
    return title if start < 0 else title.stylize("bold $strong", start, start + len(mark))


def _with_right(title: Content, right: str, room: int) -> Content:
    if not right:
        return title.truncate(room, ellipsis=True)
    title = title.truncate(max(4, room - cell_len(right) - 2), ellipsis=True)
    space = max(1, room - title.cell_length - cell_len(right) - 1)
    return Content.assemble(title, " " * space, (right, "$strong"), " ")


def _wrap(text: str, room: int) -> list[str]:
    return [line.plain for line in Content(text).wrap(room)] if text else []
