"""What stands where letters will be: what the place is for, what it is not for, and that anything will do to begin."""

from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.text import safe_name
from therapy_tui.tui.widgets.letters import Line, wrap

WHERE = "This is where you and {} write to each other."
WHENEVER = "Write when it suits you and at whatever length. How today has been is enough."
NOT_FOR = "It is not for emergencies. F8 has numbers to call, at any time."


def no_letters(contact: Contact, width: int, height: int) -> list[Line]:
    """Give the rows over the pen, in the middle of what there is, while nobody has written.

    Args:
        contact: the one with whom one will write; where that has ended there is nothing to begin.
        width: of prose.
        height: the rows there are.
    """
    if contact.closed:
        return []
    told = [("strong", WHERE.format(safe_name(contact.name)))]
    if contact.role == THERAPIST:
        told += [("text", WHENEVER), ("quiet", NOT_FOR)]
    lines: list[Line] = []
    for style, text in told:
        lines += [Line(text=each, style=style) for each in wrap(text, width)]
        lines.append(Line())
    below = max(0, height - len(lines)) // 2
    return [*lines, *[Line()] * below][:height]
