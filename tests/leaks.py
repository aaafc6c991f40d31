"""Looks for words that must not be anywhere: in bytes, files and processes, also written in other ways."""

import base64
import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

_STEP = 8
_MOST_IN, _MOST_OUT = 4_096, 1 << 16


@dataclass(frozen=True, slots=True)
class Find:
    """A word that was found."""

    word: str
    """What it is called."""
    where: str
    """The file or the stretch of bytes."""
    how: str
    """How it was written there: `text`, `utf-16`, `base64`, `hex`, `brotli` ..."""


class Hunt:
    """Knows what to look for.

    Args:
        words: what each is called, and the word itself: 8 characters or more that stand nowhere else.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        assert all(len(word) >= 8 for word in words.values())
        self.words = dict(words)
        self._patterns = {name: dict(_forms(word)) for name, word in words.items()}

    def bytes(self, data: bytes, where: str, *, deep: bool = False) -> set[Find]:
        """Look at bytes.

        MessagePack keeps text as it is, so whatever is packed is seen. With `deep`, whatever Brotli opens from any byte
        on is looked at as well.
        """
        found = {
            Find(name, where, how)
            for name, forms in self._patterns.items()
            for how, pattern in forms.items()
            if pattern in data
        }
        if deep:
            for opened in _opened(data):
                found |= {Find(each.word, where, f"brotli, {each.how}") for each in self.bytes(opened, where)}
        return found

    def folder(self, *folders: Path, deep: bool = False) -> set[Find]:
        """Look at every file below, and at their names."""
        found: set[Find] = set()
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                found |= self.bytes(bytes(path), f"name of {path}")
                if path.is_file() and not path.is_symlink():
                    found |= self.bytes(path.read_bytes(), str(path), deep=deep)
        return found

    def processes(self, pids: Iterable[int] | None = None) -> set[Find]:
        """Look at what processes show: arguments, variables, name and open files; all processes when none is named."""
        found: set[Find] = set()
        for pid in every_process() if pids is None else pids:
            place = Path(f"/proc/{pid}")
            for name in ("cmdline", "environ", "comm"):
                with contextlib.suppress(OSError):
                    found |= self.bytes((place / name).read_bytes(), f"{name} of {pid}")
            with contextlib.suppress(OSError):
                for link in (place / "fd").iterdir():
                    with contextlib.suppress(OSError):
                        found |= self.bytes(str(link.readlink()).encode(), f"file of {pid}")
        return found


def every_process() -> list[int]:
    """Name all processes that can be seen."""
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _forms(word: str) -> Iterator[tuple[str, bytes]]:
    raw = word.encode()
    yield "text", raw
    yield "utf-16", word.encode("utf-16-le")
    yield "utf-16, the other way", word.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "backwards", raw[::-1]
    for before in range(3):
        for name, encode in (("base64", base64.b64encode), ("base64, for addresses", base64.urlsafe_b64encode)):
            # Only the characters that nothing before or after the word can change.
            whole = encode(bytes(before) + raw)
            yield f"{name}, {before} on", whole[(0, 2, 3)[before] : 8 * (before + len(raw)) // 6]


def _opened(data: bytes) -> Iterator[bytes]:
    """Give whatever Brotli makes of the bytes from each place on, also when it breaks off."""
    for start in range(len(data)):
        if not any(data[start : start + _STEP]):
            continue
        out = _unsqueezed(data[start : start + _MOST_IN])
        if len(out) >= _STEP:
            yield out


def _unsqueezed(data: bytes) -> bytes:
    """Feed Brotli a little at a time, because it forgets what it had when it stumbles."""
    decompressor = brotli.Decompressor()
    out = b""
    try:
        for place in range(0, len(data), _STEP):
            out += decompressor.process(data[place : place + _STEP])
            if decompressor.is_finished() or len(out) > _MOST_OUT:
                break
    except brotli.error:
        # The end of a stream and what follows it may stand in one step.
        with contextlib.suppress(brotli.error):
            finer = brotli.Decompressor()
            whole = b""
            for place in range(min(len(data), _MOST_IN)):
                whole += finer.process(data[place : place + 1])
                out = max(out, whole, key=len)
                if finer.is_finished():
                    break
    return out
