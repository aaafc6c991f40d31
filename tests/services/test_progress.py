"""Measures over time on the therapist's side: what was shared counts, what was taken back counts nowhere."""

import random

import msgspec
import pytest

from tests.services.people import DAY, World
from tests.tui.homes import make_seat
from tests.tui.letters import put_letter
from therapy_tui.core.measures import Verdict
from therapy_tui.core.people import THERAPIST
from therapy_tui.core.shared import SharedAnswers
from therapy_tui.services import measures, pairing, progress, sharing
from therapy_tui.services.progress import Latest
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts

PHQ9, GAD7 = measures.find("phq9"), measures.find("gad7")
AT = 1_790_000_000


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """A therapist's vault with one contact."""
    return make_seat(tmp_path_factory.mktemp("home"), role=THERAPIST, contact="Carl").open_vault


def put(vault: Vault, at: int, name: str, answers: bytes, scale: tuple[int, int] = (0, 3)) -> None:
    """Put answers there as the courier would."""
    raw = msgspec.msgpack.encode(SharedAnswers(name, at, *scale, answers))
    with vault.transaction():
        put_letter(vault, "", kind=17, raw=raw)


def carl(vault: Vault) -> bytes:
    """Give who answered."""
    (contact,) = contacts.every(vault.database)
    return contact.id


def answer(met: World, total: int) -> measures.Taken:
    """Let Carl answer the PHQ-9 and share it."""
    rest = [min(3, max(0, total - 3 * place)) for place in range(9)]
    taken = measures.take(met.carl.vault, PHQ9, tuple(rest))
    sharing.share(met.carl.vault, met.carl.contact(), taken)
    met.settle()
    met.pass_time(DAY)
    return taken


def test_shared_and_taken_back(met: World) -> None:
    """What Carl shares makes his course; what he takes back is out of everything, also out of the change."""
    answer(met, 14)
    back = answer(met, 9)
    answer(met, 20)
    who = met.ann.contact().id
    assert progress.results_of(met.carl.vault, met.carl.contact().id) == ()
    (course,) = progress.results_of(met.ann.vault, who)
    assert [each.total for each in course.points] == [14, 9, 20]
    assert progress.latest(met.ann.vault)[who][:4] == ("PHQ-9", 20, 11, True)
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, back.id)[0])
    met.settle()
    (course,) = progress.results_of(met.ann.vault, who)
    assert [each.total for each in course.points] == [14, 20]
    assert progress.latest(met.ann.vault)[who][:4] == ("PHQ-9", 20, 6, True)
    (row,) = progress.caseload(met.ann.vault).rows
    assert (row.ends["phq9"].first, row.ends["phq9"].last, row.ends["phq9"].times) == (14, 20, 2)


def test_all_taken_back(met: World) -> None:
    """With everything taken back there is nothing: no course, no latest, and a row without numbers."""
    taken = answer(met, 14)
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, taken.id)[0])
    met.settle()
    assert progress.results_of(met.ann.vault, met.ann.contact().id) == ()
    assert progress.latest(met.ann.vault) == {}
    found = progress.caseload(met.ann.vault)
    assert [(each.ends, each.last_at) for each in found.rows] == [({}, 0)]
    assert (found.summary.counted, found.summary.left_out) == (0, 0)


def test_who_was_removed_stays_while_the_answers_do(met: World) -> None:
    """Somebody removed stands in the caseload with answers, and is gone with them."""
    answer(met, 14)
    pairing.remove(met.ann.vault, met.ann.contact())
    assert len(progress.caseload(met.ann.vault).rows) == 1
    ended = progress.caseload(met.ann.vault).rows[0].contact
    pairing.remove(met.ann.vault, ended, erase_letters=True)
    assert progress.caseload(met.ann.vault).rows == ()


def test_what_became_worse_is_told_for_the_time_it_asks_about(desk: Vault) -> None:
    """The latest is the last; but one that rose by its rule is not hidden by another of the two weeks after it."""
    put(desk, AT, "phq9", b"\1" * 9)
    put(desk, AT + 60, "gad7", b"\1" * 7)
    assert progress.latest(desk)[carl(desk)] == Latest("GAD-7", 7, None, False, AT + 60, False)
    put(desk, AT + 7 * DAY, "phq9", b"\2" * 9)
    put(desk, AT + 7 * DAY + 60, "gad7", b"\1" * 7)
    put(desk, AT + 20 * DAY, "gad7", b"\1" * 7)
    assert progress.latest(desk)[carl(desk)] == Latest("PHQ-9", 18, 9, True, AT + 7 * DAY, False)
    put(desk, AT + 22 * DAY, "gad7", b"\1" * 7)
    assert progress.latest(desk)[carl(desk)] == Latest("GAD-7", 7, 0, False, AT + 22 * DAY, False)


def test_answers_with_a_gap_take_nothing_away(desk: Vault) -> None:
    """Where the newest have a gap the total before them is told with its day and change, and that there are newer."""
    put(desk, AT, "phq9", b"\1" * 8 + b"\xff")
    assert progress.latest(desk)[carl(desk)] == Latest("PHQ-9", None, None, False, AT, True)
    put(desk, AT + DAY, "phq9", b"\1" * 9)
    put(desk, AT + 2 * DAY, "phq9", b"\3" * 8 + b"\xff")
    put(desk, AT + 3 * DAY, "phq9", b"\2" * 9)
    put(desk, AT + 4 * DAY, "phq9", b"\3" * 8 + b"\xff")
    assert progress.latest(desk)[carl(desk)] == Latest("PHQ-9", 18, 9, True, AT + 3 * DAY, True)


def test_what_cannot_be_compared_is_no_latest(desk: Vault) -> None:
    """Gaps, another scale, another form, an unknown measure and bytes that are none change no total in a list."""
    put(desk, AT, "phq9", b"\1" * 9)
    put(desk, AT + DAY, "phq9", b"\1" * 8 + b"\xff")
    put(desk, AT + 2 * DAY, "phq9", b"\1" * 9, (1, 4))
    put(desk, AT + 3 * DAY, "phq9", b"\1" * 8)
    put(desk, AT + 4 * DAY, "mmpi", b"\1" * 9)
    with desk.transaction():
        put_letter(desk, "", kind=17, raw=b"\x91\x01")
    assert progress.latest(desk) == {carl(desk): Latest("PHQ-9", 9, None, False, AT, True)}
    known, strange = progress.results_of(desk, carl(desk))
    assert [each.total for each in known.points] == [9, None, 9, 8]
    assert strange.short == "mmpi"
    (row,) = progress.caseload(desk).rows
    assert (list(row.ends), row.last_at) == (["phq9"], AT + 4 * DAY)


def test_answers_from_the_future(desk: Vault) -> None:
    """Answers of a clock that goes wrong count from when they came, so that they hide none that come after them."""
    put(desk, 2**32 - 1, "phq9", b"\3" * 9)
    put(desk, desk.now() + 60, "phq9", b"\1" * 9)
    (course,) = progress.results_of(desk, carl(desk))
    assert [(each.at, each.total) for each in course.points] == [(desk.now(), 27), (desk.now() + 60, 9)]
    assert progress.latest(desk)[carl(desk)][:4] == ("PHQ-9", 9, -18, False)


@pytest.mark.parametrize("seed", range(12))
def test_the_quick_way_says_the_same(desk: Vault, seed: int) -> None:
    """The one pass for everybody gives what the course of one person ends with, however the answers came."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 12)):
        total = chance.randint(0, 27)
        answers = [min(3, max(0, total - 3 * place)) for place in range(9)]
        answers[chance.randrange(9)] = chance.choice([answers[0], answers[0], 255])
        put(desk, AT + DAY * chance.randint(1, 30), "phq9", bytes(answers))
    (course,) = progress.results_of(desk, carl(desk))
    if not course.compared:
        assert progress.latest(desk)[carl(desk)][:2] == ("PHQ-9", None)
        return
    last = course.compared[-1]
    found = progress.latest(desk)[carl(desk)]
    assert (found.total, found.is_worse) == (
        last.total,
        last.since_last is not None and last.since_last.verdict is Verdict.HIGHER,
    )
    assert progress.latest(desk, carl(desk)) == progress.latest(desk)
    assert progress.latest(desk, b"nobody") == {}
    assert found.change == (None if last.since_last is None else last.since_last.difference)
    ends = progress.caseload(desk).rows[0].ends["phq9"]
    assert (ends.first, ends.last, ends.times) == (course.compared[0].total, last.total, len(course.compared))
