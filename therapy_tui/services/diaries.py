"""Diaries that people have already: each form read into the same few facts, strictly, and never trusted.

`jrnl` is that program's JSON export, `dayone` the JSON of Day One, `lines` one `{"date", "text"}` a line, and
`markdown` one file a page. In every form a page's lines end with a line feed, and empty lines around it are not kept.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from therapy_tui.core import front_matter
from therapy_tui.core.journal import LONGEST_HEADING, check_day, check_mood, check_text, fitting_tags
from therapy_tui.errors import UsageError

FORMATS = ("lines", "jrnl", "dayone", "markdown")
FIRST_LINES = 20
"""In so many lines one must be whole for a file of lines to be known."""

_DAY = re.compile(r"(?<!\d)(\d{4})[-/_.]?(\d{2})[-/_.]?(\d{2})(?!\d)", re.ASCII)
_STAMP = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](.*))?", re.ASCII | re.DOTALL)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?!\d)", re.ASCII)
_MOOD = re.compile(r"\d{1,2}", re.ASCII)
# How jrnl tells where a sentence ends, and with it the title of a page of one line.
_SENTENCE_END = re.compile(r"[.!?…‼‽⁇⁈⁉⋯﹒﹗]['’\"”]?[\])]*\Z|[！．？｡。]\Z")  # noqa: RUF001 - they are what is looked for
_MEDIA = re.compile(r"!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\n]{0,200}\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of somebody's diary."""

    where: str
    day: str
    minute: int
    """Minutes since the day began, or -1 where the diary does not tell."""
    text: str
    tags: str = ""
    mood: int = 0
    question: str = ""
    prompt: str = ""
    without: str = ""
    """What of the page could not be taken, and why; empty when all was."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was not taken, and why."""

    where: str
    why: str


Read = Found | Left


def recognise(beginning: str) -> str:
    """Tell the form of a file by how it begins; empty when it is none that is known."""
    text = beginning.lstrip("\ufeff \t\r\n")
    for line in text.split("\n", FIRST_LINES)[:FIRST_LINES]:
        fields = _parsed(line)
        if isinstance(fields, dict) and fields.keys() & {"date", "text"}:
            return "lines"
    if not text.startswith("{"):
        return ""
    # A quotation mark within words is written as \", so these can only be names of fields.
    if '"creationDate"' in text or '"metadata"' in text:
        return "dayone"
    return "jrnl" if '"entries"' in text else ""


def read_line(line: str, number: int) -> Read | None:
    """Read one line of `lines`; None for an empty one."""
    if not line.strip():
        return None
    where = f"line {number}"
    fields = _parsed(line)
    if fields is None:
        return Left(where, "it is not JSON")
    if not isinstance(fields, dict):
        return Left(where, "it is not an object with date and text")
    return _found(fields, where)


def read_jrnl(text: str) -> Iterator[Read]:
    """Read an export of jrnl, or one of ours in that form, in which `text` has the page as it was.

    jrnl keeps a page in two parts, so its white space may be another after that; no word is.

    Raises:
        UsageError: it is no such file.
    """
    for where, entry in _entries(text, "jrnl"):
        try:
            fields = _object(entry)
            whole = fields["text"] if isinstance(fields.get("text"), str) else _joined(fields)
            tags = [each.removeprefix("@") for each in _list(fields, "tags") if isinstance(each, str)]
            yield _found({**fields, "text": whole, "tags": tags}, where)
        except UsageError as error:
            yield Left(where, _said(error))


def read_dayone(text: str) -> Iterator[Read]:
    """Read an export of Day One; pictures and sounds are left where they are.

    Raises:
        UsageError: it is no such file.
    """
    for where, entry in _entries(text, "Day One"):
        try:
            fields = _object(entry)
            local = _local(_string(fields, "creationDate"), fields.get("timeZone"))
            words, media = _MEDIA.subn("", _string(fields, "text").replace("\u2028", "\n"))
            # Its text is Markdown in which every sign is escaped that could mean something.
            plain = _ESCAPED.sub(r"\1", words)
            found = _found({**fields, "text": plain, "date": f"{local.date()}", "time": f"{local:%H:%M}"}, where, media)
        except UsageError as error:
            found = Left(where, _said(error))
        yield found


def read_markdown(text: str, name: str) -> Read:
    """Read one file of a folder; its day stands in its front matter or in its name.

    Args:
        text: all of the file.
        name: its path within the folder.
    """
    facts, rest = front_matter.read(_even(text).removeprefix("\ufeff"))
    fields: dict[str, Any] = {**facts, "text": rest, "tags": list(front_matter.words(facts.get("tags", "")))}
    stamp = _STAMP.fullmatch(str(fields.get("date", "")).strip())
    if stamp is None:
        days = [day for day in (_day_in(part) for part in (name.rpartition("/")[2], name)) if day]
        if not days:
            return Left(name, "no day stands in its name or at its top")
        fields["date"] = days[0]
    title = fields.get("title")
    if isinstance(title, str) and title.strip() and not rest.lstrip().removeprefix("# ").startswith(title.strip()):
        fields["text"] = f"{title.strip()}\n\n{rest.lstrip()}"
    return _found(fields, name)


def _joined(entry: dict[str, Any]) -> str:
    """Put the two parts of a page of jrnl's together: it keeps neither the blank nor the line end between them."""
    title, body = (_even(_string(entry, each)).strip("\n") for each in ("title", "body"))
    if not title or not body:
        return title or body
    if _SENTENCE_END.search(title):
        return title + (" " if "\n" not in body else "\n") + body
    return title + ("\n\n" if len(title) <= LONGEST_HEADING else "\n") + body


def _local(stamp: str, zone: object) -> datetime:
    try:
        moment = datetime.fromisoformat(stamp)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(zone))
    except (ValueError, OverflowError):
        raise UsageError("it has no creationDate that can be read") from None


def _zone(name: object) -> Any:  # noqa: ANN401 - zoneinfo's or UTC
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else UTC
    except (KeyError, ValueError, OSError, ImportError):
        return UTC


def _day_in(name: str) -> str:
    for year, month, day in _DAY.findall(name):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever JSON can say; None where it is none
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _entries(text: str, whose: str) -> Iterator[tuple[str, Any]]:
    whole = _parsed(text)
    if whole is None:
        raise UsageError(f"This is no export of {whose}: it is not whole JSON. Nothing was taken.")
    entries = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(entries, list):
        raise UsageError(f"This is no export of {whose}: it has no entries. Nothing was taken.")
    return ((f"entry {number}", entry) for number, entry in enumerate(entries, start=1))


def _found(fields: dict[str, Any], where: str, media: int = 0) -> Read:
    """Make a page of its fields; what belongs to the words must be right, and what does not is left where it is not."""
    try:
        text = _even(_string(fields, "text")).strip("\n")
        question, prompt = _string(fields, "question"), _string(fields, "prompt")
        for each in (text, question, prompt):
            check_text(each)
        day, minute = _when(_string(fields, "date"), fields.get("time"))
    except UsageError as error:
        return Left(where, _said(error))
    without = [f"pictures or sounds ({media})"] if media else []
    if not text.strip():
        return Left(where, f"nothing stands in it but {without[0]}" if without else "nothing stands in it")
    tags, unfit = fitting_tags(each for each in _list(fields, "tags") if isinstance(each, str))
    mood = _mood(fields.get("mood"))
    without += [f"the tag {each[:40]!r}" for each in unfit]
    without += ["its mood, which is not a number from 1 to 10"] if mood < 0 else []
    return Found(where, day, minute, text, tags, max(0, mood), question, prompt, ", ".join(without))


def _when(stamp: str, clock: object) -> tuple[str, int]:
    found = _STAMP.fullmatch(stamp.strip())
    day = check_day("-".join(found.group(1, 2, 3)) if found else stamp)
    shown = _CLOCK.match(clock if isinstance(clock, str) and clock else (found and found[4]) or "")
    return day, 60 * int(shown[1]) + int(shown[2]) if shown else -1


def _mood(value: object) -> int:
    """Give a mood, 0 where none is told, and -1 for what is no mood."""
    if value is None or value == "" or value is False:
        return 0
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        text = str(value).strip() if isinstance(value, int | str) else ""
        return check_mood(int(text)) if _MOOD.fullmatch(text) else -1
    except UsageError:
        return -1


def _object(entry: object) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise UsageError("it is not an object")
    return entry


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    return value if isinstance(value, list) else []


def _string(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"its {name} is not text")
    return value or ""


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _said(error: UsageError) -> str:
    return str(error).rstrip(".")
