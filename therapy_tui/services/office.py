"""Office hours: one's own, kept and told to every client; and a contact's, as it was told."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from therapy_tui import errors
from therapy_tui.core import bodies
from therapy_tui.core.bodies import Kind
from therapy_tui.core.office import LONGEST_LINE, OfficeHours
from therapy_tui.core.people import CLIENT, THERAPIST, Contact
from therapy_tui.core.text import safe_line
from therapy_tui.services import conversation
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, desk, mailbox

CHANGED = RoomChanged("desk")
NOT_SAID = OfficeHours(0, 31, 9 * 60, 17 * 60, "")
_SETTING = "office_hours"


def zone_of(name: str) -> tzinfo:
    """Give a time zone by its IANA name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, OSError, LookupError):
        return UTC


def own_zone() -> str:
    """Give the IANA name of this machine's time zone."""
    from tzlocal import get_localzone_name  # only when hours are set

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"


def own(vault: Vault) -> OfficeHours:
    """Give one's own hours; those of nothing said when none were set."""
    kept = mailbox.setting(vault.database, _SETTING, "")
    return msgspec.json.decode(kept, type=OfficeHours) if kept else NOT_SAID


def keep(vault: Vault, hours: OfficeHours) -> OfficeHours:
    """Keep one's own hours and tell them to every client.

    A time away that is over stays while no other is given: letters that came in it are due by it.

    Raises:
        UsageError: they cannot be so; nothing was changed.
        DiskFull: nothing was changed.
    """
    if vault.profile.role != THERAPIST:
        raise errors.UsageError("Office hours are a therapist's. Yours need none.")
    if not hours.weekdays:
        raise errors.UsageError("There has to be a working day in the week.")
    if hours.opens >= hours.closes:
        raise errors.UsageError("The hours have to end after they begin.")
    before = own(vault)
    is_new = (hours.away_from, hours.away_until) != (before.away_from, before.away_until)
    if is_new and hours.away_until and hours.away_until <= vault.now():
        raise errors.UsageError("That time away is over already. Give one that ends later.")
    if hours.away_from > hours.away_until:
        raise errors.UsageError("The time away has to end after it begins.")
    line = safe_line(hours.line, LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise errors.UsageError(f"The line beside the hours holds {LONGEST_LINE} characters.")
    checked = msgspec.structs.replace(hours, zone=hours.zone or own_zone(), line=line)
    with vault.transaction() as database:
        mailbox.set_setting(database, _SETTING, msgspec.json.encode(checked).decode())
        for contact in contacts.every(database):
            tell(vault, contact)
        vault.tell(CHANGED)
    return checked


def tell(vault: Vault, contact: Contact) -> None:
    """Tell a client one's hours unless they know them, inside the caller's transaction."""
    hours = own(vault)
    if hours == NOT_SAID or contact.role != CLIENT or contact.closed or vault.profile.role != THERAPIST:
        return
    raw = bodies.pack_body(hours)
    told = desk.arranged(vault.database, Kind.OFFICE_HOURS, contact=contact.id)
    if not told or told[0].raw != raw:
        conversation.queue(vault, contact, Kind.OFFICE_HOURS, "", raw=raw)


def told_by(vault: Vault, contact: bytes) -> OfficeHours | None:
    """Give a therapist's hours as they told them, or None."""
    found = desk.arranged(vault.database, Kind.OFFICE_HOURS, contact=contact)
    return read(found[0].raw) if found and not found[0].outgoing else None


def read(raw: bytes) -> OfficeHours | None:
    """Read hours from a body; None where they are none."""
    try:
        body = bodies.unpack_body(Kind.OFFICE_HOURS, raw)
    except errors.Malformed:
        return None
    return body if isinstance(body, OfficeHours) else None
