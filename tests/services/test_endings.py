"""How things end: a vault is locked, erased or left, a courier stops, a parent dies; and nothing is half done."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.people import Person, World
from tests.tui.homes import app_of, make_seat
from tests.two_people import Person as Typist
from therapy_tui import errors
from therapy_tui.core.people import CLIENT
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import KeyringWay, PassphraseWay
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, conversation, erasing, making, unlocking
from therapy_tui.services.carrier import Report
from therapy_tui.services.epoch import read_outside
from therapy_tui.services.events import LineChanged, Noticed
from therapy_tui.services.live import Live
from therapy_tui.services.making import NewProfile
from therapy_tui.services.presence import Presence, alone
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.messages import Messages

ROOT = Path(__file__).parent.parent.parent

ROSA = KeyringWay({each: ("Rosa M." + each).encode().ljust(32)[:32] for each in access.DATABASES})
"""What opens the vaults that `make_seat` makes."""


class Killed(BaseException):
    """The process is killed here."""


@pytest.fixture
def cleo(met: World) -> Person:
    """Give a client whose profile has some years behind it: settings, an unfinished one beside it, a state folder."""
    person = met.carl
    person.lock()
    person.folders.settings.parent.mkdir(parents=True, exist_ok=True)
    person.folders.settings.write_text('country = "GB"\n')
    unfinished = person.folders.data.parent / ".new-0"
    unfinished.mkdir()
    (unfinished / "vault.db").write_bytes(b"x")
    return person


def left_of(person: Person) -> list[Path]:
    """Give every file that is left of a profile."""
    return [path for path in person.home.rglob("*") if path.is_file()]


# erasing


@pytest.mark.parametrize("place", range(8))
def test_an_erasing_that_was_killed_can_be_finished(cleo: Person, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever an erasing is killed, no key is left, and the next one leaves no file at all."""
    unlink, files = erasing._unlink, iter(range(place))

    def burn(path: Path) -> list[str]:
        if next(files, None) is None:
            raise Killed
        return unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_unlink", burn)
        with pytest.raises(Killed):
            erasing.erase(cleo.folders, MemoryKeyring())
    assert not cleo.folders.slots.exists()
    done = Typist("Cleo", "client", cleo.home, ("--json",)).here("erase", "--yes", "--keep-mailbox")
    assert (done.code, done.row["left"]) == (0, [])
    assert left_of(cleo) == []


@pytest.mark.parametrize("what", ["mode", "rubbish", "gone"])
def test_bad_slots_do_not_keep_from_erasing(cleo: Person, what: str) -> None:
    """A profile whose slots cannot be read, because of their mode, content or absence, is erased all the same."""
    if what == "mode":
        cleo.folders.slots.chmod(0o644)
    elif what == "rubbish":
        cleo.folders.slots.write_bytes(b"rubbish")
    else:
        cleo.folders.slots.unlink()
    erasing.erase(cleo.folders, MemoryKeyring())
    assert left_of(cleo) == []


def test_nobody_opens_what_is_being_erased(met: World) -> None:
    """While somebody has the vault to themselves for erasing it, no other process comes to hold it."""
    state = met.ann.folders.state
    held = (
        f"import fcntl, os; d = os.open({str(state / 'present')!r}, os.O_RDWR);"
        " fcntl.flock(d, fcntl.LOCK_SH | fcntl.LOCK_NB)"
    )
    with alone(state, 1.0):
        assert subprocess.run([sys.executable, "-c", held], check=False, stderr=subprocess.DEVNULL).returncode != 0
    assert subprocess.run([sys.executable, "-c", held], check=False).returncode == 0


# ways in


def test_the_keyring_is_not_written_over(tmp_path: Path) -> None:
    """Where the keyring opens the vault, adding it again is refused, and what it holds still opens the vault."""
    typist = Typist("Cleo", "client", tmp_path / "home", ("--json",))
    keyring = MemoryKeyring()
    id_of_it = "0" * 32
    way = access.new_keyring_way(id_of_it, os.urandom, keyring)
    making.create(typist.folders, NewProfile(CLIENT, "Cleo"), [way], id_of_it, os.urandom, access.seconds)
    done = typist.here("keys", "add", "keyring")
    assert done.code == 1
    assert "already" in done.err
    pending = access.ask_keyring(typist.folders, keyring)
    access.unlock_by_keyring(typist.folders, pending, os.urandom, access.seconds).close()


@pytest.mark.parametrize("command", ["init", "invite"])
def test_a_ticket_is_no_argument_on_a_shared_machine(tmp_path: Path, command: str) -> None:
    """Where others use the machine a ticket is taken from standard input only, as a letter is."""
    typist = Typist("Cleo", "client", tmp_path / "home", ("--json",))
    words: tuple[str, ...] = ("invite",)
    if command == "init":
        words = ("init", "--role", "client", "--name", "Cleo", "--shared-machine")
    else:
        typist.folders.settings.parent.mkdir(parents=True, mode=0o700)
        typist.folders.settings.write_text("shared_machine = true\n")
        typist.folders.settings.chmod(0o600)
    refused = typist.here(*words, "--ticket", "secret")
    assert refused.code == 1
    assert "--ticket -" in refused.err
    taken = typist.here(*words, "--ticket", "-", stdin="\n")
    assert "standard input" in taken.err


def test_a_ticket_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ticket that is read from standard input is the ticket of the profile, without its line end."""
    monkeypatch.setattr(making, "new_cost", Cost)
    secret = tmp_path / "passphrase"
    secret.write_text("correct horse battery\n")
    secret.chmod(0o600)
    typist = Typist("Cleo", "client", tmp_path / "home", ("--json", "--passphrase-file", str(secret)))
    init = ("init", "--role", "client", "--name", "Cleo", "--ticket", "-")
    typist.do(*init, stdin="a ticket\n")
    way = PassphraseWay("correct horse battery")
    vault = unlocking.open_vault(typist.folders, way, os.urandom, access.seconds)
    assert vault.profile.ticket == b"a ticket"
    vault.close()


# opening and locking


def test_a_wish_to_lock_while_it_opens_is_seen(tmp_path: Path) -> None:
    """Who asks everybody to lock while a vault is being opened is not told that it is locked, and the wish is seen."""
    seat = make_seat(tmp_path)
    seat.lock()

    def slowly() -> object:
        with pytest.raises(errors.VaultBusy), alone(seat.folders.state, 0.0):
            pass
        return unlocking.open_vault(seat.folders, ROSA, seat.random, seat.now)

    seat._open(slowly)  # type: ignore[arg-type]  # it opens the vault
    assert seat.is_lock_asked()
    seat.lock()


def test_a_vault_that_does_not_open_is_held_by_nobody(tmp_path: Path) -> None:
    """After a wrong passphrase no hold on the vault is left behind."""
    seat = make_seat(tmp_path)
    seat.lock()
    with pytest.raises(errors.TherapyError):
        seat.unlock_by_passphrase("wrong")
    with alone(seat.folders.state, 0.0):
        assert seat.vault is None
    Presence(seat.folders.state).end()


async def test_an_idle_lock_heeds_no_set_clock(tmp_path: Path) -> None:
    """A clock that is set back an hour puts the idle lock off by nothing, and one set ahead does not lock."""
    seat = make_seat(tmp_path, contact="Dr Ann")
    app = app_of(seat)
    now, steady = seat.now, [1_000.0]
    app.steady = lambda: steady[0]
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8", "escape")
        seat.now = lambda: now() + 3_600
        app._check_idle()
        assert seat.is_open
        seat.now = lambda: now() - 3_600
        steady[0] += 60 * seat.settings.idle_lock_minutes
        app._check_idle()
        assert not seat.is_open
        assert isinstance(app.screen, Lock)


async def test_a_draft_that_no_disk_takes_outlives_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is being written when the disk is full and the vault locks itself is there after unlocking."""
    seat = make_seat(tmp_path, contact="Dr Ann")
    app = app_of(seat)
    keep = conversation.keep_draft

    def full(*_: object) -> int:
        raise errors.DiskFull

    async with app.run_test(size=(100, 30)) as pilot:
        assert isinstance(app.screen, Messages)
        contact = app.screen.contact
        monkeypatch.setattr(conversation, "keep_draft", full)
        app.screen.pen.load("not kept anywhere", 3)
        await pilot.pause()
        app.lock_now("")
        assert not seat.is_open
        monkeypatch.setattr(conversation, "keep_draft", keep)
        seat._open(lambda: unlocking.open_vault(seat.folders, ROSA, seat.random, seat.now))
        app.only(Messages(seat, contact))
        await pilot.pause()
        assert isinstance(app.screen, Messages)
        assert app.screen.pen.text == "not kept anywhere"
        app.screen.keep()
        assert conversation.draft(seat.open_vault, contact.id).text == "not kept anywhere"
        assert seat.unkept == {}


# couriers


@pytest.mark.parametrize("error", [errors.VaultError("I/O error"), errors.Malformed(), errors.VaultBusy()])
def test_a_courier_outlives_what_may_pass(met: World, error: errors.TherapyError) -> None:
    """Whatever goes wrong in the vault or in an answer is told once it happens, and the next try brings the letters."""
    failing, came = iter([error]), asyncio.Event()
    collect = met.carl.courier.collect

    async def faulty(report: Report) -> None:
        for each in failing:
            raise each
        await collect(report)
        if met.carl.texts():
            came.set()

    met.ann.write("all the same")
    met.ann.exchange()
    courier = met.carl.courier
    courier.collect = faulty  # type: ignore[method-assign]  # fails the first time

    async def live() -> None:
        task = asyncio.create_task(Live(courier, lambda: 0.5, lambda _: asyncio.sleep(0.01)).run())
        await came.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert met.carl.texts() == ["all the same"]
    assert Noticed(str(error)) in met.carl.facts
    assert LineChanged(connected=True) in met.carl.facts


async def test_a_fault_of_the_courier_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the courier ends by a fault, the heading no longer says connected, and a person is told what to do."""
    seat = make_seat(tmp_path, contact="Dr Ann")
    app = app_of(seat)
    told: list[str] = []

    async def broken(*_: object) -> None:
        raise ExceptionGroup("one of several", [KeyError("x")])

    monkeypatch.setattr(type(seat), "carry", broken)
    async with app.run_test(size=(100, 30)) as pilot:
        seat.line.connected = True
        app.say = lambda text, *, failed=False: told.append(text) if failed else None  # type: ignore[method-assign]
        app.start_courier()
        await pilot.pause(0.1)
    assert not seat.line.connected
    assert "KeyError" in told[0]


@pytest.mark.parametrize("text", ['{"count": Infinity, "chance": 1}', '{"count": 1e400, "chance": 1}', "[]", "{"])
def test_a_strange_epoch_outside_is_none(tmp_path: Path, text: str) -> None:
    """A state file with numbers that are none does not keep a vault from opening."""
    (tmp_path / "epoch.json").write_text(text)
    assert read_outside(tmp_path / "epoch.json") is None


# processes


def test_a_relay_whose_parent_has_gone_already(tmp_path: Path) -> None:
    """A relay that is told its parent's number ends at once if that one has ended before the relay could look."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    named = ["--port", "0", "--database", str(tmp_path / "relay.db"), f"--with-parent={gone.pid}"]
    start = "from therapy_tui.cli.relay import relay; relay()"
    done = subprocess.run(
        [sys.executable, "-c", start, "serve", *named],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")
