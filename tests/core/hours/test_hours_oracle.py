"""The engine against the plainest evaluator there is: a list of every minute."""

from datetime import UTC, date, datetime, timedelta

from hours_builders import timeline
from hypothesis import given, settings
from hypothesis import strategies as st

_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RANK = {"closed": 0, "unknown": 1, "open": 2}

rule = st.tuples(
    st.sampled_from((";", ",")),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.none() | st.tuples(st.integers(0, 47), st.integers(1, 48)),
    st.sampled_from(("open", "open", "closed", "unknown")),
)


def _text(rules):
    parts = []
    for joint, days, span, state in rules:
        times = ""
        if span:
            start, length = span
            end = start + length
            times = f" {start // 2:02d}:{start % 2 * 30:02d}-{end // 2:02d}:{end % 2 * 30:02d}"
        named = ",".join(_NAMES[day] for day in sorted(days))
        parts.append((f"{joint} " if parts else "") + f"{named}{times} {state}")
    return "".join(parts)


def _plan(rules, weekday):
    """The sessions that start on a weekday: 48 hours of minutes."""
    minutes = ["closed"] * 2880
    for joint, days, span, state in rules:
        yesterday = (weekday - 1) % 7
        start, length = span or (0, 48)
        first, last = start * 30, (start + length) * 30
        if weekday in days:
            if joint == ";" and not (state == "closed" and span):
                minutes = ["closed"] * 2880
            for minute in range(first, last):
                minutes[minute] = state
        if yesterday in days and span and state != "open":
            for minute in range(max(last - 1440, 0)):
                if minutes[minute] != "closed":
                    minutes[minute] = state
    return minutes


@given(st.lists(rule, min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_every_minute_of_a_week(rules):
    line = timeline(_text(rules), "as_usual", zone="UTC")
    plans = [_plan(rules, weekday) for weekday in range(7)]
    monday = date(2026, 1, 5)
    for weekday in range(7):
        midnight = datetime.combine(monday + timedelta(days=weekday), datetime.min.time(), UTC)
        today, before = plans[weekday], plans[weekday - 1]
        base = int(midnight.timestamp()) // 60
        for minute in range(0, 1440, 10):
            expected = max(today[minute], before[minute + 1440], key=_RANK.__getitem__)
            assert line.state_at_minute(base + minute).state == expected, (_text(rules), minute)
