"""Is everything as it should be? Checks as data: each looks at one thing and changes nothing."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from therapy_tui import __version__, errors
from therapy_tui.config import BY_HAND, GENTLE, LIVE, refuse_network
from therapy_tui.config.network import file_system
from therapy_tui.content.left_out import left_out
from therapy_tui.core.budget import Budget
from therapy_tui.core.people import CHANGED
from therapy_tui.core.wire import Code, Own, Refused, mailbox_of, pack_body, pack_request, unpack_answer
from therapy_tui.core.wire.limits import Limits
from therapy_tui.crypto import signing
from therapy_tui.files import unfinished
from therapy_tui.services import doctor_files as files
from therapy_tui.services import open_plan
from therapy_tui.services.budget import Day
from therapy_tui.services.patient import Finding, Patient, finding
from therapy_tui.store import arrivals, contacts, mailbox, messages, slots

OWN_FOLDER, OWN_FILE = 0o700, 0o600
LIBRARIES = ("apsw-sqlite3mc", "click", "cryptography", "granian", "httpx", "keyring", "pynacl", "textual", "vodozemac")
ASIDE = {
    "seal": "for nobody that is known here",
    "ratchet": "that no ratchet opened; they were asked for again",
    "join": "that is no good answer to an invite",
    "malformed": "not in the form it should have",
    "newer": "from a newer version of this program",
}


Check = Callable[[Patient], Iterator[Finding]]


def examine(patient: Patient) -> Iterator[Finding]:
    """Do all checks, one after another; a check that fails itself is a finding too."""
    for check in CHECKS:
        try:
            yield from check(patient)
        except (errors.TherapyError, OSError) as error:
            sentence = error.strerror if isinstance(error, OSError) else str(error)
            yield Finding(check.__name__.removeprefix("_"), "fault", sentence or type(error).__name__)


# this machine


def _folders(patient: Patient) -> Iterator[Finding]:
    folders = patient.folders
    faults = []
    for folder in (folders.data.parent, folders.data, folders.config, folders.state.parent, folders.state):
        faults += _modes(folder, OWN_FOLDER)
    yield finding("folders", " ".join(faults), f"They are yours alone; the vault is in {folders.data}.")


def _files(patient: Patient) -> Iterator[Finding]:
    faults = []
    for folder in (patient.folders.data, patient.folders.state):
        for path in sorted(folder.rglob("*")):
            faults += _modes(path, OWN_FILE)
    yield finding("files", " ".join(faults), "They are yours alone.")


def _modes(path: Path, wanted: int) -> list[str]:
    """Give what is wrong with the owner, kind or mode of a path, and how to mend it."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return [f"{path} is missing."] if wanted == OWN_FOLDER else []  # a lock or a log may be gone by now
    is_kind = stat.S_ISDIR(found.st_mode) if wanted == OWN_FOLDER else stat.S_ISREG(found.st_mode)
    if not is_kind:
        return [f"{path} is not what it should be."]
    if found.st_uid != os.geteuid():
        return [f"{path} belongs to another user."]
    if stat.S_IMODE(found.st_mode) != wanted:
        return [f"Mend it with: chmod {wanted:o} {path}"]
    return []


def _plan(patient: Patient) -> Iterator[Finding]:
    """Tell whether the safety plan lies in clear, as a person may choose; and where it does although nobody did."""
    folders, shared = patient.folders, patient.settings.shared_machine
    is_chosen = open_plan.is_chosen(folders)
    if is_chosen and shared:
        yield Finding("plan", "fault", f"It lies in clear on a shared machine. Take it away: rm {folders.open_plan}")
    elif is_chosen:
        open_plan.read(folders)
        told = f"You chose that it is readable without the passphrase, in {folders.open_plan}."
        yield Finding("plan", "notice", told)
    elif os.path.lexists(unfinished(folders.open_plan)):
        told = f"A kill left a part of it in clear. Take it away: rm {unfinished(folders.open_plan)}"
        yield Finding("plan", "fault", told)
    else:
        yield Finding("plan", "ok", "Nothing of a safety plan is readable while locked.")


def _disk(patient: Patient) -> Iterator[Finding]:
    refuse_network(patient.folders.data)
    kind = file_system(patient.folders.data)
    if patient.vault is not None and patient.vault.is_for_reading:
        yield Finding("disk", "fault", "It is full, so the vault can only be read. Make room.")
        return
    yield Finding("disk", "ok", f"A local disk ({kind})." if kind else "A disk of a kind that cannot be told here.")


def _content(patient: Patient) -> Iterator[Finding]:
    del patient
    yield finding("content", " ".join(left_out()), "Numbers to call, questions, forms and questionnaires are whole.")


def _hardening(patient: Patient) -> Iterator[Finding]:
    held = patient.hardening
    missing = [] if held.undumpable else ["Other programs of yours may read this program's memory."]
    missing += [] if held.no_core else ["A crash could write a core file."]
    missing += [] if held.private_files else ["New files may be open to others."]
    dropped = f" Dropped: {', '.join(held.dropped)}." if held.dropped else ""
    right = f"Memory, core files and new files are closed to others.{dropped}"
    yield finding("hardening", " ".join(missing), right, "notice")


def _libraries(patient: Patient) -> Iterator[Finding]:
    del patient
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    own = f"therapy-tui {__version__}, Python {sys.version.split()[0]}, "
    yield Finding("libraries", "ok", own + ", ".join(versions))


# keys


def _keys(patient: Patient) -> Iterator[Finding]:
    file = slots.read_slots(patient.folders.slots)
    for database in file.databases:
        kinds = slots.kinds(file, database)
        alone = "" if len(kinds) > 1 else " It is the only way in; add one with: therapy-tui keys add recovery"
        yield Finding(f"keys.{database}", "notice" if alone else "ok", f"{', '.join(kinds)}.{alone}")


def _keyring(patient: Patient) -> Iterator[Finding]:
    if "keyring" not in slots.kinds(slots.read_slots(patient.folders.slots)):
        return
    probe = patient.probe()
    backend = f" ({probe.backend})" if probe.backend else ""
    yield Finding("keyring", "ok" if probe.usable else "fault", f"{probe.sentence}{backend}")


# the vault


def _aside(patient: Patient) -> Iterator[Finding]:
    if patient.vault is None:
        return
    counts = arrivals.count_by_reason(patient.vault.database)
    told = [f"{count} {ASIDE.get(reason, reason)}" for reason, count in sorted(counts.items())]
    yield finding("quarantine", f"Put aside: {'; '.join(told)}." if told else "", "Empty.", "notice")


def _people(patient: Patient) -> Iterator[Finding]:
    if patient.vault is None:
        return
    everyone = contacts.every(patient.vault.database)
    changed = sum(each.trust == CHANGED for each in everyone)
    wrong = f"With changed keys: {changed}; nothing is sent to them until you decide. therapy-tui contacts shows who."
    yield finding("contacts", wrong if changed else "", f"{len(everyone)}, none with changed keys.", "notice")


# the line


def _outbox(patient: Patient) -> Iterator[Finding]:
    if patient.vault is None:
        return
    waiting, failed = messages.count_unsent(patient.vault.database)
    told = f"Letters that wait for a line: {waiting}; that could not go: {failed}. therapy-tui outbox lists them."
    yield finding("outbox", told if waiting + failed else "", "Nothing waits.", "notice")


def _line(patient: Patient) -> Iterator[Finding]:
    """Tell how letters travel, and what that has cost today; contacts by their ids, which are of this vault only."""
    way = {LIVE: "At once.", GENTLE: "Every quarter of an hour.", BY_HAND: "By hand."}[patient.settings.line]
    yield Finding("line", "ok", f"{way} {'Through a proxy.' if patient.settings.proxy else 'Without a proxy.'}")
    vault = patient.vault
    if vault is None:
        return
    day = Day(Budget(patient.settings.daily_bytes), patient.day)
    up, down = mailbox.bytes_of(vault.database, patient.day())
    told = f"{up:,} bytes out, {down:,} in"
    told += f", of {day.budget.daily:,}." if day.budget.daily else "; there is no bound."
    held = len(day.held(vault))
    wrong = f"{told} Large letters that wait for the go-ahead: {held}. therapy-tui sync --large" if held else ""
    wrong = wrong or (f"{told} Used up: large letters wait." if day.is_spent(vault) else "")
    yield finding("bytes", wrong, told, "notice")
    for contact, (out, came) in sorted(mailbox.bytes_by_contact(vault.database, patient.day()).items()):
        yield Finding(f"bytes.{contact.hex()}", "ok", f"{out:,} bytes out, {came:,} in.")


def _relay(patient: Patient) -> Iterator[Finding]:
    """Ask the relay with a time and an owner that it must refuse: it answers with its own clock and changes nothing."""
    if patient.vault is None:
        return
    relay = patient.vault.profile.relay
    if not relay:
        yield Finding("relay", "notice", "There is none yet; the first invite that you join brings one.")
        return
    seed = patient.random_bytes(32)
    part = Own(0, mailbox_of(signing.public_key(seed)), 0, 0, 0, 0, ())
    body = pack_body(part)
    try:
        answer = patient.ask(relay, pack_request([(signing.sign_part(seed, body), body)]))
        (result,) = unpack_answer(answer, [part])
    except errors.Malformed:
        yield Finding("relay", "fault", f"{relay} gave an answer that is not a relay's.")
        return
    except (errors.Unreachable, errors.RelayRefused) as error:
        yield Finding("relay", "fault", f"{relay}: {error}")
        return
    yield Finding("relay", "ok", f"{relay} answers.")
    if isinstance(result, Refused) and result.code is Code.CLOCK:
        apart = abs(result.detail[0] - patient.now())
        wrong = f"This machine's clock and the relay's are {apart} seconds apart." if apart > Limits().clock else ""
        yield finding("clock", wrong, f"Within {apart} seconds of the relay's.", "notice")


CHECKS: tuple[Check, ...] = (
    _folders,
    _files,
    _plan,
    _disk,
    _keys,
    _keyring,
    files.vault,
    files.notes,
    files.process,
    files.epoch,
    _people,
    _aside,
    _outbox,
    _line,
    _relay,
    _content,
    _hardening,
    _libraries,
)
"""Every check, in the order in which it is told."""
