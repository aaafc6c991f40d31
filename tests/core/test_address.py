"""The address of a relay: what is one, and what is not."""

import pytest

from therapy_tui.core.address import check_address, is_loopback
from therapy_tui.errors import Malformed


@pytest.mark.parametrize(
    "text",
    ["relay.example.org", "relay.example.org:8443", "localhost:1", "127.0.0.1:65535", "a-b.c", "x" * 63 + ".onion"],
)
def test_an_address_is_given_back(text: str) -> None:
    """Hosts and ports in lower case are addresses."""
    assert check_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Relay.example.org",
        "https://relay.example.org",
        "relay.example.org/",
        "relay.example.org:",
        "relay.example.org:0",
        "relay.example.org:08443",
        "relay.example.org:65536",
        "relay..org",
        "-relay.org",
        "relay-.org",
        "relay.org.",
        "relay.org\n",
        "user@relay.org",
        "rélay.org",
        "[::1]:80",
        "x" * 64 + ".org",
        ".".join(["abcdefgh"] * 29),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """Schemes, paths, capitals, other scripts, line ends and impossible ports are refused."""
    with pytest.raises(Malformed):
        check_address(text)


def test_loopback_is_known() -> None:
    """Only this machine's own names count as loopback, and not names that begin like them."""
    assert all(map(is_loopback, ["localhost", "localhost:80", "127.0.0.1:80", "127.1.2.3"]))
    assert not any(
        map(is_loopback, ["localhost.example.org", "127.0.0.1.example.org", "128.0.0.1", "relay.example.org"])
    )
