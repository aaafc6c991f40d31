"""Vaults that went back in time: noticed, healed, and nothing lost."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.services.crafted import chat
from tests.services.people import HOUR, World, gaps_of
from therapy_tui.services import conversation, pairing, unlocking
from therapy_tui.services.epoch import Epoch, read_outside
from therapy_tui.store import contacts, mailbox
from therapy_tui.store import profile as profiles


@pytest.mark.parametrize("letters", quick([1, 5], 1))
def test_an_old_copy_is_noticed_and_heals(met: World, tmp_path: Path, letters: int) -> None:
    """The state file tells; what the copy does not hold comes again, and what it holds stays."""
    chat(met, "held")
    met.carl.copy(tmp_path / "old")
    for number in range(letters):
        chat(met, f"lost {number}")
    met.carl.put_back(tmp_path / "old")
    assert conversation.restored_at(met.carl.vault) == met.carl.clock.now
    for _ in range(2):
        met.settle()
        met.pass_time(HOUR)
    assert met.carl.texts() == ["held, Ann", *(f"lost {number}, Ann" for number in range(letters))]
    assert len(met.ann.texts()) == 1 + letters
    met.carl.write("and on")
    met.settle()
    assert met.ann.texts()[-1] == "and on"
    assert gaps_of(met.ann) == []


def test_numbers_go_on_above(met: World, tmp_path: Path) -> None:
    """After going back, a new letter has a number that no letter of that side ever had."""
    met.carl.copy(tmp_path / "old")
    for number in range(4):
        met.carl.write(str(number))
    met.settle()
    used = {each.number for each in met.carl.letters()}
    met.carl.put_back(tmp_path / "old")
    assert met.carl.write("new").number > max(used)


def test_the_spare_key_lets_a_restored_side_write_at_once(met: World, tmp_path: Path) -> None:
    """With a spare key the first letter after going back needs no answer first."""
    chat(met, "before")
    met.carl.copy(tmp_path / "old")
    met.carl.put_back(tmp_path / "old")
    met.carl.restart()
    chat(met, "lost")
    met.carl.put_back(tmp_path / "old")
    met.carl.write("at once")
    met.carl.exchange()
    met.ann.exchange()
    assert "at once" in met.ann.texts()


def test_a_spare_key_used_twice(met: World, tmp_path: Path) -> None:
    """Going back twice to the same copy uses its spare key twice; the second time is refused, and heals by a reset."""
    chat(met, "before")
    met.carl.copy(tmp_path / "old")
    for time in ("first", "second"):
        met.carl.put_back(tmp_path / "old")
        met.carl.write(f"after the {time} time")
        for _ in range(3):
            met.settle()
            met.pass_time(HOUR)
    assert met.ann.texts() == ["before, Carl", "after the first time", "after the second time"]
    assert met.carl.states()[-1] == "delivered"
    chat(met, "after")
    assert met.carl.texts()[-1] == "after, Ann"


def test_the_relay_notices_an_old_epoch(met: World, tmp_path: Path) -> None:
    """Without the state file the relay's epoch tells; the request in which it tells sent nothing."""
    chat(met, "before")
    met.carl.copy(tmp_path / "old")
    chat(met, "lost")
    met.carl.lock()
    (met.carl.folders.state / "epoch.json").unlink()
    met.carl.put_back(tmp_path / "old")
    assert conversation.restored_at(met.carl.vault) == 0
    met.carl.write("at once")
    met.settle()
    assert conversation.restored_at(met.carl.vault) == met.carl.clock.now
    assert met.carl.texts() == ["before, Ann", "lost, Ann"]
    assert met.ann.texts() == ["before, Carl", "lost, Carl", "at once"]


def test_the_relay_notices_by_what_was_acknowledged(met: World, tmp_path: Path) -> None:
    """An old copy whose epoch went past the relay's is still noticed, by the letters that it acknowledged and lacks."""
    chat(met, "before")
    met.carl.copy(tmp_path / "old")
    met.ann.write("lost")
    met.settle()
    met.carl.lock()
    (met.carl.folders.state / "epoch.json").unlink()
    met.carl.put_back(tmp_path / "old")
    with met.carl.vault.transaction() as database:
        profiles.set_epoch(database, 1_000, 1)
    for _ in range(2):
        met.settle()
        met.pass_time(HOUR)
    assert conversation.restored_at(met.carl.vault) > 0
    assert met.carl.texts() == ["before, Ann", "lost"]


def test_the_keyring_notices(met: World) -> None:
    """An epoch in the keyring that is above the vault's is proof enough."""
    met.carl.lock()
    kept = Epoch(500, 3)
    vault = unlocking.open_vault(met.carl.folders, met.carl.way, met.carl.chance.randbytes, met.carl.clock, kept)
    assert conversation.restored_at(vault) == met.carl.clock.now
    assert profiles.read_epoch(vault.database)[0] > 500
    vault.close()


@pytest.mark.parametrize(
    ("outside", "inside", "older"),
    [
        (Epoch(5, 1), Epoch(5, 1), False),
        (Epoch(5, 1), Epoch(5, 2), True),
        (Epoch(6, 1), Epoch(5, 1), True),
        (Epoch(4, 9), Epoch(5, 1), False),
    ],
)
def test_what_an_epoch_proves(outside: Epoch, inside: Epoch, older: bool) -> None:
    """Outside greater, or equal with another chance, proves an older vault; a smaller one proves nothing."""
    assert outside.shows_that_older(inside) is older
    assert Epoch.unpack(outside.pack()) == outside
    assert Epoch.unpack(b"short") is None


@pytest.mark.parametrize("content", [b"", b"rubbish", b"{}", b'{"count": "x", "chance": 1}', b"[]"])
def test_a_state_file_that_says_nothing(met: World, content: bytes) -> None:
    """A state file that cannot be read is as none, and is written anew."""
    met.carl.lock()
    path = met.carl.folders.state / "epoch.json"
    path.write_bytes(content)
    assert read_outside(path) is None
    met.carl.open()
    assert conversation.restored_at(met.carl.vault) == 0
    assert read_outside(path) == Epoch(*profiles.read_epoch(met.carl.vault.database))
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_old_copy_with_a_join_under_way(world: World, tmp_path: Path) -> None:
    """A join that waited in an old copy still goes, so that the two meet all the same."""
    from tests.services.faulty import Fault

    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    world.carl.line.plan.extend([Fault.NONE, Fault.LOST_REQUEST])
    world.carl.exchange()
    assert world.carl.outbox() == ["join"]
    world.carl.copy(tmp_path / "old")
    world.carl.put_back(tmp_path / "old")
    world.carl.restart()
    world.carl.put_back(tmp_path / "old")
    assert "join" in world.carl.outbox()
    for _ in range(3):
        world.settle()
        world.pass_time(HOUR)
    world.carl.write("here after all")
    world.settle()
    assert world.ann.texts() == ["here after all"]


def test_an_old_copy_with_an_end_under_way(met: World, tmp_path: Path) -> None:
    """An end that waited in an old copy is still told, and the keys are erased after it."""
    chat(met, "before")
    pairing.remove(met.ann.vault, met.ann.contact())
    met.ann.copy(tmp_path / "old")
    met.ann.put_back(tmp_path / "old")
    met.ann.restart()
    met.ann.put_back(tmp_path / "old")
    met.settle()
    assert met.carl.contact().closed == "theirs"
    assert contacts.pairs(met.ann.vault.database) == []


def test_a_gap_below_what_is_held_comes_again(met: World, tmp_path: Path) -> None:
    """What came late and was lost by going back is asked for too, although a later letter is held."""
    chat(met, "before")
    met.ann.write("late")
    met.ann.write("early")
    met.ann.exchange()
    held = met.relay.withhold(0)
    met.settle()
    assert met.carl.texts()[-1] == "early"
    met.carl.copy(tmp_path / "old")
    met.carl.open()
    met.relay.give(*held)
    met.settle()
    assert met.ann.states() == ["delivered"] * 3
    met.carl.put_back(tmp_path / "old")
    for _ in range(3):
        met.settle()
        met.pass_time(HOUR)
    assert met.carl.texts() == ["before, Ann", "late", "early"]
    assert mailbox.untold(met.carl.vault.database) == []
