"""Every table, by one command: python -m tests.benchmarks [--minute] [--terminal].

`--terminal` adds what the terminal is sent, beside other programs and over SSH, which takes half an hour.
"""

import asyncio
import sys

from tests.benchmarks import bench_desk, bench_journal, bench_relay, bench_ssh, bench_start, bench_terminal, bench_wire


def main() -> None:
    """Print the tables one after the other."""
    minute, terminal = "--minute" in sys.argv, "--terminal" in sys.argv
    print("Bytes on the wire\n")
    sys.argv = ["bench_wire", *(["--minute"] if minute else [])]
    bench_wire.main()
    print("\nStart to the first usable screen\n")
    sys.argv = ["bench_start"]
    bench_start.main()
    print("\nThe journal\n")
    sys.argv = ["bench_journal"]
    bench_journal.main()
    print("\nThe desk\n")
    sys.argv = ["bench_desk"]
    bench_desk.main()
    print("\nThe relay\n")
    sys.argv = ["bench_relay"]
    asyncio.run(bench_relay.main())
    if terminal:
        print("\nThe terminal\n")
        bench_terminal.main()
        print("\nThe terminal over SSH\n")
        bench_ssh.main()


if __name__ == "__main__":
    main()
