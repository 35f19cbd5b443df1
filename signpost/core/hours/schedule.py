"""One expression on a calendar: every reading of a day that the facts allow."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from signpost.core.calendars import Holidays
from signpost.core.hours.days import DayTest, last_year_named, may_hold_after, runs_on
from signpost.core.hours.notation import DateRange, Holiday, NthWeekday, Rule, SunTime, Weekdays
from signpost.core.hours.plans import DAY, plan_day
from signpost.core.hours.states import CLOSED, OPEN, Plan, Readings, Reason
from signpost.core.hours.sun import sun_minutes

if TYPE_CHECKING:
    from signpost.core.hours.expression import Expression

AS_USUAL = "as_usual"
AS_SUNDAY = "as_sunday"
NO_SESSIONS = "closed"

_SUNDAY = 6
_NONE: frozenset[int] = frozenset()
_EVERY_YEAR = 40 * 366
_EVERY_EASTER = 400 * 366
"""Days in which every kind of year comes by: common or leap, beginning on each weekday,
and with it every fall of dates, weeks and nth weekdays (28 years, 40 over a century that
is no leap year). Every Easter but one in 5,000 has come by in the longer one."""


class DayRules(NamedTuple):
    """What a day needs to know beyond the notation.

    `calendars`: one for each nation served. `bank_holidays`: what they do where the
    notation has no PH: as_usual, as_sunday, closed, or None (unknown) where the record
    is silent. `school_holidays`: first and last days; None where nobody gave them.
    """

    calendars: tuple[Holidays, ...] = ()
    bank_holidays: str | None = None
    point: tuple[float, float] | None = None
    zone: str = "Europe/London"
    school_holidays: tuple[tuple[date, date], ...] | None = None


class Outlook(NamedTuple):
    """What lets a search for the next change end.

    Whatever may happen after `settled` happens within `period` days of any day after it.
    `may_open` is False where no day ever has a surely open span.
    """

    settled: date
    period: int
    may_open: bool


class View(NamedTuple):
    """One way to take a day: which weekday, which PH shifts hold, whether SH does.

    `shut`: nothing is open. `heeds_names`: a rule whose dates name the day is for this very
    day, so it holds as written whatever the view makes of the others.
    """

    weekday: int
    holidays: frozenset[int] = _NONE
    school: bool = False
    shut: bool = False
    heeds_names: bool = False


class Schedule:
    """The readings of an expression's days; a `DayPlanner` for a Timeline."""

    __slots__ = (
        "_always", "_dated", "_heeds", "_late", "_plans", "_policy", "_readings", "_rules",
        "_school", "_shifts", "_sunny", "_tests", "_touched_days", "_week", "_weekly",
        "outlook", "rules",
    )  # fmt: skip

    def __init__(self, expression: "Expression", rules: DayRules) -> None:
        parts = expression.rules
        self.rules = rules
        self._rules = parts
        self._tests = tuple(DayTest(rule) for rule in parts)
        self._always = expression.is_always
        named = [day for rule in parts for day in rule.days if isinstance(day, Holiday)]
        self._shifts = tuple({day.shift: None for day in named if day.kind == "PH"})
        self._school = any(day.kind == "SH" for day in named)
        self._sunny = expression.uses_sun
        self._late = any(rule.state != OPEN and _is_late(rule) for rule in parts)
        self._policy = rules.bank_holidays
        self._heeds = self._heeds_holidays()
        self._dated = self._school or self._sunny or self._late or any(map(_is_dated, parts))
        self._touched_days: dict[tuple[object, ...], Readings] = {}
        self._plans: dict[tuple[int, int, date | None], tuple[Plan, str | None]] = {}
        self._readings: dict[tuple[int, int], Readings] = {}
        self._week: dict[int, Readings] = {}
        self._weekly = not (self._dated or self._heeds)
        self.outlook = self._find_outlook()

    def readings(self, day: date) -> Readings:
        """Every plan the facts allow for the day, with why there are several."""
        if self._weekly:
            weekday = day.weekday()
            known = self._week.get(weekday)
            if known is None:
                known = self._week[weekday] = self._ordinary(day)
            return known
        if not self._school and not self._touched(day):
            return self._ordinary(day)
        if self._dated or self._shifts not in ((), (0,)):
            return self._several(day)
        key: tuple[object, ...] = (
            day.weekday(),
            *(item.title(day) or item.certainty(day) for item in self.rules.calendars),
        )
        readings = self._touched_days.get(key)
        if readings is None:
            readings = self._touched_days[key] = self._several(day)
        return readings

    def alike_until(self, day: date) -> date:
        """The last day up to which every day is sure to have this day's readings."""
        idle = [test.idle_until(day) for test in self._tests]
        if None not in idle:
            return date.fromordinal(min(until for until in idle if until is not None))
        if self._heeds or self._school or self._sunny or self._late:
            return day
        if day >= self.outlook.settled and self.outlook.period == 1:
            return date.max
        return date.fromordinal(min(test.steady_until(day) for test in self._tests))

    def holidays_on(self, day: date) -> tuple[str, ...]:
        """The bank holidays of the day, each with its nation: "Boxing Day, England"."""
        return tuple(
            f"{title}, {calendar.nation}"
            for calendar in self.rules.calendars
            if (title := calendar.title(day))
        )

    # What days depend on

    def _heeds_holidays(self) -> bool:
        if not self.rules.calendars:
            return False
        if self._shifts:
            return True
        if self._always and self._policy not in (AS_SUNDAY, NO_SESSIONS):
            return False
        if self._policy == AS_SUNDAY:
            return any(rule.days for rule in self._rules)
        if self._policy == NO_SESSIONS:
            return True
        # Silent: on hours that are doubtful anyway and the same on a Sunday, being
        # closed instead leaves them as doubtful.
        return self._policy != AS_USUAL and any(
            rule.days or rule.state == OPEN for rule in self._rules
        )

    def _find_outlook(self) -> Outlook:
        if all(rule.state == CLOSED for rule in self._rules):
            return Outlook(date.min, 1, False)
        year = max(map(last_year_named, self._rules), default=0)
        period = 1
        for rule in self._rules:
            if not may_hold_after(rule, year):
                continue
            steady = (
                not rule.weeks
                and all(runs_on(item) for item in rule.dates)
                and all(isinstance(day, Weekdays) for day in rule.days)
            )
            if not steady or any(
                isinstance(clock, SunTime) for span in rule.times for clock in span[:2]
            ):
                period = max(period, _EVERY_EASTER if _has_easter(rule) else _EVERY_YEAR)
            elif rule.days:
                period = max(period, 7)
        settled = date(min(year + 2, 9999), 1, 1) if year else date.min
        if self._heeds:
            period = max(period, _EVERY_YEAR)
            settled = max(settled, *(calendar.settled for calendar in self.rules.calendars))
        if self.rules.school_holidays:
            settled = max(settled, *(last for _, last in self.rules.school_holidays))
        return Outlook(settled, period, any(rule.state == OPEN for rule in self._rules))

    def _touched(self, day: date) -> bool:
        """Whether a bank holiday may bear on the day."""
        if not self._heeds:
            return False
        for shift in self._shifts or (0,):
            near = _moved(day, shift)
            for calendar in self.rules.calendars:
                if calendar.certainty(near) != "no":
                    return True
        return False

    # Readings

    def _ordinary(self, day: date) -> Readings:
        """The readings of a day that no holiday touches."""
        view = View(day.weekday())
        bits = self._bits(day, view)
        before = self._bits_before(day)
        if self._sunny:
            plan, note = self._plan(bits, before, day)
            return Readings((plan,), (), note)
        known = self._readings.get((bits, before))
        if known is None:
            plan, note = self._plan(bits, before, day)
            known = self._readings[bits, before] = Readings((plan,), (), note)
        return known

    def _several(self, day: date) -> Readings:
        before = self._bits_before(day)
        plans: dict[tuple[tuple[int, int, str], ...], Plan] = {}
        outcomes: list[frozenset[tuple[tuple[int, int, str], ...]]] = []
        reasons: dict[Reason, None] = {}
        notes: set[str | None] = set()
        for views, why in self._nations(day):
            mine = set()
            for view in views:
                plan, note = self._plan(self._bits(day, view), before, day)
                shape = tuple(span[:3] for span in plan)
                plans.setdefault(shape, plan)
                mine.add(shape)
                notes.add(note)
            outcomes.append(frozenset(mine))
            if len(mine) > 1:
                reasons.update(dict.fromkeys(why))
        if len(set(outcomes)) > 1:
            reasons[Reason("nations_differ", "; ".join(self.holidays_on(day)))] = None
        note = notes.pop() if len(notes) == 1 else None
        return Readings(tuple(plans.values()), tuple(reasons) if len(plans) > 1 else (), note)

    def _nations(self, day: date) -> Iterator[tuple[list[View], list[Reason]]]:
        """For each nation the views of the day, with the reasons why they are several."""
        school = self._school_views(day)
        reasons = [Reason("no_school_calendar")] if len(school) > 1 else []
        if not self._heeds:
            yield [View(day.weekday(), _NONE, value) for value in school], reasons
            return
        for calendar in self.rules.calendars:
            views, why = (
                self._named(day, calendar) if self._shifts else self._unnamed(day, calendar)
            )
            yield (
                [view._replace(school=value) for view in views for value in school],
                reasons + why,
            )

    def _school_views(self, day: date) -> tuple[bool, ...]:
        if not self._school:
            return (False,)
        if self.rules.school_holidays is None:
            return (True, False)
        return (any(first <= day <= last for first, last in self.rules.school_holidays),)

    def _named(self, day: date, calendar: Holidays) -> tuple[list[View], list[Reason]]:
        """The views where the notation itself says what holidays do."""
        choices: list[tuple[int | None, ...]] = []
        reasons: list[Reason] = []
        for shift in self._shifts:
            near = _moved(day, shift)
            certainty = calendar.certainty(near)
            if certainty == "maybe":
                choices.append((None, shift))
                reasons.append(_table_ends(calendar))
            else:
                choices.append((shift if certainty == "yes" else None,))
        views = [
            View(day.weekday(), frozenset(shift for shift in held if shift is not None))
            for held in product(*choices)
        ]
        return views, reasons

    def _unnamed(self, day: date, calendar: Holidays) -> tuple[list[View], list[Reason]]:
        """The views where the notation is silent on holidays, by the record's policy."""
        certainty = calendar.certainty(day)
        ordinary = View(day.weekday())
        if certainty == "no":
            return [ordinary], []
        sunday, shut = View(_SUNDAY), View(day.weekday(), shut=True)
        silent = [ordinary, *(view._replace(heeds_names=True) for view in (sunday, shut))]
        views = {AS_SUNDAY: [sunday], NO_SESSIONS: [shut]}.get(self._policy or "", silent)
        reasons: list[Reason] = []
        if certainty == "maybe":
            views = list(dict.fromkeys([ordinary, *views]))
            reasons.append(_table_ends(calendar))
        elif len(views) > 1:
            title = calendar.title(day)
            reasons.append(Reason("bank_holiday_unstated", f"{title}, {calendar.nation}"))
        return views, reasons

    def _bits(self, day: date, view: View) -> int:
        bits = 0
        for index, test in enumerate(self._tests):
            weekday, shut = view.weekday, view.shut
            if view.heeds_names and test.names(day):
                weekday, shut = day.weekday(), False
            if not shut and test.holds(day, weekday, view.holidays, view.school):
                bits |= 1 << index
        return bits

    def _bits_before(self, day: date) -> int:
        """The rules of the day before, where any of them closes past midnight."""
        if not self._late:
            return 0
        before = _moved(day, 1)
        held = frozenset(
            shift
            for shift in self._shifts
            for calendar in self.rules.calendars
            if calendar.certainty(_moved(before, shift)) == "yes"
        )
        return self._bits(before, View(before.weekday(), held, self._school_views(before)[0]))

    def _plan(self, bits: int, before: int, day: date) -> tuple[Plan, str | None]:
        key = (bits, before, day if self._sunny else None)
        known = self._plans.get(key)
        if known is None:
            known = plan_day(self._rules, bits, before, lambda event: self._sun(event, day))
            if not self._sunny:
                self._plans[key] = known
        return known

    def _sun(self, event: str, day: date) -> int | str:
        return sun_minutes(event, day, self.rules.point, self.rules.zone)


def _table_ends(calendar: Holidays) -> Reason:
    return Reason(
        "holiday_table_ends",
        f"{calendar.first.year} to {calendar.last.year}, {calendar.nation}",
    )


def _moved(day: date, shift: int) -> date:
    """The day so many days earlier; the day itself at the ends of the calendar."""
    try:
        return day - timedelta(days=shift)
    except OverflowError:
        return day


def _is_dated(rule: Rule) -> bool:
    """Whether more than the weekday decides, holidays aside."""
    return bool(rule.years or rule.dates or rule.weeks) or any(
        isinstance(day, NthWeekday) for day in (*rule.days, *rule.among)
    )


def _has_easter(rule: Rule) -> bool:
    return any(
        isinstance(item, DateRange)
        and not (item.start.month and (item.end is None or item.end.month))
        for item in rule.dates
    )


def _is_late(rule: Rule) -> bool:
    """Whether a rule may run past midnight."""
    return any(
        span.open_end
        or not isinstance(span.end, int)
        or span.end > DAY
        or not isinstance(span.start, int)
        for span in rule.times
    )
