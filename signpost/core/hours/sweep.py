"""Several possible worlds to one line of states.

A world is what one choice among the readings makes of a stretch of time: spans on one
axis, and a label saying which choice was made. Where all worlds agree that is the
state; where they do not it is unknown, for the reasons of the choices that matter.
"""

from collections.abc import Sequence
from typing import NamedTuple

from signpost.core.hours.states import (
    CLOSED,
    OPEN,
    UNKNOWN,
    Readings,
    Reason,
    Span,
    State,
    Status,
    combine,
)

Line = tuple[tuple[int, Status], ...]
"""States with the minute each begins at; the last one runs to the end of the stretch."""

CLOCK_CHANGE = Reason("clock_change")
_RANK = {CLOSED: 0, UNKNOWN: 1, OPEN: 2}
_DAY = 1440


class World(NamedTuple):
    """One possibility; `choices` are its place on each axis of choice."""

    choices: tuple[int, ...]
    spans: Sequence[Span]


def day_line(yesterday: Readings, today: Readings) -> Line:
    """The states of one day of 1440 minutes, from its own and the day before's readings."""
    if len(today.plans) == 1 and len(yesterday.plans) == 1:
        tail = yesterday.plans[0]
        if not tail or tail[-1].end <= _DAY:
            return _plain(today.plans[0], today.note)
    worlds = [
        World((index, late), (*plan, *shifted(before, -_DAY)))
        for index, plan in enumerate(today.plans)
        for late, before in enumerate(yesterday.plans)
    ]
    return sweep(worlds, (today.reasons, yesterday.reasons), 0, _DAY, today.note)


def shifted(spans: Sequence[Span], minutes: int) -> list[Span]:
    """The spans so many minutes later."""
    return [span._replace(start=span.start + minutes, end=span.end + minutes) for span in spans]


def sweep(
    worlds: Sequence[World],
    reasons: Sequence[tuple[Reason, ...]],
    start: int,
    stop: int,
    note: str | None,
) -> Line:
    """The line from `start` to `stop`; `reasons` belong to the axes of choice, in order."""
    points = {start}
    for world in worlds:
        for span in world.spans:
            points.update(point for point in span[:2] if start < point < stop)
    line: list[tuple[int, Status]] = []
    for point in sorted(points):
        status = _at(point, worlds, reasons, note)
        if not line or line[-1][1] != status:
            line.append((point, status))
    return tuple(line)


def _plain(plan: Sequence[Span], note: str | None) -> Line:
    """The line of a day about which nothing is in doubt."""
    closed = Status(CLOSED, (), note)
    line: list[tuple[int, Status]] = []
    reached = 0
    for span in plan:
        if span.start >= _DAY:
            break
        if span.start > reached:
            line.append((reached, closed))
        status = _of(span)
        if not line or line[-1][1] != status:
            line.append((span.start, status))
        reached = span.end
    if reached < _DAY:
        line.append((reached, closed))
    return tuple(line)


def _of(span: Span) -> Status:
    return Status(span.state, _span_reasons(span), span.comment)


def _span_reasons(span: Span) -> tuple[Reason, ...]:
    return (Reason(span.code, span.comment or ""),) if span.code else ()


def _at(
    point: int,
    worlds: Sequence[World],
    reasons: Sequence[tuple[Reason, ...]],
    note: str | None,
) -> Status:
    deciding: list[Span] = []
    states: dict[tuple[int, ...], State] = {}
    for world in worlds:
        best: Span | None = None
        for span in world.spans:
            if span.start <= point < span.end and (
                best is None or _RANK[span.state] > _RANK[best.state]
            ):
                best = span
        states[world.choices] = best.state if best is not None else CLOSED
        if best is not None:
            deciding.append(best)
    state = combine(states.values())
    if state == CLOSED:
        return Status(CLOSED, (), note)
    comment = next((span.comment for span in deciding if span.comment), None)
    if state == OPEN:
        return Status(OPEN, (), comment)
    why: dict[Reason, None] = {}
    for axis in range(len(worlds[0].choices)):
        if _matters(axis, states):
            why.update(dict.fromkeys(reasons[axis]))
    for span in deciding:
        why.update(dict.fromkeys(_span_reasons(span)))
    return Status(UNKNOWN, tuple(why), comment)


def _matters(axis: int, states: dict[tuple[int, ...], State]) -> bool:
    """Whether the choice on this axis alone can change the state."""
    seen: dict[tuple[int, ...], State] = {}
    for choices, state in states.items():
        others = choices[:axis] + choices[axis + 1 :]
        if seen.setdefault(others, state) != state:
            return True
    return False
