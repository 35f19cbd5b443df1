"""Hours in words, by the day, and at moments: as lines of text and as a plain dict."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from signpost.core.availability import spoken
from signpost.core.hours import (
    CLOSED,
    UNKNOWN,
    DayRules,
    Expression,
    Interval,
    Status,
    Timeline,
    words,
)
from signpost.render.phrases import clock_words, date_words

HOURS_SCHEMA = "signpost/hours/1"

_POLICIES = {
    "as_usual": "as usual",
    "as_sunday": "as on a Sunday",
    "closed": "closed",
}
_YEARS_AHEAD = 30


class Meaning(NamedTuple):
    """An expression with everything that its meaning depends on, and how times are said."""

    expression: Expression
    rules: DayRules
    timeline: Timeline
    zone: ZoneInfo
    clock: int = 12


Stretch = tuple[datetime, datetime]


class DayRow(NamedTuple):
    """A day's sessions in words, each with the reasons it is not sure; the bank holiday on it."""

    day: date
    sessions: tuple[tuple[str, str], ...]
    holiday: str


def hours_record(
    meaning: Meaning, moments: Sequence[datetime], span: Stretch | None
) -> dict[str, Any]:
    """The JSON of `signpost hours`; intervals that are open or unknown, cut to the span."""
    expression = meaning.expression
    record: dict[str, Any] = {
        "schema": HOURS_SCHEMA,
        "expr": expression.text,
        "canonical": expression.canonical(),
        "words": words(expression),
        "warnings": list(expression.warnings),
        "zone": meaning.zone.key,
        "states": [_state_record(meaning, at) for at in moments],
    }
    if span is not None:
        record["intervals"] = list(_interval_records(meaning, span))
    return record


def _state_record(meaning: Meaning, at: datetime) -> dict[str, Any]:
    status = meaning.timeline.state_at(at)
    change = meaning.timeline.next_change(at)
    return {
        "at": _iso(at, meaning),
        "state": status.state,
        "comment": status.comment,
        "reason": _reasons(status) or None,
        "reason_codes": [reason.code for reason in status.reasons],
        "next_change": None if change is None else _iso(change, meaning),
    }


def _interval_records(meaning: Meaning, span: Stretch) -> Iterator[list[str | None]]:
    """Stretches of one state and comment; those that differ in their reasons alone are joined."""
    parts = meaning.timeline.intervals(*span)
    for (state, comment), run in groupby(parts, key=lambda part: (part.state, part.comment)):
        joined = list(run)
        if state != CLOSED:
            start, end = joined[0].start, joined[-1].end
            yield [_iso(start, meaning), _iso(end, meaning), state, comment]


def _reasons(status: Status | Interval) -> str:
    """Why a state is not sure, in words."""
    return "; ".join(dict.fromkeys(spoken(reason).text for reason in status.reasons))


def _iso(moment: datetime, meaning: Meaning) -> str:
    return moment.astimezone(meaning.zone).isoformat()


def hours_lines(meaning: Meaning, start: datetime) -> Iterator[str]:
    """The expression in words, its warnings, and what a bank holiday does to it."""
    expression = meaning.expression
    yield words(expression, meaning.clock)
    if expression.canonical() != expression.text:
        yield f"Written in full: {expression.canonical()}"
    for warning in expression.warnings:
        yield f"Warning: {warning}"
    yield f"Bank holidays: {_policy_words(expression, meaning.rules)}."
    following = next_holiday(meaning.rules, start.astimezone(meaning.zone).date())
    if following is not None:
        row = day_row(meaning, following)
        said = "; ".join(map(session_words, row.sessions)) or "closed"
        yield f"The next is {date_words(following)} ({row.holiday}): {said}"


def _policy_words(expression: Expression, rules: DayRules) -> str:
    if expression.uses_holidays:
        return "as PH in the expression says"
    if rules.bank_holidays in _POLICIES:
        return _POLICIES[rules.bank_holidays]
    if expression.is_always:
        return "open, as always"
    return (
        "the expression does not say, so unknown where as usual, as on a Sunday and closed"
        " differ, except on days it names"
    )


def next_holiday(rules: DayRules, day: date) -> date | None:
    """The first bank holiday of the tables from a day on, before they end."""
    ahead = (found for table in rules.calendars for found in table.days if found >= day)
    found = min(ahead, default=None)
    return found if found is None or found.year - day.year < _YEARS_AHEAD else None


def moment_lines(meaning: Meaning, moments: Sequence[datetime]) -> Iterator[str]:
    """The state at each moment asked about, and when it changes."""
    for at in moments:
        status = meaning.timeline.state_at(at)
        change = meaning.timeline.next_change(at)
        said = f"{local_words(at, meaning)}: {status.state}"
        said += f" until {_until(change, at, meaning)}" if change else ", with no change to come"
        why = _reasons(status) or status.comment
        yield f"{said}; {why}" if why else said


def _until(change: datetime, at: datetime, meaning: Meaning) -> str:
    """When it changes; without the day for a change on the day asked about."""
    same = change.astimezone(meaning.zone).date() == at.astimezone(meaning.zone).date()
    return _time_words(change, meaning) if same else local_words(change, meaning)


def local_words(moment: datetime, meaning: Meaning) -> str:
    """`Friday 25 December 2026, 7pm`, by the clocks of the zone."""
    day = moment.astimezone(meaning.zone).date()
    return f"{date_words(day)}, {_time_words(moment, meaning)}"


def _time_words(moment: datetime, meaning: Meaning) -> str:
    """A time of day; one that the clocks repeat that night is told apart by its zone's name."""
    local = moment.astimezone(meaning.zone)
    said = clock_words(local.hour, local.minute, meaning.clock)
    if local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset():
        said += f" {local.tzname()}"
    return said


def day_lines(meaning: Meaning, span: Stretch) -> Iterator[str]:
    """A line a day: what is open, what is not sure and why, and whether it is a bank holiday."""
    for row in day_rows(meaning, span):
        said = "; ".join(map(session_words, row.sessions)) or "closed"
        yield f"{date_words(row.day)}{f' ({row.holiday})' if row.holiday else ''}: {said}"


def session_words(session: tuple[str, str]) -> str:
    """A session with its reasons or its comment."""
    said, why = session
    return f"{said} ({why})" if why else said


def day_rows(meaning: Meaning, span: Stretch) -> Iterator[DayRow]:
    """Each local day of a stretch of time, cut at both ends."""
    first, last = span
    day = first.astimezone(meaning.zone).date()
    while _midnight(day, meaning.zone) < last.astimezone(UTC):
        yield day_row(meaning, day, span)
        day += timedelta(days=1)


def day_row(meaning: Meaning, day: date, within: Stretch | None = None) -> DayRow:
    """One local day, or the part of it within a stretch of time."""
    start, end = _midnight(day, meaning.zone), _midnight(day + timedelta(days=1), meaning.zone)
    if within is not None:
        start, end = max(start, within[0].astimezone(UTC)), min(end, within[1].astimezone(UTC))
    titles = (title for table in meaning.rules.calendars if (title := table.title(day)))
    return DayRow(
        day,
        tuple(
            (_session(part, day, meaning), _reasons(part) or part.comment or "")
            for part in meaning.timeline.intervals(start, end)
            if part.state != CLOSED
        ),
        next(titles, ""),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _session(part: Interval, day: date, meaning: Meaning) -> str:
    whole = (_midnight(day, meaning.zone), _midnight(day + timedelta(days=1), meaning.zone))
    state = "unknown" if part.state == UNKNOWN else "open"
    if (part.start, part.end) == whole:
        return f"all day {state}"
    closes = _time_words(part.end, meaning)
    if meaning.clock == 24 and part.end == whole[1]:
        closes = "24:00"
    return f"{_time_words(part.start, meaning)} to {closes} {state}"
