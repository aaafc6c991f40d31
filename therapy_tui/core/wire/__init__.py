"""The relay's frames, both sides: what is asked, what is answered, what is refused (docs/protocol.md, 7 and 12)."""

from therapy_tui.core.wire.answers import (
    Code,
    Collected,
    Delivery,
    Done,
    Offered,
    Refused,
    Result,
    pack_answer,
    unpack_answer,
)
from therapy_tui.core.wire.limits import VERSION, Limits
from therapy_tui.core.wire.parts import (
    Change,
    Claim,
    Close,
    Deposit,
    Open,
    Operation,
    Own,
    Part,
    mailbox_of,
    pack_body,
    unpack_body,
)
from therapy_tui.core.wire.requests import SIGNED, pack_request, unpack_request

__all__ = [
    "SIGNED",
    "VERSION",
    "Change",
    "Claim",
    "Close",
    "Code",
    "Collected",
    "Delivery",
    "Deposit",
    "Done",
    "Limits",
    "Offered",
    "Open",
    "Operation",
    "Own",
    "Part",
    "Refused",
    "Result",
    "mailbox_of",
    "pack_answer",
    "pack_body",
    "pack_request",
    "unpack_answer",
    "unpack_body",
    "unpack_request",
]
