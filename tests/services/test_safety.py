"""The safety plan in the vault, and its copy that is read while locked."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.tui.homes import NOW, make_seat
from therapy_tui import errors
from therapy_tui.config import Settings
from therapy_tui.files import unfinished
from therapy_tui.keys.hardening import Hardening
from therapy_tui.keys.keyring import Probe
from therapy_tui.services import doctor, erasing, open_plan, safety
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.patient import Finding, Patient
from therapy_tui.services.safety import ChangedElsewhere
from therapy_tui.services.seat import Seat
from therapy_tui.store.database import Database, Row

WORDS = "R., any hour"


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A client with an open vault and no plan."""
    made = make_seat(tmp_path, settings=Settings(country="GB"))
    yield made
    made.lock()


@pytest.fixture
def chosen(seat: Seat) -> Seat:
    """The same with a step written, and the choice that it is readable while locked."""
    write(seat, 4, WORDS)
    open_plan.write(seat.folders, safety.read(seat.open_vault))
    return seat


def write(seat: Seat, number: int, text: str, *, new_sitting: bool = True) -> None:
    """Write one step."""
    vault = seat.open_vault
    safety.keep(vault, safety.read(vault).steps[number - 1], text, new_sitting=new_sitting)


def examined(seat: Seat, name: str) -> list[Finding]:
    """Give what the doctor says of one thing."""
    patient = Patient(
        folders=seat.folders,
        settings=seat.settings,
        hardening=Hardening(undumpable=True, no_core=True, private_files=True, dropped=()),
        vault=None,
        notes=None,
        trouble="",
        ask=lambda relay, body: body,  # noqa: ARG005 - nobody is asked without a vault
        probe=lambda: Probe(usable=True, sentence="", backend=""),
        random_bytes=seat.random,
        now=seat.now,
        day=lambda: "2026-11-18",
    )
    return [finding for finding in doctor.examine(patient) if finding.name == name]


class TestVault:
    """What is kept, and what it was before."""

    def test_a_step_is_kept_and_read(self, seat: Seat) -> None:
        """A step reads as it was written, dated; the others are empty, in their order."""
        write(seat, 2, "The cold tap.\nThe long route.")
        plan = safety.read(seat.open_vault)
        assert [step.text for step in plan.steps] == ["", "The cold tap.\nThe long route.", "", "", "", ""]
        assert plan.changed_at == NOW

    def test_reading_is_one_statement(self, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
        """The plan is read by one question to the database."""
        asked = []
        real = Database.all

        def note(self: Database, sql: str, values: Sequence[Any] = ()) -> list[Row]:
            asked.append(sql)
            return real(self, sql, values)

        monkeypatch.setattr(Database, "all", note)
        safety.read(seat.open_vault)
        assert len(asked) == 1

    def test_earlier_versions(self, seat: Seat) -> None:
        """What a step was before a sitting is kept with its date; what changes within one sitting is not."""
        write(seat, 1, "one")
        seat.open_vault.now = lambda: NOW + 60
        write(seat, 1, "two")
        write(seat, 1, "two and a half", new_sitting=False)
        write(seat, 1, "three")
        found = [(each.step, each.number, each.text, each.kept_at) for each in safety.versions(seat.open_vault)]
        assert found == [(1, 2, "two and a half", NOW + 60), (1, 1, "one", NOW)]

    def test_emptying_keeps_what_it_was(self, seat: Seat) -> None:
        """An emptied plan is empty, and what it said lies with the earlier ones."""
        write(seat, 6, "The car keys go to her.")
        write(seat, 6, "")
        assert safety.read(seat.open_vault).is_empty
        assert [each.text for each in safety.versions(seat.open_vault)] == ["The car keys go to her."]

    def test_two_windows(self, seat: Seat) -> None:
        """Who was slower is told and writes nothing over; their words can be kept as an earlier version, and go on."""
        vault = seat.open_vault
        before = safety.read(vault).steps[0]
        safety.keep(vault, before, "quick")
        with pytest.raises(ChangedElsewhere):
            safety.keep(vault, before, "slow")
        place = safety.put_aside(vault, 1, "slow")
        assert safety.put_aside(vault, 1, "slow and longer", place) == place
        assert safety.read(vault).steps[0].text == "quick"
        assert [each.text for each in safety.versions(vault)] == ["slow and longer"]

    def test_it_is_told(self, seat: Seat) -> None:
        """A change is told as a fact without a word of it; a change that is refused is not told."""
        told: list[Fact] = []
        seat.events.subscribe(told.append)
        write(seat, 1, "one")
        with pytest.raises(errors.UsageError):
            write(seat, 1, "a" * 5_000)
        assert told == [RoomChanged("plan")]
        assert safety.read(seat.open_vault).steps[0].text == "one"


class TestPage:
    """The page as a file."""

    def test_it_is_private_and_whole(self, tmp_path: Path) -> None:
        """The file holds the lines and is its owner's alone."""
        safety.write_page(tmp_path / "plan.txt", ("one", "two"))
        assert (tmp_path / "plan.txt").read_text() == "one\ntwo\n"
        assert stat.S_IMODE((tmp_path / "plan.txt").stat().st_mode) == 0o600

    @pytest.mark.parametrize("kind", ["file", "link", "dangling"])
    def test_nothing_is_written_over(self, tmp_path: Path, kind: str) -> None:
        """Neither a file nor a link, nor what a link would lead to, is ever written over."""
        target, elsewhere = tmp_path / "plan.txt", tmp_path / "elsewhere"
        if kind == "file":
            target.write_text("mine")
        else:
            target.symlink_to(elsewhere)
        if kind == "link":
            elsewhere.write_text("mine")
        with pytest.raises(errors.UsageError, match="written over"):
            safety.write_page(target, ("one",))
        assert elsewhere.exists() == (kind == "link")
        assert not target.exists() or target.read_text() == "mine"


class TestCopy:
    """What is readable while locked."""

    def test_it_is_never_there_by_itself(self, seat: Seat) -> None:
        """Writing a plan makes no copy, and following it makes none."""
        write(seat, 1, "one")
        open_plan.follow(seat.folders, safety.read(seat.open_vault), shared_machine=False)
        assert open_plan.read(seat.folders) is None
        assert not open_plan.is_chosen(seat.folders)

    def test_mode_and_place(self, chosen: Seat) -> None:
        """The copy is its owner's alone and lies among the profile's data; it reads as the plan."""
        path = chosen.folders.open_plan
        assert path.parent == chosen.folders.data
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        kept = open_plan.read(chosen.folders)
        assert kept is not None
        assert kept.same_words(safety.read(chosen.open_vault))

    def test_it_follows_the_plan(self, chosen: Seat) -> None:
        """The copy says what the plan says after each change, and is not written where nothing changed."""
        write(chosen, 5, "Dr. Osei")
        open_plan.follow(chosen.folders, safety.read(chosen.open_vault), shared_machine=False)
        kept = open_plan.read(chosen.folders)
        assert kept is not None
        assert kept.steps[4].text == "Dr. Osei"
        number = chosen.folders.open_plan.stat().st_ino
        open_plan.follow(chosen.folders, safety.read(chosen.open_vault), shared_machine=False)
        assert chosen.folders.open_plan.stat().st_ino == number

    def test_taken_back(self, chosen: Seat) -> None:
        """Taking the choice back removes the copy and what a kill may have left of one."""
        unfinished(chosen.folders.open_plan).write_text(WORDS)
        open_plan.remove(chosen.folders)
        assert not [path for path in chosen.folders.data.iterdir() if "plan" in path.name]

    def test_emptied(self, chosen: Seat) -> None:
        """An emptied plan takes its copy with it."""
        write(chosen, 4, " \n")
        open_plan.follow(chosen.folders, safety.read(chosen.open_vault), shared_machine=False)
        assert not open_plan.is_chosen(chosen.folders)

    def test_what_a_kill_left(self, seat: Seat) -> None:
        """An unfinished copy that nobody chose goes when the plan is opened next."""
        unfinished(seat.folders.open_plan).write_text(WORDS)
        open_plan.follow(seat.folders, safety.read(seat.open_vault), shared_machine=False)
        assert not unfinished(seat.folders.open_plan).exists()

    def test_a_machine_that_others_use(self, chosen: Seat) -> None:
        """When the machine becomes a shared one, the copy goes with that choice."""
        chosen.keep_settings(replace(chosen.settings, shared_machine=True))
        assert not open_plan.is_chosen(chosen.folders)

    def test_following_on_a_shared_machine(self, chosen: Seat) -> None:
        """Where the settings were changed by hand, the next opening of the plan takes the copy away."""
        open_plan.follow(chosen.folders, safety.read(chosen.open_vault), shared_machine=True)
        assert not open_plan.is_chosen(chosen.folders)

    @pytest.mark.parametrize("does", ["read", "write"])
    def test_links_are_not_followed(self, chosen: Seat, tmp_path: Path, does: str) -> None:
        """A link in place of the copy is neither read nor written through."""
        elsewhere = tmp_path / "elsewhere"
        chosen.folders.open_plan.rename(elsewhere)
        chosen.folders.open_plan.symlink_to(elsewhere)
        before = elsewhere.read_bytes()
        write(chosen, 1, "new")
        plan = safety.read(chosen.open_vault)
        ways: dict[str, Callable[[], object]] = {
            "read": lambda: open_plan.read(chosen.folders),
            "write": lambda: open_plan.follow(chosen.folders, plan, shared_machine=False),
        }
        with pytest.raises(errors.UsageError, match="link"):
            ways[does]()
        assert elsewhere.read_bytes() == before
        open_plan.remove(chosen.folders)
        assert elsewhere.read_bytes() == before
        assert not open_plan.is_chosen(chosen.folders)

    def test_open_to_others(self, chosen: Seat) -> None:
        """A copy that others may open is not shown, and it is said how to mend it."""
        chosen.folders.open_plan.chmod(0o644)
        with pytest.raises(errors.UsageError, match="chmod 600"):
            open_plan.read(chosen.folders)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\xff\xfe",
            b"{}",
            b"[1]",
            b'[{"number":1}]',
            b'[{"number":1,"text":"a","changed_at":"x"}]',
            b'[{"number":1,"text":"' + b"a" * 5_000 + b'","changed_at":1}]',
            b"[" * 100_000,
            b" " * (open_plan.LIMIT + 1),
        ],
        ids=["empty", "bytes", "object", "number", "fields", "kinds", "long", "deep", "large"],
    )
    def test_broken(self, chosen: Seat, data: bytes) -> None:
        """What is not in its form is refused in words, whatever it is, and mended when the plan is opened next."""
        chosen.folders.open_plan.write_bytes(data)
        with pytest.raises(errors.LocalError):
            open_plan.read(chosen.folders)
        open_plan.follow(chosen.folders, safety.read(chosen.open_vault), shared_machine=False)
        kept = open_plan.read(chosen.folders)
        assert kept is not None
        assert kept.steps[3].text == WORDS

    def test_erase(self, chosen: Seat) -> None:
        """Erasing the profile overwrites the copy before it goes, and what a kill left of one."""
        unfinished(chosen.folders.open_plan).write_text(WORDS)
        chosen.lock()
        with chosen.folders.open_plan.open("rb") as copy, unfinished(chosen.folders.open_plan).open("rb") as left:
            erasing.erase(chosen.folders, chosen.keyring)
            assert not copy.read().strip(b"\0")
            assert not left.read().strip(b"\0")
        assert not chosen.folders.data.exists()

    def test_erase_does_not_follow_a_link(self, chosen: Seat, tmp_path: Path) -> None:
        """Erasing removes a link in its place and leaves what it leads to."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.write_text("another's")
        chosen.folders.open_plan.unlink()
        chosen.folders.open_plan.symlink_to(elsewhere)
        chosen.lock()
        erasing.erase(chosen.folders, chosen.keyring)
        assert elsewhere.read_text() == "another's"
        assert not os.path.lexists(chosen.folders.open_plan)


class TestDoctor:
    """What the doctor says of it."""

    def test_none(self, seat: Seat) -> None:
        """Without a copy all is well."""
        assert [finding.state for finding in examined(seat, "plan")] == ["ok"]

    def test_chosen(self, chosen: Seat) -> None:
        """A copy is a notice that says where it lies, and holds no word of it."""
        (finding,) = examined(chosen, "plan")
        assert finding.state == "notice"
        assert str(chosen.folders.open_plan) in finding.detail
        assert WORDS not in finding.detail

    def test_shared(self, chosen: Seat) -> None:
        """A copy on a machine that others use is a fault, with what to do."""
        chosen.settings = replace(chosen.settings, shared_machine=True)
        (finding,) = examined(chosen, "plan")
        assert finding.state == "fault"
        assert f"rm {chosen.folders.open_plan}" in finding.detail

    def test_left_by_a_kill(self, seat: Seat) -> None:
        """What a kill left of a copy that nobody chose is a fault, with what to do."""
        unfinished(seat.folders.open_plan).write_text(WORDS)
        (finding,) = examined(seat, "plan")
        assert (finding.state, "rm " in finding.detail) == ("fault", True)

    def test_unreadable(self, chosen: Seat) -> None:
        """A copy that is not in its form is a fault."""
        chosen.folders.open_plan.write_text("[")
        assert [finding.state for finding in examined(chosen, "plan")] == ["fault"]
