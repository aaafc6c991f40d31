"""Which prompt is asked on which day: one a day, none again too soon, and lighter ones on a hard day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from therapy_tui.core.hashing import derive, digest
from therapy_tui.core.text import check_whole
from therapy_tui.errors import UsageError

Weight = Literal["light", "middle", "heavy"]
"""How heavy it is to write about."""

REST_DAYS = 60
"""A prompt that was asked on one day may be asked again so many days later."""
LOW = 3
"""The mood, of 1 to 10, up to which light prompts come first."""
MIDDLING = 5
"""The mood up to which no heavy prompt is asked."""

OWN, SENT = "own", "sent"
"""The approaches of prompts that a person wrote down, and of those that a contact sent."""
LONGEST = 280
"""The most characters of such a prompt."""

_LABEL = "prompt-of-day"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question or invitation to write."""

    id: str
    """Stays the same for ever, such as `grief-03`; an entry remembers it."""
    approach: str
    """What it belongs to, such as `grief`."""
    text: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A prompt that lies in the vault: written down by the person, or sent by a contact."""

    row: int
    id: bytes
    """16 random bytes."""
    made_at: int
    """When it was written down, or came; seconds since 1970."""
    contact: bytes
    """Who sent it; empty for one's own."""
    mark: bytes
    """What the message that brought it is known by; empty for one's own."""
    text: str
    """In one line, at most 280 characters; as it was sent, where it was."""
    weight: Weight

    @property
    def prompt(self) -> Prompt:
        """It as one among the others."""
        return Prompt(f"{OWN}-{self.id.hex()}", SENT if self.contact else OWN, self.text, self.weight)


def check_own(text: str) -> str:
    """Give a prompt that a person wrote, as it is kept: in one line.

    Raises:
        UsageError: nothing is written, it is too long, or it is no whole text.
    """
    line = " ".join(text.split())
    if not line:
        raise UsageError("There is nothing to keep: no question was written.")
    if len(line) > LONGEST:
        raise UsageError(f"A question holds {LONGEST} characters; this has {len(line):,}. A page holds more.")
    check_whole(line)
    return line


def fit_sent(text: str) -> str:
    """Give a prompt that was sent, as it is kept: in one line, cut where it is too long; empty where no word is."""
    line = " ".join(text.encode("utf-8", "replace").decode().split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def of_approach(prompts: Iterable[Prompt], approach: str) -> tuple[Prompt, ...]:
    """Keep the prompts of one approach, to choose among them only."""
    return tuple(prompt for prompt in prompts if prompt.approach == approach)


def prompt_of_the_day(
    prompts: Iterable[Prompt],
    day: date,
    shown: Mapping[str, date],
    mood: int | None,
    seed: bytes,
    today: Sequence[str] = (),
) -> Prompt:
    """Choose the prompt of a day.

    1. With a mood of 5 or less no heavy prompt is asked, unless all are heavy. With a higher mood, or none, any may be.
    2. The first prompt of `today` that is among those stays, so the whole day has one prompt. A mood that rises changes
       nothing, and one that falls takes nothing away but a heavy prompt, until it rises again.
    3. Else a rested prompt is taken, one that was not asked within 60 days of `day`, before or after (a clock may have
       been wrong). With a mood of 3 or less a light one is taken while a light one is rested. Which of them, is drawn
       from `seed`, the day and the id: the same whenever it is asked that day, whatever the order of `prompts`.
    4. When none is rested, the one that was asked longest ago is taken.

    Args:
        prompts: What to choose from, each id once.
        day: The person's own day.
        shown: For each prompt, the last day before `day` on which it was asked. An id that is not among the prompts,
            and a date that is `day` itself, count for nothing.
        mood: What the person said last, 1 to 10, as long as that is recent; None when nothing was said.
        seed: Bytes that belong to this person, so that two people are not asked the same.
        today: The ids of the prompts that were asked on `day` already, in order.

    Raises:
        UsageError: There are no prompts.
    """
    ranked = _ranked(prompts, day, shown, mood, seed)
    allowed = {prompt.id: prompt for prompt in ranked}
    return next((allowed[asked] for asked in today if asked in allowed), ranked[0])


def another(
    prompts: Iterable[Prompt],
    day: date,
    shown: Mapping[str, date],
    mood: int | None,
    seed: bytes,
    today: Sequence[str],
) -> Prompt:
    """Choose another prompt on the same day.

    Those that the mood allows are walked through in the order in which rules 3 and 4 of `prompt_of_the_day` would take
    them. What was asked today is left out until all have been; then they come again, in the order in which they came.

    Args:
        prompts: What to choose from; fewer than before when an approach was chosen meanwhile.
        day: As for the prompt of the day, like `shown`, `mood` and `seed`.
        shown: See there.
        mood: See there.
        seed: See there.
        today: The ids of all that were asked on `day`, in order, the one that is on the screen last. An id that comes
            again is there again.

    Raises:
        UsageError: There are no prompts.
    """
    places = {asked: place for place, asked in enumerate(today)}
    return min(_ranked(prompts, day, shown, mood, seed), key=lambda prompt: places.get(prompt.id, -1))


def _ranked(
    prompts: Iterable[Prompt], day: date, shown: Mapping[str, date], mood: int | None, seed: bytes
) -> list[Prompt]:
    secret = digest(_LABEL, seed)
    prefer_light = mood is not None and mood <= LOW

    def rank(prompt: Prompt) -> tuple[int, bool, bytes]:
        last = shown.get(prompt.id, day)
        distance = abs((day - last).days)
        resting = 0 < distance < REST_DAYS
        drawn = derive(secret, _LABEL, f"{day.isoformat()} {prompt.id}".encode(), 16)
        # What rested enough is all one; of the rest, the longest ago comes first.
        return REST_DAYS - distance if resting else 0, prefer_light and prompt.weight != "light", drawn

    return sorted(_allowed(prompts, mood), key=rank)


def _allowed(prompts: Iterable[Prompt], mood: int | None) -> list[Prompt]:
    everything = list(prompts)
    if not everything:
        raise UsageError("There is no prompt to choose from.")
    if mood is None or mood > MIDDLING:
        return everything
    return [prompt for prompt in everything if prompt.weight != "heavy"] or everything
