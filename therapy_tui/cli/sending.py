"""Send what is no letter and was queued: try one exchange, and say what became of it."""

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.config import BY_HAND
from therapy_tui.core.messages import Message
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault


def send_body(desk: Desk, vault: Vault, message: Message, person: Contact) -> None:
    """Exchange once, where letters do not go by hand, and print the state that is true then.

    Raises:
        Unreachable: the relay could not be reached; it is kept and goes later.
    """
    report = None if desk.settings.line == BY_HAND else desk.exchange(vault)
    after = conversation.get(vault, person.id, message.id) or message
    fields = {"id": message.id.hex(), "contact": person.name, "state": str(after.state), "about": shown(after).about}
    desk.output.row(fields, f"{person.name}: {shown(after).about} ({after.state})")
    if report is not None and not report.reachable:
        raise errors.Unreachable(f"{report.problem or errors.Unreachable()} It is kept and goes later.")
