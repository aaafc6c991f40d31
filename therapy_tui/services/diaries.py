"""Diaries that people have already: each form read into the same few facts, strictly, and never trusted.

`jrnl` is that program's JSON export, `dayone` the JSON of Day One, `lines` one `{"date", "text"}` a line, and
`markdown` one file a page.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from therapy_tui.core.journal import check_day, check_mood, check_text, tidy_tags
from therapy_tui.errors import UsageError

FORMATS = ("lines", "jrnl", "dayone", "markdown")

_DAY = re.compile(r"(?<!\d)(\d{4})[-/_]?(\d{2})[-/_]?(\d{2})(?!\d)")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)(?:\r?\n)?^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_SENTENCE_END = (".", "!", "?", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of somebody's diary."""

    day: str
    minute: int
    """Minutes since the day began, or -1 where the diary does not tell."""
    text: str
    tags: str = ""
    mood: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """What was not taken, and why."""

    where: str
    why: str


Read = Found | Left


def recognise(beginning: str) -> str:
    """Tell the form of a file by how it begins; empty when it is none that is known."""
    text = beginning.lstrip("\ufeff \t\r\n")
    first = text.partition("\n")[0].strip()
    try:
        if isinstance(json.loads(first), dict) and '"entries"' not in first:
            return "lines"
    except ValueError:
        pass
    if not text.startswith("{"):
        return ""
    return "dayone" if '"creationDate"' in text or '"metadata"' in text else "jrnl" if '"entries"' in text else ""


def read_line(line: str, number: int) -> Read | None:
    """Read one line of `lines`; None for an empty one."""
    if not line.strip():
        return None
    where = f"line {number}"
    try:
        fields = json.loads(line)
    except ValueError:
        return Left(where, "it is not JSON")
    except RecursionError:
        return Left(where, "it is nested too deeply")
    if not isinstance(fields, dict):
        return Left(where, "it is not an object with date and text")
    return _found(fields, where)


def read_jrnl(text: str) -> Iterator[Read]:
    """Read an export of jrnl.

    Raises:
        UsageError: it is no such file.
    """
    for number, entry in enumerate(_entries(text, "jrnl"), start=1):
        where = f"entry {number}"
        if not isinstance(entry, dict):
            yield Left(where, "it is not an object")
            continue
        title, body = (_string(entry, each).strip("\r\n") for each in ("title", "body"))
        # jrnl parts a page after its first sentence or its first line, and keeps neither the blank nor the line end.
        between = " " if title.endswith(_SENTENCE_END) else "\n\n"
        whole = title + between + body if title and body else title or body
        yield _found({**entry, "text": whole}, where)


def read_dayone(text: str) -> Iterator[Read]:
    """Read an export of Day One; pictures and sounds are left where they are.

    Raises:
        UsageError: it is no such file.
    """
    for number, entry in enumerate(_entries(text, "Day One"), start=1):
        where = f"entry {number}"
        if not isinstance(entry, dict):
            yield Left(where, "it is not an object")
            continue
        try:
            moment = datetime.fromisoformat(_string(entry, "creationDate"))
            local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(entry))
        except (ValueError, OverflowError):
            yield Left(where, "it has no creationDate that can be read")
            continue
        yield _found({**entry, "date": local.date().isoformat(), "time": f"{local:%H:%M}"}, where)


def read_markdown(text: str, name: str) -> Read:
    """Read one file of a folder; its day stands in its front matter or in its name.

    Args:
        text: all of the file.
        name: its path within the folder.
    """
    fields: dict[str, Any] = {}
    front = _FRONT.match(text)
    if front:
        fields = dict(_front_matter(front[1]))
        text = text[front.end() :]
    if "date" not in fields:
        days = [day for day in (_day_in(part) for part in (name.rpartition("/")[2], name)) if day]
        if not days:
            return Left(name, "no day stands in its name or at its top")
        fields["date"] = days[0]
    else:
        stamp = str(fields["date"])
        fields["date"], fields["time"] = stamp[:10], stamp[11:16]
    return _found({**fields, "text": text.strip("\r\n")}, name)


def _front_matter(block: str) -> Iterator[tuple[str, Any]]:
    key = ""
    items: list[str] = []
    for line in block.splitlines():
        if line.lstrip().startswith("- ") and key == "tags":
            items.append(line.lstrip()[2:].strip(" \"'"))
            continue
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "tags" and value:
            items += [each.strip(" \"'") for each in value.strip("[]").split(",")]
        elif key in {"date", "mood"}:
            yield key, value.strip("\"'")
    if items:
        yield "tags", items


def _day_in(name: str) -> str:
    for year, month, day in _DAY.findall(name):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _entries(text: str, whose: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(f"This is no export of {whose}: it is not whole JSON. Nothing was taken.") from None
    entries = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(entries, list):
        raise UsageError(f"This is no export of {whose}: it has no entries. Nothing was taken.")
    return entries


def _found(fields: dict[str, Any], where: str) -> Read:
    try:
        text = _string(fields, "text")
        check_text(text)
        if not text.strip():
            return Left(where, "nothing stands in it")
        tags = fields.get("tags", [])
        named = (
            tuple(each.removeprefix("@") for each in tags if isinstance(each, str)) if isinstance(tags, list) else ()
        )
        mood = fields.get("mood") or 0
        return Found(
            check_day(_string(fields, "date")[:10]),
            _minute(str(fields.get("time") or "")),
            text,
            tidy_tags(named),
            check_mood(int(mood)) if isinstance(mood, int | str) and str(mood).isdecimal() else 0,
        )
    except UsageError as error:
        return Left(where, str(error))


def _string(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise UsageError(f"its {name} is not text")
    return value


def _minute(time: str) -> int:
    hours, _, minutes = time.partition(":")
    if not (hours.isdecimal() and minutes[:2].isdecimal()):
        return -1
    minute = 60 * int(hours) + int(minutes[:2])
    return minute if minute < 24 * 60 else -1


def _zone(entry: dict[str, Any]) -> Any:  # noqa: ANN401 - zoneinfo's or UTC
    name = entry.get("timeZone")
    if not isinstance(name, str):
        return UTC
    try:
        return ZoneInfo(name.replace("\\", ""))
    except (KeyError, ValueError, OSError):
        return UTC
