"""person, and the sheet and code word of an invite, from the command line."""

import stat
from pathlib import Path

from tests.two_people import TwoPeople


def test_a_page_is_written_and_read(people: TwoPeople, tmp_path: Path) -> None:
    """What was agreed, where, whom to call, the record and how long: each is kept and told, in words and as JSON."""
    client, therapist = people.client, people.therapist
    therapist.do("person", client.name, "--agreed", "-", "--on", "2026-01-16", stdin="Answers on Tuesdays.")
    therapist.do("person", client.name, "--agreed", "-", "--on", "2026-02-16", stdin="And on Fridays.")
    therapist.do("person", client.name, "--place", "-", stdin="Berlin, Europe/Berlin")
    therapist.do("person", client.name, "--call", "-", stdin="Mia\nsister\n030 1")
    therapist.do("person", client.name, "--record", str(tmp_path / "record"))
    row = therapist.do("person", client.name, "--keep-until", "2040-01-31", "--why", "the law").row
    assert [(each["text"], each["day"]) for each in row["agreed"]] == [
        ("And on Fridays.", "2026-02-16"),
        ("Answers on Tuesdays.", "2026-01-16"),
    ]
    assert row["place"][0]["text"] == "Berlin, Europe/Berlin"
    assert row["to_call"] == [{"name": "Mia", "relation": "sister", "telephone": "030 1"}]
    assert (row["keep_until"], row["keep_why"]) == ("2040-01-31", "the law")
    assert row["exported_at"]
    assert (tmp_path / "record" / "record.fhir.json").exists()
    assert therapist.do("person", client.name, "--no-call", "1").row["to_call"] == []
    refused = therapist.here("person", client.name, "--call", "-", stdin="Mia")
    assert (refused.code, "one a line" in refused.err) == (1, True)
    twice = therapist.here("person", client.name, "--agreed", "-", "--no-call", "1", stdin="x")
    assert twice.code == 2
    theirs = client.here("person", therapist.name, "--place", "-", stdin="Berlin")
    assert (theirs.code, "therapist" in theirs.err) == (1, True)


def test_an_invite_with_a_word_and_a_sheet(people: TwoPeople, tmp_path: Path) -> None:
    """The sheet is a new private file without the word; a name that is taken is refused before an invite is made."""
    therapist, sheet = people.therapist, tmp_path / "sheet.txt"
    made = therapist.do("invite", "--for", "Lea", "--word", "-", "--sheet", str(sheet), stdin="heron").row
    text = sheet.read_text()
    assert made["sheet"] == str(sheet)
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert "for Lea" in text
    assert "heron" not in text.lower()
    assert "".join(made["link"].split()) in "".join(text.split())
    before = therapist.do("invites").rows
    row = next(each for each in before if each["id"] == made["id"])
    assert (row["code_word"], row["used_by"], row["used_at"]) == ("heron", None, None)
    used = next(each for each in before if each["state"] == "joined")
    assert used["used_by"] == people.client.name
    assert used["used_at"]
    refused = therapist.here("invite", "--sheet", str(sheet))
    assert (refused.code, "there already" in refused.err) == (1, True)
    assert therapist.do("invites").rows == before
    assert sheet.read_text() == text
