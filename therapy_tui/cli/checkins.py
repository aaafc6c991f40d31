"""checkin: MOOD, list."""

from typing import Any

import click

from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.checkins import CheckIn
from therapy_tui.core.journal import check_day
from therapy_tui.core.text import safe_line
from therapy_tui.services import checkins

ADD = "add"
SHARED = (
    "On a machine that other people use, a text is not given as an argument: others could read it there."
    " Write: therapy-tui checkin MOOD --text -"
)


class MoodFirst(click.Group):
    """A group whose first word is a mood, unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the hidden command in front of what is no command's name."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [ADD, *args]
        return super().parse_args(ctx, args)


def fields_of(check_in: CheckIn) -> dict[str, Any]:
    """Give the JSON fields of a check-in."""
    return {
        "id": check_in.id.hex(),
        "at": stamp(check_in.at),
        "mood": check_in.mood,
        "words": list(check_in.words),
        "text": check_in.text,
    }


def line_of(check_in: CheckIn) -> str:
    """Give a check-in as a line for a person."""
    parts = [near(check_in.at), f"{check_in.mood:2}", ", ".join(check_in.words), safe_line(check_in.text, 2_000)]
    return "  ".join(part for part in parts if part)


@click.group(
    cls=MoodFirst,
    options_metavar="",
    subcommand_metavar="MOOD [--words WORD,WORD] [--text TEXT | --text -]\n       therapy-tui checkin list",
)
def checkin() -> None:
    """Say how it is now, from 1 (very hard) to 10 (very good).

    --words takes some words for it, parted by commas; --text a line, or - for standard input. Other users of the
    machine can see the arguments of a command while it runs.
    """


@checkin.command(name=ADD, hidden=True)
@click.argument("mood", type=int)
@click.option("--words", default="", metavar="WORD,WORD", help="Words for it, parted by commas.")
@click.option("--text", default="", metavar="TEXT", help="A line about it; - reads it from standard input.")
@click.pass_obj
def add(desk: Desk, mood: int, words: str, text: str) -> None:
    """Keep how it is now."""
    line = given_text(desk, text, SHARED, "")
    with desk.vault() as vault:
        kept = checkins.add(vault, mood, words.split(","), line)
        desk.output.row(fields_of(kept), f"Kept: {line_of(kept)}")


@checkin.command(name="list")
@click.option("--from", "since", default="", metavar="YYYY-MM-DD", help="From this day on.")
@click.option("--to", "until", default="", metavar="YYYY-MM-DD", help="Up to this day.")
@click.pass_obj
def list_(desk: Desk, since: str, until: str) -> None:
    """List how it was, the oldest first."""
    first, last = check_day(since or "0001-01-01"), check_day(until or "9999-12-31")
    with desk.vault() as vault:
        for each in checkins.between(vault, first, last):
            desk.output.row(fields_of(each), line_of(each))
