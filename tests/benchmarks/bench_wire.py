"""Bytes on the wire at the TCP payload, without TLS, between real profiles and a real relay.

Run: python -m tests.benchmarks.bench_wire [--minute]
"""

import asyncio
import os
import secrets
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.counting import Count, CountingProxy
from tests.relay_process import RelayProcess
from therapy_tui.config import find_folders
from therapy_tui.core.people import CLIENT, THERAPIST, Contact
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, conversation, directory, making, pairing, unlocking
from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import Courier
from therapy_tui.store import slots
from therapy_tui.transport.http import HttpTransport

LETTER = (
    "The second time I went alone. I had thought that I would turn round at the bridge, and I told myself beforehand"
    " that I was allowed to. At the bridge there was a man with a dog that would not cross it"
)[:200]

Row = tuple[str, Count, str]


class Side:
    """One person with a vault, a kept connection and a courier."""

    def __init__(self, home: Path, role: int, name: str, relay: str) -> None:
        folders = find_folders(home, "default")
        way = RecoveryWay(secrets.token_bytes(32))
        identity = slots.new_profile_id(secrets.token_bytes)
        new = making.NewProfile(role, name, relay)
        making.create(folders, new, [way], identity, secrets.token_bytes, access.seconds)
        self.vault = unlocking.open_vault(folders, way, secrets.token_bytes, access.seconds)
        self.way = HttpTransport()
        self.courier = Courier(self.vault, self.way, lambda: "2026-01-01")

    @property
    def other(self) -> Contact:
        """The one contact."""
        return directory.people(self.vault)[0].contact

    def write(self) -> None:
        """Queue a letter of 200 characters."""
        conversation.send(self.vault, self.other, LETTER)

    async def close(self) -> None:
        """Let go of the line and the vault."""
        await self.way.close()
        self.vault.close()


class Bench:
    """The meeting and the letters that are measured."""

    def __init__(self, folder: Path, proxy: CountingProxy) -> None:
        self.proxy = proxy
        self.address = f"127.0.0.1:{proxy.port}"
        self.therapist = Side(folder / "t", THERAPIST, "Dr. Made-up", self.address)
        self.client = Side(folder / "c", CLIENT, "Kit Made-up", "")
        self.rows: list[Row] = []

    def note(self, what: str, aim: str = "") -> Count:
        """Keep what was counted since the last time."""
        count = self.proxy.count.take()
        self.rows.append((what, count, aim))
        return count

    def sum(self, what: str, aim: str, *counts: Count) -> None:
        """Keep a sum."""
        self.rows.append((what, Count(sum(each.up for each in counts), sum(each.down for each in counts)), aim))

    async def meet(self) -> None:
        """Invite, join, first letter."""
        made = pairing.make_invite(self.therapist.vault, "")
        await self.therapist.courier.exchange()
        self.note("publish an invite, new connection, with opening the mailbox")
        pairing.begin_join(self.client.vault, made.link)
        await self.client.courier.join(Report())
        self.client.write()
        await self.client.courier.exchange()
        joined = self.note("claim, open, slot, join and first letter, new connection")
        await self.therapist.courier.wait(Report(), 0)
        collected = self.note("the inviter collects both")
        self.sum("join to first delivered letter", "8,000", joined, collected)

    async def warm(self) -> None:
        """Exchange until both connections know their headers and nothing is owed."""
        for _ in range(3):
            for side in (self.client, self.therapist):
                side.write()
                await side.courier.exchange()
        for side in (self.client, self.therapist, self.client, self.therapist):
            await side.courier.exchange()
        self.proxy.count.take()

    async def letter(self) -> None:
        """One letter of 200 characters on kept connections, with and without a receipt."""
        self.client.write()
        await self.client.courier.deposit(self.address, Report())
        self.note("send a letter of 200 characters", "600")
        await self.therapist.courier.wait(Report(), 0)
        collect = self.note("collect it")
        await self.therapist.courier.wait(Report(), 0)
        acknowledge = self.note("acknowledge, with the receipt in the same request")
        self.sum("collect, acknowledge and receipt", "1,000", collect, acknowledge)
        self.client.write()
        await self.client.courier.deposit(self.address, Report())
        self.proxy.count.take()
        await self.therapist.courier.wait(Report(), 0)
        with self.therapist.vault.transaction() as database:
            database.run("DELETE FROM receipts")
        await self.therapist.courier.wait(Report(), 0)
        self.note("collect and acknowledge", "800")

    async def idle(self, *, minute: bool) -> None:
        """Nothing new."""
        await self.therapist.courier.wait(Report(), 0)
        self.note("an empty exchange")
        if minute:
            await self.therapist.courier.wait(Report(), 60)
            self.note("one wait of 60 s, nothing new", "220")


async def measure(*, minute: bool) -> list[Row]:
    """Run all of it."""
    with tempfile.TemporaryDirectory() as name, RelayProcess(Path(name) / "relay.db") as relay:
        async with CountingProxy(relay.port) as proxy:
            bench = Bench(Path(name), proxy)
            await bench.meet()
            await bench.warm()
            await bench.letter()
            await bench.idle(minute=minute)
            await bench.client.close()
            await bench.therapist.close()
    return bench.rows


def main() -> None:
    """Print the table."""
    os.umask(0o077)
    rows = asyncio.run(measure(minute="--minute" in sys.argv))
    print(f"{'':62} {'up':>7} {'down':>7} {'both':>7}  at most")
    for what, count, aim in rows:
        print(f"{what:62} {count.up:7,} {count.down:7,} {count.both:7,}  {aim}")


if __name__ == "__main__":
    main()
