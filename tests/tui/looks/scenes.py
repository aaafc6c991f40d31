"""The screens that are held fast: how each is come to, with made-up people and a clock that stands."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot

from tests.tui.homes import NOW, empty_seat, make_seat
from tests.tui.letters import DAY, add_letter
from tests.tui.looks.measuring import ask_some, measure_some
from tests.tui.looks.session import SESSION
from tests.tui.looks.sharing import share_some
from therapy_tui.config import Settings
from therapy_tui.core.checkins import CheckIn
from therapy_tui.core.delivery import State
from therapy_tui.core.people import THERAPIST
from therapy_tui.crypto.slots import Cost, KeyringWay, PassphraseWay
from therapy_tui.services import (
    access,
    checkins,
    journal,
    notes,
    open_plan,
    own_prompts,
    safety,
)
from therapy_tui.services.seat import Seat
from therapy_tui.store import checkins as store
from therapy_tui.store import contacts
from therapy_tui.tui.screens.notes_closed import NotesClosed

Way = Callable[[Pilot[int]], Awaitable[None]]
BRITAIN = Settings(country="GB")
NOTED = """# Sleep first, then the post

Wrote that the post has not been opened since **Wednesday**, and that work was not possible. Not in danger.

## What was agreed

- a small question and not a big one, to be asked again on the day after, when nobody is in a hurry
  1. before noon
  2. or not at all
- a call on Friday
"""
LONG = "I went to the river again, as we had said. The first ten minutes were hard, and then it was only a walk. " * 3


def keys(*pressed: str) -> Way:
    """Go somewhere by keys."""

    async def go(pilot: Pilot[int]) -> None:
        for key in pressed:
            await pilot.press(key)
            await pilot.pause()

    return go


def action(name: str) -> Way:
    """Go somewhere by the name of what leads there."""

    async def go(pilot: Pilot[int]) -> None:
        await pilot.app.run_action(name)
        await pilot.pause()

    return go


def keys_in(name: str, *pressed: str) -> Way:
    """Go somewhere by the name of what leads there, and on by keys."""

    async def go(pilot: Pilot[int]) -> None:
        await action(name)(pilot)
        await keys(*pressed)(pilot)

    return go


async def told(pilot: Pilot[int]) -> None:
    """Let the application say something."""
    pilot.app.say("A letter from Dr. Osei.")  # type: ignore[attr-defined]  # it is ours


def client(path: Path) -> Seat:
    """Seat a client with a short correspondence: theirs, read and new, and one's own in three states."""
    seat = make_seat(path, contact="Dr. Osei", settings=BRITAIN)
    vault = seat.open_vault
    earlier = NOW - 3 * DAY
    add_letter(vault, "How was the bridge?", written_at=earlier, arrived_at=earlier)
    add_letter(vault, LONG, outgoing=True, state=State.READ, written_at=NOW - DAY, state_at=NOW - DAY)
    add_letter(vault, "Shorter.\n\nIn two parts.", outgoing=True, state=State.QUEUED, tone=1)
    add_letter(vault, "That sounds like a good beginning.", state=State.RECEIVED, number=2)
    return seat


def failing(path: Path) -> Seat:
    """Seat a client one of whose letters did not go, and whose contact's keys changed."""
    seat = make_seat(path, contact="Dr. Osei", settings=BRITAIN)
    add_letter(seat.open_vault, LONG, outgoing=True, state=State.FAILED, reason="It is larger than their relay takes.")
    return seat


def therapist(path: Path) -> Seat:
    """Seat a therapist with two clients."""
    seat = make_seat(path, name="Dr. Osei", role=THERAPIST, contact="Rosa M.", settings=BRITAIN)
    with seat.open_vault.transaction() as database:
        contacts.add(database, seat.random(16), "Sam T.", 1, NOW)
    return seat


def empty(path: Path) -> Seat:
    """Seat somebody who knows nobody yet."""
    return make_seat(path, settings=BRITAIN)


def alone(path: Path) -> Seat:
    """Seat somebody who has written with somebody, but nothing yet."""
    return make_seat(path, contact="Dr. Osei", settings=BRITAIN)


def settled(path: Path) -> Seat:
    """Seat a client whose folders have the same names on every machine."""
    seat = client(path)
    home = Path("/home/rosa")
    seat.folders = structs.replace(seat.folders, data=home / "letters", config=home / "choices")
    return seat


PLAN = (
    "I stop answering. I clean at night. Everything gets\nvery quiet.",
    "The cold tap, both wrists. The long route with the\nradio play on.",
    "The library until eight. The swimming pool, even just\nto sit.",
    "R., any hour, she said so. My brother after six.",
    "Dr. Osei's practice, weekdays 9 to 17.\nThe number is in my phone.",
    "R. keeps the tablets. The car keys go to her too.",
)


def planned(path: Path) -> Seat:
    """Seat a client with a whole safety plan."""
    seat = make_seat(path, contact="Dr. Osei", settings=BRITAIN)
    for step, text in zip(safety.read(seat.open_vault).steps, PLAN, strict=True):
        safety.keep(seat.open_vault, step, text)
    return seat


def overfull(path: Path) -> Seat:
    """Seat a client whose safety plan is longer than one page."""
    seat = planned(path)
    step = safety.read(seat.open_vault).steps[2]
    safety.keep(
        seat.open_vault, step, "\n".join(("The library.", "The pool.", "The market.", "The church at noon.") * 2)
    )
    return seat


def locked_with_plan(path: Path) -> Seat:
    """Seat somebody who chose that the plan is readable while locked."""
    seat = planned(path)
    open_plan.write(seat.folders, safety.read(seat.open_vault))
    seat.lock()
    return seat


def locked(path: Path) -> Seat:
    """Seat somebody whose vault is locked."""
    seat = empty(path)
    seat.lock()
    return seat


def diary(path: Path) -> Seat:
    """Seat somebody with some pages: with a heading and without, with a mood, tags and a question."""
    seat = client(path)
    pages = (
        ("2026-11-16", "The walk\n\nI hated the first ten minutes, and then it was only a walk.", 6, "walk", ""),
        ("2026-11-15", "Nobody said anything, and that was the trouble.", 4, "", "What was not said today?"),
        ("2026-11-02", "Slept. Actually slept.", 7, "", ""),
        ("2025-11-16", "A year ago, the same bridge.", 0, "", ""),
    )
    for day, text, mood, tags, question in pages:
        page = journal.blank(seat.open_vault, day, "", question)
        journal.keep(seat.open_vault, page, replace(page, text=text, mood=mood, tags=tags))
    return seat


def asked(path: Path) -> Seat:
    """Seat somebody with two questions of their own, one of them long, and one that was sent."""
    seat = diary(path)
    own_prompts.add(seat.open_vault, f"What would I tell a friend who has slept as I did? {LONG[:180]}".strip())
    own_prompts.add(seat.open_vault, "Which walk do I still owe myself?", "light")
    with seat.open_vault.transaction() as database:
        osei = contacts.every(database)[0].id
        own_prompts.take_in(database, seat.open_vault, osei, b"mark", "What did the walk give you?")
    return seat


def finding(path: Path) -> Seat:
    """Seat somebody who said something of a walk everywhere; the notes are open."""
    seat = asked(path)
    vault = seat.open_vault
    checkins.add(vault, 6, ("tired",), "Better after the walk.")
    safety.keep(vault, safety.read(vault).steps[1], "The cold tap. The long walk with the radio on.")
    seat.notebook.open(seat.notebook.fetch_key())
    note = notes.blank(seat.notebook, contacts.every(vault.database)[0].id)
    notes.keep(seat.notebook, note, replace(note, text="Ask about the walk. The mornings are worst."))
    return seat


def feeling(path: Path) -> Seat:
    """Seat somebody with pages and check-ins in the same month."""
    seat = diary(path)
    with seat.open_vault.transaction() as database:
        for back in range(30):
            at = NOW - back * DAY
            mood = 1 + back * 7 % 10
            store.add(database, CheckIn(seat.random(16), at, checkins.local_day(at), mood, (), ""))
    return seat


def checking_in(path: Path) -> Seat:
    """Seat a client with check-ins of a hundred days: one a day on most, three on one, and some with words."""
    seat = client(path)
    with seat.open_vault.transaction() as database:
        for back in range(100, -1, -1):
            for hour in range(3 if back == 9 else back % 5 != 3):
                at = NOW - back * DAY - hour * 3_600
                words = ("heavy", "far away") if back % 3 == 0 else ()
                text = LONG[: back % 4 * 50].strip()
                mood = 1 + (back * back // 40 + back % 3 + 3 * hour) % 10
                found = CheckIn(seat.random(16), at, checkins.local_day(at), mood, words, text)
                store.add(database, found)
    return seat


def noting(path: Path) -> Seat:
    """Seat a therapist with some notes: with a heading and without, about somebody and nobody, of an hour."""
    seat = make_seat(path, name="Dr. Osei", role=THERAPIST, contact="Rosa M.", settings=BRITAIN)
    letter = add_letter(seat.open_vault, "The post lies there since Wednesday.", written_at=NOW - DAY)
    seat.notebook.open(seat.notebook.fetch_key())
    who = letter.contact
    written = (
        (40 * DAY, b"", b"", "", "Ask the supervisor about the letters that come at night."),
        (3 * DAY, who, b"", "", "Shorter than the last one, and the first that asked for something. " * 2),
        (3_600, who, letter.id, "2026-11-13 15:00", NOTED),
    )
    for ago, contact, message, hour, text in written:
        note = replace(notes.blank(seat.notebook, contact, message, hour), written_at=NOW - ago)
        notes.keep(seat.notebook, note, replace(note, text=text))
    return seat


def unopened(path: Path) -> Seat:
    """Seat somebody whose keyring does not give the key of the notes."""
    seat = make_seat(path, contact="Dr. Osei", settings=BRITAIN)
    way = KeyringWay({each: ("Rosa M." + each).encode().ljust(32)[:32] for each in access.DATABASES})
    access.add_way(seat.folders, way, PassphraseWay("correct horse battery", Cost()), seat.random)
    seat._beside.key = b""
    return seat


async def until_closed(pilot: Pilot[int]) -> None:
    """Go to the notes, and let the keyring be asked aside."""
    await pilot.press("f5")
    while not isinstance(pilot.app.screen, NotesClosed):
        await pilot.pause(0.02)
    await pilot.pause()


SCENES: dict[str, tuple[Callable[[Path], Seat], Way]] = {
    "what is shared": (lambda folder: share_some(client(folder)), keys("escape")),
    "sharing a page": (lambda folder: share_some(client(folder)), keys("f4", "s")),
    "sharing what was shared": (lambda folder: share_some(client(folder)), keys("f4", "down", "s")),
    "measures over time": (lambda folder: measure_some(therapist(folder)), keys("ctrl+o", "m")),
    "measures over time, a table": (lambda folder: measure_some(therapist(folder)), keys("ctrl+o", "m", "t")),
    "measures over time, no bands": (lambda folder: measure_some(therapist(folder)), keys("ctrl+o", "m", "left")),
    "asking for a measure": (lambda folder: measure_some(therapist(folder)), keys("ctrl+o", "m", "m")),
    "how often it is asked": (lambda folder: measure_some(therapist(folder)), keys("ctrl+o", "m", "m", "enter")),
    "caseload": (lambda folder: measure_some(therapist(folder)), action("app.room('caseload')")),
    "today, asked for": (lambda folder: ask_some(client(folder)), keys("f2")),
    "set-up": (empty_seat, keys()),
    "set-up, the name": (empty_seat, keys("enter")),
    "lock": (locked, keys()),
    "lock, numbers": (locked, keys("f8")),
    "letters": (client, keys()),
    "letters, reading": (client, keys("escape")),
    "letters, none": (alone, keys()),
    "letters, failed": (failing, keys("escape")),
    "letters, news": (client, told),
    "a draft": (client, keys(*"Not yet sure.", "ctrl+t")),
    "the whole page": (client, keys(*"Not yet sure.", "ctrl+e")),
    "finding": (client, keys("escape", "slash", *"river", "enter")),
    "people": (therapist, keys("ctrl+o")),
    "people, nobody": (empty, keys()),
    "help": (client, keys("f1")),
    "menu": (client, keys("f10")),
    "settings": (settled, action("room('settings')")),
    "an invite": (therapist, action("invite")),
    "invites": (therapist, action("room('invites')")),
    "join": (empty, action("join")),
    "today": (checking_in, keys("f2")),
    "today, a therapist": (therapist, keys("f2")),
    "journal": (diary, keys("f4")),
    "journal, no page": (client, keys("f4")),
    "journal, on this day": (diary, keys("f4", "y")),
    "a page": (diary, keys("f4", "enter")),
    "a page with a question": (diary, keys("f4", "down", "enter")),
    "along a form": (diary, keys("f4", "f", "down", "enter", *"On the bus.")),
    "notes": (noting, keys("f5")),
    "notes, none": (alone, keys("f5")),
    "notes, closed": (unopened, until_closed),
    "a note": (noting, keys("f5", "enter")),
    "a note, written": (noting, keys("f5", "enter", "enter")),
    "a new note": (client, keys("escape", "o")),
    **{name: (who, keys(*way)) for name, (who, way) in SESSION.items()},
    "questions": (asked, keys("f4", "q")),
    "questions, further": (asked, keys("f4", "q", "down", "right")),
    "a question of one's own": (asked, keys("f4", "q", "w", *"Where was it quiet?")),
    "a question, weighed": (asked, keys("f4", "q", "w", *"Where was it quiet?", "enter")),
    "a page with a question that was sent": (asked, keys("f4", "q", "enter")),
    "journal, with check-ins": (feeling, keys("f4")),
    "search, everything": (finding, keys_in("app.room('search')", *"walk")),
    "search": (diary, keys_in("app.room('search')", *"walk")),
    "questionnaires": (diary, action("app.room('measures')")),
    "a question": (diary, keys_in("app.room('measures')", *["down"] * 5, "enter", "1", "2")),
    "support": (diary, keys_in("app.room('measures')", *["down"] * 5, "enter", *"000000002")),
    "what it comes to": (diary, keys_in("app.room('measures')", *["down"] * 4, "enter", *"12")),
    "numbers": (client, keys("f8")),
    "check-in": (checking_in, keys("f6")),
    "check-in, none": (client, keys("f6")),
    "check-in, being made": (checking_in, keys("f6", "w", "enter", "escape", "6", "tab", *"quieter")),
    "check-in, kept": (checking_in, keys("f6", "6", "enter")),
    "check-in, words": (checking_in, keys("f6", "w", "enter", "right", "right")),
    "check-ins, twelve weeks": (checking_in, keys("f6", "l")),
    "check-ins, a table": (checking_in, keys("f6", "t", "down")),
    "check-ins, none": (client, keys("f6", "t")),
    "check-ins, a change": (checking_in, keys("f6", "e")),
    "safety": (planned, keys("f8")),
    "safety, too long": (overfull, keys("f8")),
    "safety, locked": (locked_with_plan, keys("f8")),
    "the plan": (planned, keys("f8", "e")),
    "the plan, empty": (alone, keys("f8", "e")),
    "the plan, too long": (overfull, keys("f8", "e")),
    "the plan, while locked": (planned, keys("f8", "e", "shift+tab")),
}
"""Each name with who sits there, and the way that leads to the screen."""
