"""No key that the help or a paper names leads nowhere."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

from therapy_tui import tui
from therapy_tui.tui.commands import TABLE

WITHOUT_ONE = {"say_number", "go_on"}
"""Commands whose keys are taken by what has the focus, and not by a binding of their own."""


def _bound() -> Iterator[str | None]:
    for found in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for _, part in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
            if issubclass(part, DOMNode):
                yield from (each.id for each in part.__dict__.get("BINDINGS", ()) if isinstance(each, Binding))


def test_every_command_with_a_key_is_bound_somewhere() -> None:
    """Each command of the table that has a key is among the bindings of some screen, or of a part of one."""
    assert {each.id for each in TABLE if each.keys} - set(_bound()) == WITHOUT_ONE
