"""An hours expression in plain English, the NHS way."""

from collections.abc import Sequence

from signpost.core.hours.expression import Expression
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
from signpost.core.hours.states import CLOSED, UNKNOWN

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NTHS = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth",
    -1: "last", -2: "second to last", -3: "third to last", -4: "fourth to last",
    -5: "fifth to last",
}  # fmt: skip
_HOLIDAYS = {"PH": "bank holidays", "SH": "school holidays"}
_DAY = 1440


def words(expression: Expression, clock: int = 12) -> str:
    """The hours as one would say them, with times by the 12-hour or the 24-hour clock."""
    if expression.is_always:
        return "24 hours a day, every day"
    parts: list[str] = []
    for rule in expression.rules:
        joint = "" if not parts else {";": "; ", ",": "; also ", "||": "; otherwise "}[rule.joint]
        parts.append(joint + _rule(rule, clock))
    return "".join(parts)


def clock_words(minutes: int, clock: int = 12) -> str:
    """A time of day, in minutes from midnight: 6pm, 12:30pm, midday, midnight; or 18:00."""
    if clock == 24:
        hour = 24 if minutes == _DAY else minutes // 60 % 24
        return f"{hour:02d}:{minutes % 60:02d}"
    minutes %= _DAY
    if minutes in (0, 720):
        return "midday" if minutes else "midnight"
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}{'pm' if hour >= 12 else 'am'}"


def _rule(rule: Rule, clock: int) -> str:
    days, times = _when(rule), _join([_span(span, clock) for span in rule.times])
    note = f" ({rule.comment})" if rule.comment else ""
    if rule.state == CLOSED:
        return "closed" + (f" {days}" if days else "") + (f", {times}" if times else "") + note
    if not days and not times:
        if rule.state == UNKNOWN:
            return "hours not known" + note
        return "24 hours a day, every day" + note
    said = f"{days or 'every day'}, {times or 'all day'}"
    return f"{said}, but not certain{note}" if rule.state == UNKNOWN else said + note


def _when(rule: Rule) -> str:
    month = _lone_month(rule)
    dates = "" if month else _join([_dates(item) for item in rule.dates])
    years = _join([_years(item) for item in rule.years])
    weeks = _join([_weeks(item) for item in rule.weeks])
    days = _days(rule.days, month or "the month")
    if rule.among:
        days += f" that fall on {_days(rule.among)}"
    parts = [part for part in (days, dates, f"week {weeks}" if weeks else "", years) if part]
    return ", ".join(parts)


def _join(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _lone_month(rule: Rule) -> str:
    """The month to name with the nth weekdays of a rule: "last Sunday of October"."""
    if len(rule.dates) == 1 and all(isinstance(day, NthWeekday) for day in rule.days):
        item = rule.dates[0]
        if (
            rule.days
            and isinstance(item, MonthRange)
            and (item.year, item.first)
            == (
                None,
                item.last,
            )
        ):
            return _MONTHS[item.first - 1]
    return ""


def _days(items: Sequence[Weekdays | NthWeekday | Holiday], month: str = "the month") -> str:
    named = set()
    for item in items:
        if isinstance(item, Weekdays):
            named |= {(item.first + step) % 7 for step in range((item.last - item.first) % 7 + 1)}
    plain = all(isinstance(item, Weekdays) for item in items)
    if plain and len(named) == 7:
        return "every day"
    weekend = named == {5, 6}
    found = ["weekends"] if weekend else []
    for item in items:
        if isinstance(item, NthWeekday):
            found.append(_nth(item, month))
        elif isinstance(item, Holiday):
            found.append(_shift(_HOLIDAYS[item.kind], item.shift))
        elif not weekend:
            found.append(_range(_DAYS[item.first], _DAYS[item.last]))
    return _join(found)


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _nth(item: NthWeekday, month: str) -> str:
    nths = [_range(_NTHS[low], _NTHS[high]) for low, high in item.nths]
    return _shift(f"{_join(nths)} {_DAYS[item.weekday]} of {month}", item.shift)


def _shift(what: str, days: int) -> str:
    if not days:
        return what
    side = "after" if days > 0 else "before"
    if abs(days) == 1:
        return f"the day {side} {what}"
    return f"{abs(days)} days {side} {what}"


def _years(item: YearRange) -> str:
    if item.last is None:
        return f"from {item.first}"
    return _every(_range(str(item.first), str(item.last)), item.step, "years")


def _weeks(item: WeekRange) -> str:
    return _every(_range(str(item.first), str(item.last)), item.step, "weeks")


def _every(what: str, step: int, units: str) -> str:
    return f"{what} every {step} {units}" if step > 1 else what


def _dates(item: MonthRange | DateRange) -> str:
    if isinstance(item, MonthRange):
        first, last = _MONTHS[item.first - 1], _MONTHS[item.last - 1]
        if item.year is None:
            return _range(first, last)
        return _range(f"{first} {item.year}", f"{last} {item.last_year}")
    if item.onward:
        return f"from {_date(item.start)}"
    if item.end is None:
        return _date(item.start)
    return f"{_date(item.start)} to {_date(item.end)}"


def _date(item: Date) -> str:
    if not item.month:
        text = "Easter Sunday"
    elif item.day:
        text = f"{item.day} {_MONTHS[item.month - 1]}"
    else:
        text = f"{_NTHS[item.nth]} {_DAYS[item.weekday]} of {_MONTHS[item.month - 1]}"
    if item.toward:
        side = "after" if item.toward > 0 else "before"
        text = f"the {_DAYS[abs(item.toward) - 1]} {side} {text}"
    text = _shift(text, item.shift)
    return text if item.year is None else f"{text} {item.year}"


def _span(item: TimeSpan, clock: int) -> str:
    if (item.start, item.end) == (0, _DAY):
        return "all day"
    start = _clock(item.start, clock)
    if item.end is None:
        return f"from {start}, closing time not known"
    end = _clock(item.end, clock)
    if (
        isinstance(item.end, int)
        and isinstance(item.start, int)
        and item.end >= (item.start + _DAY)
    ):
        end += " the next day"
    return f"{start} to {end}{' or later' if item.open_end else ''}"


def _clock(item: int | SunTime, clock: int) -> str:
    if isinstance(item, int):
        return clock_words(item, clock)
    if not item.shift:
        return item.event
    side = "after" if item.shift > 0 else "before"
    return f"{abs(item.shift)} minutes {side} {item.event}"
