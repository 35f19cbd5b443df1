"""The hours engine against its peers in one run: run by hand, prints rates and ratios.

    python tests/bench/bench_hours.py [rounds]

Parsing, `state_at` and `next_change` on the distinct expressions of `data/` and on a fixed set of
200 generated ones, at the same random minutes. Rounds are interleaved (ours, theirs, ours, ...),
so a drift of the machine falls on all; quote the ratios. A rate is that of the median expression,
since some take some engines to the end of their calendar. opening-hours-py answers for aware
moments in London, as we do, and for naive ones. opening_hours.js takes node, and its package in
SIGNPOST_NODE_MODULES or tests/.node_modules. `first` is a timeline that was never asked before,
`prepared` one that has been asked about the same days. Then the import time of the package.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "core" / "hours"))

from hours_pairs import KINDS, expressions  # noqa: E402

from signpost.core.hours import DayRules, Schedule, Timeline, parse  # noqa: E402
from signpost.dataset.directory import Directory  # noqa: E402

LONDON = ZoneInfo("Europe/London")
MOMENTS = 60
GOALS = {"state_at prepared": 1.0, "next_change prepared": 1 / 3}
IMPORT_GOAL_MS = 5.0


def real(directory: Directory) -> list[str]:
    """The distinct expressions of the data."""
    found = {
        regime.hours
        for service in directory.services()
        for channel in service.channels
        for regime in channel.regimes
        if regime.hours is not None
    }
    return sorted(found)


def synthetic() -> list[str]:
    """Two hundred generated expressions of every kind, always the same."""
    chance = random.Random("bench")
    return [text for kind in KINDS for text in expressions(kind, chance, 34)][:200]


def moments() -> list[datetime]:
    """Random minutes of two years, in London, always the same."""
    chance = random.Random("moments")
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(minutes=chance.randrange(730 * 1440))).astimezone(LONDON)
        for _ in range(MOMENTS)
    ]


def rate(count: int, work: Callable[[], object]) -> float:
    """Calls a second."""
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def rates(calls: Iterable[Callable[[datetime], object]], asked: list[datetime]) -> float:
    """Calls a second of the median expression; a slow one is cut off after a fiftieth of one."""
    found = []
    for call in calls:
        start = time.perf_counter()
        stop = start + 0.02
        done = 0
        for at in asked:
            call(at)
            done += 1
            if (done < 4 or done % 10 == 0) and time.perf_counter() > stop:
                break
        found.append(done / (time.perf_counter() - start))
    return statistics.median(found)


def ours(texts: list[str], asked: list[datetime], rules: DayRules) -> dict[str, float]:
    """Our rates by what is done."""
    parse.cache_clear()
    found = {"parse": rate(len(texts), lambda: [parse(text) for text in texts])}
    lines = [Timeline(Schedule(parse(text), rules)) for text in texts]
    found["state_at first"] = rates([line.state_at for line in lines], asked)
    found["state_at prepared"] = rates([line.state_at for line in lines], asked)
    found["next_change first"] = rates([line.next_change for line in lines], asked)
    found["next_change prepared"] = rates([line.next_change for line in lines], asked)
    return found


def py_rates(texts: list[str], asked: list[datetime], zone: ZoneInfo | None) -> dict[str, float]:
    """The rates of opening-hours-py; naive moments without a zone."""
    from opening_hours import OpeningHours

    at = asked if zone else [moment.replace(tzinfo=None) for moment in asked]
    more = {"timezone": zone} if zone else {}
    found = {"parse": rate(len(texts), lambda: [OpeningHours(text, **more) for text in texts])}
    made = [OpeningHours(text, country="GB", **more) for text in texts]
    states = rates([one.state for one in made], at)
    changes = rates([one.next_change for one in made], at)
    for which in ("first", "prepared"):
        found |= {f"state_at {which}": states, f"next_change {which}": changes}
    return found


def js_rates(texts: list[str], asked: list[datetime]) -> dict[str, float]:
    """The rates of opening_hours.js."""
    job = {"texts": texts, "moments": [int(at.timestamp()) * 1000 for at in asked]}
    done = subprocess.run(
        [str(shutil.which("node")), str(HERE / "bench_hours.cjs")],
        input=json.dumps(job), capture_output=True, text=True, check=True,
        env={**os.environ, "TZ": "Europe/London", "NODE_PATH": str(node_modules().resolve())},
    )  # fmt: skip
    found = json.loads(done.stdout)
    for what in ("state_at", "next_change"):
        found[f"{what} first"] = found[f"{what} prepared"] = found.pop(what)
    return found


def node_modules() -> Path:
    """Where the npm package may lie."""
    named = os.environ.get("SIGNPOST_NODE_MODULES")
    return Path(named) if named else HERE.parent / ".node_modules"


def peers() -> dict[str, Callable[[list[str], list[datetime]], dict[str, float]]]:
    """The peers that are here."""
    found = {}
    try:
        import opening_hours  # noqa: F401
    except ImportError:
        print("opening-hours-py is not installed")
    else:
        found["opening-hours-py, aware"] = lambda texts, at: py_rates(texts, at, LONDON)
        found["opening-hours-py, naive"] = lambda texts, at: py_rates(texts, at, None)
    if shutil.which("node") and (node_modules() / "opening_hours").is_dir():
        found["opening_hours.js"] = js_rates
    else:
        print("opening_hours.js is not there")
    return found


def compare(name: str, texts: list[str], rules: DayRules, rounds: int) -> None:
    """Print our rates and each peer's, with the ratio of the medians of pairs."""
    asked = moments()
    engines = {"signpost": lambda texts, at: ours(texts, at, rules), **peers()}
    taken: dict[str, list[dict[str, float]]] = {engine: [] for engine in engines}
    for _ in range(rounds):
        for engine, measure in engines.items():
            taken[engine].append(measure(texts, asked))
    print(f"\n{name}: {len(texts)} expressions, {MOMENTS} moments, median of {rounds}")
    for what in taken["signpost"][0]:
        mine = [one[what] for one in taken["signpost"]]
        print(f"  {what}: {statistics.median(mine):,.0f}/s")
        for engine in list(engines)[1:]:
            theirs = [one[what] for one in taken[engine]]
            ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
            goal = GOALS.get(what) if engine == "opening-hours-py, aware" else None
            said = "" if goal is None else f" (goal {goal:.2f})"
            print(f"    {engine}: {statistics.median(theirs):,.0f}/s; ratio {ratio:.2f}{said}")


def import_times(runs: int = 31) -> None:
    """Print what importing the package costs, as CPU time of paired processes."""
    programs = {
        "datetime and zoneinfo": "import datetime, zoneinfo",
        "typing too (which Typer imports anyway)": "import datetime, zoneinfo, typing",
        "the hours package": "import datetime, zoneinfo, signpost.core.hours",
    }
    with tempfile.TemporaryDirectory() as cache:  # bytecode, wherever the package lies
        env = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for code in programs.values():
            _cpu_ms(code, env)
        taken = [[_cpu_ms(code, env) for code in programs.values()] for _ in range(runs)]
    print(f"\nimport, median of {runs}")
    for index, name in enumerate(programs):
        spent = statistics.median(row[index] for row in taken)
        beyond = statistics.median(row[index] - row[0] for row in taken)
        more = f" ({beyond:+.1f} ms)" if index else ""
        print(f"  {name}: {spent:.1f} ms{more}")
    own = statistics.median(row[2] - row[1] for row in taken)
    print(f"  the package beyond typing: {own:.1f} ms; goal {IMPORT_GOAL_MS:.0f} ms beyond both")


def _cpu_ms(code: str, env: dict[str, str]) -> float:
    process = subprocess.Popen([sys.executable, "-c", code], env=env)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return (usage.ru_utime + usage.ru_stime) * 1000


def main(rounds: int) -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory() as cache:
        directory = Directory.open((), Path(cache), (), False)
        rules = DayRules(directory.calendars().of(("England",)), "as_usual", (51.5, 0.0))
        for name, texts in (("data/", real(directory)), ("generated", synthetic())):
            compare(name, texts, rules, rounds)
    import_times()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
