"""What the drawing libraries remember of the words that they drew, and how that is dropped."""

import sys
from functools import reduce
from typing import Final

CACHES: Final = (
    ("rich.cells", "cached_cell_len"),
    ("rich.segment", "Segment._split_cells"),
    ("textual.document._document", "_utf8_encode"),
    ("textual.fuzzy", "FuzzySearch.get_first_letters"),
)
"""Every cache of a library whose keys are words of people: its module, and its name there."""


def forget_words() -> None:
    """Empty the libraries' caches of words; one whose module was never loaded is empty already."""
    for module, name in CACHES:
        if module in sys.modules:
            reduce(getattr, name.split("."), sys.modules[module]).cache_clear()
