"""The source of this project, read once and parsed, for the tests that measure it."""

import ast
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "therapy_tui"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file."""

    path: Path
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """The tree and everything in it, walked once: many tests go through all of it."""

    @property
    def name(self) -> str:
        """How a failure names it: the path from the root of the project."""
        return str(self.path.relative_to(ROOT))

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    def imports(self) -> Iterator[str]:
        """Name every module that it imports, wherever the import stands."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module

    def functions(self) -> Iterator[Function]:
        """Give every function, nested ones too."""
        return (node for node in self.nodes if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Give every class."""
        return (node for node in self.nodes if isinstance(node, ast.ClassDef))

    def strings(self) -> Iterator[str]:
        """Give every string that is written in it."""
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@functools.cache
def modules(folder: Path) -> tuple[Module, ...]:
    """Read all modules below a folder."""
    paths = sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)
    return tuple(module_of(path, path.read_text("utf-8")) for path in paths)


def module_of(path: Path, text: str) -> Module:
    """Parse one file."""
    tree = ast.parse(text, str(path))
    return Module(path, text, tree, tuple(ast.walk(tree)))


@functools.cache
def project() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def length(node: Definition) -> int:
    """Count the lines of a definition, from its name to its end; decorators are not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Give the public functions and classes of a module or class, and those inside public classes."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)
