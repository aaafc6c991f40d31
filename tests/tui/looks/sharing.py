"""Somebody who shares, for the screens that are held fast."""

from dataclasses import replace

from therapy_tui.services import directory, journal, measures, sharing
from therapy_tui.services.seat import Seat

LONG = "I went to the river again, as we had said. The first ten minutes were hard, and then it was only a walk. " * 3


def share_some(seat: Seat) -> Seat:
    """Share one page and take it back, share another and a questionnaire; a third page is only kept."""
    vault = seat.open_vault
    (person,) = directory.people(vault)
    pages = []
    texts = {"2026-11-10": LONG, "2026-11-12": "The heron was there again.", "2026-11-15": LONG}
    for mood, (day, text) in enumerate(texts.items(), 4):
        blank = replace(journal.blank(vault, day), mood=mood, question="What did you see on the way?")
        pages.append(journal.keep(vault, blank, replace(blank, text=text)))
    for each in pages[:2]:
        sharing.share(vault, person.contact, each)
    sharing.take_back(vault, sharing.copies_of(vault, pages[0].id)[0])
    taken = measures.take(vault, measures.find("phq2"), (1, 2))
    sharing.share(vault, person.contact, taken)
    return seat
