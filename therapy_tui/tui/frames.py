"""When a screen is laid out and drawn: once for all that belongs together, and as soon as nothing more is waiting."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

STILL = 8
"""So many times through the loop without a wish to be drawn, and all that a key has set off has come about."""
LONGEST = 100
"""So many times at the most: what never comes to rest is drawn as it is."""

MOST_OWED = 8
"""So often a drawing is put off at the most."""


class Soon:
    """Calls something when nothing more is waiting; in place of a clock that ticks sixty times a second."""

    def __init__(self, do: Callable[[], None]) -> None:
        self._do = do
        self._still = self._left = 0
        self._next: asyncio.Handle | None = None

    def resume(self) -> None:
        """Wait for rest again, or begin to wait for it."""
        self._still = STILL
        if self._next is None:
            self._left = LONGEST
            self._next = asyncio.get_running_loop().call_soon(self._turn)

    def pause(self) -> None:
        """Wait no longer."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _turn(self) -> None:
        self._still, self._left = self._still - 1, self._left - 1
        if self._still and self._left:
            self._next = asyncio.get_running_loop().call_soon(self._turn)
        else:
            self._next = None
            self._do()


if TYPE_CHECKING:
    from textual.widget import Widget

    _Drawn = Widget
else:
    _Drawn = object  # it stands before a kind of widget, whose style is the first one's


class Ground(_Drawn):
    """What has no words of its own: one row is drawn, and stands as often as it is high."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw one row, and give it for all."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, 1)) * crop.height


class Steady(_Drawn):
    """What is made of the same parts with the focus as without: the parts are not styled anew when it comes or goes."""

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's own shape
        """Style it for the focus, without its parts."""
        self._get_component_classes = frozenset  # type: ignore[assignment]
        super().watch_has_focus(_has_focus)
        del self._get_component_classes

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as above
        """Style it anew where it has a place; what has none yet is styled when it gets one."""
        if self.is_attached:
            super().update_node_styles(animate)


class Frames(Ground, Screen[Any], inherit_bindings=False):
    """A screen that is drawn when it has been laid out and every part has heard its size, and then once.

    Textual draws a new screen as soon as it is laid out, lays it out a second time because every part has now another
    size than the none that it had, and draws it twice more.
    """

    def __init__(self) -> None:
        super().__init__()
        self._soon = Soon(self._on_timer_update)
        self._has_laid = False
        """Whether it was laid out since the loop came to rest the last time."""
        self._owed = 0
        """How often drawing was put off."""

    @property
    def _update_timer(self) -> Soon:  # type: ignore[override]
        return self._soon

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own shape
        """Lay out, or do it soon: what comes to the front, or has another size, sets off more that asks for it."""
        if size is not None and self.app._dom_ready:  # noqa: SLF001 - before the first of all, nothing else is awaited
            self._layout_required = True
            self._soon.resume()
            return
        asked = {each for each in self._compositor.widgets if each._layout_required}  # noqa: SLF001 - as below
        self._has_laid = True
        super()._refresh_layout(self.app.size, scroll)
        for each in self._compositor.widgets - asked:  # for its size alone, as if there were bars that have to fit
            each._layout_required = False  # noqa: SLF001 - Textual has no other way to take it back

    def _compositor_refresh(self) -> None:
        """Draw, unless parts have yet to hear what size they have now; the first of all is drawn at once."""
        is_first = not self.app._dom_ready  # noqa: SLF001 - nothing public tells
        if self._has_laid and self._owed < MOST_OWED and not is_first:
            self._owed += 1
            self._soon.resume()
        else:
            self._owed = 0
            super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        """Lay out and draw what asked for it, and what is owed."""
        with self._context():
            try:
                self._has_laid = False
                super()._on_timer_update()
                if self._owed and not self._has_laid:
                    self._compositor_refresh()
            except Exception as error:  # noqa: BLE001 - as Textual's own clock does
                self.app._handle_exception(error)  # noqa: SLF001 - as above

    async def _invoke_and_clear_callbacks(self) -> None:
        """Call what waits for the drawing, once there was one."""
        if not self._owed:
            await super()._invoke_and_clear_callbacks()
