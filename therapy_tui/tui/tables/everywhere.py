"""What works everywhere."""

from therapy_tui.tui.tables.command import EVERYWHERE, Command, command

TABLE: tuple[Command, ...] = (
    command("help", "app.help", "f1", "help", "Help for where you are", "help for where you are", EVERYWHERE),
    command("messages", "app.messages", "f3", "letters", "Read and write letters", "letters", EVERYWHERE),
    command(
        "safety",
        "app.safety",
        "f8",
        "numbers to call",
        "Numbers to call",
        "numbers to call, also when locked, and your own plan",
        EVERYWHERE,
    ),
    command("lock", "app.lock", "f9", "lock", "Lock now", "lock now", EVERYWHERE),
    command(
        "menu",
        "app.menu",
        "f10",
        "everything by name",
        "Everything by name",
        "everything by name, and leave",
        EVERYWHERE,
    ),
    command(
        "palette",
        "app.menu",
        "ctrl+p",
        "everything by name",
        "Everything by name",
        "the same",
        EVERYWHERE,
        listed=False,
    ),
    command(
        "exchange",
        "app.exchange",
        "ctrl+n",
        "exchange now",
        "Send and fetch now",
        "send what waits and fetch what has come, now",
        EVERYWHERE,
    ),
    command(
        "send_now",
        "app.send_now",
        "ctrl+f",
        "send now",
        "Send large letters too, now",
        "the same, and let large letters go whatever the day's bytes",
        EVERYWHERE,
    ),
    command("people", "app.people", "ctrl+o", "people", "Who you write with", "who you write with", EVERYWHERE),
    command("invite", "app.invite", "", "invite", "Invite somebody", "make an invite", EVERYWHERE),
    command(
        "invites", "app.room('invites')", "", "invites", "The invites you made", "the invites you made", EVERYWHERE
    ),
    command("join", "app.join", "", "take up an invite", "Take up an invite", "take up an invite", EVERYWHERE),
    command("settings", "app.room('settings')", "", "settings", "Settings", "settings", EVERYWHERE),
    command(
        "redraw", "app.redraw", "ctrl+l", "draw again", "Draw the screen again", "draw the screen again", EVERYWHERE
    ),
    command(
        "seats",
        "app.change_seats",
        "ctrl+x",
        "change seats",
        "Change seats",
        "in the demo: sit down as the other",
        EVERYWHERE,
    ),
    command(
        "back", "app.back", "escape,ctrl+g", "back", "Back", "back; what you wrote is kept", EVERYWHERE, listed=False
    ),
    command(
        "leave", "app.leave", "", "leave", "Leave the program", "leave, quit, exit; from the list by name", EVERYWHERE
    ),
    command(
        "how",
        "app.how_to_leave",
        "ctrl+c",
        "how to leave",
        "How to leave",
        "says how to leave",
        EVERYWHERE,
        listed=False,
    ),
)
STAY = ("help", "safety", "lock", "menu", "back")
"""The commands whose first key is always there: no setting takes it away, or gives it to another command."""
