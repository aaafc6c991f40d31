"""Every command in one table: the keys, the footer, the help, the list by name and docs/keys.md all come from it."""

from textual.binding import Binding, BindingType

from therapy_tui.tui.tables import (
    checkins,
    everywhere,
    journal,
    letters,
    measures,
    notes,
    other,
    person,
    plan,
    progress,
    sharing,
    snippets,
    today,
    triage,
)
from therapy_tui.tui.tables.command import (
    ADDITION,
    ANSWERING,
    AUDIT,
    CHECKING,
    EVERYWHERE,
    FORM,
    HOURS,
    INVITE,
    JOURNAL,
    JOURNAL_PAGE,
    LISTS,
    LOCKED,
    LOOKING_BACK,
    NOTE,
    NOTE_PAGE,
    NOTES,
    NUMBERS,
    PAGES,
    PEOPLE,
    PERSON,
    PLAN,
    PROCESS_NOTES,
    PROGRESS,
    QUESTIONS,
    READING,
    SENDING,
    SESSION_NOTE,
    SETTING_UP,
    SHARING,
    SNIPPETS,
    TO_DRAWER,
    TODAY,
    TRIAGE,
    VERIFY,
    WHOLE_PAGE,
    WORDS,
    WRITING,
    Command,
)

__all__ = [
    "ADDITION",
    "ANSWERING",
    "AUDIT",
    "BY_ID",
    "CHECKING",
    "EVERYWHERE",
    "FORM",
    "HOURS",
    "INVITE",
    "JOURNAL",
    "JOURNAL_PAGE",
    "LISTS",
    "LOCKED",
    "LOOKING_BACK",
    "NOTE",
    "NOTES",
    "NOTE_PAGE",
    "NUMBERS",
    "PAGES",
    "PEOPLE",
    "PERSON",
    "PLAN",
    "PROCESS_NOTES",
    "PROGRESS",
    "QUESTIONS",
    "READING",
    "ROOM",
    "SENDING",
    "SESSION_NOTE",
    "SETTING_UP",
    "SHARING",
    "SNIPPETS",
    "STAYING",
    "TABLE",
    "TODAY",
    "TO_DRAWER",
    "TRIAGE",
    "VERIFY",
    "WAYS_BACK",
    "WHOLE_PAGE",
    "WORDS",
    "WRITING",
    "Command",
    "bindings",
    "key_name",
]

TABLE: tuple[Command, ...] = (
    *everywhere.TABLE,
    *today.TABLE,
    *letters.TABLE,
    *journal.TABLE,
    *notes.TABLE,
    *checkins.TABLE,
    *measures.TABLE,
    *plan.TABLE,
    *sharing.TABLE,
    *triage.TABLE,
    *progress.TABLE,
    *person.TABLE,
    *snippets.TABLE,
    *other.TABLE,
)
ROOM = "app.room("
"""How the action of a command begins that leads to a place of the room."""
BY_ID = {command.id: command for command in TABLE}
STAYING = {BY_ID[each].keys.split(",")[0]: BY_ID[each] for each in everywhere.STAY}
"""The keys that no setting takes away: many places tell them, and one of them may be the last that a person knows."""
WAYS_BACK = tuple(command.id for command in TABLE if command.keys.startswith("escape"))
"""The commands that lead back: the footer always names the one that works."""


def bindings(*groups: str, only: tuple[str, ...] = ()) -> list[BindingType]:
    """Give the bindings of whole groups, and of single commands by id; the id lets a person change the keys.

    A key to a place of the room comes before what has the focus: else a digit typed right after it would be written
    into a letter.
    """
    wanted = [each for each in TABLE if each.group in groups or each.id in only]
    return [
        Binding(each.keys, each.action, each.word, show=False, id=each.id, priority=each.action.startswith(ROOM))
        for each in wanted
        if each.keys
    ]


_SHOWN = {
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
}


def key_name(key: str) -> str:
    """Write a key as a person says it: `ctrl+d`, `enter`, `esc`, `F4`."""
    first = key.split(",", maxsplit=1)[0]
    if first in _SHOWN:
        return _SHOWN[first]
    return first.upper() if len(first) in {2, 3} and first[0] == "f" and first[1:].isdigit() else first
