import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from therapy_tui.errors import DiskFull, LocalError, UsageError
from therapy_tui.files import destroy_private, locked_folder, new_private, read_private, write_private


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A file comes back byte for byte, is for its owner only, and nothing else is left in the folder."""
    path = tmp_path / "file"
    for data in (b"", b"one", bytes(100_000)):
        write_private(path, data)
        assert read_private(path, 100_000) == data
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_unfinished_file_is_taken_over(tmp_path: Path) -> None:
    """What a killed writer left behind is neither read nor in the way."""
    path = tmp_path / "file"
    (tmp_path / ".file.new").write_bytes(b"half of something longer")
    write_private(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_in_place_of_the_unfinished_file_is_not_followed(tmp_path: Path) -> None:
    """A link under the unfinished file's name is refused, and what it points to is untouched."""
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    (tmp_path / ".file.new").symlink_to(other)
    with pytest.raises(LocalError):
        write_private(tmp_path / "file", b"whole")
    assert other.read_bytes() == b"precious"


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_only_a_regular_file_is_replaced_or_read(tmp_path: Path, kind: str) -> None:
    """A link, a folder or a pipe in the file's place is refused in words, at once."""
    path = tmp_path / "file"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path.symlink_to(tmp_path if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(UsageError):
        write_private(path, b"data")
    with pytest.raises(LocalError):
        read_private(path, 10)


def test_a_missing_file_is_the_callers_matter(tmp_path: Path) -> None:
    """Only the caller knows what a missing file means."""
    with pytest.raises(FileNotFoundError):
        read_private(tmp_path / "file", 10)


def test_a_long_file_is_refused(tmp_path: Path) -> None:
    """One byte more than allowed is too much."""
    path = tmp_path / "file"
    write_private(path, b"12345")
    assert read_private(path, 5) == b"12345"
    with pytest.raises(UsageError, match="longer"):
        read_private(path, 4)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o601])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """Any access for group or others is refused, with the command that mends it."""
    path = tmp_path / "file"
    write_private(path, b"1")
    path.chmod(mode)
    with pytest.raises(UsageError, match="chmod 600"):
        read_private(path, 10)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    """A file that somebody else put there is not trusted."""
    path = tmp_path / "file"
    write_private(path, b"1")
    os.chown(path, 65534, -1)
    with pytest.raises(UsageError, match="another user"):
        read_private(path, 10)


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, LocalError)]
)
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[LocalError]
) -> None:
    """A full or broken disk is one sentence, and the old bytes stay, with nothing beside them."""
    path = tmp_path / "file"
    write_private(path, b"old")

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(kind):
        write_private(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """Writing into no folder, and locking none, is refused in words."""
    with pytest.raises(LocalError):
        write_private(tmp_path / "none" / "file", b"")
    with pytest.raises(LocalError), locked_folder(tmp_path / "none"):
        pass


def test_destroying_a_link_leaves_its_target(tmp_path: Path) -> None:
    """A link is removed, and what it points to is untouched."""
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    (tmp_path / "file").symlink_to(other)
    destroy_private(tmp_path / "file")
    assert not (tmp_path / "file").is_symlink()
    assert other.read_bytes() == b"precious"


def test_destroying_takes_the_unfinished_file_too(tmp_path: Path) -> None:
    """Nothing of the file stays, not even what a killed writer left."""
    (tmp_path / ".file.new").write_bytes(b"half")
    write_private(tmp_path / "file", b"whole")
    (tmp_path / ".file.new").write_bytes(b"half")
    destroy_private(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def _write(path: Path, data: bytes) -> None:
    for _ in range(20):
        write_private(path, data)


def test_two_writers_never_mix(tmp_path: Path) -> None:
    """While two processes write, a reader sees the whole of one or the other."""
    path = tmp_path / "file"
    choices = (b"a" * 5000, b"b" * 9000)
    write_private(path, choices[0])
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write, args=(path, data)) for data in choices]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        assert read_private(path, 10_000) in choices
    assert [process.exitcode for process in processes] == [0, 0]
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_its_name_at_the_end(tmp_path: Path) -> None:
    """While it is written the name is not there; then all of it is, for its owner only, and nothing else."""
    path = tmp_path / "file"
    with new_private(path) as take:
        for number in range(3):
            take(bytes([number]) * 100_000)
        assert not path.exists()
    assert path.read_bytes() == b"".join(bytes([number]) * 100_000 for number in range(3))
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_never_an_old_one(tmp_path: Path) -> None:
    """A file that is there, or comes meanwhile, stays as it was, unless it is to be replaced."""
    path = tmp_path / "file"
    with pytest.raises(UsageError, match="already"), new_private(path) as take:  # noqa: PT012 - comes meanwhile
        take(b"new")
        path.write_bytes(b"old")
    with pytest.raises(UsageError, match="already"), new_private(path):
        pass
    assert path.read_bytes() == b"old"
    with new_private(path, replace=True) as take:
        take(b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """An error on the way, and a folder that is not there, make nothing."""
    with pytest.raises(KeyError), new_private(tmp_path / "file") as take:  # noqa: PT012 - the error comes on the way
        take(b"half")
        raise KeyError
    with pytest.raises(UsageError, match="no folder"), new_private(tmp_path / "nowhere" / "file"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_goes(tmp_path: Path) -> None:
    """The next writer of the same file removes what a kill left; what a living one writes stays."""
    (tmp_path / ".file.01234567.new").write_bytes(b"half")
    (tmp_path / ".other.01234567.new").write_bytes(b"of another")
    with new_private(tmp_path / "file") as take:
        take(b"first")
        with pytest.raises(UsageError), new_private(tmp_path / "file") as second:  # noqa: PT012 - the first is quicker
            second(b"second")
            (tmp_path / "file").write_bytes(b"quicker")
        (tmp_path / "file").unlink()
    assert (tmp_path / "file").read_bytes() == b"first"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.01234567.new", "file"]


def test_a_disk_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses links, as many sticks do, a file still gets its name, and none loses it."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with new_private(tmp_path / "file") as take:
        take(b"whole")
    with pytest.raises(UsageError), new_private(tmp_path / "other") as take:
        (tmp_path / "other").write_bytes(b"old")
    assert ((tmp_path / "file").read_bytes(), (tmp_path / "other").read_bytes()) == (b"whole", b"old")
