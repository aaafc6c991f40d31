"""Links as people type them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.hashing import digest
from therapy_tui.crypto.link import Link, read_link
from therapy_tui.errors import InviteRefused

LINK = Link("relay.example.org", 1_800_000_000, bytes(range(16)), bytes(range(100, 116)))
TEXT = LINK.text
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
RELAYS = st.from_regex(r"[a-z0-9]{1,20}(\.[a-z]{2,5}){0,2}(:[1-9][0-9]{0,3})?", fullmatch=True)
ID = st.binary(min_size=16, max_size=16)


@given(st.builds(Link, RELAYS, st.integers(0, 2**32 - 1), ID, ID))
def test_a_link_comes_back(link: Link) -> None:
    """Reading a link's text gives the link, and the text fits QR's alphanumeric set."""
    assert read_link(link.text) == link
    assert set(link.text) <= QR_ALPHANUMERIC


def test_a_link_is_short() -> None:
    """With an ordinary relay a link is 90 characters."""
    assert len(TEXT) == 90


@pytest.mark.parametrize(
    "text",
    [
        TEXT.lower(),
        f"  {TEXT}\n",
        TEXT[:40] + "\r\n  " + TEXT[40:],
        TEXT[:-12] + "-" + TEXT[-12:-6] + " - " + TEXT[-6:],
        TEXT[:26] + TEXT[26:].replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
)
def test_a_link_is_read_as_people_write_it(text: str) -> None:
    """Case, line breaks, spaces, hyphens in the code, and digits that look like letters do no harm."""
    assert read_link(text) == LINK


@given(st.integers(8, 89), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_typing_error_is_found(place: int, letter: str) -> None:
    """Another letter anywhere after the scheme is noticed before the network is used."""
    typed = TEXT[:place] + letter + TEXT[place + 1 :]
    if typed != TEXT:
        with pytest.raises(InviteRefused, match=r"typing error|not an invite"):
            read_link(typed)


@given(st.integers(26, 88))
def test_two_letters_changed_round_are_found(place: int) -> None:
    """The commonest slip of typing is noticed."""
    typed = TEXT[:place] + TEXT[place + 1] + TEXT[place] + TEXT[place + 2 :]
    if typed != TEXT:
        with pytest.raises(InviteRefused, match="typing error"):
            read_link(typed)


def with_bytes(data: bytes) -> str:
    head = data + digest("tt1 check", b"relay.example.org" + data, 3)
    return "THERAPY:RELAY.EXAMPLE.ORG/" + base64.b32encode(head).decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not an invite"),
        ("hello", "not an invite"),
        ("https://relay.example.org/abc", "not an invite"),
        (TEXT.replace("THERAPY:", ""), "not an invite"),
        (TEXT.replace("RELAY", "R\N{LATIN SMALL LETTER LONG S}LAY"), "not an invite"),
        ("THERAPY:/" + TEXT[-64:], "typing error"),
        (TEXT[:-1], "typing error"),
        (TEXT[:-8], "typing error"),
        (TEXT + "A", "typing error"),
        (TEXT + "AAAAAAAA", "typing error"),
        (TEXT[:-1] + "=", "typing error"),
        (TEXT[:-1] + "9", "typing error"),
        (with_bytes(b"\1" + bytes(35)), "typing error"),
        (with_bytes(b"\2" + bytes(36)), "later version"),
    ],
)
def test_what_is_no_link_is_refused_with_a_reason(text: str, says: str) -> None:
    """The sentence tells a person what to do about it."""
    with pytest.raises(InviteRefused, match=says):
        read_link(text)


@given(st.text(max_size=120))
def test_any_text_is_answered_with_a_sentence(text: str) -> None:
    """Nothing but a refusal comes of other text, with or without the scheme."""
    for typed in (text, "THERAPY:" + text):
        with pytest.raises(InviteRefused):
            read_link(typed)


def test_an_expired_link_is_refused_in_words() -> None:
    """In its last second a link can be used; a second later it has ended."""
    assert LINK.refuse_if_expired(1_800_000_000) is LINK
    with pytest.raises(InviteRefused, match="expired"):
        LINK.refuse_if_expired(1_800_000_001)


def test_a_link_hides_its_secret_in_a_traceback() -> None:
    """The secret is not in the representation that a log or a crash might show."""
    assert "secret" not in repr(LINK)
