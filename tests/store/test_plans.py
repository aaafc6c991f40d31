"""How SQLite goes about every statement of the store: nothing that may be long is read from end to end."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from msgspec import structs

from tests.store.vaults import BEA, CAT, NOW, a_pair, a_vault, letter
from therapy_tui.core.audit import EMPTY, follow
from therapy_tui.core.checkins import CheckIn, Unfinished
from therapy_tui.core.delivery import Event
from therapy_tui.core.flags import Flag
from therapy_tui.core.journal import Entry
from therapy_tui.core.messages import Draft
from therapy_tui.core.people import CLIENT, Invite, Profile
from therapy_tui.core.persons import CONSENT, Version
from therapy_tui.core.snippets import Snippet
from therapy_tui.store import (
    answering,
    arrivals,
    asked,
    audit,
    checkins,
    contacts,
    desk,
    journal,
    mailbox,
    messages,
    numbers,
    outbox,
    persons,
    profile,
    progress,
    shared,
    snippets,
)
from therapy_tui.store.database import Database, Row
from therapy_tui.store.mailbox import Join, Slot

MODULES = (
    answering,
    arrivals,
    audit,
    asked,
    checkins,
    contacts,
    desk,
    journal,
    mailbox,
    messages,
    numbers,
    outbox,
    persons,
    profile,
    progress,
    shared,
    snippets,
)
SHORT = {
    "check_in_draft",
    "contacts",
    "desk",
    "drafts",
    "invites",
    "endings",
    "joins",
    "pairs",
    "profile",
    "ratchets",
    "settings",
    "shared",
    "slots",
    "snippets",
    "tallies",
    "views",
}
"""Tables with about a row for each person, invite, day or thing that was shared; the lists of them are read whole."""
READ_WHOLE = {
    "audit.every": "a log is listed and checked from its first row to its last",
    "audit.window": "it goes along the numbers from the newest on, and ends with what is in view",
    "arrivals.count_by_reason": "the doctor counts what lies aside; there are at most ten thousand",
    "arrivals.has_room": "what lies aside is summed before more of it is kept; there are at most ten thousand",
    "mailbox.share_bytes": "the bytes of one day by contact, and those of the day before",
    "journal.asked_before": "every prompt's last day is wanted, and one or two prompts are asked a day",
    "progress.of_everybody": "it goes through an index that holds the answers alone, for a list of everybody",
    "outbox.clear": "a vault that went back in time throws away what waits",
    "outbox.next_due": "it goes along its index by time and ends at the first that may go",
    "outbox.forget_reading": "a person takes receipts for reading back",
}
"""Statements that may go through a whole table that can be long, and why that does no harm."""
_SCAN = re.compile(r"SCAN (\S+)")

INVITE = Invite(b"i" * 4, 9, "", b"", b"I" * 16, b"k", b"h" * 32, "", NOW, "open", NOW)
PROFILE = Profile(1, "Ann", "pickle", b"", b"", "", b"", b"", True, 0, 1, 1, 1, 0, NOW)
CHECK_IN = CheckIn(b"c", NOW, "2026-11-17", 6, (), "")
PAGE = Entry(1, b"e" * 16, "2026-11-17", NOW, NOW, 0, "", "", "", "text", 1, 1, 0)
BY_NAME: dict[str, object] = {
    "snippet": Snippet(b"s" * 16, "name", "text", NOW),
    "flag": Flag(b"m", BEA, NOW, "phq9", 9, 1, 0, ""),
    "days": [("2026-11-17", 6)],
    "rows": [1, 2],
    "begins": ("2026-11-11", "2026-11-04", "2026-10-28", "2026-10-21"),
    "before": CHECK_IN,
    "after": CHECK_IN,
    "contact": BEA,
    "contact_id": b"new-new-",
    "contacts": [BEA, CAT],
    "carrier": letter(4).id,
    "message": letter(4, outgoing=True).id,
    "message_id": letter(4).id,
    "envelope_hash": b"h" * 16,
    "invite_id": INVITE.id,
    "short": letter(4).id[:8],
    "shorts": (letter(4).id[:8],),
    "place": (4, 4, 4),
    "event": Event.ACCEPTED,
    "trust": "verified",
    "closed": "theirs",
    "state": "current",
    "kind": "delivered",
    "slots": [Slot(1, b"k", 0, b"", b"")],
    "invite": INVITE,
    "profile": PROFILE,
    "up": {BEA: 1},
    "down": {CAT: 1},
    "words": "letter",
    "have": 3,
    "numbers_from": 1,
    "number": 3,
    "row": 3,
    "day": "2026-11-17",
    "entry": PAGE,
    "entry_id": PAGE.id,
}
BY_TYPE: dict[object, object] = {int: 1, str: "text", bytes: b"bytes", bool: True, int | None: 1, bytes | None: None}
BY_FUNCTION: dict[str, dict[str, object]] = {
    "audit.add": {"act": follow(EMPTY, NOW, "opened", BEA, "letters", "keyring")},
    "checkins.add": {"check_in": replace(CHECK_IN, id=b"new")},
    "checkins.keep_draft": {"draft": Unfinished("2026-11-17", 3)},
    "contacts.add_pair": {"pair": a_pair(BEA)},
    "mailbox.set_slot": {"new": Slot(1, b"k", 0, b"", b"")},
    "mailbox.count_bytes": {"up": 1, "down": 1},
    "mailbox.add_join": {"new": Join("link", b"c" * 16, b"", NOW)},
    "persons.add_version": {"field": CONSENT, "version": Version("text", "2026-11-17", NOW)},
    "mailbox.end_invite": {"state": "revoked"},
    "journal.add": {"entry": replace(PAGE, id=b"n" * 16)},
    "journal.change": {"revision": 1},
    "messages.add": {"message": letter(5_000)},
    "messages.keep_draft": {"new": Draft("text", 0, b"", 0, NOW)},
    "profile.add": {"profile": structs.replace(PROFILE)},
}
CHOICES: dict[str, list[object]] = {"place": [None, (4, 4, 4)], "have": [None, 3], "contact": [BEA, None]}
"""Arguments that make another statement; None is given only where a function takes it."""


class Recorder(Database):
    """The same database; it keeps every statement that is run."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.path, database._connection)
        self.statements: list[tuple[str, Any]] = []

    def all(self, sql: str, values: Any = ()) -> list[Row]:
        """Keep the statement and run it."""
        self.statements.append((sql, values))
        return super().all(sql, values)

    def each(self, sql: str, values: Any = ()) -> Iterator[Row]:
        """Keep the statement and run it."""
        self.statements.append((sql, values))
        return super().each(sql, values)

    def one(self, sql: str, values: Any = ()) -> Row | None:
        """Keep the statement and run it."""
        self.statements.append((sql, values))
        return super().one(sql, values)

    def run(self, sql: str, values: Any = ()) -> int:
        """Keep the statement and run it."""
        self.statements.append((sql, values))
        return super().run(sql, values)

    def insert(self, sql: str, values: Any = ()) -> int:
        """Keep the statement and run it."""
        self.statements.append((sql, values))
        return super().insert(sql, values)


class TakenBackError(Exception):
    """Takes a transaction back."""


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every function of the stores that works on a database, by module and name."""
    for module in MODULES:
        yield from ((f"{name_of(module)}.{name}", each) for name, each in vars(module).items() if is_ours(module, each))


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def is_ours(module: ModuleType, each: object) -> bool:
    if not inspect.isfunction(each) or each.__module__ != module.__name__:
        return False
    return next(iter(inspect.signature(each).parameters), "") == "database"


def calls(name: str, function: Callable[..., Any]) -> Iterator[dict[str, object]]:
    """Give the arguments of the calls of a function that make it run all its statements."""
    given: dict[str, object] = {}
    choices: dict[str, list[object]] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        own = BY_FUNCTION.get(name, {}).get(parameter.name, BY_NAME.get(parameter.name))
        given[parameter.name] = BY_TYPE[parameter.annotation] if own is None else own
        if "None" in str(parameter.annotation) and parameter.name in CHOICES:
            choices[parameter.name] = CHOICES[parameter.name]
    yield given
    for parameter_name, values in choices.items():
        yield from ({**given, parameter_name: value} for value in values)


def statements_of(vault: Database, name: str, function: Callable[..., Any]) -> dict[str, Any]:
    """Run a function, take back what it changed, and give its statements with values."""
    recorder = Recorder(vault)
    for arguments in calls(name, function):
        try:
            with recorder.transaction():
                found = function(recorder, **arguments)
                if inspect.isgenerator(found):
                    list(found)
                raise TakenBackError  # noqa: TRY301 - the way to take a transaction back
        except TakenBackError:
            pass
    return dict(recorder.statements)


def scanned(vault: Database, sql: str, values: Any) -> set[str]:
    """Give the long tables that a statement goes through from end to end."""
    found = set()
    for row in vault.all(f"EXPLAIN QUERY PLAN {sql}", values):
        scan = _SCAN.match(str(row[3]))
        is_search = "VIRTUAL TABLE INDEX" in str(row[3]) and ":M" in str(row[3])  # the words' own index is asked
        if scan and not is_search and scan[1] in long_tables(vault):
            found.add(scan[1])
    return found


def long_tables(vault: Database) -> set[str]:
    return {str(name) for (name,) in vault.all("SELECT name FROM sqlite_schema WHERE type = 'table'")} - SHORT


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A vault with some of everything in it, which the tests share."""
    for vault in a_vault(tmp_path_factory.mktemp("vault")):
        fill(vault)
        yield vault


ANN = (
    "INSERT INTO profile (one, role, name, account, pickle_key, owner_seed, relay, card, ticket, made_at)"
    " VALUES (1, 1, 'Ann', '', x'', x'', '', x'', x'', 1)"
)


def fill(vault: Database) -> None:
    """Put some of everything into a vault."""
    with vault.transaction():
        for number in range(1, 201):
            messages.add(vault, letter(number))
            messages.add(vault, letter(number, outgoing=True))
            outbox.add(vault, 1, "letter", b"sealed", NOW, letter(number, outgoing=True).id)
            arrivals.remember(vault, BEA, number.to_bytes(16))
            arrivals.quarantine(vault, number.to_bytes(16), BEA, 1, "seal", b"sealed", NOW)
            outbox.owe(vault, BEA, letter(number).id[:8], "delivered", NOW)
            journal.add(vault, replace(PAGE, id=number.to_bytes(16), day=f"20{number % 100:02}-11-17"))
            journal.note_asked(vault, f"20{number % 100:02}-11-17", "prompt")
        journal.add(vault, PAGE)
        for number in range(200):
            checkins.add(vault, replace(CHECK_IN, id=bytes([number])))
        contacts.save_ratchet(vault, 1, "ratchet", "pickle", newest=True)
        contacts.add(vault, b"dan-dan-", "Dan", CLIENT, NOW)
        vault.run(ANN)


@pytest.mark.parametrize(
    ("name", "function"), list(functions()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_statement_reads_a_long_table_whole(filled: Database, name: str, function: Callable[..., Any]) -> None:
    """Every statement of the stores finds what it asks for by an index, but for a few that are named with a reason."""
    if name == "profile.add":
        filled.run("DELETE FROM profile")
    statements = statements_of(filled, name, function)
    if name == "profile.add":
        filled.run(ANN)
    assert statements
    whole = {sql: tables for sql, values in statements.items() if (tables := scanned(filled, sql, values))}
    assert bool(whole) == (name in READ_WHOLE), whole


def test_the_named_statements_are_there() -> None:
    """What is excused is a function of the stores."""
    assert READ_WHOLE.keys() <= {name for name, _ in functions()}


def test_a_scan_is_seen(filled: Database) -> None:
    """The measure itself tells a search from a reading from end to end, also of the words' index."""
    assert scanned(filled, "SELECT * FROM messages WHERE number = 1", ()) == {"messages"}
    assert scanned(filled, "SELECT count(*) FROM messages", ()) == {"messages"}
    assert scanned(filled, "SELECT * FROM letters", ()) == {"letters"}
    assert scanned(filled, "SELECT * FROM letters WHERE letters MATCH ?", ("a",)) == set()
    assert scanned(filled, "SELECT * FROM messages WHERE contact = ? AND id = ?", (BEA, BEA)) == set()
