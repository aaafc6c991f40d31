"""Every table, by one command: python -m tests.benchmarks [--minute] [--terminal].

`--terminal` adds what the terminal is sent, beside other programs and over SSH, which takes half an hour.
"""

import argparse
import asyncio
import sys

from tests.benchmarks import bench_desk, bench_journal, bench_relay, bench_ssh, bench_start, bench_terminal, bench_wire


def main() -> None:
    """Print the tables one after the other."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Print what everything costs.")
    asked.add_argument("--minute", action="store_true", help="wait a minute on the line, and count its bytes")
    asked.add_argument("--terminal", action="store_true", help="the terminal, beside others and over SSH: half an hour")
    wanted = asked.parse_args()
    print("Bytes on the wire\n")
    sys.argv = ["bench_wire", *(["--minute"] if wanted.minute else [])]
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
    if wanted.terminal:
        print("\nThe terminal\n")
        bench_terminal.main()
        print("\nThe terminal over SSH\n")
        bench_ssh.main()


if __name__ == "__main__":
    main()
