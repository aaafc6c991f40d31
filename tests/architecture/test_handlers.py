"""Textual calls a message's handler in every class of a widget by itself; one that calls the next runs it twice."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, Module, module_of, modules

NO_HANDLERS = frozenset({"on_event", "_on_timer_update"})
"""What hears every event, and what a screen's clock calls: each is called once."""


def handlers_called(module: Module) -> Iterator[str]:
    """Name the handlers of messages that are called through `super()`, with their place."""
    for node in module.nodes:
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            and node.value.func.id == "super"
            and node.attr.removeprefix("_").startswith("on_")
            and node.attr not in NO_HANDLERS
        ):
            yield f"{module.name}:{node.lineno} {node.attr}"


def test_no_handler_calls_the_next() -> None:
    """No screen or widget calls a handler through `super()`, because Textual calls that one too."""
    assert [each for module in modules(PACKAGE / "tui") for each in handlers_called(module)] == []


def test_one_that_does_is_found() -> None:
    """A handler that calls the next is named with its line, whether it waits for it or not; `on_event` may."""
    text = (
        "class A(B):\n"
        "    def on_mount(self):\n        super().on_mount()\n"
        "    async def _on_key(self, event):\n        await super()._on_key(event)\n"
        "    async def on_event(self, event):\n        await super().on_event(event)\n"
    )
    found = list(handlers_called(module_of(PACKAGE / "tui" / "a.py", text)))
    assert found == [f"{Path('therapy_tui/tui/a.py')}:3 on_mount", f"{Path('therapy_tui/tui/a.py')}:5 _on_key"]
