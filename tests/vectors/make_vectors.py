"""Makes the vectors: `python -m tests.vectors.make_vectors`. Deterministic from recorded.json, made if missing."""

import json
from pathlib import Path

from tests.vectors import byte_cases, meeting_cases, post_cases
from tests.vectors.cases import Case
from tests.vectors.recording import record

HERE = Path(__file__).parent
RECORDED = HERE / "recorded.json"


def build(kept: dict[str, str]) -> dict[str, list[Case]]:
    """Give the cases of every file, by its name."""
    met = meeting_cases.Meeting(kept)
    return {
        "hashing": byte_cases.hashing(),
        "padding": byte_cases.padding(),
        "squeezing": byte_cases.squeezing(kept),
        "sealing": byte_cases.sealing(),
        "contents": byte_cases.contents(),
        "cards": meeting_cases.cards(kept),
        "links": meeting_cases.links(met),
        "offers": meeting_cases.offers(met) + meeting_cases.forged_offers(met),
        "joins": meeting_cases.joins(met),
        "pairs": meeting_cases.pairs(met),
        "ratchets": meeting_cases.ratchets(met),
        "resets": meeting_cases.resets(met),
        "posts": post_cases.posts() + post_cases.meeting(),
        "armour": post_cases.armoured(),
    }


def write(path: Path, value: object) -> None:
    """Write JSON as it is kept in the repository."""
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="ascii")


def main() -> None:
    """Write every file of vectors."""
    if not RECORDED.exists():
        write(RECORDED, record())
    for name, cases in build(json.loads(RECORDED.read_text("ascii"))).items():
        write(HERE / f"{name}.json", cases)


if __name__ == "__main__":
    main()
