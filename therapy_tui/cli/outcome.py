"""How a run of the program ends: its exit code, and one line for a person where something went wrong."""

import sys
from collections.abc import Callable
from pathlib import Path

from therapy_tui import errors

STOPPED = 130
FAULT = 70
FULL = "The disk is full, so that could not be done. What was there before is as it was. Make room and try again."
"""Where no sentence says more; nothing that was given to a command stays anywhere when it ends."""


def outcome(run: Callable[[], object]) -> int:
    """Run something and give the exit code: 0 done, 1 refused, 3 no line, 70 a fault of the program."""
    try:
        result = run()
    except errors.TherapyError as error:
        complain(FULL if isinstance(error, errors.DiskFull) and not error.args else str(error))
        return error.exit_code
    except KeyboardInterrupt as error:
        complain(" ".join(["Stopped.", *map(str, error.args)]))
        return STOPPED
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the edge: no content and no key may reach the terminal
        complain(_where(error))
        return FAULT
    return result if isinstance(result, int) else 0


def complain(sentence: str) -> None:
    """Tell one line on standard error."""
    from therapy_tui.core.text import safe_line  # only when there is something to say

    print(f"therapy-tui: {safe_line(sentence, 2_000)}", file=sys.stderr)  # noqa: T201 - where errors leave


def _where(error: BaseException) -> str:
    """Name a fault of ours by kind and place only: what it was about may be private."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else ""
    return f"A fault of the program: {type(error).__name__}{place}. Nothing that was accepted is lost."
