"""An hours expression in its one canonical spelling."""

from collections.abc import Sequence

from signpost.core.hours.notation import (
    Date,
    DateRange,
    Holiday,
    MonthRange,
    NthWeekday,
    Rule,
    SunTime,
    TimeSpan,
    Weekdays,
    WeekRange,
    YearRange,
)
from signpost.core.hours.states import CLOSED, OPEN, UNKNOWN
from signpost.core.hours.tokens import MONTHS, WEEKDAYS


def print_rules(rules: Sequence[Rule]) -> str:
    """The rules as text that parses to the same rules."""
    parts: list[str] = []
    for index, rule in enumerate(rules):
        if index:
            parts.append(" || " if rule.joint == "||" else f"{rule.joint} ")
        following = rules[index + 1] if index + 1 < len(rules) else None
        parts.append(_rule(rule, following))
    return "".join(parts)


def _rule(rule: Rule, following: Rule | None) -> str:
    words = ["24/7"] if rule.always else []
    if rule.years:
        words.append(",".join(map(_years, rule.years)))
    if rule.dates:
        words.append(",".join(map(_dates, rule.dates)))
    if rule.weeks:
        words.append("week " + ",".join(map(_weeks, rule.weeks)))
    if rule.days:
        words.append(",".join(map(_day, rule.days)))
    if rule.among:
        words.append(",".join(map(_day, rule.among)))
    if rule.times:
        words.append(",".join(map(print_span, rule.times)))
    words += _state(rule, following)
    return " ".join(words)


def _state(rule: Rule, following: Rule | None) -> list[str]:
    words = [{CLOSED: "off", UNKNOWN: "unknown"}[rule.state]] if rule.state != OPEN else []
    if rule.state == OPEN and (rule.comment or _needs_open(rule, following)):
        words.append(OPEN)
    if rule.comment:
        words.append(f'"{rule.comment}"')
    return words


def _needs_open(rule: Rule, following: Rule | None) -> bool:
    """Whether the rule would be misread without the word."""
    dated = bool(rule.dates or rule.weeks or rule.days)
    if not rule.always and not rule.times and not dated:
        return True  # nothing else is left of it, or bare years
    if following is None or following.joint != ",":
        return False
    # A comma would continue this rule's own list of days or times.
    return not rule.times or not (
        following.years or following.dates or following.weeks or following.days
    )


def _years(item: YearRange) -> str:
    if item.last is None:
        return f"{item.first}+"
    if item.last == item.first:
        return f"{item.first}"
    return f"{item.first}-{item.last}{_step(item.step)}"


def _weeks(item: WeekRange) -> str:
    if item.last == item.first and item.step == 1:
        return f"{item.first:02d}"
    return f"{item.first:02d}-{item.last:02d}{_step(item.step)}"


def _step(step: int) -> str:
    return f"/{step}" if step > 1 else ""


def _dates(item: MonthRange | DateRange) -> str:
    if isinstance(item, MonthRange):
        return _months(item)
    start = _date(item.start, item.start.year)
    if item.onward:
        return f"{start}+"
    if item.end is None:
        return start
    return f"{start}-{_date(item.end, item.end.year)}"


def _months(item: MonthRange) -> str:
    text = MONTHS[item.first - 1]
    if item.year is None:
        return text if item.first == item.last else f"{text}-{MONTHS[item.last - 1]}"
    text = f"{item.year} {text}"
    if (item.year, item.first) == (item.last_year, item.last):
        return text
    return f"{text}-{item.last_year} {MONTHS[item.last - 1]}"


def _date(item: Date, year: int | None) -> str:
    text = f"{year} " if year is not None else ""
    if not item.month:
        text += "easter"
    elif item.day:
        text += f"{MONTHS[item.month - 1]} {item.day}"
    else:
        text += f"{MONTHS[item.month - 1]} {WEEKDAYS[item.weekday]}[{item.nth}]"
    if item.toward:
        text += f" {'+' if item.toward > 0 else '-'}{WEEKDAYS[abs(item.toward) - 1]}"
    return text + _shift(item.shift)


def _day(item: Weekdays | NthWeekday | Holiday) -> str:
    if isinstance(item, Holiday):
        return item.kind + _shift(item.shift)
    if isinstance(item, Weekdays):
        first, last = WEEKDAYS[item.first], WEEKDAYS[item.last]
        return first if first == last else f"{first}-{last}"
    nths = ",".join(f"{low}" if low == high else f"{low}-{high}" for low, high in item.nths)
    return f"{WEEKDAYS[item.weekday]}[{nths}]{_shift(item.shift)}"


def _shift(days: int) -> str:
    return f" {days:+d} day{'' if abs(days) == 1 else 's'}" if days else ""


def print_span(item: TimeSpan) -> str:
    """One span of times, `22:00-02:00` for one over midnight."""
    start = _clock(item.start)
    if item.end is None:
        return f"{start}+"
    end = item.end
    if isinstance(end, int) and isinstance(item.start, int) and 1440 < end <= item.start + 1440:
        end -= 1440
    return f"{start}-{_clock(end)}{'+' if item.open_end else ''}"


def _clock(item: int | SunTime) -> str:
    if isinstance(item, int):
        return f"{item // 60:02d}:{item % 60:02d}"
    if not item.shift:
        return item.event
    sign = "+" if item.shift > 0 else "-"
    return f"({item.event}{sign}{abs(item.shift) // 60:02d}:{abs(item.shift) % 60:02d})"
