"""Small things are pleasant to live with: the sizes that this project keeps to."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, TESTS, length, modules

MEDIAN_LINES = 90
MODULE_LINES = 350
CLASS_LINES = 250
CLASS_METHODS = 20
FUNCTION_LINES = 40


def test_median() -> None:
    """Half of the package's modules have at most ninety lines that are not blank."""
    written = [sum(bool(line.strip()) for line in path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")]
    assert statistics.median(written) <= MEDIAN_LINES


@pytest.mark.parametrize("folder", [PACKAGE, TESTS], ids=lambda folder: str(folder.name))
class TestSizes:
    """Every part, of the package and of its tests."""

    def test_modules(self, folder: Path) -> None:
        """No module is longer than three hundred and fifty lines."""
        assert [f"{each.name}: {each.lines}" for each in modules(folder) if each.lines > MODULE_LINES] == []

    def test_functions(self, folder: Path) -> None:
        """No function is longer than forty lines."""
        long = [
            f"{module.name}: {function.name} has {length(function)} lines"
            for module in modules(folder)
            for function in module.functions()
            if length(function) > FUNCTION_LINES
        ]
        assert long == []

    def test_classes(self, folder: Path) -> None:
        """No class is longer than two hundred and fifty lines or has more than twenty methods."""
        large = []
        for module in modules(folder):
            for each in module.classes():
                methods = sum(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in each.body)
                if length(each) > CLASS_LINES or methods > CLASS_METHODS:
                    large.append(f"{module.name}: {each.name} has {length(each)} lines and {methods} methods")
        assert large == []
