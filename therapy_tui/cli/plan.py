"""plan: show, print."""

from pathlib import Path
from typing import Any

import click

from therapy_tui.cli.desk import Desk
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.safety import STEPS, Earlier, Plan, Step
from therapy_tui.errors import UsageError
from therapy_tui.services import plan_page, safety

NONE = "There is no plan yet. In the application, F8 and then e writes one."
BEYOND = "Step {}, line {} is beyond one page of 24 lines of 80; {} holds it all the same."


def fields_of(step: Step | Earlier) -> dict[str, Any]:
    """Give the JSON fields of a step, as it is or as it was."""
    number = step.number if isinstance(step, Step) else step.step
    changed_at = step.changed_at if isinstance(step, Step) else step.kept_at
    return {"step": number, "text": step.text, "changed_at": stamp(changed_at), "label": STEPS[number - 1].label}


@click.group()
def plan() -> None:
    """Read your own safety plan, or write it out on one page."""


@plan.command()
@click.option("--versions", is_flag=True, help="Also what the steps were before, the newest first.")
@click.pass_obj
def show(desk: Desk, *, versions: bool) -> None:
    """Show the plan, the numbers to call first."""
    with desk.vault() as vault:
        found = safety.read(vault)
        earlier = safety.versions(vault) if versions else []
    if not desk.output.as_json:
        page = plan_page.page_of(found, desk.country())
        desk.output.say("\n".join(page.lines))
        _tell_beyond(desk, page.beyond, "the page above")
    if found.is_empty:
        desk.output.say(NONE if desk.output.as_json else f"\n{NONE}")
    for step in found.steps if desk.output.as_json else ():
        desk.output.row(fields_of(step), "")
    for each in earlier:
        label = STEPS[each.step - 1].label
        desk.output.row(fields_of(each), f"\n{label}, until {near(each.kept_at)}:\n{each.text}")


@plan.command(name="print")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def print_(desk: Desk, file: Path) -> None:
    """Write the plan as one page of plain text, in clear, into a new FILE. Nothing is ever written over."""
    with desk.vault() as vault:
        found: Plan = safety.read(vault)
    if found.is_empty:
        raise UsageError(NONE)
    page = plan_page.page_of(found, desk.country(), in_clear=True)
    safety.write_page(file, page.lines)
    desk.output.aside(plan_page.IN_CLEAR)
    _tell_beyond(desk, page.beyond, "the file")
    desk.output.row({"written": len(page.lines), "target": str(file)}, f"Written to {file}.")


def _tell_beyond(desk: Desk, beyond: tuple[int, int] | None, what: str) -> None:
    if beyond is not None:
        desk.output.aside(BEYOND.format(*beyond, what))
