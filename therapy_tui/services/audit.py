"""The audit log of a therapist's vault: what was opened, exported, cleared, signed and erased, and by which way in.

Its end is kept three times: in the rows, in the settings of the vault, and outside the vault beside the epoch.
"""

import contextlib
import os
import time
from collections.abc import Generator, Iterator, Sequence
from functools import partial

import msgspec

from therapy_tui import errors
from therapy_tui.core.audit import EMPTY, Act, Check, Fault, Mark, What, follow, read_mark
from therapy_tui.core.hashing import digest
from therapy_tui.files import read_private
from therapy_tui.services import audit_waiting
from therapy_tui.services.audit_waiting import Waiting
from therapy_tui.services.vault import Vault
from therapy_tui.store import audit, mailbox
from therapy_tui.store.database import Database

OUTSIDE = "audit.end"
"""The name of the file beside the epoch's, outside the vault."""
_END, _WAYS = "audit_end", "audit_ways"
_LONGEST = 200
AT_ONCE = 200
"""So many rows are checked at a time: a few thousandths of a second."""
_BELOW_ALL = -(1 << 63)
"""A damaged log may have rows of any number."""
WAITED = "noted late: the disk was full at {0.tm_year:04}-{0.tm_mon:02}-{0.tm_mday:02} {0.tm_hour:02}:{0.tm_min:02} UTC"
NOT_NOTED = (
    "Nothing left your vault: what leaves it is noted in its log, and the disk has no room for that. Make some where"
    " the vault is, and try again."
)
NO_LOG = "The audit log is kept in a therapist's vault, and this is a client's."


class Verdict(msgspec.Struct, frozen=True):
    """What a check of the log came to."""

    rows: int
    """So many agree, from the first on."""
    end: Mark
    """The last of them."""
    fault: Fault | None
    """None where all of it agrees."""
    is_watched: bool
    """Whether the end that is kept outside the vault was there to compare with."""


def note(vault: Vault, what: What, contact: bytes = b"", detail: str = "") -> int:
    """Note what is done, inside the caller's transaction; in a client's vault it does nothing.

    Args:
        vault: the open vault, in a transaction.
        what: one of the words.
        contact: about whom, by the id of the contact; empty for nobody in particular.
        detail: a few words, such as the id of a note or a reason: never a word of a letter, and no name.

    Returns:
        The number of the row; 0 where there is no log.
    """
    if not vault.is_therapist:
        return 0
    act = follow(end(vault), vault.now(), what, contact, detail, vault.way)
    audit.add(vault.database, act)
    after = Mark(act.number, act.hash)
    mailbox.set_setting(vault.database, _END, str(after))
    vault.afterwards(partial(_keep_outside, vault, after, trust=what is What.WENT_BACK))
    return act.number


def note_now(vault: Vault, what: What, contact: bytes = b"", detail: str = "") -> int:
    """Note it in a transaction of its own, for what changes nothing else."""
    if not vault.is_therapist:
        return 0
    with vault.transaction():
        return note(vault, what, contact, detail)


@contextlib.contextmanager
def what_leaves(vault: Vault) -> Iterator[Database]:
    """Hold the transaction in which what leaves the vault in clear is noted: without it, nothing leaves.

    Raises:
        VaultError: there is no room for it.
    """
    try:
        with vault.transaction() as database:
            yield database
    except errors.DiskFull:
        raise errors.VaultError(NOT_NOTED) from None


def note_leaving(vault: Vault, contact: bytes = b"", detail: str = "") -> None:
    """Note that something leaves the vault in clear, before it does. Raises VaultError: there is no room for that."""
    if vault.is_therapist:
        with what_leaves(vault):
            note(vault, What.EXPORTED, contact, detail)


def note_or_wait(vault: Vault, what: What, contact: bytes = b"", detail: str = "") -> None:
    """Note what keeps nobody's words from anybody: it waits outside the vault where the log takes nothing now.

    Raises:
        DiskFull: not even that is possible.
    """
    try:
        note_now(vault, what, contact, detail)
    except (errors.DiskFull, errors.VaultBusy):
        audit_waiting.wait(vault.state.parent, Waiting(vault.now(), what, contact, detail))


def note_opening(vault: Vault, what: str = "") -> None:
    """Note that the vault, or what is named, was opened in the application; reading goes first in any case."""
    with contextlib.suppress(errors.DiskFull):
        note_or_wait(vault, What.OPENED, detail=f"{what}, in the application" if what else "in the application")


def note_waiting(vault: Vault) -> None:
    """Note what waited for room, inside the caller's transaction, and have room for the next time."""
    folder = vault.state.parent
    found = audit_waiting.waiting(folder)
    for each in found:
        note(vault, each.what, each.contact, f"{each.detail}; {WAITED.format(time.gmtime(each.at))}")
    if found:
        vault.afterwards(partial(audit_waiting.clear, folder))
    else:
        audit_waiting.keep_room(folder)


def notice_ways(vault: Vault, ids: Sequence[bytes], told: str) -> None:
    """Note that the ways into the vault are others than at the last unlocking, inside the caller's transaction.

    Args:
        vault: the open vault, in a transaction.
        ids: of all slots there are.
        told: the ways in words.
    """
    found = digest("tt1 ways", b"".join(sorted(ids)), 16).hex()
    known = mailbox.setting(vault.database, _WAYS)
    if found == known or not vault.is_therapist:
        return
    mailbox.set_setting(vault.database, _WAYS, found)
    note(vault, What.WAYS if known else What.BEGUN, detail=told)


def note_going_back(vault: Vault) -> None:
    """Note that the vault is an older copy, inside the caller's transaction, with what the log had come to outside."""
    outside = read_outside(vault)
    lost = f"; there were {outside.count} rows" if outside is not None else ""
    note(vault, What.WENT_BACK, detail=f"the rows after {end(vault).count} are of before{lost}")


def every(vault: Vault) -> Iterator[Act]:
    """Read the log, the oldest row first."""
    return audit.every(vault.database)


def window(vault: Vault, skip: int, limit: int) -> list[Act]:
    """Read some rows, the newest first: how many to pass over, and how many at most."""
    return audit.window(vault.database, skip, limit)


def count(vault: Vault) -> int:
    """Count all rows."""
    return audit.count(vault.database, _BELOW_ALL)


def later_than(vault: Vault, number: int) -> int:
    """Count the rows after one, which is its place in the order of `window`."""
    return audit.count(vault.database, number)


def verify(vault: Vault, known: Mark | None = None) -> Verdict:
    """Read all of the log, and find the first row that does not agree; nothing is changed.

    Args:
        vault: the open vault.
        known: an end that was written down elsewhere, such as that of a receipt.

    Raises:
        UsageError: it is a client's vault.
    """
    checking = check(vault, known)
    try:
        while True:
            next(checking)
    except StopIteration as done:
        verdict: Verdict = done.value
        return verdict


def check(vault: Vault, known: Mark | None = None) -> Generator[int, None, Verdict]:
    """Do what `verify` does some rows at a time, so that other things can be done in between.

    What is noted meanwhile is left for the next time.

    Yields:
        How many rows agree so far.

    Raises:
        UsageError: it is a client's vault.
    """
    if not vault.is_therapist:
        raise errors.UsageError(NO_LOG)
    outside = read_outside(vault)
    with vault.database.snapshot():
        inside, last = _read(mailbox.setting(vault.database, _END)), audit.last(vault.database)
    marks = [(inside, "by the vault's own count"), (outside, "when it was last noted outside the vault,")]
    marks.append((known, "when the mark that you gave was made,"))
    reader = Check((mark, source) for mark, source in marks if mark is not None)
    fault, first = None, _BELOW_ALL
    while fault is None and (acts := audit.between(vault.database, first, last, AT_ONCE)):
        fault, first = reader.take(acts), acts[-1].number + 1
        yield reader.end.count
        if first > last:
            break
    fault = fault or reader.finish()
    if fault is None and inside is None:
        fault = Fault(reader.end.count + 1, "The vault's own count of the rows is missing.")
    if fault is None and inside is not None and inside.count < reader.end.count:
        fault = Fault(inside.count + 1, f"By the vault's own count there were {inside.count} rows.")
    return Verdict(reader.end.count, reader.end, fault, outside is not None)


def end(vault: Vault) -> Mark:
    """Give the end from which the log goes on: the one kept beside, so that rows that were cut off stay missing."""
    kept, rows = _read(mailbox.setting(vault.database, _END)) or EMPTY, audit.end(vault.database)
    return max(kept, rows, key=lambda each: each.count)


def _read(text: str) -> Mark | None:
    try:
        return read_mark(text)
    except errors.UsageError:
        return None


# outside the vault


def read_outside(vault: Vault) -> Mark | None:
    """Read the end that is kept outside the vault; None when there is none that can be read."""
    try:
        return _read(read_private(vault.state.with_name(OUTSIDE), _LONGEST, secret=False).decode("ascii"))
    except (OSError, errors.LocalError, ValueError):
        return None


def _keep_outside(vault: Vault, after: Mark, *, trust: bool) -> None:
    """Write the end outside, after the commit. One that the log does not agree with is left, to be found.

    Args:
        vault: the open vault.
        after: the end as it was committed.
        trust: write it whatever is there, because the log itself says that it went back.
    """
    outside = read_outside(vault)
    if outside is not None and not trust:
        agrees = outside.count < after.count and audit.hash_at(vault.database, outside.count) == outside.hash
        if not agrees:
            return
    path = vault.state.with_name(OUTSIDE)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(str(after))
        fresh.replace(path)
