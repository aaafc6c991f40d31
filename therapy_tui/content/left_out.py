"""What is gone or cannot be used of the program's own files, all of it in sentences."""

from therapy_tui.content import attention, crisis, feelings, forms, measures, note_formats
from therapy_tui.content.missing import missing
from therapy_tui.content.prompts import load_prompts


def left_out() -> tuple[str, ...]:
    """Give a sentence for each file of the program that is gone, and each file and entry of content that is no use."""
    others = (each.left_out() for each in (crisis, attention, forms, feelings, note_formats))
    told = [sentence for each in others for sentence in each]
    return (*missing(), *told, *measures.problems(), *load_prompts().left_out)
