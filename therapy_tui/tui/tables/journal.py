"""What works in the journal."""

from therapy_tui.tui.tables.command import EVERYWHERE, FORM, JOURNAL, JOURNAL_PAGE, QUESTIONS, Command, command

TABLE: tuple[Command, ...] = (
    command("journal", "app.room('journal')", "f4", "journal", "The journal", "the journal", EVERYWHERE),
    command(
        "search", "app.room('search')", "", "search", "Search everything", "search everything of yours", EVERYWHERE
    ),
    command("open_page", "screen.open", "enter", "open", "Open a page", "open the page", JOURNAL, listed=False),
    command("write_page", "screen.write", "w", "write", "Write a page", "write a page", JOURNAL),
    command(
        "prompted", "screen.prompted", "p", "with a question", "Let a question begin", "let a question begin", JOURNAL
    ),
    command(
        "month_back",
        "screen.month(-1)",
        "left,h",
        "month",
        "The month before",
        "the month before with a page",
        JOURNAL,
        listed=False,
    ),
    command(
        "month_on", "screen.month(1)", "right,l", "month", "The month after", "the month after", JOURNAL, listed=False
    ),
    command("page_before", "screen.go(-1)", "up,k", "page by page", "A page up", "page by page", JOURNAL, listed=False),
    command("page_after", "screen.go(1)", "down,j", "down", "A page down", "the same downwards", JOURNAL, listed=False),
    command("pages_up", "screen.go(-5)", "pageup", "up", "Five pages up", "five pages up", JOURNAL, listed=False),
    command(
        "pages_down", "screen.go(5)", "pagedown,space", "down", "Five down", "five pages down", JOURNAL, listed=False
    ),
    command("this_month", "screen.this_month", "t", "this month", "This month", "this month", JOURNAL),
    command(
        "on_this_day", "screen.on_this_day", "y", "on this day", "On this day", "the same day in other years", JOURNAL
    ),
    command(
        "today_before",
        "screen.today_before",
        "o",
        "today, other years",
        "Today in other years",
        "what was written on today's day in other years",
        JOURNAL,
    ),
    command("erase_page", "screen.erase", "x", "erase", "Erase a page", "erase the page", JOURNAL, listed=False),
    command(
        "search_pages",
        "app.room('search')",
        "slash",
        "search",
        "Search",
        "search everything of yours",
        JOURNAL,
        listed=False,
    ),
    command(
        "questions", "screen.questions", "q", "all questions", "All questions", "all questions, yours too", JOURNAL
    ),
    command("form", "screen.form", "f", "with a form", "Write along a form", "write along a form", JOURNAL),
    command("next_part", "screen.part(1)", "tab", "next part", "The next part", "the next part", FORM, listed=False),
    command(
        "last_part", "screen.part(-1)", "shift+tab", "one back", "One part back", "one part back", FORM, listed=False
    ),
    # questions
    command(
        "ask_it",
        "screen.open",
        "enter",
        "begin a page",
        "Begin a page",
        "begin a page with it",
        QUESTIONS,
        listed=False,
    ),
    command(
        "write_question",
        "screen.write",
        "w",
        "write your own",
        "Write a question of your own",
        "write a question of your own",
        QUESTIONS,
    ),
    command(
        "erase_question",
        "screen.erase",
        "x",
        "erase",
        "Erase a question of yours",
        "erase one of yours, or one that was sent to you",
        QUESTIONS,
        listed=False,
    ),
    command(
        "question_before",
        "screen.go(-1)",
        "up,k",
        "up",
        "A question up",
        "question by question",
        QUESTIONS,
        listed=False,
    ),
    command(
        "question_after",
        "screen.go(1)",
        "down,j",
        "down",
        "A question down",
        "the same downwards",
        QUESTIONS,
        listed=False,
    ),
    command("questions_up", "screen.go(-5)", "pageup", "up", "Five up", "five questions up", QUESTIONS, listed=False),
    command(
        "questions_down",
        "screen.go(5)",
        "pagedown,space",
        "down",
        "Five down",
        "five questions down",
        QUESTIONS,
        listed=False,
    ),
    command(
        "kind_before",
        "screen.kind(-1)",
        "left,h",
        "kind",
        "The kind before",
        "the kind before",
        QUESTIONS,
        listed=False,
    ),
    command(
        "kind_after", "screen.kind(1)", "right,l", "kind", "The next kind", "the next kind", QUESTIONS, listed=False
    ),
    # a page
    command(
        "close_page",
        "screen.back",
        "escape,ctrl+g",
        "close, it is kept",
        "Close the page",
        "close, it is kept",
        JOURNAL_PAGE,
        listed=False,
    ),
    command(
        "mood_and_tags",
        "screen.facts",
        "ctrl+t",
        "mood and tags",
        "Mood and tags",
        "how it is, from 1 to 10, and tags",
        JOURNAL_PAGE,
    ),
    command(
        "another_question",
        "screen.another",
        "ctrl+r",
        "another question",
        "Another question",
        "another question, or one at all",
        JOURNAL_PAGE,
    ),
    command(
        "earlier",
        "screen.earlier",
        "ctrl+e",
        "earlier versions",
        "What this page was before",
        "what this page was before",
        JOURNAL_PAGE,
    ),
)
