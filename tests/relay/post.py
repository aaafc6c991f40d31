"""A post office in memory, with a clock that stands still until a test moves it, and short words for what tests ask."""

from dataclasses import dataclass, field

from nacl.signing import SigningKey

from tests.relay_caller import Owner, Signed, change, collected, deposit, sign
from therapy_tui.core.wire import Code, Collected, Limits, Open, Refused, Result, pack_body
from therapy_tui.relay.admission import Admission, ticket_hash
from therapy_tui.relay.office import Office, Order
from therapy_tui.relay.store.shelf import SqliteShelf

DAY = 24 * 3600
START = 1_800_000_000


@dataclass
class Post:
    """An office over one shelf; `ask` does what a request would do."""

    shelf: SqliteShelf
    limits: Limits = field(default_factory=Limits)
    now: int = START
    disk: tuple[int, int] = (10**12, 10**12)
    address: str = "192.0.2.1"
    tickets: frozenset[bytes] | None = None

    def __post_init__(self) -> None:
        self._admission: Admission | None = None

    @property
    def office(self) -> Office:
        """The office under the rules of this moment."""
        if self._admission is None:
            marks = frozenset(ticket_hash(ticket) for ticket in self.tickets or ())
            self._admission = Admission(self.limits, anyone=self.tickets is None, tickets=lambda: marks)
        return Office(self.limits, self._admission, lambda: self.now, lambda: self.disk)

    def ask(self, *signed: Signed) -> list[Result]:
        """Do parts and give their results."""
        orders = [Order(*sign(key, pack_body(part)), part) for key, part in signed]
        return self.office.perform(self.shelf, orders, self.address).results

    def owner(self, seed: int) -> Owner:
        """Make a mailbox; its owner's clock is right at every moment."""
        owner = Owner(seed, clock=lambda: self.now)
        part = owner.open()[1]
        assert isinstance(part, Open)
        self.shelf.make_mailbox(part.mailbox, part.key, self.now)
        return owner


SENDER = SigningKey(b"\1" * 32)
INVITE = SigningKey(b"\2" * 32)
NOTHING = Collected(0, (), more=False)
DENIED = Refused(Code.DENIED)


def with_slot(post: Post, seed: int = 1) -> Owner:
    """Make a mailbox in which SENDER may deposit through slot 1."""
    owner = post.owner(seed)
    assert post.ask(owner.own(changes=[change(1, SENDER)])) == [NOTHING]
    return owner


def put(post: Post, owner: Owner, *envelopes: bytes, slot: int = 1, key: SigningKey = SENDER) -> Result:
    """Deposit in one mailbox and give the result."""
    return post.ask(deposit(key, slot, [owner.mailbox], envelopes, post.now))[0]


def letters(post: Post, owner: Owner, done: int = 0, room: int = 2**20) -> list[bytes]:
    """Collect."""
    return collected(post.ask(owner.own(done, room))[0])
