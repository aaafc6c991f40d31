"""A measure is asked for: on the one side it stands until it is ended, on the other it is due."""

from dataclasses import replace

import pytest
from msgspec import structs

from tests.made import begin_answering
from tests.services.people import DAY, World
from therapy_tui import errors
from therapy_tui.core import bodies
from therapy_tui.core.asked import MeasureAsked
from therapy_tui.core.bodies import Kind
from therapy_tui.core.questionnaire import Measure
from therapy_tui.services import asked, measures, pairing, today
from therapy_tui.services.asked import Asked
from therapy_tui.services.days import day_of
from therapy_tui.services.shown import NOT_KNOWN_YET, shown
from therapy_tui.services.today import Part
from therapy_tui.store import messages

PHQ9, GAD7, PCL5 = (measures.find(name) for name in ("phq9", "gad7", "pcl5"))


def ask(met: World, measure: Measure = PHQ9, weeks: int = 0) -> None:
    """Let Ann ask Carl, and let it arrive."""
    asked.ask_measure(met.ann.vault, met.ann.contact(), measure, weeks)
    met.settle()


def due(met: World) -> list[str]:
    """Name what is due at Carl's."""
    return [measure.id for measure, _ in asked.due(met.carl.vault, day_of(met.carl.clock()))]


def answer(met: World, measure: Measure = PHQ9) -> None:
    """Let Carl answer a measure, of which nothing goes anywhere."""
    measures.take(met.carl.vault, measure, (0,) * len(measure.items))


def parts(met: World) -> list[Part]:
    """Give what Carl's Today says of questionnaires."""
    found = today.parts(met.carl.vault, day_of(met.carl.clock()))
    assert len(found) <= 5
    return [each for each in found if each.id in {"asked", "measure"}]


def test_once(met: World) -> None:
    """It is due the day it comes, stands on Today with who asks, and is over when it is answered; nothing was sent."""
    answer(met)
    met.pass_time(60)
    ask(met)
    assert due(met) == ["phq9"]
    (part,) = parts(met)
    assert (part.id, part.title) == ("asked", f"PHQ-9, asked by {met.carl.contact().name}")
    answer(met)
    assert due(met) == []
    assert parts(met) == []
    met.settle()
    assert [each.kind for each in met.ann.letters()] == [Kind.MEASURE_ASKED]
    assert len(asked.asked_of(met.ann.vault, met.ann.contact().id)) == 1


def test_every_two_weeks(met: World) -> None:
    """After an answer it is due again on the fourteenth day, and not on the thirteenth."""
    ask(met, weeks=2)
    answer(met)
    for days, expected in ((13, []), (1, ["phq9"]), (9, ["phq9"])):
        met.pass_time(days * DAY)
        assert due(met) == expected
    answer(met)
    assert due(met) == []


def test_the_latest_holds(met: World) -> None:
    """Another interval takes the place of the first; the same one is refused; an end ends it on both sides."""
    ask(met, weeks=2)
    with pytest.raises(errors.UsageError, match="asked for already"):
        asked.ask_measure(met.ann.vault, met.ann.contact(), PHQ9, 2)
    ask(met, weeks=4)
    ask(met, GAD7)
    assert [(each.name, each.weeks) for each in asked.asked_here(met.carl.vault)] == [("gad7", 0), ("phq9", 4)]
    asked.stop_asking(met.ann.vault, met.ann.contact(), "phq9")
    met.settle()
    assert due(met) == ["gad7"]
    assert [each.name for each in asked.asked_by_us(met.ann.vault)] == ["gad7"]
    with pytest.raises(errors.UsageError, match="nothing to end"):
        asked.stop_asking(met.ann.vault, met.ann.contact(), "phq9")


def test_an_older_one_that_comes_late(met: World) -> None:
    """What was asked before and arrives after changes nothing: the sender's count decides."""
    ask(met, weeks=2)
    (came,) = met.carl.letters()
    late = structs.replace(
        came,
        id=b"late" * 4,
        number=came.number - 1,
        arrived_at=came.arrived_at + DAY,
        raw=bodies.pack_body(MeasureAsked("phq9", 0, 1)),
    )
    with met.carl.vault.transaction() as database:
        messages.add(database, late)
    assert [each.weeks for each in asked.asked_here(met.carl.vault)] == [2]


def test_several_are_one_part(met: World) -> None:
    """Today has one part for all that is due, the longest due first; one that was begun is told there and not twice."""
    ask(met, GAD7)
    met.pass_time(DAY)
    ask(met, PHQ9, 2)
    begin_answering(met.carl.vault, GAD7.id, (1, 2, *[None] * 5))
    (part,) = parts(met)
    assert part.title.startswith("GAD-7, asked by")
    assert part.detail == "2 of 7 answered · then PHQ-9"
    begin_answering(met.carl.vault, "k10", (1, *[None] * 9))
    answer(met, GAD7)
    assert [each.id for each in parts(met)] == ["asked", "measure"]


def test_a_measure_that_is_not_known(met: World) -> None:
    """One that only a newer version knows is said kindly in the letters, is not due, and breaks nothing."""
    strange = replace(PHQ9, id="phq-15")
    ask(met, strange, 2)
    (message,) = met.carl.letters()
    assert shown(message).whole == f"phq-15 is asked for, every 2 weeks\n\n{NOT_KNOWN_YET}"
    assert due(met) == []
    assert parts(met) == []
    assert [each.short for each in asked.asked_here(met.carl.vault)] == ["phq-15"]


def test_in_the_letters(met: World) -> None:
    """Both read in words what was asked, how often, and that it ended."""
    ask(met)
    ask(met, GAD7, 1)
    asked.stop_asking(met.ann.vault, met.ann.contact(), "gad7")
    met.settle()
    for person in (met.ann, met.carl):
        assert [shown(each).whole for each in person.letters()] == [
            "PHQ-9 is asked for, once",
            "GAD-7 is asked for, every week",
            "GAD-7 is no longer asked for",
        ]


def test_pcl5_only_when_it_is_asked_for(met: World) -> None:
    """The PCL-5 can be answered while a therapist asks for it, or once it was begun; the others always."""
    with pytest.raises(errors.UsageError, match="once your therapist asks for it"):
        asked.refuse_unasked(met.carl.vault, PCL5)
    asked.refuse_unasked(met.carl.vault, PHQ9)
    ask(met, PCL5)
    asked.refuse_unasked(met.carl.vault, PCL5)
    answer(met, PCL5)
    assert not asked.may_begin(met.carl.vault, PCL5)
    begin_answering(met.carl.vault, PCL5.id, (1, *[None] * 19))
    assert asked.may_begin(met.carl.vault, PCL5)


def test_who_cannot_ask(met: World) -> None:
    """A client asks for no questionnaire; a number of weeks is 0 to 52; where it has ended nothing is asked or due."""
    with pytest.raises(errors.UsageError, match="by a therapist"):
        asked.ask_measure(met.carl.vault, met.carl.contact(), PHQ9, 0)
    for weeks in (-1, 53):
        with pytest.raises(errors.UsageError, match="1 to 52 weeks"):
            asked.ask_measure(met.ann.vault, met.ann.contact(), PHQ9, weeks)
    ask(met)
    pairing.remove(met.ann.vault, met.ann.contact())
    met.settle()
    assert due(met) == []
    assert asked.asked_here(met.carl.vault) == []


def test_what_failed_was_not_asked(met: World) -> None:
    """An ask that could not go does not stand."""
    asked.ask_measure(met.ann.vault, met.ann.contact(), PHQ9, 2)
    who = met.ann.contact().id
    assert asked.asked_of(met.ann.vault, who) == [Asked(who, "phq9", 2, met.ann.clock())]
    with met.ann.vault.transaction() as database:
        database.run("UPDATE messages SET state = 'failed' WHERE kind = 23")
    assert asked.asked_of(met.ann.vault, who) == []
