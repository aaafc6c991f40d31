"""What `doctor` looks at in the files of the vault and of the notes."""

from collections.abc import Iterator

from therapy_tui import errors
from therapy_tui.services.epoch import Epoch, read_outside
from therapy_tui.services.patient import Finding, Patient, finding
from therapy_tui.store import profile as profiles
from therapy_tui.store import slots
from therapy_tui.store.database import Database, check_file
from therapy_tui.store.schema import newest

CLOSED = "Present and closed, so its first bytes alone were looked at. {}"


def vault(patient: Patient) -> Iterator[Finding]:
    """Look into the vault, or say why it did not open."""
    if patient.vault is None:
        yield Finding("vault", "fault", patient.trouble)
        return
    yield from _inside("vault", patient.vault.database)
    copies = [path.name for path in sorted(patient.folders.data.glob("*.before-*"))]
    if copies:
        yield Finding("copies", "notice", f"From before an upgrade, still here: {', '.join(copies)}.")


def notes(patient: Patient) -> Iterator[Finding]:
    """Look into the notes where what opened the vault opens them too; nobody is asked for anything."""
    check_file(patient.folders.notes)
    if patient.notes is None:
        yield Finding("notes", "ok", CLOSED.format("The vault did not open."))
        return
    kinds = slots.kinds(slots.read_slots(patient.folders.slots), "notes")
    try:
        database = patient.notes()
    except errors.KeyringUnusable as error:
        yield Finding("notes", "fault" if kinds == ("keyring",) else "notice", CLOSED.format(error))
    except errors.KeySlotError as error:
        if "keyring" in kinds:  # what it gave is no key of theirs
            raise
        yield Finding("notes", "ok", CLOSED.format(error))
    else:
        yield from _inside("notes", database)


def process(patient: Patient) -> Iterator[Finding]:
    """Look at the first bytes of the drawer of process notes, which is opened by itself each time."""
    if slots.DRAWER in slots.read_slots(patient.folders.slots).databases:
        check_file(patient.folders.process)
        yield Finding(slots.DRAWER, "ok", CLOSED.format("It is opened by itself."))


def _inside(name: str, database: Database) -> Iterator[Finding]:
    """Read every page of a database, and its version."""
    damage = database.check()
    wrong = f"It is damaged (signs of it: {len(damage)}). Restore a backup." if damage else ""
    yield finding(name, wrong, "Whole.")
    version, known = int(database.value("PRAGMA user_version")), newest(name)
    behind = "" if version == known else f"Version {version}, and this program knows {known}."
    yield finding(f"schema.{name}", behind, f"Version {version}.")


def epoch(patient: Patient) -> Iterator[Finding]:
    """Compare the epoch with what is kept outside the vault."""
    if patient.vault is None:
        return
    outside = read_outside(patient.folders.state / "epoch.json")
    inside = Epoch(*profiles.read_epoch(patient.vault.database))
    if outside is None:
        yield Finding(
            "epoch", "notice", "It is not kept outside the vault, so an old copy is noticed by the relay only."
        )
    elif outside.shows_that_older(inside):
        yield Finding("epoch", "fault", "This vault is an older copy of itself. It heals when it is opened next.")
    else:
        yield Finding("epoch", "ok", f"Kept outside the vault too ({outside.count}).")
