"""Facts: what changed, never the content, so that the vault stays the one source of truth."""

from collections.abc import Callable

import msgspec


class MessagesChanged(msgspec.Struct, frozen=True):
    """Letters of a contact came, moved or went."""

    contact: bytes


class ContactsChanged(msgspec.Struct, frozen=True):
    """A contact came, went, or is trusted otherwise."""


class RoomChanged(msgspec.Struct, frozen=True):
    """Something that is the person's own changed: for one `journal`, `snippets` or `notes`."""

    what: str


class VaultChanged(msgspec.Struct, frozen=True):
    """Another process committed something; read again what is shown."""


class LineChanged(msgspec.Struct, frozen=True):
    """What is known about the line."""

    connected: bool
    detail: str = ""


class Noticed(msgspec.Struct, frozen=True):
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
