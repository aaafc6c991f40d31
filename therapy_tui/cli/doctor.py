"""doctor."""

import asyncio
import contextlib
from itertools import chain

import click

from therapy_tui import errors
from therapy_tui.cli.desk import EXCHANGE_SECONDS, Desk
from therapy_tui.cli.notebook import to_be_examined
from therapy_tui.config import Settings
from therapy_tui.services.doctor import examine
from therapy_tui.services.line import today
from therapy_tui.services.patient import Finding, Patient

MARKS = {"ok": "ok    ", "notice": "notice", "fault": "FAULT "}


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look whether everything is as it should be. No letter, name or key is shown; a fault makes exit code 1."""
    desk: Desk = ctx.obj
    faults = 0
    with contextlib.ExitStack() as stack:
        vault, trouble = None, ""
        try:
            vault = stack.enter_context(desk.vault())
        except errors.VaultMissing:
            raise
        except errors.TherapyError as error:
            trouble = str(error)
        try:
            settings, unread = desk.settings, ""
        except errors.ConfigError as error:
            settings, unread = Settings(), str(error)
        patient = Patient(
            folders=desk.folders,
            settings=settings,
            hardening=desk.hardening,
            vault=vault,
            notes=None if vault is None else stack.enter_context(to_be_examined(desk, vault)),
            trouble=trouble,
            ask=lambda relay, frame: _unasked() if unread else _ask(desk, relay, frame),
            probe=lambda: desk.keyring.probe(desk.random),
            random_bytes=desk.random,
            now=desk.now,
            day=today,
        )
        found_first = [Finding("settings", "fault", unread)] if unread else []
        for found in chain(found_first, examine(patient)):
            faults += found.state == "fault"
            fields = {"name": found.name, "state": found.state, "detail": found.detail}
            desk.output.row(fields, f"{MARKS[found.state]}  {found.name}: {found.detail}")
    if faults:
        ctx.exit(1)


def _unasked() -> bytes:
    """Ask no relay, because by which way is not known."""
    raise errors.Unreachable


def _ask(desk: Desk, relay: str, frame: bytes) -> bytes:
    """Carry one frame to a relay, within the time of one exchange."""

    async def once() -> bytes:
        transport = desk.transport()
        try:
            return await asyncio.wait_for(transport.post(relay, frame), EXCHANGE_SECONDS)
        except TimeoutError:
            raise errors.Unreachable from None
        finally:
            await transport.close()

    return asyncio.run(once())
