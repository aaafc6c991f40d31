"""What a run of the tests works out once: the same results in less time."""

import functools
import os
import ssl
from collections.abc import Iterator
from typing import Any

import pytest

__all__ = ["certificates_read_once", "parsed_once", "stretched_once"]


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """Remember what a passphrase was stretched to: a vault that a test makes is soon opened, by the same one."""
    from therapy_tui.crypto.passphrase import stretch

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("therapy_tui.crypto.slots.stretch", functools.cache(stretch))
        yield


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Read the authorities that httpx brings once, not for each command in this process; a file of one's own always."""
    from httpx import create_ssl_context

    brought = functools.cache(create_ssl_context)

    def context(verify: ssl.SSLContext | str | bool = True, **other: Any) -> ssl.SSLContext:
        is_brought = verify is True and not {"SSL_CERT_FILE", "SSL_CERT_DIR"} & os.environ.keys()
        return (brought if is_brought else create_ssl_context)(verify, **other)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", context)
        yield


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Parse each style sheet once for each palette, and not for each application."""
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet

    parse = Stylesheet._parse_rules
    known: dict[object, list[RuleSet]] = {}

    def parsed(sheet: Stylesheet, css: str, *place: Any, **more: Any) -> list[RuleSet]:
        key = (css, place, *more.items(), *sheet._variables.items())
        if key not in known:
            known[key] = parse(sheet, css, *place, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # by identity as before, without a call of Python each time
        yield
