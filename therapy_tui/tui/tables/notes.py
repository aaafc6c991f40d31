"""What works among the notes, reading one and writing one."""

from therapy_tui.tui.tables.command import EVERYWHERE, NOTE, NOTE_PAGE, NOTES, Command, command

TABLE: tuple[Command, ...] = (
    command("notes", "app.room('notes')", "f5", "notes", "Your notes", "your notes", EVERYWHERE),
    command("open_note", "screen.open", "enter", "read", "Read a note", "read the note", NOTES, listed=False),
    command("write_note", "screen.write", "w", "write a note", "Write a note", "write a note", NOTES),
    command(
        "notes_of_one",
        "screen.one",
        "o",
        "of one person",
        "The notes about one person",
        "the notes about this person only, and all again",
        NOTES,
    ),
    command("note_before", "screen.go(-1)", "up,k", "note by note", "A note up", "note by note", NOTES, listed=False),
    command("note_after", "screen.go(1)", "down,j", "down", "A note down", "the same downwards", NOTES, listed=False),
    command("notes_up", "screen.go(-5)", "pageup", "up", "Five notes up", "five notes up", NOTES, listed=False),
    command(
        "notes_down", "screen.go(5)", "pagedown,space", "down", "Five down", "five notes down", NOTES, listed=False
    ),
    command("newest_note", "screen.newest", "home", "newest", "The newest note", "the newest", NOTES, listed=False),
    command("oldest_note", "screen.oldest", "end", "oldest", "The oldest note", "the oldest", NOTES, listed=False),
    command("erase_note", "screen.erase", "x", "erase", "Erase a note", "erase the note", NOTES, listed=False),
    # reading one
    command("edit_note", "screen.edit", "enter,i,w", "write on", "Write on", "write on", NOTE, listed=False),
    command(
        "its_letter",
        "screen.letter",
        "o",
        "the letter",
        "The letter that this note is about",
        "go to the letter it is about",
        NOTE,
        listed=False,
    ),
    command(
        "note_versions",
        "screen.earlier",
        "e",
        "earlier versions",
        "What this note was before",
        "what this note was before",
        NOTE,
        listed=False,
    ),
    # writing one
    command(
        "close_note",
        "screen.back",
        "escape,ctrl+g",
        "close, it is kept",
        "Close the note",
        "close, it is kept",
        NOTE_PAGE,
        listed=False,
    ),
    command("note_about", "screen.about", "ctrl+t", "about whom", "Whom it is about", "whom it is about", NOTE_PAGE),
    command(
        "note_hour",
        "screen.hour",
        "ctrl+r",
        "of which hour",
        "The hour it belongs to",
        "the hour it belongs to",
        NOTE_PAGE,
    ),
)
