"""The facts at the top of a Markdown page, between two lines of `---`, as many programs write them.

It is the small part of YAML that those programs have in common: words, quoted words, and lists of them.
"""

import json
import re
from collections.abc import Iterator, Mapping

Fact = str | tuple[str, ...]

_KNOWN = frozenset({"date", "time", "mood", "tags", "question", "prompt", "title"})
_LINE = "---"
_RULE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"([^\W\d][\w .-]*):(?:[ \t](.*))?", re.DOTALL)
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*))?", re.DOTALL)
_PART = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)[ \t]*(?:,|\Z)""")
_PLAIN = re.compile(r"[^\W\d_][\w-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}")
# Words that YAML would take for something else than a word.
_TAKEN = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
# These end a line in YAML, and JSON lets them stand.
_ENDS = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}


def write(facts: Mapping[str, Fact]) -> str:
    """Write facts, those that are empty left out, with the lines that part them from the page."""
    lines = [_LINE]
    for key, fact in facts.items():
        if isinstance(fact, tuple) and fact:
            lines += [f"{key}:", *(f"  - {_written(each)}" for each in fact)]
        elif isinstance(fact, str) and fact:
            lines.append(f"{key}: {_written(fact)}")
    return "\n".join([*lines, _LINE, ""])


def _written(word: str) -> str:
    is_plain = _PLAIN.fullmatch(word) and word.isascii() and word.lower() not in _TAKEN
    return word if is_plain or _DATE.fullmatch(word) else json.dumps(word, ensure_ascii=False).translate(_ENDS)


def read(text: str) -> tuple[dict[str, Fact], str]:
    """Part a page into facts and text.

    What looks like facts but names none that is known here is taken for text, and so is what has any other line: no
    word of a page is lost to a guess.

    Args:
        text: all of a file, its lines ended by a line feed.

    Returns:
        The facts by name, in small letters, and the text below them.
    """
    begun = _RULE.match(text)
    ended = _RULE.search(text, begun.end()) if begun else None
    if begun is None or ended is None:
        return {}, text
    facts = _facts(text[begun.end() : ended.start()])
    if facts is None or not facts.keys() & _KNOWN:
        return {}, text
    return facts, text[ended.end() :]


def _facts(block: str) -> dict[str, Fact] | None:
    """Read the lines between; None when one of them is no fact."""
    facts: dict[str, Fact] = {}
    items: list[str] = []
    key = ""
    for line in block.split("\n"):
        item = _ITEM.fullmatch(line)
        if item and key:
            items.append(_read((item[1] or "").strip()))
        elif line.strip() and line[0] not in "# \t":
            if items:
                facts[key] = tuple(items)
            found = _KEY.fullmatch(line)
            if found is None:
                return None
            items, key, value = [], found[1].strip().lower(), (found[2] or "").strip()
            is_list = value.startswith("[") and value.endswith("]")
            facts[key] = tuple(_parts(value[1:-1])) if is_list else _read(value)
    if items:
        facts[key] = tuple(items)
    return facts


def words(fact: Fact) -> tuple[str, ...]:
    """Give a fact as a list: one that was written in a line is parted at its commas."""
    return fact if isinstance(fact, tuple) else tuple(_parts(fact))


def _parts(value: str) -> Iterator[str]:
    at = 0
    while at < len(value):
        found = _PART.match(value, at)
        piece = found[1] if found else value[at:]
        if piece.strip():
            yield _read(piece.strip())
        at = found.end() if found else len(value)


def _read(value: str) -> str:
    if value.startswith('"') and value.endswith('"'):
        try:
            return str(json.loads(value))
        except ValueError:
            return value.strip('"')
    if value.startswith("'") and value.endswith("'") and len(value) > 1:
        return value[1:-1].replace("''", "'")
    return value
