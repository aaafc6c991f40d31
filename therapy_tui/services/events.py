"""Facts: what changed, never the content, so that the vault stays the one source of truth."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessagesChanged:
    """Letters of a contact came, moved or went."""

    contact: bytes


@dataclass(frozen=True, slots=True)
class ContactsChanged:
    """A contact came, went, or is trusted otherwise."""


@dataclass(frozen=True, slots=True)
class RoomChanged:
    """Something that is the person's own changed: for one `journal`, `snippets` or `notes`."""

    what: str


@dataclass(frozen=True, slots=True)
class VaultChanged:
    """Another process committed something; read again what is shown."""


@dataclass(frozen=True, slots=True)
class LineChanged:
    """What is known about the line."""

    connected: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One line of news that a person should see."""

    text: str


Fact = MessagesChanged | ContactsChanged | RoomChanged | VaultChanged | LineChanged | Noticed
Listener = Callable[[Fact], None]


class Events:
    """Who wants to know."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener, *, first: bool = False) -> Callable[[], None]:
        """Call `listener` with every fact from now on; call the result to stop.

        `first` is for who holds what others will ask for when they hear the same fact.
        """
        self._listeners.insert(0 if first else len(self._listeners), listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, *facts: Fact) -> None:
        """Tell everyone, each fact once."""
        for fact in dict.fromkeys(facts):
            for listener in tuple(self._listeners):
                listener(fact)
