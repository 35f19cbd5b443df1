"""Whether a rule's day selectors hold on a day.

Days are ordinals (`date.toordinal`) inside; a year's stretches are worked out once.
"""

from datetime import date
from functools import lru_cache

from signpost.core.hours.notation import (
    Date,
    DateRange,
    Holiday,
    MonthRange,
    NthWeekday,
    Rule,
    Weekdays,
    WeekRange,
    YearRange,
)

Stretch = tuple[int, int]  # first and last day, as ordinals

_ALL_WEEK = 0b1111111
LONGEST_NAMED = 14
"""Days that a range of dates has at most where it names each of them (`Dec 24-Jan 2`): a rule
for two weeks was written with their bank holidays in mind, one for a season was not."""


class DayTest:
    """Decides for one rule which days it speaks of."""

    __slots__ = ("_among", "_days", "_known", "_named", "_rule", "_weekdays", "_whole")

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._days = tuple(day for day in rule.days if not isinstance(day, Weekdays))
        self._weekdays = _mask(rule.days) if rule.days else _ALL_WEEK
        self._among = tuple(day for day in rule.among if isinstance(day, NthWeekday))
        self._whole = not (rule.years or rule.dates)
        self._known: dict[int, tuple[Stretch, ...]] = {}
        self._named: dict[int, tuple[Stretch, ...]] = {}

    def holds(self, day: date, weekday: int, holidays: frozenset[int], school: bool) -> bool:
        """Whether the rule speaks of `day` when it counts as `weekday`.

        `holidays` are the shifts for which the day that many days earlier is a bank
        holiday (0 for the day itself); `school` whether schools are on holiday.
        """
        if not self._whole:
            number = day.toordinal()
            for first, last in self._stretches(day.year):
                if first <= number <= last:
                    break
            else:
                return False
        if self._rule.weeks and not _in_weeks(self._rule.weeks, day):
            return False
        if self._weekdays >> weekday & 1:
            return True
        for item in self._days:
            if isinstance(item, NthWeekday):
                if _is_nth(item, day, weekday):
                    return True
            elif (school if item.kind == "SH" else item.shift in holidays) and self._is_among(
                day, weekday
            ):
                return True
        return False

    def names(self, day: date) -> bool:
        """Whether the rule's dates single out this very day, alone or in a short range.

        Whole months and years, and what runs on from a date, name no day.
        """
        named = self._named.get(day.year)
        if named is None:
            named = self._named[day.year] = _named(self._rule, day.year)
        number = day.toordinal()
        return any(first <= number <= last for first, last in named)

    def idle_until(self, day: date) -> int | None:
        """The last day of the year, as an ordinal, until which the rule's dates keep it silent.

        None where they do not, whatever its weekdays.
        """
        number = day.toordinal()
        if self._whole or any(first <= number <= last for first, last in self._stretches(day.year)):
            return None
        last = date(day.year, 12, 31).toordinal()
        starts = (first - 1 for first, _ in self._stretches(day.year) if first > number)
        return min(starts, default=last)

    def steady_until(self, day: date) -> int:
        """The last day of the year, as an ordinal, up to which the answer is sure to stay."""
        idle = self.idle_until(day)
        if idle is not None:
            return idle
        number = day.toordinal()
        if self._rule.weeks or self._rule.days:
            return number
        last = date(day.year, 12, 31).toordinal()
        if self._whole:
            return last
        stretches = self._stretches(day.year)
        return min(last, *(end for first, end in stretches if first <= number <= end))

    def _is_among(self, day: date, weekday: int) -> bool:
        if not self._rule.among or _mask(self._rule.among) >> weekday & 1:
            return True
        return any(_is_nth(item, day, weekday) for item in self._among)

    def _stretches(self, year: int) -> tuple[Stretch, ...]:
        known = self._known.get(year)
        if known is None:
            known = self._known[year] = _stretches(self._rule, year)
        return known


def last_year_named(rule: Rule) -> int:
    """The last year after which the rule's dates follow the same pattern each year."""
    years = [item.last if item.last is not None else item.first for item in rule.years]
    for item in rule.dates:
        if isinstance(item, MonthRange):
            years.append(item.last_year or 0)
        else:
            years += [item.start.year or 0, (item.end.year or 0) if item.end else 0]
    return max(years, default=0)


def may_hold_after(rule: Rule, year: int) -> bool:
    """Whether the rule can speak of a day after the year, which none of its parts names.

    A date range that begins in the last named year may run into the one after.
    """
    if rule.years and not any(item.last is None for item in rule.years):
        return False
    return not rule.dates or any(_repeats(item) for item in rule.dates)


def runs_on(item: MonthRange | DateRange) -> bool:
    """Whether it begins once and never ends (`2024 Sep 1+`)."""
    return isinstance(item, DateRange) and item.onward and item.start.year is not None


def _repeats(item: MonthRange | DateRange) -> bool:
    if isinstance(item, MonthRange):
        return item.year is None
    return item.start.year is None or item.onward


def _stretches(rule: Rule, year: int) -> tuple[Stretch, ...]:
    if rule.years and not any(_in_years(item, year) for item in rule.years):
        return ()
    whole = (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    if not rule.dates:
        return (whole,)
    found: list[Stretch] = []
    for item in rule.dates:
        stretches = (
            _month_stretches(item, year)
            if isinstance(item, MonthRange)
            else _date_stretches(item, year)
        )
        found += [
            stretch for stretch in stretches if stretch[1] >= whole[0] and stretch[0] <= whole[1]
        ]
    return tuple(found)


def _named(rule: Rule, year: int) -> tuple[Stretch, ...]:
    return tuple(
        (first, last)
        for item in rule.dates
        if isinstance(item, DateRange) and not item.onward
        for first, last in _date_stretches(item, year)
        if last - first < LONGEST_NAMED
    )


def _in_years(item: YearRange, year: int) -> bool:
    if year < item.first or (item.last is not None and year > item.last):
        return False
    return (year - item.first) % item.step == 0


def _month_stretches(item: MonthRange, year: int) -> list[Stretch]:
    if item.year is not None and item.last_year is not None:
        return [(_first_of(item.year, item.first), _last_of(item.last_year, item.last))]
    if item.first <= item.last:
        return [(_first_of(year, item.first), _last_of(year, item.last))]
    return [
        (_first_of(year, 1), _last_of(year, item.last)),
        (_first_of(year, item.first), _last_of(year, 12)),
    ]


def _date_stretches(item: DateRange, year: int) -> list[Stretch]:
    """Stretches that may touch the year: those that start in it or in a year beside it."""
    named = item.start.year
    found: list[Stretch] = []
    for start_year in (named,) if named is not None else (year - 1, year, year + 1):
        single = item.end is None and not item.onward
        first = _resolve(item.start, start_year, -1 if single else 0)
        if first is None:
            continue
        if item.onward:
            last = _last_of(start_year if named is None else max(year, start_year), 12)
        elif item.end is None:
            last = first
        else:
            end = _end_of(item.end, start_year, first)
            if end is None:
                continue
            last = end
        found.append((first, last))
    return found


def _end_of(end: Date, start_year: int, first: int) -> int | None:
    if end.year is not None:
        return _resolve(end, end.year, 1)
    last = _resolve(end, start_year, 1)
    if last is not None and last < first:
        return _resolve(end, start_year + 1, 1)
    return last


def _resolve(item: Date, year: int, role: int) -> int | None:
    """The day a date is in a year; None where that year has none.

    29 February in a common year is the day before as the end of a range (role 1), the
    day after as its start (role 0), and no day on its own (role -1).
    """
    if not 1 <= year <= 9999:
        return None
    if not item.month:
        number = _easter(year)
    elif item.day:
        length = _length(year, item.month)
        if item.day > length and role < 0:
            return None
        number = _first_of(year, item.month) + item.day - 1
        if item.day > length and role > 0:
            number -= item.day - length
    else:
        found = _nth_day(year, item.month, item.weekday, item.nth)
        if found is None:
            return None
        number = found
    if item.toward > 0:
        number += (item.toward - 1 - number) % 7 + 1
    elif item.toward < 0:
        number -= (number - 1 + item.toward) % 7 + 1
    return number + item.shift


@lru_cache(maxsize=1024)
def _easter(year: int) -> int:
    from dateutil.easter import easter

    return easter(year).toordinal()


def _nth_day(year: int, month: int, weekday: int, nth: int) -> int | None:
    first, last = _first_of(year, month), _last_of(year, month)
    if nth > 0:
        number = first + (weekday - (first - 1)) % 7 + 7 * (nth - 1)
    else:
        number = last - ((last - 1) - weekday) % 7 + 7 * (nth + 1)
    return number if first <= number <= last else None


def _first_of(year: int, month: int) -> int:
    return date(year, month, 1).toordinal()


def _last_of(year: int, month: int) -> int:
    return date(year, month, _length(year, month)).toordinal()


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _in_weeks(weeks: tuple[WeekRange, ...], day: date) -> bool:
    week = day.isocalendar()[1]
    for item in weeks:
        if item.first <= week <= item.last and (week - item.first) % item.step == 0:
            return True
    return False


def _is_nth(item: NthWeekday, day: date, weekday: int) -> bool:
    if item.shift:
        number = day.toordinal() - item.shift
        if number < 1:
            return False
        day = date.fromordinal(number)
        weekday = day.weekday()
    if weekday != item.weekday:
        return False
    nth = (day.day - 1) // 7 + 1
    from_end = -((_length(day.year, day.month) - day.day) // 7 + 1)
    return any(low <= nth <= high or low == from_end for low, high in item.nths)


def _mask(days: tuple[Weekdays | NthWeekday | Holiday, ...]) -> int:
    """The plain weekdays as bits, Monday the lowest."""
    mask = 0
    for item in days:
        if isinstance(item, Weekdays):
            for step in range((item.last - item.first) % 7 + 1):
                mask |= 1 << (item.first + step) % 7
    return mask
