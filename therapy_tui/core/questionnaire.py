"""The records of a measure: a questionnaire with its words, its numbers, and where each of them was read.

Scores are whole numbers, the instrument's own. Every word that a person is asked stands as its owners printed it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be given to an item."""

    text: str
    score: int
    """What it counts in the total; it is also what is kept as the answer."""
    loinc: str = ""
    """The LOINC code of the answer, such as `LA6568-5`; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question."""

    number: int
    """Counted from 1, in the order of the form."""
    text: str
    confirmed: int
    """How many of the measure's sources carry these very words; at least 2."""
    loinc: str = ""
    safety: bool = False
    """Whether every answer but the lowest opens the support screen at once."""
    cluster: str = ""
    """The group of symptoms that it belongs to, in a measure that has such groups: `B`, `C`, `D` or `E`."""
    differences: str = ""
    """How other copies differ; for whoever checks the words, never shown beside the question."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A question after the items that is never counted: how much harder these problems made daily life."""

    text: str
    confirmed: int
    options: tuple[Option, ...]
    loinc: str = ""
    number: int = 0
    """Its number on the form; 0 when the form gives none."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How answers become a total: their sum, and none while an answer is missing."""

    item_low: int
    item_high: int
    total_low: int
    total_high: int
    stored: str
    """Which way of scoring the kept numbers are in; it goes wherever a total goes."""
    missing: str
    """What becomes of an unanswered item, in words."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Totals that have a name together, both ends included."""

    label: str
    low: int
    high: int
    source: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A total from which studies or services draw a line. It says nothing certain about one person."""

    at_least: int
    meaning: str
    source: str
    at_most: int | None = None
    """Where the sources give a range of cut-points, the highest of them."""
    caseness: bool = False
    """Whether NHS Talking Therapies count from here on as caseness; a measure has at most one such line."""


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A published rule that says how many points, up or down, count as a change of one person."""

    name: str
    """Shown wherever the rule is applied."""
    points: int
    source: str
    use: bool
    """Whether this is the one rule that is applied; a measure has at most one."""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is called response and remission, for a course that began at or above a total."""

    name: str
    from_at_least: int
    response_percent: int
    """By how much of the earlier total it must have fallen, at least."""
    remission_below: int
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """A public copy with which the words were compared."""

    where: str
    agrees: bool
    commit: str = ""
    note: str = ""
    differences: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One questionnaire. Its notice and citation are shown wherever its questions are."""

    id: str
    title: str
    short: str
    language: str
    compiled: str
    """The day on which the facts were put together, `YYYY-MM-DD`."""
    notice: str
    notice_source: str
    citation: str
    window: str
    """The time that it asks about."""
    instruction: str
    stem: str
    """What stands before every item; empty when the items stand alone."""
    caution: str
    options: tuple[Option, ...]
    """In the order of the form, which may begin with the highest."""
    items: tuple[Item, ...]
    scoring: Scoring
    sources: tuple[Source, ...]
    bands: tuple[Band, ...] = ()
    """From the lowest total to the highest without a gap; none when no bands are established."""
    cutoffs: tuple[Cutoff, ...] = ()
    rules: tuple[ChangeRule, ...] = ()
    outcome: Outcome | None = None
    difficulty: Difficulty | None = None
    screen_instruction: str = ""
    """The instruction as forms on a screen have it, when the printed one speaks of paper."""
    assigned_by: str = ""
    """`therapist` when nobody should begin it alone; else empty."""
    panel_loinc: str = ""
    total_loinc: str = ""
    loinc_notice: str = ""

    @property
    def rule(self) -> ChangeRule | None:
        """The one rule of change that is applied, or None: then a change is a number without a verdict."""
        return next((rule for rule in self.rules if rule.use), None)

    @property
    def caseness(self) -> Cutoff | None:
        """The line from which NHS Talking Therapies speak of caseness, or None."""
        return next((each for each in self.cutoffs if each.caseness), None)

    def band(self, total: int) -> Band | None:
        """Give the band of a total; None when the measure has no bands."""
        return next((band for band in self.bands if band.low <= total <= band.high), None)
