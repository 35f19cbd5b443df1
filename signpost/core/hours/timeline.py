"""The states of a door or a line along real time.

Built from the readings of days, in blocks of a few days that are expanded when asked
for. A question about a moment is a search in one block's sorted list, and the next
change reads the same list, so the two can never disagree.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from signpost.core.hours.clocks import (
    DAY,
    EPOCH_DAY,
    Change,
    change_in,
    instant,
    moment,
    offset,
    wall_day,
)
from signpost.core.hours.schedule import Outlook
from signpost.core.hours.states import (
    OPEN,
    UNKNOWN,
    Readings,
    Reason,
    Span,
    State,
    Status,
)
from signpost.core.hours.sweep import CLOCK_CHANGE, Line, World, day_line, shifted, sweep

_BLOCK_DAYS = 4
_BLOCK = _BLOCK_DAYS * DAY
_LAST_DATE = date.max.toordinal()
_MOST_BLOCKS = 4096  # kept at once, some 45 years
_zone = lru_cache(maxsize=64)(ZoneInfo)


class DayPlanner(Protocol):
    """Anything that knows what may happen on a day."""

    @property
    def outlook(self) -> Outlook:
        """What lets a search end."""

    def readings(self, day: date) -> Readings:
        """Every plan of the sessions that start on the day."""

    def alike_until(self, day: date) -> date:
        """The last day up to which all are sure to have this day's readings; `day` if unsure."""


class Interval(NamedTuple):
    """A stretch of real time with one status; `start` is included, `end` is not."""

    start: datetime
    end: datetime
    state: State
    reasons: tuple[Reason, ...]
    comment: str | None


class _Block(NamedTuple):
    """Some days of states: the minute each begins at, and where its state next differs."""

    starts: list[int]
    statuses: list[Status]
    changes: list[int | None]


class Timeline:
    """What state holds when, and when it changes."""

    __slots__ = ("_blocks", "_later", "_lines", "_planner", "_zone")

    def __init__(self, planner: DayPlanner, zone: str = "Europe/London") -> None:
        self._planner = planner
        self._zone = _zone(zone)
        self._blocks: dict[int, _Block] = {}
        self._later: dict[int, int | None] = {}
        self._lines: dict[tuple[Readings, Readings], Line] = {}

    def state_at(self, moment: datetime) -> Status:
        """The state at an aware moment, with reasons where it is unknown."""
        return self.state_at_minute(instant(moment))

    def state_at_minute(self, minute: int) -> Status:
        """The same for a minute counted from 1970-01-01T00:00Z."""
        number = minute // _BLOCK
        block = self._blocks.get(number) or self._block(number)
        return block.statuses[bisect_right(block.starts, minute) - 1]

    def next_change(self, moment_: datetime) -> datetime | None:
        """The first later instant at which the state differs; None when it never does."""
        minute = self.next_change_minute(instant(moment_))
        return None if minute is None else moment(minute)

    def next_change_minute(self, minute: int) -> int | None:
        """The same in minutes counted from 1970-01-01T00:00Z."""
        number = minute // _BLOCK
        block = self._blocks.get(number) or self._block(number)
        index = bisect_right(block.starts, minute) - 1
        change = block.changes[index]
        if change is not None:
            return change
        if number not in self._later:
            self._later[number] = self._search(number, block.statuses[index].state)
        return self._later[number]

    def next_open(self, moment_: datetime, or_unknown: bool = False) -> datetime | None:
        """The first instant from this moment on that is open; None when there is none."""
        if not (or_unknown or self._planner.outlook.may_open):
            return None
        wanted = (OPEN, UNKNOWN) if or_unknown else (OPEN,)
        minute = instant(moment_)
        if self.state_at_minute(minute).state in wanted:
            return moment_.astimezone(UTC)
        last = self._horizon(minute // _BLOCK) * _BLOCK
        while (change := self.next_change_minute(minute)) is not None and change <= last:
            minute = change
            if self.state_at_minute(minute).state in wanted:
                return moment(minute)
        return None

    def intervals(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """The statuses from one moment to another, without gap or overlap, cut at both."""
        minute, last = instant(start), instant(end)
        begun, status = start.astimezone(UTC), self.state_at_minute(minute)
        final = end.astimezone(UTC)
        for number in range(minute // _BLOCK, last // _BLOCK + 1):
            block = self._blocks.get(number) or self._block(number)
            for at, following in zip(block.starts, block.statuses, strict=True):
                if at > minute and following != status and moment(at) < final:
                    yield Interval(begun, moment(at), *status)
                    begun, status = moment(at), following
        if begun < final:
            yield Interval(begun, final, *status)

    # Searching

    def _search(self, number: int, state: State) -> int | None:
        """The first change from `state` in the blocks after this one, which ends in it."""
        horizon = self._horizon(number)
        steady = 0
        while (number := number + 1) <= horizon:
            block = self._blocks.get(number) or self._block(number)
            if block.statuses[0].state != state:
                return block.starts[0]
            if block.changes[0] is not None:
                return block.changes[0]
            steady += 1
            if steady > 1:
                number = max(number, self._last_alike(number, horizon))
        return None

    def _horizon(self, number: int) -> int:
        """The last block that can bring anything new to a search begun in this one."""
        outlook = self._planner.outlook
        settled = (outlook.settled.toordinal() - EPOCH_DAY) // _BLOCK_DAYS + 1
        last = max(number, settled) + outlook.period // _BLOCK_DAYS + 2
        return min(last, (_LAST_DATE - EPOCH_DAY) // _BLOCK_DAYS - 1)

    def _last_alike(self, number: int, horizon: int) -> int:
        """The last block before the readings of days differ from this block's last days."""
        day = EPOCH_DAY + (number + 1) * _BLOCK_DAYS - 2
        readings = self._readings(day)
        if self._readings(day - 1) != readings:
            return number
        stop = EPOCH_DAY + (horizon + 1) * _BLOCK_DAYS
        while day < stop:
            until = self._planner.alike_until(date.fromordinal(day)).toordinal()
            if until > day:
                day = until
            elif self._readings(day + 1) == readings:
                day += 1
            else:
                break
        return (day - EPOCH_DAY) // _BLOCK_DAYS - 1

    # Expanding

    def _readings(self, day: int) -> Readings:
        return self._planner.readings(date.fromordinal(min(max(day, 1), _LAST_DATE)))

    def _block(self, number: int) -> _Block:
        start, stop = number * _BLOCK, (number + 1) * _BLOCK
        starts: list[int] = []
        statuses: list[Status] = []
        for at, status in self._expand(start, stop):
            if at <= start or not starts:
                starts, statuses = [start], [status]
            elif at < stop and status != statuses[-1]:
                starts.append(at)
                statuses.append(status)
        changes: list[int | None] = [None] * len(starts)
        for index in range(len(starts) - 2, -1, -1):
            same = statuses[index].state == statuses[index + 1].state
            changes[index] = changes[index + 1] if same else starts[index + 1]
        if len(self._blocks) >= _MOST_BLOCKS:
            self._blocks.clear()
            self._later.clear()
        block = self._blocks[number] = _Block(starts, statuses, changes)
        return block

    def _expand(self, start: int, stop: int) -> Iterator[tuple[int, Status]]:
        """The statuses of every day that touches the stretch, with their first instants."""
        first, last = wall_day(self._zone, start), wall_day(self._zone, stop - 1)
        east, after = offset(self._zone, first), offset(self._zone, last + 1)
        settled = east == after
        yesterday = self._readings(first - 1)
        for day in range(first, last + 1):
            today = self._readings(day)
            if not settled:
                after = offset(self._zone, day + 1)
            if after == east:
                base = (day - EPOCH_DAY) * DAY - east
                for minute, status in self._line(yesterday, today):
                    yield base + minute, status
            else:
                change = change_in(self._zone, day, east, after)
                yield from _change_line(change, day, (yesterday, today, self._readings(day + 1)))
                east = after
            yesterday = today

    def _line(self, yesterday: Readings, today: Readings) -> Line:
        key = (yesterday, today)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= _MOST_BLOCKS:
                self._lines.clear()
            line = self._lines[key] = day_line(yesterday, today)
        return line


def _change_line(change: Change, day: int, readings: tuple[Readings, Readings, Readings]) -> Line:
    """The instants' statuses of a day on which the clocks change.

    Every boundary in the skipped or the repeated stretch may mean two instants. Worlds
    take all of them at the first, or all at the last; what the two agree on is sure.
    """
    worlds: list[World] = []
    before, today, following = readings
    for choice in product(*(range(len(item.plans)) for item in readings)):
        runs = _runs(
            [
                *shifted(before.plans[choice[0]], -DAY),
                *today.plans[choice[1]],
                *shifted(following.plans[choice[2]], DAY),
            ]
        )
        for reading, mapped in enumerate((change.first, change.last)):
            spans = [
                span._replace(start=mapped(day, span.start), end=mapped(day, span.end))
                for span in runs
            ]
            worlds.append(World((*choice, reading), spans))
    reasons = (before.reasons, today.reasons, following.reasons, (CLOCK_CHANGE,))
    start, stop = change.first(day, 0), change.first(day, DAY)
    return sweep(worlds, reasons, start, stop, today.note)


def _runs(spans: list[Span]) -> list[Span]:
    """The spans as runs of one state, so that only true boundaries are mapped.

    Where an open and an unknown span overlap the open one holds.
    """
    points = sorted({point for span in spans for point in span[:2]})
    runs: list[Span] = []
    for start, end in pairwise(points):
        here = [span for span in spans if span.start <= start < span.end]
        if not here:
            continue
        best = next((span for span in here if span.state == OPEN), here[0])
        if runs and runs[-1].end == start and runs[-1].state == best.state:
            runs[-1] = runs[-1]._replace(end=end)
        else:
            runs.append(best._replace(start=start, end=end))
    return runs
