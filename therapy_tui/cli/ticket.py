"""A relay's ticket, kept out of the list of processes where others could read it there."""

import sys

from therapy_tui import errors
from therapy_tui.core.text import check_whole

HELP = "What the relay asks of new mailboxes; - reads it from standard input."
SHARED = (
    "On a machine that other people use, a ticket is not given as an argument: others could read it there."
    " Write: --ticket - and give it on standard input."
)
LONGEST = 1_024


def read_ticket(given: str, *, shared: bool) -> bytes:
    """Take a ticket as it was given on the command line, or from standard input for `-`.

    Args:
        given: the option's value; empty is no ticket.
        shared: other people use this machine.

    Raises:
        UsageError: it stands where other users of the machine can read it, nothing came, or it is not UTF-8.
    """
    if given != "-":
        if given and shared:
            raise errors.UsageError(SHARED)
        check_whole(given)
        return given.encode()
    ticket = sys.stdin.readline(LONGEST).strip()
    if not ticket:
        raise errors.UsageError("There is no ticket on standard input.")
    check_whole(ticket)
    return ticket.encode()
