"""Everything that has a name for others says in a sentence what it is."""

import ast
import re

from tests.architecture.source import PACKAGE, TESTS, Definition, modules, public

SENTENCE_END = re.compile(r"[.?:][\"')]?$")


def documented(node: ast.Module | Definition) -> bool:
    """Tell whether a docstring begins with one whole line; an overriding method is documented by what it overrides."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        isinstance(each, ast.Name) and each.id in {"override", "overload"} for each in node.decorator_list
    ):
        return True
    return bool((ast.get_docstring(node) or "").strip())


def test_modules() -> None:
    """Every module of the package says in its first line what it is."""
    first_lines = (
        (module.name, (ast.get_docstring(module.tree) or "").partition("\n")[0]) for module in modules(PACKAGE)
    )
    assert [name for name, line in first_lines if not SENTENCE_END.search(line)] == []


def test_public_things() -> None:
    """Every public class, function and method of the package has a docstring."""
    silent = [
        f"{module.name}: {node.name}, line {node.lineno}"
        for module in modules(PACKAGE)
        for node in public(module.tree.body)
        if not documented(node)
    ]
    assert silent == []


def test_tests() -> None:
    """Every test says in a sentence what it claims."""
    silent = []
    for module in modules(TESTS):
        for function in module.functions():
            text = ast.get_docstring(function) or ""
            if function.name.startswith("test_") and not SENTENCE_END.search(text.strip()):
                silent.append(f"{module.name}: {function.name}, line {function.lineno}")
    assert silent == []


def test_claims_differ() -> None:
    """No two tests of one module make the same claim."""
    twice = []
    for module in modules(TESTS):
        claims = [ast.get_docstring(each) for each in module.functions() if each.name.startswith("test_")]
        twice += [f"{module.name}: {claim}" for claim in {each for each in claims if each and claims.count(each) > 1}]
    assert twice == []
