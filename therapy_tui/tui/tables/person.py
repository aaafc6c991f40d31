"""What works on the page of a person, and leads there."""

from therapy_tui.tui.tables.command import AUDIT, EVERYWHERE, HOURS, PEOPLE, PERSON, TRIAGE, Command, command

TABLE: tuple[Command, ...] = (
    command(
        "person_here", "screen.person", "m", "the person", "About this person", "all that is known of them", TRIAGE
    ),
    command(
        "person_page",
        "screen.person",
        "p",
        "the person",
        "About this person",
        "all that is known of them",
        PEOPLE,
        listed=False,
    ),
    command(
        "person_letters", "screen.letters", "enter", "letters", "Their letters", "the letters", PERSON, listed=False
    ),
    command("person_words", "screen.words", "v", "ten words", "The ten words", "compare the ten words", PERSON),
    command("person_call", "screen.call", "e", "to call", "Whom to call", "write down whom to call about them", PERSON),
    command("person_place", "screen.place", "w", "where", "Where they are", "where they usually are", PERSON),
    command(
        "person_agreed", "screen.agreed", "c", "what is agreed", "What is agreed", "what was agreed, and when", PERSON
    ),
    command(
        "person_earlier", "screen.earlier", "t", "earlier", "What was there before", "what was there before", PERSON
    ),
    command(
        "person_measures", "screen.measures", "m", "measures", "Their measures", "their measures over time", PERSON
    ),
    command("person_note", "screen.note", "n", "notes", "Notes about them", "the notes about them", PERSON),
    command("person_label", "screen.label", "l", "label", "Label", "give a label, a few words of your own", PERSON),
    command(
        "person_hours", "screen.hours", "a", "appointments", "Their appointments", "appointments with them", PERSON
    ),
    command(
        "person_record",
        "screen.record",
        "r",
        "record",
        "Their record",
        "write the record out, say how long it is kept, hold or erase it",
        PERSON,
    ),
    command(
        "person_end", "screen.end", "x", "end it…", "End it in four steps", "end it in four steps, on any days", PERSON
    ),
    # appointments
    command("add_hour", "screen.add", "a", "add", "Add an appointment", "add an appointment", HOURS),
    command("cancel_hour", "screen.cancel", "x", "cancel", "Cancel the appointment", "cancel it", HOURS, listed=False),
    command("file_hours", "screen.file", "f", "for a calendar", "Appointments as a file", "write them out", HOURS),
    # the audit log
    command(
        "audit",
        "app.room('audit')",
        "",
        "audit log",
        "The audit log",
        "what this vault was used for (a therapist's)",
        EVERYWHERE,
    ),
    command(
        "verify_audit", "screen.verify", "v", "check it", "Check the audit log", "check that every row is whole", AUDIT
    ),
    command(
        "stop_check",
        "screen.stop",
        "escape,ctrl+g",
        "stop the check",
        "Stop the check",
        "stop the check while it goes on",
        AUDIT,
        listed=False,
    ),
)
