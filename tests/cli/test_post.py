"""post export, post import: between two homes whose relay is gone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.two_people import Done, Person, TwoPeople, new_person
from therapy_tui.core.armour import BEGIN

EXPORTED = {"file", "contact", "contact_id", "letters", "envelopes", "left", "bytes"}
IMPORTED = {"file", "contact", "contact_id", "received", "delivered", "known", "aside"}


@pytest.fixture
def cut_off(people: TwoPeople) -> Iterator[TwoPeople]:
    """The two, with nothing under way and the relay gone."""
    people.settle()
    people.relay.kill()
    yield people
    people.relay.start()


def write(person: Person, other: Person, text: str) -> None:
    """Write a letter that stays queued."""
    done = person.send(other, text)
    assert (done.code, done.row["state"]) == (3, "queued")


def refused(done: Done) -> str:
    """Give the one line with which a command refused."""
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), done
    return done.err


def test_letters_by_hand(cut_off: TwoPeople, tmp_path: Path) -> None:
    """A letter goes by file and its receipt comes back by file, with all fields, while no relay answers."""
    client, therapist, file = cut_off.client, cut_off.therapist, str(tmp_path / "post")
    write(client, therapist, "By hand.")
    exported = client.do("post", "export", file).row
    assert exported.keys() >= EXPORTED
    assert (exported["contact"], exported["letters"], exported["left"]) == (therapist.name, 1, 0)
    assert exported["bytes"] == Path(file).stat().st_size == 1_072
    assert stat.S_IMODE(Path(file).stat().st_mode) == 0o600
    assert client.letters(therapist, "out")[-1]["state"] == "queued"
    imported = therapist.do("post", "import", file).row
    assert imported.keys() >= IMPORTED
    assert (imported["contact"], imported["received"], imported["aside"]) == (client.name, 1, 0)
    assert therapist.letters(client, "in")[-1]["text"] == "By hand."
    assert therapist.do("post", "import", file).row["known"] == 1
    therapist.do("post", "export", file)
    assert client.do("post", "import", file).row["delivered"] == 1
    assert client.letters(therapist, "out")[-1]["state"] == "delivered"


def test_as_text_within_a_mail(cut_off: TwoPeople, tmp_path: Path) -> None:
    """With - the post is text on standard output; what mail makes of it is imported from standard input or a file."""
    client, therapist = cut_off.client, cut_off.therapist
    write(client, therapist, "By mail.")
    plain = Person(client.name, client.role, client.home, ()).do("post", "export", "-")
    assert plain.out.startswith(BEGIN)
    assert "1 letter" in plain.err
    assert client.do("post", "export", "-").row["post"].startswith(BEGIN)
    quoted = "On Monday Bo wrote:\r\n" + "".join(f"> {line}\r\n" for line in plain.out.splitlines())
    assert therapist.do("post", "import", "-", stdin=quoted).row["received"] == 1
    armoured = str(tmp_path / "armoured")
    client.do("post", "export", armoured, "--armour", "--to", therapist.name)
    assert Path(armoured).read_text().startswith(BEGIN)
    assert therapist.do("post", "import", armoured).row["known"] == 1


@pytest.mark.campaign
def test_a_mail_with_both_directions(cut_off: TwoPeople) -> None:
    """A thread that quotes one's own post too is taken as far as it is for oneself, and the rest is told."""
    client, therapist = cut_off.client, cut_off.therapist
    write(client, therapist, "One.")
    write(therapist, client, "Two.")
    both = "".join(each.do("post", "export", "-").row["post"] for each in cut_off.both)
    done = therapist.do("post", "import", "-", stdin=both)
    assert done.row["received"] == 1
    assert "You made this post yourself" in done.err


@pytest.mark.campaign
def test_the_plain_words(cut_off: TwoPeople, tmp_path: Path) -> None:
    """A person is told in words what was put in and what was taken."""
    client, therapist, file = cut_off.client, cut_off.therapist, str(tmp_path / "post")
    write(client, therapist, "In words.")
    out = Person(client.name, client.role, client.home, ()).do("post", "export", file).out
    assert out.startswith(f"For {therapist.name}: ")
    assert f"Hand {file} over" in out
    taken = Person(therapist.name, therapist.role, therapist.home, ()).do("post", "import", file).out
    assert taken.startswith(f"From {client.name}: 1 new letter.")


def test_a_file_that_is_there(cut_off: TwoPeople, tmp_path: Path) -> None:
    """A foreign file, a link and a post not yet imported are left alone; one's own is replaced, any with --force."""
    client, therapist, file = cut_off.client, cut_off.therapist, tmp_path / "post"
    write(client, therapist, "One.")
    write(therapist, client, "Two.")
    file.write_bytes(b"my diary")
    assert "is there already" in refused(client.here("post", "export", str(file)))
    assert file.read_bytes() == b"my diary"
    link = tmp_path / "link"
    link.symlink_to(file)
    assert "link" in refused(client.here("post", "export", str(link), "--force"))
    assert "link" in refused(client.here("post", "import", str(link)))
    client.do("post", "export", str(file), "--force")
    client.do("post", "export", str(file))
    assert "Import it first" in refused(therapist.here("post", "export", str(file)))
    therapist.do("post", "import", str(file))
    therapist.do("post", "export", str(file))
    assert {each.name for each in tmp_path.iterdir()} == {"post", "link"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no post"),
        (b"Dear Bo, how are you?", "no post"),
        (b"TT1POST\n", "cut short"),
        (b"TT1POST\n" + bytes(2_000), "not for you"),
        (b"TT1POST\n" + bytes(5 * 1024 * 1024), "cut short"),
        (b"TT1POST\n" + bytes(9 * 1024 * 1024), "longer"),
        (BEGIN.encode() + b"\nAAAA\n", "the line with which it ends"),
        (BEGIN.encode() * 100_000, "the line with which it ends"),
    ],
)
def test_hostile_files(people: TwoPeople, tmp_path: Path, data: bytes, said: str) -> None:
    """A file that is empty, foreign, cut, too long or made to hurt is refused in one line, from disk and from stdin."""
    file = tmp_path / "post"
    file.write_bytes(data)
    before = people.client.do("messages", people.therapist.name).out
    assert said in refused(people.client.here("post", "import", str(file)))
    assert said in refused(people.client.here("post", "import", "-", stdin=data.decode("latin-1")))
    assert people.client.do("messages", people.therapist.name).out == before


def test_pipes_and_missing_files(cut_off: TwoPeople, tmp_path: Path) -> None:
    """A pipe keeps nobody waiting, and a missing file or folder is named."""
    os.mkfifo(tmp_path / "pipe")
    assert "regular" in refused(cut_off.client.here("post", "import", str(tmp_path / "pipe")))
    assert "There is no file" in refused(cut_off.client.here("post", "import", str(tmp_path / "none")))
    write(cut_off.client, cut_off.therapist, "Where to?")
    assert "There is no folder" in refused(cut_off.client.here("post", "export", str(tmp_path / "none" / "post")))


def test_whom_it_is_for(tmp_path: Path) -> None:
    """Without anybody to write to, the command says what is missing."""
    alone = new_person("Nobody", "therapist", tmp_path / "home", "--relay", "http://127.0.0.1:9")
    assert "--to CONTACT" in refused(alone.here("post", "export", str(tmp_path / "post")))


@pytest.mark.campaign
def test_meeting_by_file(tmp_path: Path) -> None:
    """Two homes for whom no relay ever answers: invite, join, the first letters both ways, all by file and in JSON."""
    nowhere = ("--relay", "http://127.0.0.1:9")
    therapist = new_person("Dr Ada", "therapist", tmp_path / "therapist", *nowhere)
    client = new_person("Bo", "client", tmp_path / "client")
    file = str(tmp_path / "file")
    made = therapist.do("invite", "--file", file)
    assert made.row["published"] is False
    joined = client.do("join", "-", "--file", file, stdin=made.row["link"])
    assert joined.row["name"] == therapist.name
    assert client.send(therapist, "First.").row["state"] == "queued"
    exported = client.do("post", "export", file, "--force").row
    assert (exported["letters"], exported["envelopes"]) == (1, 2)
    answer, letters = therapist.do("post", "import", file).rows
    assert (answer["met"], letters["received"]) == (True, 1)
    therapist.do("post", "export", file)
    assert client.do("post", "import", file).row["delivered"] == 1
    words = [each.do("verify", other.name).row["words"] for each, other in ((client, therapist), (therapist, client))]
    assert words[0] == words[1]
    assert "TT1OFFR" not in Path(file).read_text("latin-1")


def test_files_in_the_wrong_place(cut_off: TwoPeople, tmp_path: Path) -> None:
    """A post in place of an invite, and an invite in place of a post, are refused with what to do."""
    client, therapist = cut_off.client, cut_off.therapist
    write(client, therapist, "A letter.")
    posted, invited = str(tmp_path / "post"), str(tmp_path / "invite")
    client.do("post", "export", posted)
    link = therapist.do("invite", "--file", invited).row["link"]
    assert "no invite in this file" in refused(client.here("join", "-", "--file", posted, stdin=link))
    assert "therapy-tui join --file" in refused(client.here("post", "import", invited))
