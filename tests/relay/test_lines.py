"""Lines to the real relay: TLS, many held answers, and who counts as its parent."""

import asyncio
import datetime as dt
import ipaddress
import ssl
import threading
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from nacl.signing import SigningKey

from tests.relay_caller import Caller, Owner, change, collected, deposit
from tests.relay_process import RelayProcess
from therapy_tui.core.wire import Done

SENDER = SigningKey(b"\1" * 32)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 and its key, as a person would get them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    encoding = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(encoding))
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain))
    return folder / "certificate.pem", folder / "key.pem"


async def test_a_letter_goes_through_tls(tmp_path: Path) -> None:
    """With a certificate the relay speaks HTTP/2 over TLS and announces https, and only to who trusts it."""
    certificate, key = _certificate(tmp_path)
    options = ["--certificate", str(certificate), "--key", str(key)]
    with RelayProcess(tmp_path / "relay.db", *options) as relay:
        context = ssl.create_default_context(cafile=str(certificate))
        async with Caller(relay.url, tls=context) as caller:
            owner = Owner()
            await caller.ask(owner.open(), owner.own(changes=[change(1, SENDER)]))
            await caller.ask(deposit(SENDER, 1, [owner.mailbox], [b"letter"]))
            assert collected((await caller.ask(owner.own()))[0]) == [b"letter"]
            assert relay.url.startswith("https://")


async def test_a_ticket_is_asked_for_where_there_is_a_file_of_them(tmp_path: Path) -> None:
    """The real process admits with a ticket, once, also after a restart."""
    (tmp_path / "tickets").write_text("one\n")
    with RelayProcess(tmp_path / "relay.db", "--tickets", str(tmp_path / "tickets")) as relay:
        async with Caller(relay.url) as caller:
            assert await caller.ask(Owner(1).open(b"one")) == [Done()]
        relay.kill()
        relay.start()
        async with Caller(relay.url) as caller:
            assert await caller.ask(Owner(2).open(b"one")) != [Done()]


def test_a_thread_that_ends_does_not_end_the_relay_it_started(tmp_path: Path) -> None:
    """Linux tells of the end of the starting thread as if it were the parent's; the relay looks and stays."""
    relay = RelayProcess(tmp_path / "relay.db")
    starter = threading.Thread(target=relay.start)
    starter.start()
    starter.join()
    with relay.running():
        time.sleep(0.3)
        assert len(relay.pids()) == 2
        asyncio.run(_served(relay.url))


async def _served(url: str) -> None:
    async with Caller(url) as caller:
        assert await caller.ask(Owner().open()) == [Done()]


async def _held(people: int, folder: Path) -> None:
    """Hold one answer for each of so many people on connections of their own, while another is served."""
    with RelayProcess(folder / "relay.db", limits={"waiting_an_address": 10_000}) as relay:
        owners = [Owner() for _ in range(people)]
        async with Caller(relay.url) as caller:
            for owner in owners:
                await caller.ask(owner.open(), owner.own(changes=[change(1, SENDER)]))
            callers = [Caller(relay.url, seconds=120) for _ in owners]
            held = [
                asyncio.create_task(each.ask(owner.own(wait=100))) for each, owner in zip(callers, owners, strict=True)
            ]
            await asyncio.sleep(1 + people / 200)
            begun = time.monotonic()
            letter = deposit(SENDER, 1, [owners[-1].mailbox], [b"letter"])
            assert await caller.ask(letter) == [Done()]
            assert time.monotonic() - begun < 30
            assert collected((await held[-1])[0]) == [b"letter"]
            assert not any(task.done() for task in held[:-1])
            for task in held:
                task.cancel()
            await asyncio.gather(*held, return_exceptions=True)
            await asyncio.gather(*(each.client.aclose() for each in callers), return_exceptions=True)


@pytest.mark.campaign
async def test_many_held_answers_leave_room_for_others(tmp_path: Path) -> None:
    """With a hundred answers held a letter is served at once and reaches the one it is for."""
    await _held(100, tmp_path)


@pytest.mark.campaign
async def test_more_held_answers_than_a_server_usually_takes(tmp_path: Path) -> None:
    """The same with 1,100, where the server's own default stops."""
    await _held(1100, tmp_path)
