"""Every minute of both clock-change nights of 2015 to 2030, against a naive evaluator.

The evaluator knows nothing of offsets or of sorted lists. It asks the zone for the wall clock of
each minute of the night, finds by looking which minutes a wall time may mean, and marks minutes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import combinations

import pytest
from hours_builders import LONDON, timeline

YEARS = range(2015, 2031)
# The boundaries tried: every quarter of an hour from 00:30 to 03:30 and one minute beside the
# hours at which the clocks change, with an evening before and a morning after.
EARLY = sorted({*range(30, 211, 15), 59, 61, 119, 121})
EVENING, MORNING = 22 * 60 - 1440, 6 * 60
SPANS = [
    *combinations(EARLY, 2),
    *((EVENING, end) for end in EARLY),
    *((start, MORNING) for start in EARLY),
]
TWO_SPANS = [((60, 90), (90, 120)), ((45, 75), (105, 135)), ((EVENING, 60), (120, MORNING)),
             ((EVENING, 90), (90, MORNING))]  # fmt: skip


def _last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@lru_cache
def _night(day):
    """Every minute from Saturday noon to Sunday noon, with what the clocks on the wall show."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=12)
    minutes = [first + timedelta(minutes=step) for step in range(1440)]
    return minutes, [minute.astimezone(LONDON).replace(tzinfo=None) for minute in minutes]


@lru_cache
def _meanings(day, wall):
    """The first and the last minute of the night (as indexes) that a wall time may mean."""
    minutes, shown = _night(day)
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=wall)  # noqa: DTZ001
    same = [index for index, clock in enumerate(shown) if clock == wanted]
    if same:
        return same[0], same[-1]
    # Skipped: the clocks jump over it; or it is read by the time that held before the jump.
    jump = next(index for index, clock in enumerate(shown) if clock > wanted)
    return jump, minutes.index(wanted.replace(tzinfo=LONDON, fold=0).astimezone(UTC))


def _expected(day, spans):
    """The state of each minute: sure where both readings of the boundaries say the same."""
    merged = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)  # one session: there is no boundary between them
        else:
            merged.append((start, end))
    readings = []
    for which in (0, 1):
        marked = [False] * 1440
        for start, end in merged:
            for index in range(_meanings(day, start)[which], _meanings(day, end)[which]):
                marked[index] = True
        readings.append(marked)
    names = {(True, True): "open", (False, False): "closed"}
    return [names.get(pair, "unknown") for pair in zip(*readings, strict=True)]


def _text(spans):
    parts = []
    for start, end in spans:
        weekday = "Sa" if start < 0 else "Su"
        first, last = start % 1440, end % 1440
        times = f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"
        parts.append(f"{weekday} {times}")
    return ", ".join(parts)


@pytest.mark.parametrize("month", [3, 10])
@pytest.mark.parametrize("year", YEARS)
def test_every_minute_of_the_night(year, month):
    day = _last_sunday(year, month)
    minutes, shown = _night(day)
    assert shown[-1] - shown[0] != minutes[-1] - minutes[0]  # the clocks do change
    base = int(minutes[0].timestamp()) // 60
    for spans in [*((span,) for span in SPANS), *TWO_SPANS]:
        line = timeline(_text(spans), "as_usual", ())
        found = [line.state_at_minute(base + step).state for step in range(1440)]
        assert found == _expected(day, spans), _text(spans)


def test_the_naive_evaluator_knows_the_two_nights():
    """The oracle itself, by facts: minutes of doubt on either side of the change."""

    def doubt(day, *spans):
        minutes = _night(day)[0]
        marked = [
            minute for minute, state in zip(minutes, _expected(day, spans), strict=True)
            if state == "unknown"
        ]  # fmt: skip
        return [f"{minute:%H:%M}" for minute in (marked[:1] + marked[-1:])]

    spring, autumn = date(2024, 3, 31), date(2024, 10, 27)
    assert doubt(spring, (EVENING, 90)) == ["01:00", "01:29"]
    assert doubt(spring, (90, MORNING)) == ["01:00", "01:29"]
    assert doubt(spring, (EVENING, 120)) == []
    assert doubt(autumn, (EVENING, 90)) == ["00:30", "01:29"]
    assert doubt(autumn, (EVENING, 120)) == []
    assert doubt(autumn, (EVENING, 60)) == ["00:00", "00:59"]
    assert doubt(autumn, (75, 105)) == ["00:15", "01:44"]
