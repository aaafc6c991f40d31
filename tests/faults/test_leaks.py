"""What two people write can be read on their screens only: not at the relay, on the line or on their disks."""

import base64
import secrets
from pathlib import Path

import brotli
import msgspec
import pytest

from tests.faults.canaries import Watched, watched
from tests.leaks import Find, Hunt
from therapy_tui.core.contents import Form
from therapy_tui.core.padding import pad, unpad
from therapy_tui.crypto import envelope
from therapy_tui.crypto.ratchet import Ratchet
from therapy_tui.services import directory
from therapy_tui.store import database

WORD = "heron letter 0f1e2d3c"


@pytest.mark.parametrize(
    ("how", "data"),
    [
        ("text", WORD.encode()),
        ("utf-16", WORD.encode("utf-16-le")),
        ("hex", WORD.encode().hex().encode()),
        *((f"base64, {n} on", base64.b64encode(bytes(range(n)) + WORD.encode() + b"more")) for n in range(3)),
        ("brotli, text", brotli.compress(f"Then I said {WORD} and left.".encode() * 3, mode=brotli.MODE_TEXT)),
        ("text", msgspec.msgpack.encode({"b": [1, f"so {WORD}."]})),
        ("brotli, text", brotli.compress(msgspec.msgpack.encode(["x" * 40, WORD, WORD]), quality=11, lgwin=16)),
    ],
    ids=["text", "utf-16", "hex", "base64", "base64, 1 on", "base64, 2 on", "brotli", "packed", "packed and squeezed"],
)
def test_the_hunt_finds(how: str, data: bytes) -> None:
    """The hunt finds a word however it is written, in the middle of noise."""
    noise = secrets.token_bytes(300)
    assert Find("letter", "here", how) in Hunt({"letter": WORD}).bytes(noise + data + noise, "here", deep=True)


def test_nothing_leaves(tmp_path: Path) -> None:
    """No name, label, letter or draft can be read at the relay, on the line or in the files of either person."""
    with watched(tmp_path) as people:
        people.write()
        read = {row["text"] for row in people.therapist.do("messages", people.hunt.words["label"]).rows}
        assert read == {people.sentence("letter"), people.sentence("answer")}
        assert sum(map(len, people.line.streams)) > 4_000
        assert people.found_outside() == set()
        assert people.found_at_home() == set()


def _open_line(patch: pytest.MonkeyPatch) -> None:
    """Take the seal and the ratchet away; what is sent is then only squeezed."""
    patch.setattr(Ratchet, "encrypt", lambda _self, plaintext: (Form.NORMAL, plaintext))
    patch.setattr(Ratchet, "decrypt", lambda _self, _form, message: message)

    def seal(_key: bytes, form: int, payload: bytes, nonce: bytes) -> bytes:
        return nonce + pad(bytes((form,)) + payload, envelope._floor(form)) + bytes(16)

    def open_seal(_key: bytes, sealed: bytes) -> tuple[int, bytes]:
        inside = unpad(sealed[24:-16], envelope._floor(sealed[24]))
        return inside[0], inside[1:]

    patch.setattr(envelope, "seal", seal)
    patch.setattr(envelope, "open_seal", open_seal)


def test_the_same_without_seals_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: when nothing is sealed, both letters are found on the line and at the relay."""
    with watched(tmp_path) as people:
        _open_line(monkeypatch)
        people.client.do("send", people.hunt.words["therapist"], "-", stdin=people.sentence("letter"))
        found = people.found_outside()
        assert {each.word for each in found} == {"letter"}
        assert any(each.where.startswith("stream") for each in found)
        assert any(each.where == "relay.db" for each in found)


def _open_vault(patch: pytest.MonkeyPatch) -> None:
    """Take the key of every database away."""
    run = database.Database.value

    def value(self: database.Database, sql: str, *values: object) -> object:
        return None if sql.startswith("PRAGMA key") else run(self, sql, *values)  # type: ignore[arg-type] # handed on

    patch.setattr(database.Database, "value", value)
    patch.setattr(database, "_PLAIN_HEADER", b"not looked for")


@pytest.mark.campaign
def test_the_same_in_a_plain_vault_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: when the vault has no key, every name, label, letter and draft is found at home, and only there."""
    _open_vault(monkeypatch)
    with watched(tmp_path) as people:
        people.write()
        assert {each.word for each in people.found_at_home()} == set(people.hunt.words)
        assert people.found_outside() == set()


@pytest.mark.campaign
def test_a_text_in_the_arguments_is_found(tmp_path: Path) -> None:
    """Control: a letter given as an argument is seen by everybody; given on standard input it is not."""
    with watched(tmp_path) as people:
        assert _seen(people, "-", stdin=people.sentence("letter")) == set()
        assert _seen(people, people.sentence("letter")) == {"letter"}


def _seen(people: Watched, *words: str, stdin: str = "") -> set[str]:
    with people.client.vault() as vault:
        contact = directory.people(vault)[0].contact.id.hex()
    process = people.client.start("send", contact, *words, stdin=stdin)
    found: set[Find] = set()
    while process.poll() is None:
        found |= people.hunt.processes([process.pid])
    process.communicate()
    assert process.returncode == 0
    return {each.word for each in found}
