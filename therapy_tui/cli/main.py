"""The command line: which commands there are, what stands before them, and how an error leaves the program."""

import importlib
import io
import os
import sys
from pathlib import Path

import click

from therapy_tui import __version__
from therapy_tui.cli.outcome import outcome
from therapy_tui.cli.output import Output
from therapy_tui.cli.start import HOME
from therapy_tui.core.text import safe_text
from therapy_tui.keys.hardening import Hardening

COMMANDS = {
    "demo": ("demo", "A relay and two made-up people on this machine; nothing to set up."),
    "init": ("init", "Make a profile: who you are, and what opens your vault."),
    "invite": ("meeting", "Make an invite: the link that lets one person write to you."),
    "invites": ("meeting", "List the invites you made, or withdraw one."),
    "join": ("meeting", "Take up an invite that somebody gave you."),
    "contacts": ("people", "List who you write with; rename or remove one."),
    "person": ("person", "Show all that is known of one person, or write something down."),
    "verify": ("people", "Compare the ten words with a contact."),
    "triage": ("triage", "List who needs you and why; clear a flag, put somebody off, label."),
    "promise": ("promise", "Say by when an answer comes, or see it; a client gives it more time."),
    "hours": ("promise", "Show or change your office hours, and days away."),
    "snippet": ("snippet", "Keep words of your own for letters, with blanks (a therapist's)."),
    "send": ("letters", "Send a letter."),
    "messages": ("letters", "Read the letters with a contact."),
    "outbox": ("letters", "List the letters that wait or did not go."),
    "journal": ("journal", "Write and read pages that are yours alone."),
    "note": ("note", "Note something about an hour or a letter; it never leaves this machine."),
    "measure": ("measure", "Answer a questionnaire, list what you answered, or ask somebody for one."),
    "progress": ("progress", "Read one person's measures over time, out of what they shared."),
    "caseload": ("progress", "Read everybody's measures in one table, with the summary."),
    "share": ("share", "Share one page or one questionnaire, and take it back."),
    "search": ("search", "Search everything of yours at once."),
    "checkin": ("checkins", "Say how it is, from 1 to 10; list how it was."),
    "plan": ("plan", "Read your own safety plan, or write it out on one page."),
    "sync": ("letters", "Send what waits and fetch what has come."),
    "post": ("post", "Carry letters by hand in a sealed file, without any line."),
    "appointment": ("appointment", "Keep appointments with a contact; write them for a calendar."),
    "record": ("record", "Write out the record of one person; keep records for their time, and erase one."),
    "audit": ("audit", "Show what a therapist's vault was used for; check that the log is whole."),
    "export": ("exporting", "Write everything that is yours, in clear, into a new folder."),
    "backup": ("backup", "Keep everything in one sealed file; try it, or put it in place."),
    "lock": ("profile", "Lock the vault in every process that has it open."),
    "passwd": ("keys", "Change the passphrase."),
    "keys": ("keys", "List the ways into the vault; add or remove one."),
    "doctor": ("doctor", "Look whether everything is as it should be."),
    "erase": ("profile", "Erase this profile from this machine and its mailbox from the relay."),
    "relay": ("relay", "Run a relay."),
}
"""Command name to the module that has it, in the order of the help, with its line there."""

_ANYWHERE = ("--json", "--plain")


class Commands(click.Group):
    """The commands, each imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give all names, in the order of a person's day."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"therapy_tui.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list in the help without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar=HOME,
    help="Keep everything in this folder instead of the usual ones.",
)
@click.option("--profile", default="default", show_default=True, help="Which profile on this machine.")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="Read the passphrase from a file that only you can read (0600).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; before or after the command.")
@click.option("--plain", is_flag=True, help="Plain lines, for screen readers and scripts.")
@click.version_option(__version__, "--version", message="therapy-tui %(version)s")
@click.pass_context
def cli(
    ctx: click.Context, home: Path | None, profile: str, passphrase_file: Path | None, *, as_json: bool, plain: bool
) -> None:
    """Letters between a client and a therapist, end to end encrypted.

    Without a command it opens the application.
    """
    from therapy_tui.cli.desk import Desk  # after --help and --version have had their chance

    ctx.obj = Desk(home, profile, passphrase_file, Output(as_json, plain), ctx.obj)
    if ctx.invoked_subcommand is None:
        from therapy_tui.cli.application import open_application  # Textual, only when it is drawn

        ctx.exit(open_application(ctx.obj.folders))


def run(arguments: list[str], hardening: Hardening) -> int:
    """Run one command line and give the exit code: 0 done, 1 refused, 2 wrong usage, 3 no line."""

    def run_command() -> object:
        if sys.stdin is None:
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - it was closed, and is there to the end
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # `check_whole` says what is not UTF-8
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # what another encoding lacks is told by its number
        try:
            return cli.main(_bring_forward(arguments), prog_name="therapy-tui", standalone_mode=False, obj=hardening)
        except click.ClickException as error:
            told = io.StringIO()
            error.show(told)
            # It names what was given, which a script may have had from anywhere.
            print(safe_text(told.getvalue()), end="", file=sys.stderr)  # noqa: T201 - where errors leave
            return error.exit_code
        except click.Abort as abort:
            said = abort.__cause__.args if isinstance(abort.__cause__, KeyboardInterrupt) else ()
            raise KeyboardInterrupt(*said) from None

    return outcome(run_command)


def _bring_forward(arguments: list[str]) -> list[str]:
    """Let --json and --plain stand after the command too."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    found = [each for each in arguments[:end] if each in _ANYWHERE]
    return found + [each for each in arguments[:end] if each not in _ANYWHERE] + arguments[end:]
