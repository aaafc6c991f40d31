"""What works among letters and people."""

from therapy_tui.tui.tables.command import LISTS, PEOPLE, READING, WHOLE_PAGE, WRITING, Command, command

TABLE: tuple[Command, ...] = (
    # the pen
    command("send", "screen.send", "ctrl+d", "send", "Send this letter", "send", WRITING),
    command("tone", "screen.tone", "ctrl+t", "how it is meant", "Say how it is meant", "say how it is meant", WRITING),
    command(
        "whole", "screen.whole", "ctrl+e", "whole page", "Write on the whole page", "write on the whole page", WRITING
    ),
    command(
        "read",
        "screen.read",
        "escape",
        "to the letters",
        "Go to the letters",
        "to the letters; it is kept",
        WRITING,
        listed=False,
    ),
    # among the letters
    command("write", "screen.write", "enter,i,tab", "write", "Write", "write", READING),
    command("answer", "screen.answer", "r", "answer this", "Answer this letter", "answer this letter", READING),
    command(
        "again",
        "screen.again",
        "g",
        "try again",
        "Send a letter again that did not go",
        "try again what did not go",
        READING,
    ),
    command("unread", "screen.unread", "n", "next unread", "Go to the next unread letter", "next unread", READING),
    command("find", "screen.find", "/", "find", "Find in these letters", "find in these letters", READING),
    command("verify", "screen.verify", "v", "compare words", "Compare the ten words", "compare the ten words", READING),
    command(
        "note_letter",
        "screen.note",
        "o",
        "note",
        "Begin a note about this letter",
        "begin a note about this letter",
        READING,
    ),
    command(
        "up",
        "up",
        "up,k",
        "letter by letter",
        "One letter up",
        "letter by letter, line by line in a long one",
        READING,
        listed=False,
    ),
    command("down", "down", "down,j", "down", "One letter down", "the same downwards", READING, listed=False),
    command("page_up", "page_up", "pageup", "page up", "A page up", "a page up", READING, listed=False),
    command(
        "page_down", "page_down", "pagedown,space", "page down", "A page down", "a page down", READING, listed=False
    ),
    command("first", "first", "home", "first", "The first letter", "the first letter", READING, listed=False),
    command("last", "last", "end", "last", "The newest letter", "the newest letter", READING, listed=False),
    # the whole page
    command("page_send", "screen.send", "ctrl+d", "send", "Send this letter", "send", WHOLE_PAGE, listed=False),
    command(
        "page_tone",
        "screen.tone",
        "ctrl+t",
        "how it is meant",
        "How it is meant",
        "say how it is meant",
        WHOLE_PAGE,
        listed=False,
    ),
    command(
        "beside",
        "screen.beside",
        "ctrl+r",
        "their letter",
        "Show their letter",
        "show or put away their letter",
        WHOLE_PAGE,
        listed=False,
    ),
    command(
        "page_back",
        "screen.back",
        "escape,ctrl+g",
        "back, it is kept",
        "Back",
        "back, it is kept",
        WHOLE_PAGE,
        listed=False,
    ),
    # lists
    command("choose", "choose", "enter", "choose", "Choose", "choose", LISTS, listed=False),
    command("previous", "previous", "up", "choose", "One up", "one up", LISTS, listed=False),
    command("next", "next", "down", "choose", "One down", "one down", LISTS, listed=False),
    command("first_of_list", "first", "home", "choose", "The first", "the first", LISTS, listed=False),
    command("last_of_list", "last", "end", "choose", "The last", "the last", LISTS, listed=False),
    # people
    command(
        "rename",
        "screen.rename",
        "e",
        "rename",
        "Change the name shown here",
        "change the name shown here",
        PEOPLE,
        listed=False,
    ),
    command(
        "compare",
        "screen.verify",
        "v",
        "compare words",
        "Compare the ten words",
        "compare the ten words",
        PEOPLE,
        listed=False,
    ),
    command(
        "remove", "screen.remove", "x", "end it", "End a correspondence", "end the correspondence", PEOPLE, listed=False
    ),
    command("new_invite", "screen.invite", "n", "invite", "Invite somebody", "invite somebody", PEOPLE, listed=False),
    command(
        "take_up",
        "screen.join",
        "t",
        "take up an invite",
        "Take up an invite",
        "take up an invite",
        PEOPLE,
        listed=False,
    ),
)
