"""What a command is, and where commands work."""

import msgspec

EVERYWHERE, READING, WRITING, WHOLE_PAGE = "Everywhere", "While reading", "While writing", "On the whole page"
PEOPLE, LISTS, SETTING_UP, LOCKED, INVITE, VERIFY = (
    "Among people",
    "In a list",
    "While setting up",
    "While locked",
    "Beside an invite",
    "Comparing words",
)
PAGES, NUMBERS = "On a long page", "Among the numbers to call"
JOURNAL, JOURNAL_PAGE = "In the journal", "On a page of the journal"
QUESTIONS = "Among the questions"
TODAY = "On today's page"
ANSWERING, FORM = "Answering a questionnaire", "On a form"
CHECKING, WORDS, LOOKING_BACK = "Saying how it is", "Among words for it", "Looking back"
PLAN = "Writing your plan"
SHARING = "Sharing one thing"
TRIAGE = "Among those who need you"
PROGRESS = "Measures over time"
PERSON = "On the page of a person"
HOURS, AUDIT = "Among appointments", "In the audit log"
SNIPPETS, SENDING = "Among your snippets", "Before a letter goes"
NOTES, NOTE, NOTE_PAGE = "Among the notes", "Reading a note", "Writing a note"
SESSION_NOTE, ADDITION = "Writing a session note", "Adding to a signed note"
TO_DRAWER, PROCESS_NOTES = "To the process notes", "Among the process notes"


class Command(msgspec.Struct, frozen=True):
    """One thing the program can do."""

    id: str
    """Its name in a person's own keys."""
    action: str
    """The action that Textual runs."""
    keys: str
    """Key names, separated by commas; the first is shown."""
    word: str
    """In the footer: a verb or a place."""
    title: str
    """In the list by name."""
    help: str
    """In the help."""
    group: str
    listed: bool = True
    """Whether the list by name has it."""


def command(
    name: str, action: str, keys: str, word: str, title: str, text: str, group: str, *, listed: bool = True
) -> Command:
    """Write one row of a table of commands, in the order of its fields."""
    return Command(name, action, keys, word, title, text, group, listed)
