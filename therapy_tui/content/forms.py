"""Guided forms: headings with a hint each, filled in and kept as plain text that anybody can read and search."""

import functools
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from therapy_tui.content.entries import Table, read_entries
from therapy_tui.content.tables import words
from therapy_tui.errors import ConfigError, UsageError

_FOLDER = Path(__file__).with_name("data") / "forms"
_LONGEST = 100
_TITLE, _HEADING = "# ", "## "
_LIKE_A_HEADING = re.compile(r"^(\\*## )", re.MULTILINE)
_BLANK_START = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a form."""

    heading: str
    """One line, each once in a form. Texts are read by it, so it stays as it is."""
    hint: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be filled in, in parts or as a whole."""

    id: str
    title: str
    purpose: str
    """A sentence that says what it is for."""
    fields: tuple[Field, ...]


@functools.cache
def _load() -> tuple[tuple[Form, ...], tuple[str, ...]]:
    found: list[Form] = []
    told: list[str] = []
    for path in sorted(_FOLDER.glob("*.toml")):
        read = read_entries(path, "fields", _field)
        try:
            title, purpose = words(read.top, "title", _LONGEST), words(read.top, "purpose", _LONGEST)
        except ConfigError as error:
            told += read.left_out or (f"The form in {path.name} was left out: {error}.",)
            continue
        if read.left_out:  # a part of a form would be missed: texts are read by all of its headings
            told += read.left_out
        else:
            found.append(Form(path.stem, title, purpose, read.made))
    return tuple(found), tuple(told)


def forms() -> tuple[Form, ...]:
    """Give every form that can be used, by its id."""
    return _load()[0]


def left_out() -> tuple[str, ...]:
    """Give a sentence for whatever keeps a form from being used; a form is used whole or not at all."""
    return _load()[1]


def _field(entry: Table) -> Field:
    return Field(words(entry, "heading", _LONGEST), words(entry, "hint", _LONGEST))


def form_of(text: str) -> Form | None:
    """Tell which form a text was written in, by its first line; None for any other text."""
    first = tidy(text).partition("\n")[0].rstrip()
    return next((form for form in forms() if first == _TITLE + form.title), None)


def tidy(text: str) -> str:
    """Make an answer as `parse` gives it back: newlines only, no blank lines around it, no spaces at its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_START.sub("", text).rstrip()


def render(form: Form, answers: Mapping[str, str]) -> str:
    """Write a form as plain text.

    The title stands in the first line behind `# `, each heading behind `## ` with its answer below. What was left empty
    is not there, nor are the hints. A line of an answer that looks like a heading gets a backslash in front.

    Args:
        form: Which form.
        answers: By heading; one that is missing is empty.

    Raises:
        UsageError: There is an answer to what the form does not ask.
    """
    if strange := answers.keys() - {field.heading for field in form.fields}:
        raise UsageError(f"The form {form.title} has no heading {min(strange)}.")
    tidied = ((field.heading, tidy(answers.get(field.heading, ""))) for field in form.fields)
    filled = ((_HEADING + heading, _LIKE_A_HEADING.sub(r"\\\1", answer)) for heading, answer in tidied if answer)
    return "\n\n".join([_TITLE + form.title, *itertools.chain.from_iterable(filled)])


def parse(form: Form, text: str) -> dict[str, str]:
    """Read the answers out of a text, also one that was changed by hand.

    No word gets lost: what stands above the first heading belongs to the first answer, below an unknown heading to the
    answer before it, and under a heading that comes twice to one answer.

    Returns:
        An answer for every heading of the form, `tidy`, and empty where there is none. For a text of `render` they are
        the answers that it was made from.
    """
    found: dict[str, list[str]] = {field.heading: [] for field in form.fields}
    lines = tidy(text).split("\n")
    current = found[form.fields[0].heading]
    for line in lines[1:] if lines[0].rstrip() == _TITLE + form.title else lines:
        heading = line.removeprefix(_HEADING).rstrip()
        if line.startswith(_HEADING) and heading in found:
            current = found[heading]
        else:
            current.append(line[1:] if line.startswith("\\") and _LIKE_A_HEADING.match(line) else line)
    return {heading: tidy("\n".join(answer)) for heading, answer in found.items()}
