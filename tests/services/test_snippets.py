"""Snippets in the vault, and what is told before a therapist's letter goes."""

import pytest

from tests.services.people import World
from therapy_tui import errors
from therapy_tui.services import answering, snippets
from therapy_tui.services.events import Fact


def test_they_are_kept_changed_found_and_erased(met: World) -> None:
    """By name, in the order of names; changed in place under the same id; each change is told."""
    vault, heard = met.ann.vault, list[Fact]()
    vault.events.subscribe(heard.append)
    assert snippets.every(vault) == []
    hour = snippets.keep(vault, "Moving an hour", "Could we move [day]?")
    snippets.keep(vault, "", "away until [day]")
    assert [each.name for each in snippets.every(vault)] == ["away until [day]", "Moving an hour"]
    changed = snippets.keep(vault, "Another hour", "Could we meet on [day]?", hour.id)
    assert snippets.find(vault, "another HOUR") == snippets.find(vault, hour.id.hex()[:8]) == changed
    snippets.erase(vault, hour.id)
    assert heard == [snippets.CHANGED] * 4
    with pytest.raises(errors.UsageError, match="snippet list"):
        snippets.find(vault, "Another hour")


def test_two_of_one_name_are_told_apart_by_id(met: World) -> None:
    """Where a name fits two, both ids are given."""
    both = [snippets.keep(met.ann.vault, "Hour", text) for text in ("one", "two")]
    with pytest.raises(errors.UsageError) as told:
        snippets.find(met.ann.vault, "hour")
    assert all(each.id.hex()[:12] in str(told.value) for each in both)


def test_the_blanks_of_snippets_are_told_to_a_therapist(met: World) -> None:
    """One sentence names the first; a letter of blanks alone and empty brackets have their own; a client has none."""
    snippets.keep(met.ann.vault, "", "[name], is [day] good?")
    snippets.keep(met.carl.vault, "", "[day]")
    assert answering.blanks_left(met.carl.vault, "[day]") == []
    for text, told in (
        ("Is [day] good?", "[day] is still a blank."),
        ("[name], [day]", "There are only blanks yet."),
        ("Yes [].", "Some brackets are empty."),
    ):
        found = answering.blanks_left(met.ann.vault, text)
        assert answering.of_blanks(text, found).startswith(told)
        assert len(answering.of_blanks(text, found)) <= 56
    assert answering.blanks_left(met.ann.vault, "[glad you told me] Yes.") == []


@pytest.mark.parametrize("choice", [answering.BRACKETS, answering.QUESTIONS])
def test_the_choices_are_off_until_a_therapist_chooses(met: World, choice: str) -> None:
    """Off at first, on and off again as chosen; never a client's."""
    assert not answering.chosen(met.ann.vault, choice)
    answering.choose(met.ann.vault, choice, wanted=True)
    answering.choose(met.carl.vault, choice, wanted=True)
    assert (answering.chosen(met.ann.vault, choice), answering.chosen(met.carl.vault, choice)) == (True, False)
    answering.choose(met.ann.vault, choice, wanted=False)
    assert not answering.chosen(met.ann.vault, choice)
