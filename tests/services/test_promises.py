"""Promises: made, given more time, kept and passed, and the same on both sides over a line that can fail."""

import pytest
from msgspec.structs import replace

from tests.services.people import World
from therapy_tui import errors
from therapy_tui.core.bodies import Kind
from therapy_tui.core.office import OfficeHours
from therapy_tui.core.promises import Standing
from therapy_tui.services import conversation, office, promises
from therapy_tui.services.shown import shown
from therapy_tui.store import mailbox

DAY = 86_400
HOURS = OfficeHours(2, 31, 540, 1020, "Europe/London")


def both(world: World) -> tuple[Standing, Standing]:
    """Give how it stands on the therapist's side and on the client's."""
    world.settle()
    return (
        promises.standing(world.ann.vault, world.ann.contact()),
        promises.standing(world.carl.vault, world.carl.contact()),
    )


def write(world: World, text: str = "I wrote to you.") -> None:
    """Let the client write a letter."""
    conversation.send(world.carl.vault, world.carl.contact(), text)
    world.settle()


def test_a_promise_is_the_same_on_both_sides(met: World) -> None:
    """It marks the letters read, says by when, and stands until the answer is sent."""
    write(met)
    until = met.ann.clock() + DAY
    promises.promise(met.ann.vault, met.ann.contact(), until)
    ours, theirs = both(met)
    assert ours == theirs
    assert (ours.until, ours.is_said, ours.was_extended) == (until, True, False)
    assert not ours.is_over(until)
    assert ours.is_over(until + 1)
    conversation.send(met.ann.vault, met.ann.contact(), "Here it is.")
    assert both(met) == (Standing(), Standing())


def test_letters_that_crossed_are_promised_an_answer_too(met: World) -> None:
    """A letter of the therapist's that crossed the client's answers nothing: what is promised then both see."""
    conversation.send(met.ann.vault, met.ann.contact(), "Written before yours came.")
    conversation.send(met.carl.vault, met.carl.contact(), "Written before yours came, too.")
    met.settle()
    until = met.ann.clock() + DAY
    promises.promise(met.ann.vault, met.ann.contact(), until)
    ours, theirs = both(met)
    assert ours == theirs
    assert (theirs.until, theirs.is_said) == (until, True)
    promises.give_more_time(met.carl.vault, met.carl.contact(), until + DAY)
    ours, theirs = both(met)
    assert ours == theirs
    assert theirs.until == until + DAY
    conversation.send(met.ann.vault, met.ann.contact(), "Here it is.")
    assert both(met) == (Standing(), Standing())


def test_the_client_can_give_it_more_time(met: World) -> None:
    """The later time holds on both sides, and nothing is shown as unread for it."""
    write(met)
    until = met.ann.clock() + DAY
    promises.promise(met.ann.vault, met.ann.contact(), until)
    met.settle()
    conversation.mark_read(met.ann.vault, met.ann.contact().id)
    promises.give_more_time(met.carl.vault, met.carl.contact(), until + DAY)
    ours, theirs = both(met)
    assert ours == theirs
    assert (ours.until, ours.was_extended) == (until + DAY, True)
    assert conversation.first_unread(met.ann.vault, met.ann.contact().id) is None
    with pytest.raises(errors.UsageError, match="no later"):
        promises.give_more_time(met.carl.vault, met.carl.contact(), until + 5)


def test_a_newer_promise_stands_over_an_older_one(met: World) -> None:
    """The last one said holds, and more time for an older one does not move it."""
    write(met)
    now = met.ann.clock()
    promises.promise(met.ann.vault, met.ann.contact(), now + DAY)
    met.settle()
    promises.give_more_time(met.carl.vault, met.carl.contact(), now + 9 * DAY)
    met.settle()
    promises.promise(met.ann.vault, met.ann.contact(), now + 2 * DAY)
    ours, theirs = both(met)
    assert ours == theirs
    assert ours.until == now + 2 * DAY


@pytest.mark.parametrize(("ahead", "told"), [(0, "passed already"), (-DAY, "passed already"), (400 * DAY, "a year")])
def test_a_time_that_cannot_be_is_refused(met: World, ahead: int, told: str) -> None:
    """A promise for the past, or for later than in a year, is refused and nothing goes."""
    write(met)
    with pytest.raises(errors.UsageError, match=told):
        promises.promise(met.ann.vault, met.ann.contact(), met.ann.clock() + ahead)
    assert both(met) == (
        Standing(since=promises.standing(met.ann.vault, met.ann.contact()).since),
        Standing(since=promises.standing(met.carl.vault, met.carl.contact()).since),
    )


def test_there_is_nothing_to_promise_where_nothing_waits(met: World) -> None:
    """A promise needs a letter that waits; a client makes none."""
    with pytest.raises(errors.UsageError, match="waits for an answer"):
        promises.promise(met.ann.vault, met.ann.contact(), met.ann.clock() + DAY)
    with pytest.raises(errors.UsageError, match="by a therapist"):
        promises.promise(met.carl.vault, met.carl.contact(), met.carl.clock() + DAY)
    with pytest.raises(errors.UsageError, match="promised nothing"):
        promises.give_more_time(met.carl.vault, met.carl.contact(), met.carl.clock() + DAY)


def test_the_usual_time_holds_where_nothing_was_promised(met: World) -> None:
    """Office hours are told once, and both sides reckon the same due time from them."""
    office.keep(met.ann.vault, HOURS)
    write(met)
    ours, theirs = both(met)
    assert ours == theirs
    assert ours.until > ours.since > 0
    assert not ours.is_said
    assert office.told_by(met.carl.vault, met.carl.contact().id) == HOURS
    write(met, "And another.")
    assert [each.kind for each in met.carl.letters()].count(Kind.OFFICE_HOURS) == 1


def test_who_came_later_is_told_the_hours_with_their_first_letter(met: World) -> None:
    """Hours that were set before somebody joined reach them when they write."""
    with met.ann.vault.transaction() as database:
        mailbox.set_setting(database, "office_hours", '[1, 31, 540, 1020, "Europe/London", 0, 0, ""]')
    write(met)
    met.settle()
    told = office.told_by(met.carl.vault, met.carl.contact().id)
    assert told is not None
    assert told.within == 1


def test_hours_that_cannot_be_are_refused_with_a_reason(met: World) -> None:
    """A time away in the past, no working day, an end before its beginning: a sentence, and nothing is told."""
    now = met.ann.clock()
    for hours, told in (
        (OfficeHours(1, 31, 540, 1020, "", now - 9, now - 5), "over already"),
        (OfficeHours(1, 0, 540, 1020, ""), "working day"),
        (OfficeHours(1, 31, 1020, 540, ""), "end after"),
        (OfficeHours(1, 31, 540, 1020, "", now + 9, now + 5), "end after"),
    ):
        with pytest.raises(errors.UsageError, match=told):
            office.keep(met.ann.vault, hours)
    with pytest.raises(errors.UsageError, match="therapist"):
        office.keep(met.carl.vault, HOURS)
    assert office.own(met.ann.vault) == office.NOT_SAID


def test_what_was_arranged_is_shown_in_words(met: World) -> None:
    """Both read the promise and the hours as sentences in the correspondence."""
    office.keep(met.ann.vault, HOURS)
    write(met)
    promises.promise(met.ann.vault, met.ann.contact(), met.ann.clock() + DAY)
    met.settle()
    told = [shown(each) for each in met.carl.letters()]
    assert any(each.about.startswith("read; a full answer comes by ") for each in told)
    assert any(
        "within two working days: Monday to Friday, 09:00 to 17:00 (Europe/London)" in each.text for each in told
    )


def test_a_time_away_that_is_over_is_in_nobodys_way(met: World) -> None:
    """Hours can be changed after it; it stays, for a letter that came in it is due by it, on both sides."""
    vault, now = met.ann.vault, met.ann.clock()
    office.keep(vault, replace(HOURS, away_from=now - DAY, away_until=now + 9 * DAY))
    met.settle()
    write(met)
    met.pass_time(10 * DAY)
    office.keep(vault, replace(office.own(vault), line="Back again."))
    ours, theirs = both(met)
    assert ours == theirs
    assert ours.until > now + 9 * DAY
    with pytest.raises(errors.UsageError, match="over already"):
        office.keep(vault, replace(HOURS, away_from=now, away_until=now + DAY))
