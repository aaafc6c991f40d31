"""What can be drawn into a note: the last result that they shared, a letter, and nothing that is none."""

import time
from pathlib import Path

import pytest

from tests.tui.homes import make_seat
from tests.tui.letters import DAY, add_letter
from therapy_tui.core import bodies
from therapy_tui.core.people import THERAPIST
from therapy_tui.core.shared import SharedAnswers
from therapy_tui.services.drawing import last_result, letter
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A therapist's vault with one client."""
    return make_seat(tmp_path, role=THERAPIST, contact="Rosa M.").open_vault


def share(vault: Vault, measure: str, days: int, answers: bytes, high: int = 3, **other: object) -> None:
    body = SharedAnswers(measure, vault.now() - days * DAY, 0, high, answers)
    add_letter(vault, "", **{"kind": int(bodies.Kind.ANSWERS), "raw": bodies.pack_body(body), **other})


def result(vault: Vault) -> str:
    return last_result(vault, contacts.every(vault.database)[0].id)


def test_the_newest_with_its_change(vault: Vault) -> None:
    """The last answered of all is told, with the change against the one before on the same questionnaire."""
    assert result(vault) == ""
    share(vault, "phq9", 3, bytes([2] * 8 + [1]))
    assert result(vault) == "PHQ-9 17 on 15 Nov"
    share(vault, "phq9", 400, bytes([1] * 9))
    share(vault, "phq9", 17, bytes([1] * 9 + []))
    share(vault, "gad7", 10, bytes([1] * 7))
    assert result(vault) == "PHQ-9 17 on 15 Nov, up 8"
    share(vault, "gad7", 2, bytes([1] * 7))
    assert result(vault) == "GAD-7 7 on 16 Nov, as before"
    share(vault, "gad7", 1, bytes(7))
    assert result(vault) == "GAD-7 0 on 17 Nov, down 7"


def test_another_year_is_named(vault: Vault) -> None:
    """A result of another year has its year."""
    share(vault, "phq9", 400, bytes([1] * 9))
    day = time.strftime("%d %b", time.localtime(vault.now() - 400 * DAY))  # as it is called where this runs
    assert result(vault) == f"PHQ-9 9 on {day} 2025"


def test_what_is_no_result_is_not_told(vault: Vault) -> None:
    """What was taken back, left incomplete, sent by oneself, or is of no known questionnaire or scale, is none."""
    share(vault, "phq9", 1, b"")
    share(vault, "phq9", 1, bytes([1] * 8 + [255]))
    share(vault, "phq9", 1, bytes([1] * 9), outgoing=True)
    share(vault, "phq9", 1, bytes([1] * 9), high=4)
    share(vault, "later", 1, bytes([1] * 9))
    share(vault, "phq9", 1, bytes([1] * 5))
    add_letter(vault, "", kind=int(bodies.Kind.ANSWERS), raw=b"\xff")
    assert result(vault) == ""


def test_the_words_of_a_letter(vault: Vault) -> None:
    """That which the note is about, whoever wrote it, else their newest, as a quotation with its day; or nothing."""
    contact = contacts.every(vault.database)[0].id
    assert letter(vault, contact) == ""
    first = add_letter(vault, "The post lies there.\n\n## Nine of them.", written_at=vault.now() - DAY)
    own = add_letter(vault, "And the door?", outgoing=True)
    add_letter(vault, "It is shut.")
    assert letter(vault, contact) == f"Their letter of {day_now(vault)}:\n\n> It is shut.\n"
    assert letter(vault, contact, first.id).split("\n")[2:] == ["> The post lies there.", ">", "> ## Nine of them.", ""]
    assert letter(vault, contact, own.id) == f"My letter of {day_now(vault)}:\n\n> And the door?\n"
    assert letter(vault, contact, b"gone" * 4) == letter(vault, contact)


def day_now(vault: Vault) -> str:
    """Write the day of the vault's clock in short."""
    now = time.localtime(vault.now())
    return f"{now.tm_mday} {time.strftime('%b', now)}"
