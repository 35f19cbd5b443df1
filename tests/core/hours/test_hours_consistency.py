"""The next change against the state, minute by minute, over a thousand random schedules."""

import random
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from hours_builders import ENGLAND, SCOTLAND, timeline
from hours_pairs import KINDS, expressions

_SCHEDULES = 1000
_SHARDS = 10
_DAY = 1440


def _schedules():
    """A thousand expressions of every kind, with what they say of bank holidays and for whom."""
    chance = random.Random("a thousand schedules")
    found = [
        hours for kind in KINDS for hours in expressions(kind, chance, _SCHEDULES // len(KINDS) + 1)
    ][:_SCHEDULES]
    policies = (None, "as_usual", "as_sunday", "closed")
    tables = ((ENGLAND,), (SCOTLAND,), (ENGLAND, SCOTLAND))
    return [(hours, chance.choice(policies), chance.choice(tables)) for hours in found]


def _minute(year, month, day):
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) // 60


def _last_sunday(year, month):
    day = datetime(year, month, 31, tzinfo=UTC)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def contradictions(line, first, last):
    """The minutes of a stretch at which the next change is not where the state first differs."""
    minutes = range(first, last)
    states = [status.state for status in map(line.state_at_minute, minutes)]
    changes = list(map(line.next_change_minute, minutes))
    wrong = []
    reached = 0
    for state, run in groupby(states):
        start, reached = reached, reached + len(list(run))
        said = set(changes[start:reached])
        right = {first + reached} if reached < len(states) else _beyond(line, state, said, last)
        wrong += [
            minute
            for minute, change in zip(minutes[start:reached], changes[start:reached], strict=True)
            if change not in right
        ]
    return wrong


def _beyond(line, state, said, last):
    """The one right change of a state that goes on past the stretch; nothing if it cannot be."""
    change = min(said, key=lambda minute: minute or 0)
    if len(said) > 1 or (change is not None and change < last):
        return set()
    if change is None:
        return said
    true = line.state_at_minute(change).state != state == line.state_at_minute(change - 1).state
    return said if true else set()


@pytest.mark.long
@pytest.mark.parametrize("shard", range(_SHARDS))
def test_the_next_change_contradicts_the_state_at_no_minute(shard):
    """Of both clock-change nights, noon to noon, and of a whole year: a random one each."""
    chance = random.Random(shard)
    for hours, policy, tables in _schedules()[shard::_SHARDS]:
        year = chance.randrange(2015, 2031)
        nights = [_last_sunday(year, month) for month in (3, 10)]
        for night in nights:
            noon = int(night.timestamp()) // 60 - _DAY // 2
            fresh = timeline(hours, policy, tables)  # nothing remembered from other questions
            assert contradictions(fresh, noon, noon + _DAY) == [], (hours, policy, year)
        line = timeline(hours, policy, tables)
        first, last = _minute(year, 1, 1), _minute(year + 1, 1, 1)
        assert contradictions(line, first, last) == [], (hours, policy, year)


def test_a_contradiction_would_be_found():
    """The check itself: it sees a change that is early, late, missing or no change at all."""
    first = _minute(2026, 11, 20)
    honest = timeline("09:00-17:00", "as_usual")
    assert contradictions(honest, first, first + _DAY) == []

    class Lying:
        def __init__(self, says):
            self.state_at_minute = honest.state_at_minute
            self.next_change_minute = says

    def found(says, start=first, end=first + _DAY):
        return contradictions(Lying(says), start, end)

    right = honest.next_change_minute
    whole, evening = range(first, first + _DAY), range(first + 1020, first + _DAY)
    assert found(lambda minute: right(minute) + 1) == list(whole)
    assert found(lambda minute: right(minute) - 1) == list(whole)
    one = first + 600
    assert found(lambda minute: None if minute == one else right(minute)) == [one]
    assert found(lambda minute: first + 1) == list(whole)
    assert found(lambda minute: right(minute) - (minute >= evening[0])) == list(evening)
    assert found(lambda minute: None, evening[0]) == []  # that takes a longer stretch to see
