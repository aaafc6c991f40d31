"""Answered measures, and those that were begun."""

from dataclasses import dataclass

from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one

Answers = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One answered measure as it lies in the vault."""

    row: int
    id: bytes
    at: int
    measure: str
    low: int
    high: int
    answers: str
    total: int | None
    support: bool


def pack(answers: Answers) -> str:
    """Write answers as they are kept."""
    return ",".join("" if each is None else str(each) for each in answers)


def unpack(text: str) -> Answers:
    """Read answers as they are kept."""
    return tuple(int(each) if each else None for each in text.split(",")) if text else ()


def add(database: Database, response: Response) -> None:
    """Add an answered measure; `row` is drawn here."""
    database.run(
        "INSERT INTO responses (id, at, measure, low, high, answers, total, support) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            response.id,
            response.at,
            response.measure,
            response.low,
            response.high,
            response.answers,
            response.total,
            response.support,
        ),
    )


def every(database: Database, measure: str = "") -> list[Response]:
    """Read answered measures, oldest first, of one kind or of all."""
    return select(database, Response, "responses WHERE ?1 IN ('', measure) ORDER BY at, row", (measure,))


def last(database: Database, measure: str, low: int, high: int, before: int | None = None) -> Response | None:
    """Read the latest one with a total on the same scale, before a row when that is given."""
    return select_one(
        database,
        Response,
        "responses WHERE measure = ? AND low = ? AND high = ? AND total IS NOT NULL AND row < ?"
        " ORDER BY at DESC, row DESC",
        (measure, low, high, 2**62 if before is None else before),
    )


def begun(database: Database, measure: str) -> Answers:
    """Read the answers of one that was begun, empty when there is none."""
    return unpack(str(database.value("SELECT answers FROM begun_measures WHERE measure = ?", (measure,), "")))


def every_begun(database: Database) -> list[tuple[str, int, str]]:
    """Read (measure, when, answers) of those that were begun, the oldest first."""
    rows = database.all("SELECT measure, at, answers FROM begun_measures ORDER BY at, measure")
    return [(str(measure), int(at), str(answers)) for measure, at, answers in rows]


def keep_begun(database: Database, measure: str, answers: Answers, now: int) -> None:
    """Keep how far one has come."""
    database.run(
        "INSERT INTO begun_measures (measure, at, answers) VALUES (?, ?, ?)"
        " ON CONFLICT (measure) DO UPDATE SET at = excluded.at, answers = excluded.answers",
        (measure, now, pack(answers)),
    )


def drop_begun(database: Database, measure: str) -> None:
    """Forget one that was begun."""
    database.run("DELETE FROM begun_measures WHERE measure = ?", (measure,))
