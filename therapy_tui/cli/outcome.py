"""How a run of the program ends: its exit code, and one line for a person where something went wrong."""

import sys
from collections.abc import Callable
from pathlib import Path

from therapy_tui import errors

STOPPED = 130
FAULT = 70
UNWRITTEN = "What was to be shown could not be written: the disk or the pipe takes nothing. What was kept is kept."


def outcome(run: Callable[[], object]) -> int:
    """Run something and give the exit code: 0 done, 1 refused, 3 no line, 70 a fault of the program."""
    try:
        result = run()
    except errors.TherapyError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("Stopped.")
        return STOPPED
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the edge: no content and no key may reach the terminal
        is_of_output = isinstance(error, OSError) and _place(error)[0] == "output.py"  # where commands print
        complain(UNWRITTEN if is_of_output else _where(error))
        return 1 if is_of_output else FAULT
    return result if isinstance(result, int) else 0


def complain(sentence: str) -> None:
    """Tell one line on standard error."""
    from therapy_tui.core.text import safe_line  # only when there is something to say

    print(f"therapy-tui: {safe_line(sentence, 2_000)}", file=sys.stderr)  # noqa: T201 - where errors leave


def _place(error: BaseException) -> tuple[str, int]:
    """Give the file and the line in which it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (Path(trace.tb_frame.f_code.co_filename).name, trace.tb_lineno) if trace else ("", 0)


def _where(error: BaseException) -> str:
    """Name a fault of ours by kind and place only: what it was about may be private."""
    file, line = _place(error)
    place = f" in {file}, line {line}" if file else ""
    return f"A fault of the program: {type(error).__name__}{place}. Nothing that was accepted is lost."
