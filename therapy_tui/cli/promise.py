"""promise, hours: by when an answer comes."""

import click
from msgspec.structs import replace

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.output import stamp
from therapy_tui.config import BY_HAND
from therapy_tui.core.office import OfficeHours
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.services import days, directory, moments, office, office_text, promises
from therapy_tui.services.arranged_words import of_hours, owed, promised
from therapy_tui.services.vault import Vault

NEXT = "It stands at the front of their list. --more WHEN gives it more time, and a letter asks."
NOTHING = "Nothing is promised, and nothing is usual."
TOLD = "Each client learns it with the next exchange."


@click.command()
@click.argument("contact")
@click.argument("when", nargs=-1)
@click.option("--more", is_flag=True, help="For a client: give the promise more time, until WHEN.")
@click.pass_obj
def promise(desk: Desk, contact: str, when: tuple[str, ...], *, more: bool) -> None:
    """Promise CONTACT an answer by WHEN, such as Thu 15:00; alone, say how it stands.

    The letters that wait are marked as read, and the other sees the same time in their own clock.
    """
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        if when or more:
            usual = (office.own(vault) if vault.profile.role == THERAPIST else office.NOT_SAID).closes
            until = moments.read(" ".join(when), vault.now(), usual)
            (promises.give_more_time if more else promises.promise)(vault, person, until)
        told = _tell(vault, person)
        report = desk.exchange(vault) if (when or more) and desk.settings.line != BY_HAND else None
        desk.output.row(*told)
        if vault.profile.role != THERAPIST and told[0]["over"]:
            desk.output.aside(NEXT)
        if report is not None and not report.reachable:
            raise errors.Unreachable(f"{report.problem or errors.Unreachable()} It is kept and goes later.")


def _tell(vault: Vault, person: Contact) -> tuple[dict[str, object], str]:
    standing, now = promises.standing(vault, person), vault.now()
    words = (owed if vault.profile.role == THERAPIST else promised)(standing, now)
    fields: dict[str, object] = {
        "contact": person.name,
        "until": stamp(standing.until),
        "promised": standing.is_said,
        "extended": standing.was_extended,
        "over": standing.is_over(now),
        "since": stamp(standing.since),
    }
    return fields, f"{person.name}: {words}." if words else NOTHING


@click.command()
@click.option(
    "--within", type=click.IntRange(0, 30), help="So many working days until an answer; 0 says nothing of it."
)
@click.option("--days", "week", help="Working days, like Mon-Fri or 'Mon Tue Thu'.")
@click.option("--times", help="From when to when, by your own clock, like 09:00-17:00.")
@click.option("--away", nargs=2, help="A time away: its beginning and its end, like 2026-12-21 2027-01-04.")
@click.option("--back", is_flag=True, help="No time away any more.")
@click.option("--line", help="One line beside it; an empty one takes it away.")
@click.option("--with", "contact", help="Show the hours that this therapist told you.")
@click.pass_obj
def hours(
    desk: Desk,
    *,
    within: int | None,
    week: str | None,
    times: str | None,
    away: tuple[str, str] | None,
    back: bool,
    line: str | None,
    contact: str | None,
) -> None:
    """Show your office hours, or change them and tell every client. A client sees a therapist's by --with."""
    with desk.vault() as vault:
        if contact is not None:
            found = office.told_by(vault, directory.find(vault, contact).id)
            if found is None:
                raise errors.UsageError("They have said nothing of their hours.")
            _show(desk, found)
            return
        now, changed = vault.now(), office.own(vault)
        if within is not None:
            changed = replace(changed, within=within)
        if week is not None:
            changed = replace(changed, weekdays=office_text.read_weekdays(week))
        if times is not None:
            opens, closes = office_text.read_times(times)
            changed = replace(changed, opens=opens, closes=closes)
        if away is not None:
            begin, end = (moments.read(each, now, 0) for each in away)
            changed = replace(changed, away_from=begin, away_until=end)
        if back:
            changed = replace(changed, away_from=0, away_until=0)
        if line is not None:
            changed = replace(changed, line=line)
        if changed != office.own(vault):
            changed = office.keep(vault, changed)
            desk.exchange(vault)
            desk.output.aside(TOLD)
        _show(desk, changed)


def _show(desk: Desk, shown: OfficeHours) -> None:
    fields = {
        "within": shown.within,
        "weekdays": shown.weekdays,
        "opens": days.clock(shown.opens),
        "closes": days.clock(shown.closes),
        "zone": shown.zone,
        "away_from": stamp(shown.away_from),
        "away_until": stamp(shown.away_until),
        "line": shown.line,
    }
    desk.output.row(fields, "\n".join(of_hours(shown)))
