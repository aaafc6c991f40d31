"""Recognise a network file system, on which two programs cannot safely share a vault."""

from pathlib import Path

from therapy_tui.errors import UsageError

__all__ = ["file_system", "refuse_network"]

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset({"9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse", "gfs2", "lustre", "ncpfs", "nfs", "nfs4"})
_NETWORK |= {"ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf", "virtiofs"}


def refuse_network(path: Path, mounts: Path = MOUNTS) -> None:
    """Refuse a folder on a network file system (NFS, SMB, 9p and their kin) or on FUSE.

    SQLite's write-ahead log needs memory that is shared by all programs that have the vault open; such file
    systems do not give it, and the vault would be damaged. Where the system has no mount table to read (it is
    Linux that has one), nothing is refused.

    Args:
        path: the folder, there already or not.
        mounts: the mount table, in the format of proc(5), mountinfo.

    Raises:
        UsageError: the folder is on such a file system.
    """
    kind = file_system(path, mounts)
    if kind in _NETWORK or kind.startswith(("fuse.", "fuseblk")):
        raise UsageError(f"{path} is on a network disk ({kind}), where a vault gets damaged; choose one with --home.")


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Name the type of the file system that holds a path, such as "ext4"; empty where it cannot be told."""
    try:
        table = mounts.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    place = path.resolve()
    best, kind = -1, ""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004 - proc(5): the fifth field is the mount point
            continue
        point = Path(_plain(fields[4]))
        # The last of several mounts on one point is the one that is seen.
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), kinds[0]
    return kind


def _plain(field: str) -> str:
    """Undo the four octal escapes of proc(5)."""
    for escape, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(escape, character)
    return field
