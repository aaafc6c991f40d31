"""Figures side by side, each beside its target."""

from tests.benchmarks.steps import Figures, median

Row = tuple[str, str, float | None]
"""What is written before the figures, the name of the figure, and the most that it should be."""


def show(value: float) -> str:
    """Write a figure with as many digits as it bears."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def table(rows: tuple[Row, ...], found: dict[str, Figures]) -> str:
    """Write the figures side by side, those of the first column with a star where they miss the target."""
    lines = [f"{'':<42}{'target':>9}" + "".join(f"{name:>13} " for name in found)]
    for label, key, target in rows:
        line = f"{label:<42}{show(target) if target is not None else '':>9}"
        for place, figures in enumerate(found.values()):
            value = figures.get(key)
            is_beyond = place == 0 and target is not None and value is not None and value > target
            line += f"{show(value) if value is not None else '':>13}{'*' if is_beyond else ' '}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def medians(runs: list[Figures]) -> Figures:
    """Give the median of each figure over several runs."""
    return {key: median(each[key] for each in runs) for key in runs[0]}
