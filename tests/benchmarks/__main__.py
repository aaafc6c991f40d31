"""Every table, by one command: python -m tests.benchmarks [--minute]."""

import asyncio
import sys

from tests.benchmarks import bench_relay, bench_start, bench_wire


def main() -> None:
    """Print the tables one after the other."""
    minute = "--minute" in sys.argv
    print("Bytes on the wire\n")
    sys.argv = ["bench_wire", *(["--minute"] if minute else [])]
    bench_wire.main()
    print("\nStart to the first usable screen\n")
    sys.argv = ["bench_start"]
    bench_start.main()
    print("\nThe relay\n")
    sys.argv = ["bench_relay"]
    asyncio.run(bench_relay.main())


if __name__ == "__main__":
    main()
