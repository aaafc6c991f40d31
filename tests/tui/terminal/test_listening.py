"""The thread that listens: it sleeps until there is something to hear, and ends when it is told."""

import os
import queue
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from therapy_tui.tui.terminal.listening import Listening

if TYPE_CHECKING:
    from textual.message import Message


@contextmanager
def listening() -> Iterator[tuple[int, "queue.Queue[Message]", Listening, threading.Thread]]:
    """Listen to a pipe in a thread."""
    ear, mouth = os.pipe()
    said: queue.Queue[Message] = queue.Queue()
    it = Listening(ear, said.put)
    thread = threading.Thread(target=it.run)
    thread.start()
    try:
        yield mouth, said, it, thread
    finally:
        it.stop()
        thread.join(60)
        os.close(ear)


def key_of(said: "queue.Queue[Message]") -> str:
    """Wait for a key."""
    found = said.get(timeout=60)
    assert isinstance(found, events.Key)
    return found.key


def test_it_hears_and_ends() -> None:
    """Keys are heard, also a letter whose bytes come apart, and Esc when nothing follows; then it ends when told."""
    with listening() as (mouth, said, it, thread):
        os.write(mouth, b"a\x1b[A\xc3")
        os.write(mouth, b"\xa9\x1b")
        assert [key_of(said) for _ in range(4)] == ["a", "up", "é", "escape"]
        it.stop()
        it.stop()
        thread.join(60)
        assert not thread.is_alive()


def test_it_ends_with_the_line() -> None:
    """When nobody is left to listen to, it ends instead of asking again and again."""
    with listening() as (mouth, _, _, thread):
        os.close(mouth)
        thread.join(60)
        assert not thread.is_alive()


def test_it_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing is said it waits without end, and wakes for nobody."""
    waits: list[float | None] = []
    wait = select.select

    def noted(*args: Any) -> object:
        waits.append(args[3])
        return wait(*args)

    monkeypatch.setattr("therapy_tui.tui.terminal.listening.select.select", noted)
    with listening() as (mouth, said, _, _):
        os.write(mouth, b"\x1b")
        assert key_of(said) == "escape"
        while len(waits) < 3:
            time.sleep(0.01)
        assert waits[0] is None
        assert waits[1] is not None
        assert waits[2:] == [None]
