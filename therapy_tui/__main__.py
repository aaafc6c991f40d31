"""python -m therapy_tui, and the program itself."""

import gc
import sys


def main() -> None:
    """Run the program and end the process with its exit code."""
    gc.disable()  # what is imported stays; looking through it for rubbish costs a tenth of the start
    from therapy_tui.keys.hardening import harden  # before anything else can read or write

    hardening = harden()
    from therapy_tui.cli.start import run

    sys.exit(run(sys.argv[1:], hardening))


if __name__ == "__main__":
    main()
