"""The commands of who runs a relay."""

import os
from pathlib import Path

import click


@click.group()
def relay() -> None:
    """Run a relay: a post office that can open nothing."""


@relay.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8443, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--database",
    default="relay.db",
    show_default=True,
    help="A path, or sqlite:///path.",
)
@click.option("--certificate", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="For https (PEM).")
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its key (PKCS #8).")
@click.option("--open", "anyone", is_flag=True, help="Anyone may make a mailbox; so it is on loopback by itself.")
@click.option(
    "--tickets",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with one ticket a line, each good for one mailbox.",
)
@click.option("--behind-proxy", is_flag=True, help="A proxy speaks https in front, and writes X-Forwarded-For.")
@click.option(
    "--with-parent",
    "parent",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=0,
    metavar="[PID]",
    help="End when the process that started the relay ends. Who says its PID is missed even if it ended at once.",
)
@click.option("--limit", "limits", multiple=True, metavar="NAME=NUMBER", help="Change a limit; may be given again.")
def serve(  # noqa: PLR0913  # one argument an option is how click hands them over
    *,
    host: str,
    port: int,
    database: str,
    certificate: Path | None,
    key: Path | None,
    anyone: bool,
    tickets: Path | None,
    behind_proxy: bool,
    parent: int | None,
    limits: tuple[str, ...],
) -> None:
    """Serve until Ctrl+C. One line on standard output says where, once it listens."""
    # asked before the imports, so that a parent which ends meanwhile is noticed
    parent = os.getppid() if parent == 0 else parent
    # Granian and Starlette take a tenth of a second to import, and no other command needs them.
    from therapy_tui.core.wire import Limits
    from therapy_tui.relay.serve import run
    from therapy_tui.relay.settings import Settings, check, database_path, with_limits

    settings = Settings(
        database=database_path(database),
        host=host,
        port=port,
        certificate=certificate,
        key=key,
        anyone=anyone,
        tickets=tickets,
        behind_proxy=behind_proxy,
        parent=parent,
        limits=with_limits(Limits(), limits),
    )
    run(check(settings))
