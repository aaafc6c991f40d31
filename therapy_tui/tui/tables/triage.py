"""What works in the caseload."""

from therapy_tui.tui.tables.command import EVERYWHERE, READING, TRIAGE, Command, command

TABLE: tuple[Command, ...] = (
    command(
        "triage", "app.triage", "", "who needs you", "Who needs you, and why", "who needs you, and why", EVERYWHERE
    ),
    command("hours", "app.hours", "", "office hours", "Your office hours", "your office hours", EVERYWHERE),
    command("open_person", "screen.open", "enter", "open", "Open the letters", "open the letters, and answer", TRIAGE),
    command(
        "promise",
        "screen.promise",
        "a",
        "read, answer by…",
        "Say by when you answer",
        "say that you have read it, and by when an answer comes",
        TRIAGE,
    ),
    command("note_person", "screen.note", "n", "note", "Begin a note", "begin a note about this person", TRIAGE),
    command(
        "clear_flag",
        "screen.clear",
        "c",
        "clear a flag",
        "Clear a flag",
        "clear what stands first, with a reason",
        TRIAGE,
    ),
    command(
        "put_off", "screen.put_off", "z", "not before…", "Not before", "let somebody not stand first until then", TRIAGE
    ),
    command("find_person", "screen.find", "/", "find", "Find somebody", "find by name, label or reason", TRIAGE),
    command(
        "everybody",
        "screen.everybody",
        "escape",
        "everybody",
        "Everybody again",
        "everybody again",
        TRIAGE,
        listed=False,
    ),
    command("next_person", "screen.next", "tab", "next who needs you", "Next", "the next who needs you", TRIAGE),
    command("label_person", "screen.label", "l", "label", "Label", "give a label, a few words of your own", TRIAGE),
    command("chart_person", "screen.chart", "t", "measures", "Measures over time", "their measures over time", TRIAGE),
    command("own_views", "screen.views", "v", "views", "Views", "what you found, kept under a name", TRIAGE),
    command("person_up", "screen.go(-1)", "up,k", "up", "Up", "one up", TRIAGE, listed=False),
    command("person_down", "screen.go(1)", "down,j", "down", "Down", "one down", TRIAGE, listed=False),
    command("person_first", "screen.go(-9999)", "home", "first", "The first", "the first", TRIAGE, listed=False),
    command("person_last", "screen.go(9999)", "end", "last", "The last", "the last", TRIAGE, listed=False),
    command(
        "person_page_down",
        "screen.read_on(1)",
        "pagedown,space",
        "read on",
        "Read on",
        "read on in the letter beside, or five people further",
        TRIAGE,
        listed=False,
    ),
    command(
        "person_page_up",
        "screen.read_on(-1)",
        "pageup",
        "read back",
        "Read back",
        "the same upwards",
        TRIAGE,
        listed=False,
    ),
    # among the letters
    command(
        "promise_here",
        "screen.promise",
        "p",
        "by when",
        "By when an answer comes",
        "by when an answer comes: promise it, or give it more time",
        READING,
    ),
)
