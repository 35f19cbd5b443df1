"""`signpost now` against the imports it cannot do without: run by hand, prints medians and ratios.

    python tests/bench/bench_now.py [runs]

Pairs are interleaved (A B A B ...), so a drift of the machine falls on both; quote the ratio.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
FLOOR = [sys.executable, "-c", "import typer, rich.table"]
QUESTIONS = {
    "to a pipe": [str(BIN / "signpost"), "now", "--near", "Buxton", "--at", "2026-11-21T19:00"],
    "as a Rich table": [
        str(BIN / "signpost"), "now", "--near", "Buxton", "--at", "2026-11-21T19:00",
        "--format", "table",
    ],
    "as JSON": [
        str(BIN / "signpost"), "now", "--near", "Buxton", "--at", "2026-11-21T19:00",
        "--format", "json",
    ],
}  # fmt: skip


def milliseconds(command: list[str], env: dict[str, str]) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return (time.perf_counter() - start) * 1000


def main(runs: int) -> None:
    """Print a row for each way of asking."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for name, command in QUESTIONS.items():
        milliseconds(command, env)
        milliseconds(FLOOR, env)
        pairs = [(milliseconds(command, env), milliseconds(FLOOR, env)) for _ in range(runs)]
        ours = statistics.median(pair[0] for pair in pairs)
        floor = statistics.median(pair[1] for pair in pairs)
        ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
        print(f"now {name}: {ours:.0f} ms; bare imports {floor:.0f} ms; ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
