"""A page on which every pause keeps what is written: of the journal, or a note. The words outlive whatever happens."""

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.widgets import TextArea

from therapy_tui import errors
from therapy_tui.core.journal import Entry
from therapy_tui.core.messages import Draft
from therapy_tui.core.notes import Note
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.letters import kept_words
from therapy_tui.tui.widgets.pen import Editor

if TYPE_CHECKING:
    from textual.timer import Timer

AGAIN = "try again"
FULL = "The disk is full. What you write is still kept; make room soon."

T = TypeVar("T", Entry, Note)


class KeptPage(Place, Generic[T]):
    """What a page and a note have in common: how they are kept, closed, and told apart from what others changed."""

    TELLS_OF_THE_LINE = False
    UNKEPT: ClassVar[bytes]
    """Where words wait in memory of which a full disk never took any."""
    BOTH_KEPT: ClassVar[str]
    """What is said when another window was quicker."""
    ELSEWHERE: ClassVar[type[errors.UsageError]]
    """What the service raises then."""

    def __init__(self, seat: Seat, page: T, placeholder: str) -> None:
        super().__init__(seat)
        self.page: T = page
        """As it was last kept; `row` is 0 while nothing is kept of it."""
        self.editor = Editor(placeholder, id="leaf-text")
        self.unkept_mark = self.UNKEPT
        """Under what the words of a new page wait in memory."""
        self._keeping: Timer | None = None
        self._trouble = ""
        self.is_new_sitting = True
        """Whether the next change is the first since it was opened, before which its text is kept as an earlier one."""

    # what each of them does in its own way

    @abstractmethod
    def store(self, wanted: T, *, new_sitting: bool) -> T:
        """Keep what is wanted in place of the page; give it as it lies there."""

    @abstractmethod
    def store_apart(self, wanted: T) -> T:
        """Keep what is wanted beside what another window made of the page."""

    @abstractmethod
    def erase(self) -> None:
        """Erase the page."""

    @abstractmethod
    def show_notes(self) -> None:
        """Say in the margin how much there is and when it was kept."""

    @property
    def written(self) -> str:
        """What stands on the page now."""
        return self.editor.text

    def load(self, text: str, cursor: int) -> None:
        """Put a text on the page."""
        self.editor.load(text, cursor)

    # keeping

    def begin(self) -> None:
        """Begin at the end of what stands there, or with what a full disk did not take."""
        unkept = self.seat.unkept.get(self._mark)
        text = unkept.text if unkept else self.page.text
        self.load(text, unkept.cursor if unkept else len(text))
        self._keeping = self.set_interval(KEEP_SECONDS, self._keep_or_rest, pause=unkept is None)
        self.editor.focus()

    @property
    def _mark(self) -> bytes:
        return self.page.id if self.page.row else self.unkept_mark

    @property
    def is_unkept(self) -> bool:
        """Whether the words are in memory only, because the disk takes nothing."""
        return self._mark in self.seat.unkept

    @property
    def kept_words(self) -> str:
        """Say when it was kept, or that it is not."""
        return kept_words(self.page.changed_at if self.page.row else 0, is_unkept=self.is_unkept)

    def words_now(self) -> dict[str, str]:
        """Say that the way back keeps it only once the disk takes it again."""
        return {"close_page": AGAIN, "close_note": AGAIN} if self.is_unkept else {}

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        if self._keeping is not None and self.written != self.page.text:
            self._keeping.resume()

    def _keep_or_rest(self) -> None:
        self.keep()
        if self._keeping is not None and self.written == self.page.text:
            self._keeping.pause()

    def keep(self) -> None:
        """Keep what is written, word for word; on a failure it stays on the screen, and in memory over a lock."""
        text = self.written
        if self.seat.is_open and text != self.page.text and (self.page.row or text.strip()):
            self.keep_as(replace(self.page, text=text))

    def keep_as(self, wanted: T) -> None:
        """Keep the page as it is wanted."""
        mark = self._mark
        try:
            self.page = self._kept(wanted)
        except errors.TherapyError as error:
            self.seat.unkept[mark] = Draft(wanted.text, 0, b"", self.editor.cursor_index, 0)
            self._trouble = str(error)
            self.say(self._trouble, failed=True)
            self._show_kept()
            return
        self.seat.unkept.pop(mark, None)
        if self.notice.text == self._trouble:  # it is over, without a key
            self.hush()
        self.is_new_sitting = False
        self._show_kept()

    def _show_kept(self) -> None:
        self.show_notes()
        self.show_hints()

    def _kept(self, wanted: T) -> T:
        try:
            return self.store(wanted, new_sitting=self.is_new_sitting)
        except self.ELSEWHERE:
            apart = self.store_apart(wanted)
            self.say(self.BOTH_KEPT)
            return apart
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            kept = self.store(wanted, new_sitting=self.is_new_sitting)
            self.say(FULL, failed=True)
            return kept

    def set_facts(self, wanted: T) -> None:
        """Change what is known of the page, and keep it where something stands on it."""
        if self.page.row:
            self.keep_as(wanted)
        else:
            self.page = wanted
            self.show_notes()

    def action_back(self) -> None:
        """Close the page; one on which nothing is left is not kept, unless it was something before."""
        self.keep()
        if self.page.row and not self.page.text.strip() and not self.page.versions:
            self.erase()
        if not self.written.strip():
            self.seat.unkept.pop(self._mark, None)
        if self.written == self.page.text or not self.written.strip():
            self.dismiss()
