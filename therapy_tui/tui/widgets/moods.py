"""Ten numbers on one line, with both ends in words: the chosen one is inverse, the bar says where the focus is."""

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from therapy_tui.core.checkins import HIGHEST, LOWEST, MIDDLE
from therapy_tui.tui.commands import BY_ID, bindings

QUESTION = "How is it?"
WORST, BEST = "very hard", "very good"
_STEP = 5
_DIGITS = BY_ID["mood"].keys.split(",")


class Moods(Widget, can_focus=True):
    """The numbers from 1 to 10; `chosen` is 0 until one is chosen."""

    BINDINGS = [
        *[Binding(digit, f"choose({number})", show=False, id="mood") for number, digit in enumerate(_DIGITS, start=1)],
        *bindings(only=("mood_lower", "mood_higher", "mood_keep", "mood_words")),
        *bindings(only=("mood_weeks", "mood_table", "mood_share", "mood_last")),
    ]
    COMPONENT_CLASSES = {"moods--chosen"}
    DEFAULT_CSS = """
    Moods { height: 3; width: 100%; background: $surface; }
    Moods:focus { background: $raised; }
    Moods > .moods--chosen {
        color: $chosen-number-ink;
        background: $chosen-number-ground;
        text-style: $style-chosen-number;
    }
    """

    chosen: reactive[int] = reactive(0)

    class Chosen(Message):
        """A person chose another number."""

    def __init__(self, *, only_change: bool = False) -> None:
        super().__init__()
        self._only_change = only_change

    def render(self) -> Content:
        """Draw the question, the numbers and what the ends mean."""
        width = _STEP * (HIGHEST - 1) + len(f" {HIGHEST} ")
        ends = WORST + BEST.rjust(width - 1 - len(WORST))
        numbers = [self._number(each) for each in range(LOWEST, HIGHEST + 1)]
        lines = ((QUESTION, "bold $strong"), Content.assemble(*numbers), (ends, "$quiet"))
        bar = Content.styled("▌", "$focus") if self.has_focus else Content(" ")
        return Content("\n").join([Content.assemble(bar, " ", line) for line in lines])

    def _number(self, number: int) -> Content:
        shown = f" {number} "
        style = Style.from_styles(self.get_component_styles("moods--chosen")) if number == self.chosen else "$text"
        return Content.assemble((shown, style), " " * (_STEP - len(shown)))

    def on_focus(self) -> None:
        """Show the bar."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the bar."""
        self.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lead nowhere else from one that is only being changed."""
        del parameters
        return not (self._only_change and action in {"screen.weeks", "screen.table", "screen.share", "screen.last"})

    def action_choose(self, number: int) -> None:
        """Choose a number."""
        self.chosen = number
        self.post_message(self.Chosen())

    def action_lower(self) -> None:
        """Go one down; begin in the middle."""
        self.action_choose(max(LOWEST, self.chosen - 1) if self.chosen else MIDDLE)

    def action_higher(self) -> None:
        """Go one up; begin in the middle."""
        self.action_choose(min(HIGHEST, self.chosen + 1) if self.chosen else MIDDLE)
