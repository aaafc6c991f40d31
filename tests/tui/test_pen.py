"""Where one writes draws each row out of its own part of a paragraph, and draws it as Textual itself would."""

import random
from pathlib import Path

import pytest
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets import TextArea

from tests.quick import quick
from tests.tui.homes import make_seat
from tests.tui.meeting import at
from therapy_tui.services import journal
from therapy_tui.tui.screens.journal_page import JournalPage
from therapy_tui.tui.widgets.pen import Editor

PIECES = ("walk", "a", "\t", "\n", "\n\n", "   ", "日本語", "é", "\U0001f98a", "(and)", "x" * 90, "word " * 60)


def cells(strip: Strip) -> list[tuple[str, str]]:
    """Give what stands in each cell, and how."""
    return [(char, str(segment.style)) for segment in strip for char in segment.text]


def some_text(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) + chance.choice(("", " ")) for _ in range(chance.randint(0, 30)))


def some_place(chance: random.Random, editor: Editor) -> tuple[int, int]:
    line = chance.randrange(editor.document.line_count)
    return line, chance.randint(0, len(editor.document.get_line(line)))


@pytest.mark.parametrize("size", quick([(100, 30), (60, 20)], (60, 20)))
async def test_rows_are_those_of_textual(tmp_path: Path, size: tuple[int, int]) -> None:
    """Tabs, wide letters, ends of paragraphs, the cursor and a selection stand in each row as Textual draws them."""
    seat = make_seat(tmp_path)
    chance = random.Random("rows")
    async with at(seat, lambda: JournalPage(seat, journal.blank(seat.open_vault, "2026-11-18")), size) as pilot:
        editor = pilot.app.screen.query_one(Editor)
        compared = 0
        for _ in range(40):
            editor.load(some_text(chance), 0)
            editor.move_cursor(some_place(chance, editor))
            if chance.random() < 0.5:
                editor.move_cursor(some_place(chance, editor), select=True)
            await pilot.pause()
            for line in range(editor.document.line_count):
                told = WrappedDocument.get_sections(editor.wrapped_document, line)
                assert editor.wrapped_document.get_sections(line) == told
            for y in range(editor.size.height):
                assert cells(editor._render_line(y)) == cells(TextArea._render_line(editor, y)), (editor.text, y)
                compared += editor.scroll_offset.y + y < editor.wrapped_document.height
        assert compared > 200


async def test_a_row_costs_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row of a paragraph of twenty thousand characters is made out of more of it than the row holds."""
    seat = make_seat(tmp_path)
    async with at(seat, lambda: JournalPage(seat, journal.blank(seat.open_vault, "2026-11-18"))) as pilot:
        editor = pilot.app.screen.query_one(Editor)
        editor.load("word " * 4_000, 20_000)
        await pilot.pause()
        monkeypatch.setattr(editor, "get_line", lambda line: pytest.fail(f"the whole of paragraph {line} was taken"))
        assert all(len(editor._part(0, row)) <= editor.size.width for row in range(20))
        assert "word" in editor._render_line(0).text
        editor.wrapped_document.wrap(0)  # as before the first layout
        assert len(editor._part(0, 0)) <= editor.size.width
