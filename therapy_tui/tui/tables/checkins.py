"""What works among check-ins."""

from therapy_tui.tui.tables.command import CHECKING, EVERYWHERE, LOOKING_BACK, WORDS, Command, command

TABLE: tuple[Command, ...] = (
    command(
        "checkins",
        "app.room('check-ins')",
        "f6",
        "check-ins",
        "Say how it is",
        "how it is, and how it was",
        EVERYWHERE,
    ),
    # the numbers
    command(
        "mood",
        "choose",
        "1,2,3,4,5,6,7,8,9,0",
        "choose",
        "Choose a number",
        "choose the number; 0 is 10",
        CHECKING,
        listed=False,
    ),
    command("mood_lower", "lower", "left", "lower", "One lower", "one lower", CHECKING, listed=False),
    command("mood_higher", "higher", "right", "higher", "One higher", "one higher", CHECKING, listed=False),
    command("mood_keep", "screen.keep_it", "enter", "keep", "Keep it", "keep it", CHECKING, listed=False),
    command("mood_words", "screen.words", "w", "words", "Words for it", "words for it", CHECKING, listed=False),
    command(
        "mood_weeks",
        "screen.weeks",
        "l",
        "twelve weeks",
        "Twelve weeks",
        "a longer chart, over twelve weeks",
        CHECKING,
        listed=False,
    ),
    command(
        "mood_table", "screen.table", "t", "as a table", "As a table", "all of them as a table", CHECKING, listed=False
    ),
    command(
        "mood_share",
        "screen.share",
        "s",
        "share",
        "Share the numbers",
        "share the numbers of four weeks, or each new one",
        CHECKING,
        listed=False,
    ),
    command(
        "mood_last", "screen.last", "e", "change the last", "Change the last", "change the last", CHECKING, listed=False
    ),
    command(
        "mood_back",
        "screen.back",
        "escape,ctrl+g",
        "back, it is kept",
        "Back",
        "back, it is kept",
        CHECKING,
        listed=False,
    ),
    # the words
    command(
        "word_take", "take", "enter,space", "take or leave", "Take it", "take a word, or leave it", WORDS, listed=False
    ),
    command("word_left", "word_left", "left", "choose", "To the left", "word by word", WORDS, listed=False),
    command("word_right", "word_right", "right", "choose", "To the right", "the same", WORDS, listed=False),
    command("word_up", "word_up", "up", "choose", "Up", "row by row", WORDS, listed=False),
    command("word_down", "word_down", "down", "choose", "Down", "the same", WORDS, listed=False),
    command(
        "word_done",
        "app.back",
        "escape,ctrl+g,w",
        "back, they are kept",
        "Back",
        "back, they are kept",
        WORDS,
        listed=False,
    ),
    # looking back
    command(
        "past_earlier", "earlier", "left", "earlier", "Earlier", "twelve weeks earlier", LOOKING_BACK, listed=False
    ),
    command("past_later", "later", "right", "later", "Later", "twelve weeks later", LOOKING_BACK, listed=False),
    command(
        "past_table",
        "screen.turn",
        "t",
        "as a table",
        "As a table",
        "all of them as a table",
        LOOKING_BACK,
        listed=False,
    ),
    command(
        "past_chart", "screen.turn", "t", "as a chart", "As a chart", "back to the chart", LOOKING_BACK, listed=False
    ),
    command(
        "past_change",
        "screen.change",
        "enter,e",
        "change",
        "Change it",
        "change the chosen one",
        LOOKING_BACK,
        listed=False,
    ),
    command("past_erase", "screen.erase", "x", "erase", "Erase it", "erase the chosen one", LOOKING_BACK, listed=False),
)
