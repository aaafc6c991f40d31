"""The prompt of the day: the same all day, another when it is asked for, and none again too soon."""

from datetime import date, timedelta

from tests.services.rooms import Room
from therapy_tui.content.prompts import load_prompts
from therapy_tui.core.prompts import REST_DAYS
from therapy_tui.services import checkins, prompts
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries

FIRST = date(2026, 11, 18)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def test_one_prompt_a_day(room: Room) -> None:
    """It is the same whenever it is asked, also after a start of the program, and is remembered once."""
    vault = room.open()
    first = prompts.of_today(vault, day(0))
    assert prompts.of_today(vault, day(0)) == first
    assert prompts.of_today(room.open(), day(0)) == first
    assert entries.asked_on(vault.database, day(0)) == (first.id,)


def test_none_again_within_sixty_days(vault: Vault) -> None:
    """Over a year no prompt of the day comes again within sixty days."""
    asked = [prompts.of_today(vault, day(number)).id for number in range(365)]
    for number, prompt in enumerate(asked):
        assert prompt not in asked[number + 1 : number + REST_DAYS]


def test_another_is_another(vault: Vault) -> None:
    """Another prompt is none that was asked today; the last one stays for the day, and those of yesterday rest."""
    asked = [prompts.of_today(vault, day(0)).id]
    asked += [prompts.another(vault, day(0)).id for _ in range(20)]
    assert len(set(asked)) == 21
    assert entries.asked_on(vault.database, day(0)) == tuple(asked)
    assert prompts.of_today(vault, day(0)).id == asked[-1]
    assert prompts.of_today(vault, day(1)).id not in asked


def test_another_of_one_approach(vault: Vault) -> None:
    """Where an approach was chosen, also one that is not for every day, all are of it, and they come round."""
    known = load_prompts(None)
    occasion = next(each.id for each in known.approaches if not each.everyday)
    count = sum(each.approach == occasion for each in known.prompts)
    found = [prompts.another(vault, day(0), approach=occasion) for _ in range(count + 1)]
    assert {each.approach for each in found} == {occasion}
    assert len({each.id for each in found[:count]}) == count
    assert found[count] == found[0]


def test_two_windows_ask_one_prompt(room: Room) -> None:
    """A window that finds the day's prompt asked meanwhile keeps it and notes nothing twice."""
    one, other = room.open(), room.open()
    assert prompts.of_today(one, day(0)) == prompts.of_today(other, day(0))
    assert len(entries.asked_on(one.database, day(0))) == 1


def test_a_hard_day(vault: Vault) -> None:
    """With a low mood prompts are light, and a heavy one that was asked before it fell is not asked any more."""
    weights = {prompts.another(vault, day(0), mood=2).weight for _ in range(10)}
    assert weights == {"light"}


def test_lighter_after_a_low_check_in(vault: Vault) -> None:
    """What was said today or lately counts by itself, wherever a prompt is asked for; what a page says comes first."""
    today = checkins.local_day(vault.now())
    checkins.add(vault, 2)
    asked = [prompts.of_today(vault, today), *(prompts.another(vault, today) for _ in range(10))]
    assert {each.weight for each in asked} == {"light"}
    of_a_good_page = {prompts.another(vault, today, mood=9).weight for _ in range(30)}
    assert of_a_good_page == {"light", "middle", "heavy"}
    later = [checkins.local_day(vault.now() + days * 86_400) for days in range(5)]
    assert [checkins.recent_mood(vault, each) for each in later] == [2, 2, 2, None, None]
