"""python -m therapy_tui, and the program itself."""

import sys


def main() -> None:
    """Run the program and end the process with its exit code."""
    from therapy_tui.keys.hardening import harden  # first of all: before anything else can read or write

    hardening = harden()
    from therapy_tui.cli.main import run

    sys.exit(run(sys.argv[1:], hardening))


if __name__ == "__main__":
    main()
