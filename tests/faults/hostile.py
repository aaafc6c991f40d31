"""Text that means to reach the terminal as orders, a home full of it, and a look at what did reach the terminal."""

import re
from pathlib import Path

from tests.two_people import Person, new_person
from therapy_tui.core.checkins import CheckIn
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Draft, Message
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import conversation, directory, pairing
from therapy_tui.services.vault import Vault
from therapy_tui.store import checkins, contacts, messages

ORDERS = {
    "clipboard": "\x1b]52;c;aGVyb24=\x07",
    "title": "\x1b]0;heron title\x07",
    "icon": "\x1b]1;heron\x1b\\",
    "link": "\x1b]8;;http://heron.example\x1b\\heron\x1b]8;;\x1b\\",
    "colour": "\x1b[38;5;201;7777m",
    "cursor": "\x1b[7777;7777H",
    "reset": "\x1bc",
    "device": "\x1bP+q686572\x1b\\",
    "program": "\x1b_heron\x1b\\",
    "private": "\x1b^heron\x1b\\",
    "eight bits": "\x9b31m\x9d52;c;aGVyb24=\x9c\x90heron\x9c",
    "bell": "\x07",
    "nothing": "\x00",
    "back": "heron\b\b\b\b\bother\x7f",
    "marks": "e" + "\u0301" * 300,
    "direction": "\u202eheron\u2066\u200f\u202c",
    "markup": "[/x][bold]heron[@click=app.quit]go[/][link=http://heron.example]",
    "separators": "one\u2028two\x85three",
}
"""What each is after, and the text."""
ALL = " ".join(ORDERS.values())

_ALLOWED = re.compile(
    rb"\x1b\[\?[0-9;]*[hl]|\x1b\[[0-9;]*[mHJKABCDGd]|\x1b\[\?[0-9]*u|\x1b\[[<>=][0-9;]*[um]|\x1b\[\?[0-9]+\$p|\x1b\[[0-9;]*t"
    rb"|\x1b\[c|\x1b\[6n|\x1b[78=>M]|\x1b\([0B]|\x1b\[[0-9]* q|\x1b\[[0-9]*[XPL@MSTrb]"
)
"""What a program that draws has to send: modes, colours, places, and questions about the terminal."""
_NEVER = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u0300-\u036f]{5}"
)


def escaped(output: bytes, *, thin: bool = False) -> set[str]:
    """Give what reached the terminal and should not have: any order beside those of drawing, and unsafe characters.

    Args:
        output: all that reached it.
        thin: drawn by the thin driver, which moves by tabs and backspaces too.
    """
    left = _ALLOWED.sub(b"", output).decode(errors="replace")
    left = re.sub("[\t\b]", "", left) if thin else left
    forged = {repr(output[at.start() : at.end() + 9]) for at in re.finditer(rb"\x1b\[[^a-zA-Z]*7777", output)}
    return forged | {repr(left[at.start() : at.end() + 12]) for at in _NEVER.finditer(left)}


def hostile_home(home: Path, *, thin: bool = False) -> Person:
    """Make a client whose therapist's name, letters and own labels are all such text, as it stands in the vault."""
    person = new_person("Bo", "client", home)
    (home / "config" / "default.toml").write_text(f"thin = {str(thin).lower()}\n")
    with person.vault() as vault:
        pairing.set_relay(vault, "127.0.0.1:1")
        pairing.make_invite(vault, "somebody")
        with vault.transaction() as database:
            contacts.add(database, b"hostile!", ALL, THERAPIST, vault.now())
            # A name is cut to its beginning, so each of them stands there once.
            for number, name in enumerate(ORDERS.values()):
                contacts.add(database, number.to_bytes(8, "big"), name, THERAPIST, vault.now())
            database.run("UPDATE invites SET label = ?", (ALL,))
            for number, text in enumerate([*ORDERS.values(), ALL]):
                messages.add(database, _letter(vault, number, text))
            checkins.add(database, CheckIn(vault.random_bytes(16), vault.now(), "2026-11-17", 5, (ALL,), ALL))
        (contact,) = [each.contact for each in directory.people(vault) if each.contact.id == b"hostile!"]
        conversation.keep_draft(vault, contact.id, Draft(ALL.replace("\x00", ""), 0, b"", 0, 0))
        conversation.keep_last_place(vault, "messages", contact.id)
    return person


def _letter(vault: Vault, number: int, text: str) -> Message:
    return Message(
        row=0,
        contact=b"hostile!",
        id=vault.random_bytes(16),
        kind=LETTER,
        outgoing=False,
        number=number + 1,
        place=0,
        written_at=vault.now() - 60,
        arrived_at=vault.now(),
        state=State.RECEIVED,
        state_at=vault.now(),
        reason="",
        seals=0,
        text=text,
        tone=0,
        answers=b"",
        raw=b"",
        again=False,
    )
