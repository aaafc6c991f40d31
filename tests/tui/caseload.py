"""A therapist with made-up people, for the tests of triage: who waits, who is flagged, and who has nothing due."""

import time
from pathlib import Path

from tests.tui.homes import NOW, make_seat
from therapy_tui.config import Settings
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind, Promise, Tone
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import Message
from therapy_tui.core.people import CHANGED, CLIENT, THERAPIST, VERIFIED
from therapy_tui.services import pieces
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, messages

DAY, HOUR = 86_400, 3_600
POST = (
    "I have started this four times. I am all right, I think, in the sense that you ask about. But I have stopped"
    " opening the post again and I have not been to work since Wednesday.\n\nI said I was ill. I do not know if it"
    " counts as a lie."
)
NAMES = ("R. M.", "Sol", "N. A.", "K.", "Wren", "A. L.", "Bea", "Hugo", "J. P.", "Maj", "Otto", "Rue", "T.", "Yan")


def id_of(name: str) -> bytes:
    """Give the id of a made-up person."""
    return bytes([65 + NAMES.index(name)]) * 16


def put(vault: Vault, name: str, at: int, text: str = "", *, tone: int = 0, out: bool = False) -> None:
    """Put a letter into the vault, as if it had come or gone."""
    _add(vault, name, Kind.LETTER, at, text, tone, b"", out=out)


def put_body(vault: Vault, name: str, kind: Kind, at: int, body: bodies.Body, *, out: bool = False) -> None:
    """Put something that is no letter into the vault, as if it had come or gone."""
    message = _add(vault, name, kind, at, shared.text_of(body), 0, bodies.pack_body(body), out=out)
    if not out:
        pieces.note(vault, message, body)


def _add(vault: Vault, name: str, kind: int, at: int, text: str, tone: int, raw: bytes, *, out: bool) -> Message:
    state = State.READ if out or kind == Kind.CHECK_INS or at < NOW - 10 * DAY else State.RECEIVED
    number = 1 + int(vault.database.value("SELECT count(*) FROM messages", (), 0))
    message = Message(
        0, id_of(name), vault.random_bytes(16), kind, out, number, 0, at, at, state, at, "", 0, text, tone, b"", raw,
        again=False,
    )  # fmt: skip
    messages.add(vault.database, message)
    return message


def numbers(*moods: int) -> shared.SharedCheckIns:
    """Make check-ins of the last days, one every second day, the last one yesterday."""
    days = [NOW - DAY * (2 * ago + 1) for ago in reversed(range(len(moods)))]
    return shared.SharedCheckIns(
        tuple((time.strftime("%Y-%m-%d", time.gmtime(at)), mood) for at, mood in zip(days, moods, strict=True))
    )


def caseload(folder: Path, settings: Settings | None = None) -> Seat:
    """Seat a therapist of fourteen."""
    seat = make_seat(folder, "Ines Osei", THERAPIST, settings=settings)
    vault = seat.open_vault
    with vault.transaction() as database:
        for name in NAMES:
            contacts.add(database, id_of(name), name, CLIENT, NOW - 90 * DAY)
            trust = {"Rue": CHANGED, "N. A.": "unverified"}.get(name, VERIFIED)
            contacts.set_trust(database, id_of(name), trust, NOW)
            if name != "N. A.":
                put(vault, name, NOW - 30 * DAY, "Thank you for last week.")
                put(vault, name, NOW - 29 * DAY, "I am glad that you wrote.", out=True)
        put(vault, "R. M.", NOW - 2 * DAY, POST, tone=Tone.AN_ANSWER_PLEASE)
        put_body(vault, "R. M.", Kind.PROMISE, NOW - DAY, Promise(NOW - 2 * HOUR, ()), out=True)
        put_body(vault, "R. M.", Kind.CHECK_INS, NOW - HOUR, numbers(7, 7, 6, 6, 6, 5, 5, 4, 4, 3, 3, 3))
        answers = shared.SharedAnswers("phq9", NOW - DAY, 0, 3, bytes([1, 2, 1, 2, 1, 1, 1, 2, 1]))
        put_body(vault, "Sol", Kind.ANSWERS, NOW - DAY, answers)
        put_body(vault, "Sol", Kind.CHECK_INS, NOW - HOUR, numbers(5, 5, 5, 5, 5, 5))
        put(vault, "N. A.", NOW - HOUR, "I was told that I could write here first, before we meet.")
        put(vault, "K.", NOW - 3 * DAY, "It went well on Monday.")
        put(vault, "K.", NOW - 2 * DAY, "And again today.")
        put(vault, "Wren", NOW - DAY, "Only to be heard. " + "More of it. " * 112, tone=Tone.JUST_TO_BE_HEARD)
        put(vault, "Otto", NOW - 12 * DAY, "It all feels hopeless.")
        put(vault, "Otto", NOW - 11 * DAY, "I read every word.", out=True)
    return seat
