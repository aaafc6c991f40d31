"""What a therapist's vault notes of what a client shared: moods for the desk, and answers that stand first."""

from therapy_tui.content import measures as shelf
from therapy_tui.core import shared
from therapy_tui.core.flags import Flag
from therapy_tui.core.messages import Message
from therapy_tui.core.people import THERAPIST
from therapy_tui.services.vault import Vault
from therapy_tui.store import desk


def note(vault: Vault, message: Message, body: object) -> None:
    """Note what a piece that has just come says, inside the caller's transaction."""
    if vault.profile.role != THERAPIST:
        return
    if isinstance(body, shared.SharedCheckIns):
        desk.add_moods(vault.database, message.contact, message.id, body.days)
    elif isinstance(body, shared.SharedPage) and body.mood:
        desk.add_moods(vault.database, message.contact, message.id, ((body.day, body.mood),))
    elif isinstance(body, shared.SharedAnswers):
        _flag(vault, message, body)


def forget(vault: Vault, message: bytes) -> None:
    """Forget the moods of a piece that was taken back; a flag stays until it is cleared."""
    desk.drop_moods(vault.database, message)


def _flag(vault: Vault, message: Message, body: shared.SharedAnswers) -> None:
    measure = shelf.measure(body.measure)
    if measure is None:
        return
    for item, answer in zip(measure.items, body.answers, strict=False):
        if item.safety and body.low < answer != shared.UNANSWERED:
            flag = Flag(message.id, message.contact, body.at, measure.id, item.number, answer, 0, "")
            desk.add_flag(vault.database, flag)
