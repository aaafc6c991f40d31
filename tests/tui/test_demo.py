"""The application in the demo, where something is wrong with its vault or its line."""

from pathlib import Path

from tests.tui.homes import make_seat, words_on
from therapy_tui import errors
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import directory
from therapy_tui.services.caseload import Caseload
from therapy_tui.tui.demo import DemoApp
from therapy_tui.tui.look import choose


async def test_nobody_comes(tmp_path: Path) -> None:
    """Where the others cannot be put into the vault none of them is; it is told, and the seat changes all the same."""
    client = make_seat(tmp_path / "client", "Kit", contact="Dr Ash")
    therapist = make_seat(tmp_path / "therapist", "Dr Ash", THERAPIST, contact="Kit")  # no relay, so they get no keys
    app = DemoApp([client, therapist], choose(""), Caseload(therapist))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert app.seat is therapist
        assert [each.contact.name for each in directory.people(therapist.open_vault)] == ["Kit"]
        assert str(errors.Malformed()) in words_on(pilot)
