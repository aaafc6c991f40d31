import os
from pathlib import Path
from types import MappingProxyType

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapy_tui.config import Folders, Settings, find_folders, read_settings, refuse_network, write_settings
from therapy_tui.config.network import file_system
from therapy_tui.errors import ConfigError, UsageError

OURS = """\
# my own
theme = "calm-dark"  # in the evening
later = [1, 2]
[keys]
send = "ctrl+d"  # as in mail
"""


def test_folders_under_a_home(tmp_path: Path) -> None:
    """With a home of its own, a profile's folders and files stand under it, and profiles share only the config."""
    one, two = find_folders(tmp_path, "anna"), find_folders(tmp_path, "b-2")
    assert one == Folders("anna", tmp_path / "data/anna", tmp_path / "config", tmp_path / "state/anna")
    assert one.config == two.config
    assert (one.vault.name, one.notes.name, one.slots.name) == ("vault.db", "notes.db", "slots.json")
    assert one.settings == tmp_path / "config/anna.toml"
    assert one.themes == tmp_path / "config/themes"


def test_folders_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a home, the platform's own places are taken, in the same shape."""
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    folders = find_folders(None, "anna")
    assert folders.data == platformdirs.user_data_path("therapy-tui") / "anna"
    assert folders.config == platformdirs.user_config_path("therapy-tui")
    assert folders.state == platformdirs.user_state_path("therapy-tui") / "anna"


@pytest.mark.parametrize("name", ["", "Anna", "a b", "../a", "a/b", ".", "a\n", "a" * 33, "\u00e4"])
def test_a_name_that_is_no_profile(name: str) -> None:
    """A name that could leave the folder, or that looks like another, is refused."""
    with pytest.raises(UsageError):
        find_folders(None, name)


def test_folders_are_made_for_their_owner(tmp_path: Path) -> None:
    """Whatever the umask, each folder is 0700, and making them again changes nothing."""
    folders = find_folders(tmp_path / "home", "anna")
    for umask in (0o000, 0o077):
        before = os.umask(umask)
        try:
            folders.make()
        finally:
            os.umask(before)
        for folder in (folders.data.parent, folders.data, folders.config, folders.state.parent, folders.state):
            assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("which", ["data", "config", "state"])
@pytest.mark.parametrize("fault", ["link", "file", "group", "others"])
def test_an_unsafe_folder_is_refused(tmp_path: Path, which: str, fault: str) -> None:
    """A link, a file, or a folder that others may open is refused and left as it is; the sentence names it."""
    folders = find_folders(tmp_path, "anna")
    folders.make()
    folder = getattr(folders, which)
    folder.rmdir()
    if fault == "link":
        folder.symlink_to(tmp_path)
    elif fault == "file":
        folder.write_bytes(b"")
    else:
        folder.mkdir()
        folder.chmod(0o710 if fault == "group" else 0o701)
    with pytest.raises(UsageError) as refusal:
        folders.make()
    assert str(folder) in str(refusal.value)
    assert ("chmod 700" in str(refusal.value)) == (fault in ("group", "others"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    """A folder that somebody else made is not used."""
    folders = find_folders(tmp_path, "anna")
    folders.make()
    os.chown(folders.data, 65534, -1)
    with pytest.raises(UsageError, match="another user"):
        folders.make()


def test_a_place_where_anybody_may_write_is_refused(tmp_path: Path) -> None:
    """Where anybody may rename our folders they are not made; a sticky place such as /tmp is safe."""
    place = tmp_path / "open"
    place.mkdir()
    place.chmod(0o777)
    with pytest.raises(UsageError, match="Anybody"):
        find_folders(place, "anna").make()
    place.chmod(0o1777)
    find_folders(place, "anna").make()


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    """A home below a file is refused in one sentence."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="could not be made"):
        find_folders(tmp_path / "file", "anna").make()


MOUNTS = r"""
22 1 8:1 / / rw - ext4 /dev/sda1 rw
23 22 0:5 / /mnt/with\040space rw shared:7 - nfs4 server:/x rw
24 22 0:6 / /mnt/share rw shared:8 master:1 - cifs //server/x rw
25 24 0:7 / /mnt/share/local rw - btrfs /dev/sdb rw
26 22 0:8 / /mnt/ssh rw - fuse.sshfs me@host: rw
27 22 0:9 / /mnt/over rw - 9p host rw
28 22 0:9 / /mnt/over rw - xfs /dev/sdc rw
29 22 0:9 / /mnt/disk rw - fuseblk /dev/sdd rw
short line - x
no separator
"""


@pytest.mark.parametrize(
    ("path", "kind", "refused"),
    [
        ("/home/anna", "ext4", False),
        ("/mnt/with space/a/b", "nfs4", True),
        ("/mnt/share", "cifs", True),
        ("/mnt/share/local/x", "btrfs", False),
        ("/mnt/shared", "ext4", False),
        ("/mnt/ssh/x", "fuse.sshfs", True),
        ("/mnt/over/x", "xfs", False),
        ("/mnt/disk", "fuseblk", True),
    ],
)
def test_a_network_disk_is_recognised(tmp_path: Path, path: str, kind: str, refused: bool) -> None:
    """The deepest and latest mount decides, and the refusal says what to do."""
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    assert file_system(Path(path), table) == kind
    if refused:
        with pytest.raises(UsageError, match="--home"):
            refuse_network(Path(path), table)
    else:
        refuse_network(Path(path), table)


def test_no_mount_table_refuses_nothing(tmp_path: Path) -> None:
    """Where the system has no mount table, nothing is known and nothing refused."""
    refuse_network(tmp_path, tmp_path / "none")


def test_this_machine_is_told(tmp_path: Path) -> None:
    """The real mount table gives the file system of a real folder, and /proc its own."""
    assert file_system(tmp_path)
    assert file_system(Path("/proc/self")) == "proc"


def test_no_settings_file_means_the_defaults(tmp_path: Path) -> None:
    """A person who has set nothing has the defaults, and nothing is written by reading."""
    assert read_settings(tmp_path / "anna.toml") == (Settings(), ())
    assert list(tmp_path.iterdir()) == []


def test_comments_and_unknown_names_stay(tmp_path: Path) -> None:
    """A change touches its own line; comments, order and names of other versions stay, and those are told."""
    path = tmp_path / "anna.toml"
    path.write_text(OURS)
    read, told = read_settings(path)
    assert read == Settings(theme="calm-dark", keys=MappingProxyType({"send": "ctrl+d"}))
    assert len(told) == 1
    assert "'later'" in told[0]
    write_settings(path, Settings(theme="night", keys=read.keys))
    assert path.read_text() == OURS.replace("calm-dark", "night")
    assert path.stat().st_mode & 0o777 == 0o600


def test_keys_are_added_and_removed(tmp_path: Path) -> None:
    """The table of keys follows what is given, and an empty file gets one where it is needed."""
    path = tmp_path / "anna.toml"
    path.write_text(OURS)
    write_settings(path, Settings(theme="calm-dark", keys={"help": "f1"}))
    assert read_settings(path)[0].keys == {"help": "f1"}
    new = tmp_path / "new.toml"
    write_settings(new, Settings(keys={"help": "f1"}, country="GB"))
    assert read_settings(new)[0] == Settings(keys=MappingProxyType({"help": "f1"}), country="GB")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.builds(
        Settings,
        theme=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        country=st.from_regex(r"([A-Z]{2})?", fullmatch=True),
        shared_machine=st.booleans(),
        idle_lock_minutes=st.integers(1, 1440),
        plain_relays=st.lists(st.from_regex(r"[a-z0-9.-]{1,20}(:[0-9]{1,5})?", fullmatch=True), max_size=3).map(tuple),
        keys=st.dictionaries(st.from_regex(r"[a-z.-]{1,12}", fullmatch=True), st.text("abc+,", max_size=9), max_size=3),
    )
)
def test_settings_round_trip(tmp_path: Path, made: Settings) -> None:
    """Whatever a person chooses is read back, also when written over a file that has comments."""
    path = tmp_path / "anna.toml"
    path.write_text(OURS)
    write_settings(path, made)
    assert read_settings(path)[0] == made
    assert path.read_text().startswith("# my own\n")


@pytest.mark.parametrize(
    "text",
    [
        "theme = 1",
        'country = "gb"',
        'country = "GBR"',
        'shared_machine = "yes"',
        "shared_machine = 1",
        "idle_lock_minutes = 0",
        "idle_lock_minutes = 1441",
        "idle_lock_minutes = true",
        "idle_lock_minutes = 1.5",
        'plain_relays = "relay"',
        'plain_relays = [""]',
        "keys = 3",
        "[keys]\nsend = 3",
    ],
)
def test_a_wrong_value_is_one_sentence(tmp_path: Path, text: str) -> None:
    """A value of the wrong kind is refused with the file's and the setting's names, on reading and before writing."""
    path = tmp_path / "anna.toml"
    path.write_text(text)
    name = text.split(" ", maxsplit=1)[0].strip("[]").split("]")[0]
    with pytest.raises(ConfigError, match=rf"anna\.toml, {name} should be"):
        read_settings(path)
    with pytest.raises(ConfigError):
        write_settings(path, Settings())
    assert path.read_text() == text


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b"a = 1\na = 2", b"#" * 70_000, b"\x00"])
def test_a_file_of_another_form_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """What is not TOML, not text or far too long is refused with the file's name and left as it is."""
    path = tmp_path / "anna.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"anna\.toml"):
        read_settings(path)
    assert path.read_bytes() == data


def test_a_linked_settings_file_is_refused(tmp_path: Path) -> None:
    """A link in place of the settings is not followed, and a folder there is one sentence."""
    (tmp_path / "real.toml").write_text("")
    (tmp_path / "anna.toml").symlink_to(tmp_path / "real.toml")
    with pytest.raises(ConfigError, match="link"):
        read_settings(tmp_path / "anna.toml")
    with pytest.raises(ConfigError):
        read_settings(tmp_path)
