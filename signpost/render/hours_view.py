"""Hours in words, by the day, and at moments: as lines of text and as a plain dict."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
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
    "as_usual": "Bank holidays: as usual.",
    "as_sunday": "Bank holidays: as on a Sunday.",
    "closed": "Bank holidays: closed.",
}


def hours_record(
    expression: Expression,
    timeline: Timeline,
    zone: ZoneInfo,
    moments: Sequence[datetime],
    span: tuple[datetime, datetime] | None,
) -> dict[str, Any]:
    """The JSON of `signpost hours`; intervals that are open or unknown, cut to the span."""
    record: dict[str, Any] = {
        "schema": HOURS_SCHEMA,
        "expr": expression.text,
        "canonical": expression.canonical(),
        "words": words(expression),
        "warnings": list(expression.warnings),
        "states": [_state_record(timeline, at, zone) for at in moments],
    }
    if span is not None:
        record["intervals"] = [
            [_iso(part.start, zone), _iso(part.end, zone), part.state, _comment(part)]
            for part in timeline.intervals(*span)
            if part.state != CLOSED
        ]
    return record


def _state_record(timeline: Timeline, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    status = timeline.state_at(at)
    change = timeline.next_change(at)
    reasons = reason_words(status)
    return {
        "at": _iso(at, zone),
        "state": status.state,
        "comment": status.comment,
        "reason": "; ".join(reasons) or None,
        "next_change": None if change is None else _iso(change, zone),
    }


def reason_words(status: Status | Interval) -> list[str]:
    """Why a state is not sure, in words."""
    return [spoken(reason).text for reason in status.reasons]


def _comment(part: Interval) -> str | None:
    return part.comment or ("; ".join(reason_words(part)) or None)


def _iso(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat()


def hours_lines(expression: Expression, rules: DayRules, clock: int) -> Iterator[str]:
    """The expression in words, its warnings, and what a bank holiday does to it."""
    yield words(expression, clock)
    if expression.canonical() != expression.text:
        yield f"Written in full: {expression.canonical()}"
    for warning in expression.warnings:
        yield f"Warning: {warning}"
    yield _holiday_words(expression, rules)


def _holiday_words(expression: Expression, rules: DayRules) -> str:
    if expression.is_always and rules.bank_holidays is None:
        return "Bank holidays: open, as always."
    if expression.uses_holidays:
        return "Bank holidays: as PH says."
    return _POLICIES.get(
        rules.bank_holidays or "",
        "Bank holidays: not said, so unknown when it would be open as usual or as on a Sunday.",
    )


def moment_lines(
    timeline: Timeline, moments: Sequence[datetime], zone: ZoneInfo, clock: int
) -> Iterator[str]:
    """The state at each moment asked about, and when it changes."""
    for at in moments:
        status = timeline.state_at(at)
        change = timeline.next_change(at)
        why = "; ".join(reason_words(status)) or status.comment or ""
        until = f"until {local_words(change, zone, clock)}" if change else "for good"
        said = f"{local_words(at, zone, clock)}: {status.state} {until}"
        yield f"{said} ({why})" if why else said


def local_words(moment: datetime, zone: ZoneInfo, clock: int) -> str:
    """`Friday 25 December 2026, 7pm`, by the clocks of a zone."""
    local = moment.astimezone(zone)
    return f"{date_words(local.date())}, {clock_words(local.hour, local.minute, clock)}"


def day_lines(
    timeline: Timeline,
    rules: DayRules,
    zone: ZoneInfo,
    first: datetime,
    last: datetime,
    clock: int,
) -> Iterator[str]:
    """A line a day: what is open, what is not sure, and whether it is a bank holiday."""
    for day, said in days_between(timeline, zone, first, last, clock):
        title = holiday_title(rules, day)
        yield f"{date_words(day)}{f' ({title})' if title else ''}: {said}"


def holiday_title(rules: DayRules, day: date) -> str:
    """The name of the bank holiday on a day, or nothing."""
    return next((title for table in rules.calendars if (title := table.title(day))), "")


def days_between(
    timeline: Timeline, zone: ZoneInfo, first: datetime, last: datetime, clock: int
) -> Iterator[tuple[date, str]]:
    """Each local day of a span with its sessions in words."""
    day = first.astimezone(zone).date()
    while (start := _midnight(day, zone)) < last:
        after = _midnight(day + timedelta(days=1), zone)
        begin, end = max(start, first), min(after, last)
        parts = [
            _part_words(part, day, zone, clock)
            for part in timeline.intervals(begin, end)
            if part.state != CLOSED
        ]
        yield day, "; ".join(parts) or "closed"
        day += timedelta(days=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _part_words(part: Interval, day: date, zone: ZoneInfo, clock: int) -> str:
    start, end = part.start.astimezone(zone), part.end.astimezone(zone)
    opens = clock_words(start.hour, start.minute, clock)
    closes = clock_words(end.hour, end.minute, clock)
    if end.date() > day and clock == 24:
        closes = "24:00"
    whole = start.date() == day and end.date() > day and opens in ("midnight", "00:00")
    said = "all day" if whole else f"{opens} to {closes}"
    if part.state == UNKNOWN:
        why = "; ".join(reason_words(part)) or part.comment or ""
        return f"{said} unknown{f' ({why})' if why else ''}"
    return f"{said} open{f' ({part.comment})' if part.comment else ''}"


