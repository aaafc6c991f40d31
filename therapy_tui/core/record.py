"""The record of one person: letters, shared questionnaires and signed notes; how it is written stands elsewhere."""

from dataclasses import dataclass

from therapy_tui.core.appointments import Appointment
from therapy_tui.core.delivery import State
from therapy_tui.core.measures import Result
from therapy_tui.core.persons import Version
from therapy_tui.core.questionnaire import Measure

SHORT_ID = 12
"""So many digits of the id of a note name it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A letter, or something shared that is no questionnaire, of either side."""

    id: bytes
    """16 bytes."""
    outgoing: bool
    """Whether the therapist wrote it."""
    written_at: int
    """Seconds since 1970, as all times here."""
    arrived_at: int
    state: State
    about: str
    """What it is, in a few words; empty for a letter."""
    text: str
    """Empty where it was taken back."""
    is_taken_back: bool = False
    answers: bytes = b""
    """The id of what it answers, where that is in the record; else empty."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire that the person answered and shared, as it is stored."""

    id: bytes
    at: int
    name: str
    """The id of the measure."""
    scale: tuple[int, int]
    """The lowest and the highest answer of the scale in which it is stored."""
    answers: tuple[int | None, ...]
    measure: Measure | None
    """None where this program does not know the measure, or knows it in another scale: then nothing is reckoned."""
    result: Result | None
    told: tuple[str, ...] = ()
    """What it came to, in sentences; or why nothing is reckoned."""

    @property
    def title(self) -> str:
        """The name for people."""
        return self.measure.title if self.measure is not None else self.name


@dataclass(frozen=True, slots=True)
class Noted:
    """A session note about the person."""

    id: bytes
    written_at: int
    signed_at: int
    """0 where it is not signed."""
    hour: str
    """The local day and time of the hour that it belongs to, or empty."""
    hour_at: int
    """The same as a moment; 0 without one."""
    format: str
    text: str
    minutes: int = 0
    """How long the hour was; 0 where it is not said."""
    facts: tuple[str, ...] = ()
    """What else is said of the hour: how it was held, codes of the clinician's own choosing."""
    amends: bytes = b""
    """The id of the note that this was added to; empty for a note."""
    warning: str = ""
    """What is wrong with the signature, in a sentence; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Record:
    """All of it, each list with the oldest first."""

    contact: bytes
    """The id by which the person is known in the vault, 8 bytes."""
    name: str
    therapist: str
    since: int
    """When the two met here."""
    made_at: int
    said: tuple[Said, ...]
    answered: tuple[Answered, ...]
    noted: tuple[Noted, ...]
    appointments: tuple[Appointment, ...]
    left_out: tuple[str, ...]
    """What is not in it and why, a sentence each."""
    agreed: tuple[tuple[str, Version], ...] = ()
    """What was agreed, and where the person usually is: every version with its title."""
    lost: tuple[tuple[bytes, str], ...] = ()
    """The ids of what was signed and is not here any more, nobody knows about whom; each with that in a sentence."""

    @property
    def faults(self) -> tuple[tuple[bytes, str], ...]:
        """The ids of what is not as it was signed, each with that in a sentence: notes in it, and what is lost."""
        return (*((each.id, each.warning) for each in self.noted if each.warning), *self.lost)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is not in it, and what is not as it was signed, a sentence each."""
        return (*self.left_out, *(f"{each.hex()[:SHORT_ID]}: {told}" for each, told in self.faults))
