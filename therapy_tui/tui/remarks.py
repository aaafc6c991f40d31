"""What a person chose and does not get: told once when the vault is open, and on the page of settings."""

from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.config import read_settings

if TYPE_CHECKING:
    from therapy_tui.tui.app import TherapyApp

SEVERAL = "Of what the settings file says, {} things could not be taken. Settings names them: {}, then settings."


def remarks(app: "TherapyApp") -> tuple[str, ...]:
    """Give a sentence for each: of the colours, of the file as it is now, and of the keys."""
    try:
        of_file = read_settings(app.seat.folders.settings)[1]
    except errors.TherapyError as error:
        of_file = (str(error),)
    return (*app.look.amiss, *of_file, *app.keys_of_person.remarks)


def in_short(app: "TherapyApp") -> str:
    """Give the one remark there is, or how many there are and where they stand; nothing where all is well."""
    found = remarks(app)
    return found[0] if len(found) == 1 else SEVERAL.format(len(found), app.hint("menu")[0]) if found else ""
