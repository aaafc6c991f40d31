"""`core` and `crypto` are rules: the same input gives the same output, but for what a library draws by itself."""

import ast
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, Module, module_of, modules

PURE = (*modules(PACKAGE / "core"), *modules(PACKAGE / "crypto"))
STANDARD = {
    "_blake2", "base64", "binascii", "bisect", "calendar", "collections", "dataclasses", "datetime", "enum",
    "functools", "hashlib", "hmac", "html", "itertools", "json", "math", "operator", "re", "string", "struct", "types",
    "typing", "unicodedata",
}  # fmt: skip
"""Modules of the standard library that neither read a clock, draw by chance, nor touch anything outside; what of
`datetime` reads a clock is among the calls that are looked for below."""
LIBRARIES = {
    "core": {"msgspec"},
    "crypto": {"brotli", "cryptography", "mnemonic", "msgspec", "nacl", "vodozemac"},
}
OUTSIDE = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"}
CHANCE = {"urandom", "token_bytes", "getrandom", "randombytes", "random", "now", "today", "utcnow"}


def top(name: str) -> str:
    """Give the outermost package of a module's name."""
    return name.partition(".")[0]


def test_imports() -> None:
    """A pure module imports only pure modules of the standard library and the libraries of its floor."""
    found = []
    for module in PURE:
        floor = module.path.relative_to(PACKAGE).parts[0]
        foreign = {top(name) for name in module.imports()} - {"therapy_tui"}
        found += [f"{module.name}: {name}" for name in foreign - STANDARD - LIBRARIES[floor]]
    assert found == []


def test_calls() -> None:
    """A pure module opens no file, prints nothing, asks no clock, draws nothing, and keeps no global that changes."""
    assert [f"{module.name}, {found}" for module in PURE for found in impurities(module)] == []


def test_the_look_can_fail() -> None:
    """The same look at a module that is not pure finds why."""
    impure = module_of(PACKAGE / "made_up.py", "def f():\n global x\n x = open(time.now())")
    assert {*impurities(impure)} == {"line 2: global x", "line 3: open()", "line 3: now()"}


def impurities(module: Module) -> Iterator[str]:
    """Name the calls and statements that a pure module may not have."""
    for node in module.nodes:
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in (OUTSIDE if isinstance(node.func, ast.Name) else CHANCE):
                yield f"line {node.lineno}: {name}()"
