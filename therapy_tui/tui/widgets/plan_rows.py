"""The numbers in a few lines and the person's six steps, as rows of the grid, laid so that all is seen at once."""

from collections.abc import Iterable, Sequence

from textual.widgets import Static

from therapy_tui.content.brief import Pair
from therapy_tui.core.columns import columns
from therapy_tui.core.safety import STEPS, Plan, lines_of, rows_of
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.numbers import Number, Numbers
from therapy_tui.tui.widgets.rows import Row, prose

FRAME = 4
"""The rows of a screen that are not its middle."""


def plan_rows(plan: Plan, numbers: Sequence[Pair]) -> Iterable[Row]:
    """Give the numbers, then the steps that have words, in their order."""
    block = [Number(number, (words,)) for number, words in numbers]
    yield Row(Numbers(block, max(columns(number) for number, _ in numbers)), note="call now", classes="call numbers")
    for step in plan.written:
        asked = STEPS[step.number - 1]
        words = prose("\n".join(lines_of(step.text)), id=f"step-{step.number}")
        yield Row(words, note=f"{asked.label}  {asked.number}", classes="step")


def is_roomy(plan: Plan, numbers: int, width: int, height: int) -> bool:
    """Tell whether a blank row parts the steps: where there is room for it, and where one has to scroll anyway."""
    grid = measure(width)
    steps = [rows_of(step.text, grid.prose) for step in plan.written]
    labels = 0 if grid.note else len(steps) + 1
    needed = numbers + 1 + sum(map(len, steps)) + labels
    return not needed <= height - FRAME < needed + len(steps)


def forget(rows: Iterable[Row]) -> None:
    """Drop every word of the steps."""
    for row in rows:
        for each in row.query(Static):
            each.update("")
