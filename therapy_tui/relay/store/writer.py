"""One thread that does all work of a database: concurrent requests share one commit, and hear of it only afterwards."""

import asyncio
import contextlib
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from therapy_tui.relay.store.base import Shelf, StoreFault, StoreFull
from therapy_tui.relay.store.shelf import SqliteShelf

T = TypeVar("T")
_BATCH: Final = 256
_BATCH_SECONDS: Final = 0.05


@dataclass(slots=True)
class _Job:
    work: Callable[[Shelf], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    fault: BaseException | None = None


@dataclass(slots=True)
class Counts:
    """How much was done; requests a commit is the worth of sharing."""

    jobs: int = 0
    commits: int = 0


@dataclass(slots=True)
class Writer:
    """Runs work in order; `open_connection` is called in its thread, because SQLite's connections belong to one."""

    open_connection: Callable[[], sqlite3.Connection]
    counts: Counts = field(default_factory=Counts)
    _queue: "queue.SimpleQueue[_Job | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="relay-writer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what was given, then end."""
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    async def run(self, work: Callable[[Shelf], T]) -> T:
        """Do `work`; return its result when it is on disk.

        Raises:
            StoreFull: the disk is full.
            StoreFault: the database failed.
        """
        loop = asyncio.get_running_loop()
        job = _Job(work, loop, loop.create_future())
        self._queue.put(job)
        result: T = await job.future
        return result

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        going = True
        while going:
            jobs, going = self._batch()
            try:
                connection = connection or self.open_connection()
            except sqlite3.Error as error:
                _undo(None, jobs, error)
                _tell(jobs)
                continue
            shelf = SqliteShelf(connection)
            waiting = deque(jobs)
            while waiting:
                _tell(self._commit(connection, shelf, waiting))
        if connection is not None:
            connection.close()

    def _batch(self) -> tuple[list[_Job], bool]:
        """Wait for a first job, then take what waits behind it."""
        jobs: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) >= _BATCH:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _commit(self, connection: sqlite3.Connection, shelf: Shelf, waiting: deque[_Job]) -> list[_Job]:
        """Do jobs, each on its own savepoint, and commit them together; give those that may be told now."""
        until = time.monotonic() + _BATCH_SECONDS
        taken: list[_Job] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            while waiting and (not taken or time.monotonic() < until):
                taken.append(waiting.popleft())
                _do(connection, shelf, taken[-1])
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            taken = taken or [waiting.popleft()]
            _undo(connection, taken, error)
        self.counts.commits += 1
        self.counts.jobs += len(taken)
        return taken


def _tell(jobs: list[_Job]) -> None:
    """Hand the outcomes to the event loops that wait for them, in order."""
    for loop in {job.loop for job in jobs}:
        mine = [job for job in jobs if job.loop is loop]
        # a loop that has closed meanwhile has nobody left to tell
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, mine)


def _do(connection: sqlite3.Connection, shelf: Shelf, job: _Job) -> None:
    """Do one job; its failure undoes that job alone, unless the whole transaction is lost."""
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.work(shelf)
    except Exception as error:  # whatever failed is told to the one who asked, and only there
        job.fault = _fault(error)
        if not connection.in_transaction:
            raise sqlite3.OperationalError from error
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _undo(connection: sqlite3.Connection | None, jobs: list[_Job], error: sqlite3.Error) -> None:
    if connection is not None and connection.in_transaction:
        connection.execute("ROLLBACK")
    for job in jobs:
        job.fault = job.fault or _fault(error)


def _fault(error: Exception) -> Exception:
    if not isinstance(error, sqlite3.Error):
        return error
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return StoreFull() if full else StoreFault()


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.fault is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.fault)
