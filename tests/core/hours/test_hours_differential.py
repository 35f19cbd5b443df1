"""Against two independent engines, where they are installed; every difference has a reason.

opening-hours-py comes with the `test` extra. opening_hours 3.15 comes from npm: `npm install
--prefix DIR opening_hours@3.15`, with SIGNPOST_NODE_MODULES=DIR/node_modules or with the package
in `tests/.node_modules`.
"""

import json
import os
import random
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import other_readings as readings
import pytest
from hours_builders import ENGLAND, LONDON, london, schedule, timeline
from hours_pairs import KINDS, expressions, moments

from signpost.core.calendars import Holidays, holidays
from signpost.core.hours import Timeline

_HERE = Path(__file__).parent
_TABLE = _HERE.parents[2] / "data" / "calendars" / "bank_holidays.tsv"
_FIRST, _LAST = date(2023, 1, 1), date(2028, 12, 31)
_UTC = ZoneInfo("UTC")
_EXPRESSIONS, _MOMENTS = 350, 10  # of each of the six kinds: 21,000 pairs

_JS_MEANS = {readings.TAIL, readings.DAYLESS, readings.AFTER_FALLBACK}
_PY_MEANS = {readings.TAIL, readings.FALLBACK, readings.COMMENT}


def _days(first, last):
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def _noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


def _pairs(kind, seed):
    """Expressions of a kind, each with its moments."""
    chance = random.Random(f"{kind} {seed}")
    return [(hours, moments(chance, _MOMENTS)) for hours in expressions(kind, chance, _EXPRESSIONS)]


def _compare(pairs, theirs, table, zone, model, means, known=lambda *case: None):
    """Every disagreement that nothing explains; the model has to give their very answer.

    `known` names a fault of theirs at a moment of an expression. What our clock-change rule
    leaves unknown is compared with nothing.
    """
    rest, agreed, named = [], 0, 0
    for (hours, asked), answers in zip(pairs, theirs, strict=True):
        if isinstance(answers, dict):
            rest.append((hours, "refused", answers))
            continue
        door = schedule(hours, "as_usual", (table,), zone=zone.key)
        line, rules = Timeline(door, zone.key), readings.Rules(hours, door)
        for at, answer in zip(asked, answers, strict=True):
            status = line.state_at(at)
            local = at.astimezone(zone)
            day, minute = local.date(), local.hour * 60 + local.minute
            if status.state == answer:
                agreed += 1
                continue
            differences = rules.differences(day, minute)
            if (
                any(reason.code == "clock_change" for reason in status.reasons)
                or known(hours, local)
                or (differences & means and model(rules, day, minute) == answer)
            ):
                named += 1
            else:
                rest.append((hours, f"{local:%a %d %b %Y %H:%M %Z}", status.state, answer))
    assert not rest, f"{len(rest)} unexplained:\n" + "\n".join(map(str, rest[:12]))
    assert agreed > 8 * named > 0  # the engines do speak of the same thing


# opening-hours-py


@cache
def _py_table():
    """Its bank holidays, read off its own answers: the tables are compared elsewhere."""
    engine = pytest.importorskip("opening_hours").OpeningHours("PH", country="GB")
    days = {
        day: "a bank holiday"
        for day in _days(_FIRST, _LAST)
        if str(engine.state(_noon(day).replace(tzinfo=None))[0]) == "open"
    }
    return Holidays("Great Britain", "as given", days, _FIRST, _LAST)


def _py(hours, asked):
    """The states by opening-hours-py at wall-clock moments."""
    engine = pytest.importorskip("opening_hours")
    try:
        other = engine.OpeningHours(hours, country="GB")
    except engine.ParserError as error:
        return {"refused": str(error)}
    return [str(other.state(at.replace(tzinfo=None))[0]) for at in asked]


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_opening_hours_py_agrees_or_a_reason_is_named(kind):
    pairs = _pairs(kind, "py")
    theirs = [_py(*pair) for pair in pairs]
    _compare(pairs, theirs, _py_table(), _UTC, readings.py_state, _PY_MEANS)


# opening_hours.js


def _node_modules():
    named = os.environ.get("SIGNPOST_NODE_MODULES")
    return Path(named) if named else _HERE.parents[1] / ".node_modules"


def _js(asked):
    """The states by opening_hours.js of each (expression, moments)."""
    node, modules = shutil.which("node"), _node_modules()
    if node is None or not (modules / "opening_hours").is_dir():
        pytest.skip(
            "opening_hours.js is not there: it takes node, and the npm package opening_hours in"
            " SIGNPOST_NODE_MODULES or tests/.node_modules"
        )
    lines = [
        json.dumps({"hours": hours, "at": [int(at.timestamp()) * 1000 for at in ats]})
        for hours, ats in asked
    ]
    done = subprocess.run(
        [node, str(_HERE / "opening_hours_states.cjs")],
        input="\n".join(lines), capture_output=True, text=True, check=True, timeout=600,
        env={**os.environ, "TZ": "Europe/London", "NODE_PATH": str(modules.resolve())},
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.split("\n")]


def _js_days(first, last):
    days = _days(first, last)
    (states,) = _js([("PH", [_noon(day) for day in days])])
    return {day for day, state in zip(days, states, strict=True) if state == "open"}


@cache
def _js_table():
    days = dict.fromkeys(_js_days(_FIRST, _LAST), "a bank holiday")
    return Holidays("England", "as given", days, _FIRST, _LAST)


def _js_fault(hours, local):
    """The faults of opening_hours.js that the pairs come upon; THEIRS has a case of each."""
    if "-easter +1 day" in hours:
        return EASTER
    before = local.replace(hour=0, minute=0, fold=0) - timedelta(days=1)
    changed = before.utcoffset() != (before + timedelta(days=1)).utcoffset()
    return ELAPSED if changed and local.hour == 0 else None


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_opening_hours_js_agrees_or_a_reason_is_named(kind):
    pairs = _pairs(kind, "js")
    _compare(pairs, _js(pairs), _js_table(), LONDON, readings.js_state, _JS_MEANS, _js_fault)


@pytest.mark.long
def test_opening_hours_js_on_clock_change_nights():
    """Where our answer is sure it is theirs: the nights' doubtful minutes aside."""
    chance = random.Random("clock nights")
    nights = (datetime(2024, 3, 30, 22, tzinfo=UTC), datetime(2024, 10, 26, 22, tzinfo=UTC))
    pairs = [
        (hours, [night + timedelta(minutes=chance.randrange(360)) for night in nights * 6])
        for hours in expressions("over_midnight", chance, 300)
    ]
    _compare(pairs, _js(pairs), _js_table(), LONDON, readings.js_state, _JS_MEANS, _js_fault)


def _js_at(hours, at):
    return _js([(hours, [at])])[0][0]


def _py_at(hours, at):
    return _py(hours, [at])[0]


def _py_in_london(hours, at):
    engine = pytest.importorskip("opening_hours")
    return str(engine.OpeningHours(hours, timezone=LONDON).state(at.astimezone(LONDON))[0])


EASTER = "the last day of a range that ends after Easter is left out"
ELAPSED = "24 hours back from the first hour after a day of 23 is taken for yesterday"
NATIONS = "has no holidays of England, only those that all of Great Britain shares"
ONE_OFF = "has no holidays of one year alone"
MINUTE = "closes for the last minute before the clocks go back"

THEIRS = [
    # engine, expression, moment, what it says, what is true, why
    (_js_at, "easter -2 days-easter +1 day", "2026-04-06T13:50", "closed", "open", EASTER),
    (_js_at, "Sa 14:45-36:30", "2026-03-30T00:08", "open", "closed", ELAPSED),
    (_js_at, "Mo-Fr 09:00-17:00; PH off", "2023-05-08T10:00", "open", "closed", ONE_OFF),
    (_py_at, "Mo-Fr 09:00-17:00; PH off", "2026-04-06T10:00", "open", "closed", NATIONS),
    (_py_at, "Mo-Fr 09:00-17:00; PH off", "2026-08-31T10:00", "open", "closed", NATIONS),
    (_py_in_london, "00:00-24:00", "2024-10-27T01:59+01:00", "closed", "open", MINUTE),
]


@pytest.mark.long
@pytest.mark.parametrize(("engine", "hours", "at", "theirs", "true", "why"), THEIRS)
def test_a_known_fault_of_theirs_is_one_still_and_not_ours(engine, hours, at, theirs, true, why):
    assert timeline(hours, "as_usual", (ENGLAND,)).state_at(london(at)).state == true, why
    assert engine(hours, london(at)) == theirs, why


# What opening_hours.js 3.15 has of the bank holidays of England, against gov.uk's, 2019 to 2028.
_JS_MISSES = {
    "2020-05-08": "moved to VE Day", "2022-06-02": "moved to the jubilee",
    "2022-06-03": "Platinum Jubilee", "2022-09-19": "the Queen's funeral",
    "2023-05-08": "the coronation",
}  # fmt: skip
_JS_ADDS = {"2020-05-04": "was moved to the 8th", "2022-05-30": "was moved to 2 June"}


@pytest.mark.long
def test_the_bank_holidays_of_opening_hours_js_differ_by_the_known_days():
    rows = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    ours = holidays(
        "england-and-wales",
        [(date.fromisoformat(row[0]), row[2]) for row in rows if row[1] == "england-and-wales"],
    )
    first, last = date(2019, 1, 1), date(2028, 12, 31)
    theirs = _js_days(first, last)
    mine = {day for day in ours.days if first <= day <= last}
    assert {day.isoformat() for day in mine - theirs} == set(_JS_MISSES)
    assert {day.isoformat() for day in theirs - mine} == set(_JS_ADDS)
