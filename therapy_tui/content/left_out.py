"""What cannot be used of the program's own data files, all of it in sentences."""

from therapy_tui.content import attention, crisis, feelings, forms, measures, note_formats
from therapy_tui.content.prompts import load_prompts


def left_out() -> tuple[str, ...]:
    """Read every file of the program's content, and give a sentence for each file and entry that cannot be used."""
    others = (each.left_out() for each in (crisis, attention, forms, feelings, note_formats))
    return (*(sentence for told in others for sentence in told), *measures.problems(), *load_prompts().left_out)
