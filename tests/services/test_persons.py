"""A person's page: what was agreed, whom to call, by which invite they came, and an end in four steps."""

import stat
from pathlib import Path

import pytest

from tests.services.people import ANN, CARL, DAY, World
from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.core.people import CLIENT
from therapy_tui.core.persons import CONSENT, MOST_EMERGENCY, PLACE
from therapy_tui.services import (
    audit,
    conversation,
    ending,
    pairing,
    person_words,
    persons,
    record_files,
    retention,
)
from therapy_tui.services.record import NOT_OPEN, gather
from therapy_tui.store import contacts, erasure

OTHER = b"another0"


def said(world: World) -> str:
    """Give Ann's page of Carl as text."""
    ann = world.ann
    about = persons.about(ann.vault, ann.contact(CARL))
    lines = person_words.lines(about, ann.clock.now, is_therapist=True)
    return "\n".join(f"{each.note}: {each.text} / {each.more}" for each in lines)


def meet(world: World, word: str) -> None:
    """Let Carl join with an invite of Ann's that has a code word."""
    made = pairing.make_invite(world.ann.vault, CARL, word=word)
    world.ann.exchange()
    pairing.begin_join(world.carl.vault, made.link)
    world.settle()


def test_who_used_an_invite_and_when_outlives_the_keys(world: World) -> None:
    """It is kept with the invite who joined with it and when; also after the correspondence has ended."""
    meet(world, "blue  heron")
    ann = world.ann
    (made,) = pairing.invites(ann.vault)
    assert (made.word, made.used_by, made.used_at) == ("blue heron", ann.contact().id, ann.clock.now)
    assert "Ask for the code word: blue heron." in said(world)
    pairing.remove(ann.vault, ann.contact())
    world.settle()
    assert contacts.pairs(ann.vault.database) == []
    (made,) = pairing.invites(ann.vault)
    assert pairing.used_by(ann.vault, made) == CARL
    assert persons.came_by(ann.vault, ann.contact().id) == made


def test_a_code_word_never_leaves(world: World) -> None:
    """Neither the link nor anything that the relay or the other side holds has the word; verified, it is only told."""
    meet(world, "heron")
    for person in (world.ann, world.carl):
        person.lock()
    for path in (world.relay.path, *world.carl.folders.data.iterdir()):
        assert b"heron" not in path.read_bytes().lower()
    assert all(not each.word for each in pairing.invites(world.carl.vault))
    ann = world.ann
    pairing.confirm(ann.vault, ann.contact(), pairing.words(ann.vault, ann.contact()).code)
    assert "code word: heron /" in said(world)


def test_what_was_agreed_keeps_every_version(met: World) -> None:
    """A new version stands with its day over those before it; the same again is none, and taken out is one too."""
    ann = met.ann
    carl = ann.contact()
    persons.note(ann.vault, carl, CONSENT, "Answers on\nTuesdays.", "2026-11-16")
    persons.note(ann.vault, carl, CONSENT, "Answers on Tuesdays.", "2026-11-16")
    assert "agreed: Answers on Tuesdays. / agreed on 16 November 2026" in said(met)
    persons.note(ann.vault, carl, CONSENT, "And on Fridays.", "2026-12-01")
    assert "agreed: And on Fridays. / agreed on 1 December 2026, 1 earlier version" in said(met)
    persons.note(ann.vault, carl, CONSENT, " ")
    assert "agreed: nothing is written down / 3 earlier versions" in said(met)
    found = persons.about(ann.vault, carl).consent
    assert [each.text for each in found] == ["", "And on Fridays.", "Answers on Tuesdays."]
    persons.note(ann.vault, carl, PLACE, "")
    assert persons.about(ann.vault, carl).place == ()


@pytest.mark.parametrize(
    ("text", "day"), [("x" * 2_001, ""), ("Agreed.", "tomorrow"), ("Agreed.", "2099-01-01"), ("Agreed.", "2026-02-30")]
)
def test_what_cannot_be_agreed_is_refused(met: World, text: str, day: str) -> None:
    """Too long, no day, or a day to come: a sentence, and nothing is kept."""
    with pytest.raises(errors.UsageError):
        persons.note(met.ann.vault, met.ann.contact(), CONSENT, text, day)
    assert persons.about(met.ann.vault, met.ann.contact()).consent == ()


def test_whom_to_call_is_a_therapists(met: World) -> None:
    """Name and number are needed, five are the most, one is taken out by its number, and a client keeps none."""
    ann, carl = met.ann, met.ann.contact()
    for name, number in (("", "1"), ("Mia", " ")):
        with pytest.raises(errors.UsageError, match="name and a telephone number"):
            persons.add_emergency(ann.vault, carl, name, "sister", number)
    for each in range(MOST_EMERGENCY):
        persons.add_emergency(ann.vault, carl, f"Mia {each}", "sister", f"030 {each}")
    with pytest.raises(errors.UsageError, match="already"):
        persons.add_emergency(ann.vault, carl, "Mia", "", "1")
    assert persons.drop_emergency(ann.vault, carl, 2).name == "Mia 1"
    assert "to call: Mia 0 (sister), 030 0\nMia 2 (sister), 030 2" in said(met)
    with pytest.raises(errors.UsageError, match="counts them from 1"):
        persons.drop_emergency(ann.vault, carl, 5)
    with pytest.raises(errors.UsageError, match="therapist"):
        persons.add_emergency(met.carl.vault, met.carl.contact(), "Mia", "", "1")
    with pytest.raises(errors.UsageError, match="therapist"):
        persons.note(met.carl.vault, met.carl.contact(), PLACE, "Berlin")


def test_two_people_of_one_name_are_told_apart(met: World) -> None:
    """The page names the other by id, and its own id; what is written for one is not the other's."""
    ann = met.ann
    with ann.vault.transaction() as database:
        contacts.add(database, OTHER, CARL, CLIENT, ann.clock.now)
    carl = next(each for each in contacts.every(ann.vault.database) if each.id != OTHER)
    persons.note(ann.vault, carl, CONSENT, "Only his.")
    about = persons.about(ann.vault, carl)
    shown = person_words.lines(about, ann.clock.now, is_therapist=True)
    (line,) = [each for each in shown if each.note == "same name"]
    assert OTHER.hex() in line.text
    assert carl.id.hex() in line.more
    other = contacts.get(ann.vault.database, OTHER)
    assert other is not None
    assert persons.about(ann.vault, other).consent == ()


def test_an_end_is_begun_left_and_taken_up(met: World, tmp_path: Path) -> None:
    """Letter, record, how long, and the end, on four days and across a restart; nothing is erased by any of them."""
    ann = met.ann
    ann.write("An old letter.")
    met.settle()
    assert ending.last_letter(ann.vault, ann.contact()) is None
    ann.clock.now += DAY
    ending.begin(ann.vault, ann.contact())
    ann.write("My last letter.")
    met.settle()
    ann.restart()
    last = ending.last_letter(ann.vault, ann.contact())
    assert last is not None
    assert (last.text, last.state) == ("My last letter.", "delivered")
    ann.clock.now += DAY
    persons.note(ann.vault, ann.contact(), CONSENT, "Seven years.")
    found = ending.export_record(ann.vault, ann.contact(), tmp_path / "record")
    assert found is not None
    assert found.remarks == (NOT_OPEN,)
    noted = [each.detail for each in audit.every(ann.vault) if each.what == What.EXPORTED]
    assert noted == ["record, fhir, markdown, text"]
    written = tmp_path / "record" / "record.md"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert written.read_text().count("(delivered)") == 2
    for each in ("record.md", "record.txt"):
        assert "Seven years." in (tmp_path / "record" / each).read_text()
    with pytest.raises(errors.UsageError, match="not there"):
        ending.export_record(ann.vault, ann.contact(), tmp_path / "record")
    ending.keep_until(ann.vault, ann.contact(), "2034-01-31", "the law of the land")
    assert "kept until 31 January 2034: the law of the land" in said(met)
    ending.end(ann.vault, ann.contact())
    met.settle()
    assert (ann.contact().closed, met.carl.contact().closed) == ("ours", "theirs")
    stands = ending.standing(ann.vault, ann.contact())
    assert stands is not None
    assert (stands.ended_at, stands.keep_until) == (ann.clock.now, "2034-01-31")
    assert [each.text for each in ann.letters()] == ["An old letter.", "My last letter."]
    assert persons.about(ann.vault, ann.contact()).consent[0].text == "Seven years."


def test_an_end_has_the_day_on_which_the_record_left(met: World, tmp_path: Path) -> None:
    """However a record was written out, the end that was begun says when; without one there is nothing to say it."""
    vault, contact = met.ann.vault, met.ann.contact()
    record_files.export(vault, gather(vault, contact, None), tmp_path / "first", ["text"])
    assert retention.standing(vault, contact, None).ending is None
    begun = ending.begin(vault, contact)
    assert begun.exported_at == 0
    met.ann.clock.now += DAY
    record_files.export(vault, gather(vault, contact, None), tmp_path / "second", ["text"])
    after = retention.standing(vault, contact, None).ending
    assert after is not None
    assert after.exported_at == met.ann.clock.now
    assert [each.detail for each in audit.every(vault) if each.what == What.EXPORTED] == ["record, text"] * 2


def test_a_client_who_ends_it_writes_out_the_letters(met: World, tmp_path: Path) -> None:
    """A client keeps no record of anybody: the letters and what was agreed are written, and the day is kept."""
    carl = met.carl
    carl.write("Hello.")
    met.ann.write("\x1b[2JYes.\n\n## Me, 2026-01-01 (read)\n\n![](https://example.org)")
    met.settle()
    assert ending.export_record(carl.vault, carl.contact(), tmp_path / "mine") is None
    written = (tmp_path / "mine" / "letters.md").read_text()
    assert [line[:6] for line in written.splitlines() if line.startswith("## ")] == ["## Me,", "## Dr "]
    assert "\n> !\\[](https://example.org)\n" in written
    assert "\x1b" not in written
    stands = ending.standing(carl.vault, carl.contact())
    assert stands is not None
    assert stands.exported_at == carl.clock.now


@pytest.mark.parametrize(("day", "why"), [("2034-01-31", " "), ("some day", "a law"), ("2020-01-01", "a law")])
def test_how_long_needs_a_day_to_come_and_a_reason(met: World, day: str, why: str) -> None:
    """Anything else is refused, and no end is begun by it."""
    with pytest.raises(errors.UsageError):
        ending.keep_until(met.ann.vault, met.ann.contact(), day, why)
    assert ending.standing(met.ann.vault, met.ann.contact()) is None


def test_going_on_after_all(met: World) -> None:
    """What was begun is forgotten, and letters go as before."""
    ending.begin(met.ann.vault, met.ann.contact())
    ending.go_on(met.ann.vault, met.ann.contact())
    assert ending.standing(met.ann.vault, met.ann.contact()) is None
    met.ann.write("Still here.")
    met.settle()
    assert conversation.newest(met.carl.vault, met.carl.contact().id, 5).letters[-1].text == "Still here."


def test_one_whom_the_client_ended_is_closed_here_too(met: World) -> None:
    """The client ended it first: it is said, the record can be written, and the end here tells nobody anything."""
    pairing.remove(met.carl.vault, met.carl.contact(ANN))
    met.settle()
    assert "ended: by them" in said(met)
    ending.end(met.ann.vault, met.ann.contact())
    assert met.ann.contact().closed == "ours"
    assert met.ann.outbox() == []


def test_all_of_a_person_can_be_erased(world: World) -> None:
    """An erasure takes the versions, those to call, the end, and the label and code word of their invite."""
    meet(world, "heron")
    ann, carl = world.ann, world.ann.contact()
    persons.note(ann.vault, carl, CONSENT, "Agreed.")
    persons.add_emergency(ann.vault, carl, "Mia", "", "1")
    ending.begin(ann.vault, carl)
    with ann.vault.transaction() as database:
        erasure.erase(database, "vault", carl.id)
        erasure.forget_labels(database, carl.id, carl.name)
    about = persons.about(ann.vault, carl)
    assert (about.consent, about.emergency, about.ending) == ((), (), None)
    assert about.invite is not None
    assert (about.invite.word, about.invite.label) == ("", "")
