"""The demo's made-up caseload: fourteen people of the therapist's who are in the vault as if they had always written.

Nobody ever carried their letters: they are put where letters that came and went lie. At their end nobody sits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from therapy_tui.content import caseload
from therapy_tui.content.caseload import Person
from therapy_tui.content.demo import Moment
from therapy_tui.core import bodies, shared
from therapy_tui.core.delivery import Event, State
from therapy_tui.core.messages import Message
from therapy_tui.core.people import CHANGED, CLIENT, VERIFIED
from therapy_tui.services import audit, office, sharing, unseen
from therapy_tui.services.caseload_pieces import A_MINUTE, AN_HOUR, Piece, passed, pieces_of
from therapy_tui.services.events import ContactsChanged
from therapy_tui.services.seat import Seat
from therapy_tui.services.unseen import End
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, messages, numbers


@dataclass(slots=True)
class Caseload:
    """The fourteen, who come when the therapist's seat is first taken."""

    seat: Seat
    """The therapist's."""
    ends: list[End] = field(default_factory=list)
    """Whose mailboxes the relay does not have yet."""
    has_come: bool = False

    def fill(self, seat: Seat) -> None:
        """Put them into the vault if `seat` is the therapist's and they are not there yet; nothing is sent.

        Raises:
            LocalError: the vault takes nothing; nothing was changed.
        """
        if seat is not self.seat or self.has_come or not seat.is_open:
            return
        vault = seat.open_vault
        self.ends = load(vault, caseload.people(), vault.now())
        audit.note_opening(vault)  # it was opened in the past, for the story
        self.has_come = True

    async def open_mailboxes(self) -> None:
        """Let the relay make the mailboxes of those who have come; raises as `unseen.open_mailboxes`."""
        ends, self.ends = self.ends, []
        if ends:
            vault = self.seat.open_vault
            transport = self.seat.transport(self.seat.settings)
            try:
                await unseen.open_mailboxes(transport, vault.profile.relay, ends, vault.now())
            finally:
                await transport.close()


def load(vault: Vault, people: Sequence[Person], now: int) -> list[End]:
    """Put people into a therapist's vault, in one transaction: no receipt is owed, and nothing waits to be sent.

    Args:
        vault: of a therapist who has a relay.
        people: whom.
        now: seconds since 1970; what is told in days and hours is told from here.

    Returns:
        The far ends, for `unseen.open_mailboxes`.
    """
    ends = []
    with vault.transaction():
        account, hours = unseen.own_account(vault), office.own(vault)
        for person in people:
            pieces = sorted(pieces_of(person, hours, now, vault.random_bytes), key=lambda piece: piece.at)
            met = min(Moment(person.since, 9, 30).seconds(now), pieces[0].at - 2 * A_MINUTE)
            contact = vault.random_bytes(8)
            contacts.add(vault.database, contact, person.name, CLIENT, met)
            ends.append(unseen.befriend(vault, account, contact, person.name))
            if person.trust != "unverified":
                contacts.set_trust(vault.database, contact, VERIFIED, met + AN_HOUR)
            if person.changed is not None:
                ends.append(unseen.befriend(vault, account, contact, person.name, "pending"))
                contacts.set_trust(vault.database, contact, CHANGED, passed(person.changed.when, now))
            _add(vault, contact, pieces, now)
        vault.tell(ContactsChanged())
    return ends


def _add(vault: Vault, contact: bytes, pieces: Sequence[Piece], now: int) -> None:
    """Keep all that two people said to each other, in order."""
    theirs = 0
    for piece in pieces:
        theirs += not piece.outgoing
        letter = piece.body if isinstance(piece.body, bodies.Letter) else None
        arrived = piece.at if piece.outgoing else min(piece.at + A_MINUTE, now)
        message = Message(
            row=0,
            contact=contact,
            id=piece.id,
            kind=piece.kind,
            outgoing=piece.outgoing,
            number=contacts.take_number(vault.database, contact) if piece.outgoing else theirs,
            place=0,
            written_at=piece.at,
            arrived_at=arrived,
            state=State.SENT if piece.outgoing else piece.state,
            state_at=arrived if piece.outgoing or piece.state is State.RECEIVED else min(arrived + AN_HOUR, now),
            reason="",
            seals=0,
            text=letter.text if letter else shared.text_of(piece.body),
            tone=letter.tone if letter else 0,
            answers=piece.answers,
            raw=b"" if letter else bodies.pack_body(piece.body),
            again=False,
        )
        if not piece.outgoing and isinstance(piece.body, shared.Shared):
            message = sharing.take_in(vault, message, piece.body)
        messages.add(vault.database, message)
        if piece.outgoing:
            proof = Event.READING if piece.state is State.READ else Event.DELIVERY
            messages.move(vault.database, contact, piece.id, proof, min(arrived + AN_HOUR, now))
    contacts.note_have(vault.database, contact, theirs)
    numbers.advance_held(vault.database, contact)
