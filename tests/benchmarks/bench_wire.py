"""Bytes on the wire at the TCP payload, without TLS, between real profiles and a real relay.

Run: python -m tests.benchmarks.bench_wire [--minute]
"""

import asyncio
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.counting import CountingProxy
from tests.relay_process import RelayProcess
from therapy_tui.config import find_folders
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, conversation, directory, making, pairing
from therapy_tui.services.courier import Courier, Report
from therapy_tui.services.making import NewProfile
from therapy_tui.services.vault import Vault
from therapy_tui.store import slots
from therapy_tui.transport.http import HttpTransport

LETTER = (
    "The second time I went alone. I had thought that I would turn round at the bridge, and I told myself beforehand"
    " that I was allowed to. At the bridge there was a man with a dog that would not cross it"
)[:200]


def make(home: Path, role: int, name: str, relay: str) -> Vault:
    folders = find_folders(home, "default")
    entropy = secrets.token_bytes(32)
    way = RecoveryWay(entropy)
    new = NewProfile(role, name, relay)
    identity = slots.new_profile_id(secrets.token_bytes)
    making.create(folders, new, [way], identity, secrets.token_bytes, lambda: int(time.time()))
    return access.open_vault(folders, way, secrets.token_bytes, lambda: int(time.time()))


def courier_of(vault: Vault) -> tuple[Courier, HttpTransport]:
    transport = HttpTransport()
    return Courier(vault, transport, lambda: "2026-01-01"), transport


async def measure(*, minute: bool) -> list[tuple[str, int, int, str]]:
    rows: list[tuple[str, int, int, str]] = []
    with tempfile.TemporaryDirectory() as name, RelayProcess(Path(name) / "relay.db") as relay:
        async with CountingProxy(relay.port) as proxy:
            home, address = Path(name), f"127.0.0.1:{proxy.port}"
            therapist = make(home / "t", THERAPIST, "Dr. Made-up", address)
            client = make(home / "c", CLIENT, "Kit Made-up", "")
            theirs, their_way = courier_of(therapist)
            ours, our_way = courier_of(client)

            def note(what: str, aim: str = "") -> None:
                count = proxy.count.take()
                rows.append((what, count.up, count.down, aim))

            made = pairing.make_invite(therapist, "")
            await theirs.exchange()
            note("publish an invite, new connection, with opening the mailbox")
            pairing.begin_join(client, made.link)
            await ours.join(Report())
            person = directory.people(client)[0].contact
            conversation.send(client, person, LETTER)
            await ours.exchange()
            join = proxy.count.take()
            rows.append(("claim, open, slot, join and first letter, new connection", join.up, join.down, ""))
            report = Report()
            await theirs.wait(report, 0)
            collected = proxy.count.take()
            rows.append(("the inviter collects both", collected.up, collected.down, ""))
            total = join.both + collected.both
            rows.append(("join to first delivered letter", total, 0, "8,000"))
            for _ in range(3):
                await theirs.exchange()
                await ours.exchange()
            back = directory.people(therapist)[0].contact
            for _ in range(3):  # warm the header tables of both connections
                conversation.send(client, person, LETTER)
                await ours.exchange()
                conversation.send(therapist, back, LETTER)
                await theirs.exchange()
                await ours.exchange()
                await theirs.exchange()
            proxy.count.take()
            conversation.send(client, person, LETTER)
            await ours.deposit(address, report)
            note("send a letter of 200 characters", "600")
            await theirs.wait(report, 0)
            collect = proxy.count.take()
            rows.append(("collect it", collect.up, collect.down, ""))
            await theirs.wait(report, 0)
            ack = proxy.count.take()
            rows.append(("acknowledge, with the receipt in the same request", ack.up, ack.down, ""))
            rows.append(("collect, acknowledge and receipt", collect.up + ack.up, collect.down + ack.down, "1,000"))
            await ours.exchange()
            proxy.count.take()
            # the same without a receipt: the letter is acknowledged while a receipt is not owed
            conversation.send(client, person, LETTER)
            await ours.deposit(address, report)
            proxy.count.take()
            await theirs.wait(report, 0)
            with therapist.transaction() as database:
                database.run("DELETE FROM receipts")
            await theirs.wait(report, 0)
            note("collect and acknowledge", "800")
            await theirs.wait(report, 0)
            note("an empty exchange")
            if minute:
                await asyncio.sleep(0.2)
                proxy.count.take()
                await theirs.wait(report, 60)
                note("one wait of 60 s, nothing new", "220")
            await our_way.close()
            await their_way.close()
        therapist.close()
        client.close()
    return rows


def main() -> None:
    os.umask(0o077)
    rows = asyncio.run(measure(minute="--minute" in sys.argv))
    print(f"{'':62} {'up':>7} {'down':>7} {'both':>7}  at most")
    for what, up, down, aim in rows:
        print(f"{what:62} {up:7,} {down:7,} {up + down:7,}  {aim}")


if __name__ == "__main__":
    main()
