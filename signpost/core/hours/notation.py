"""The parts of an hours expression, named as in the OpenStreetMap specification.

Weekdays count from Monday = 0. Clock times are minutes from midnight.
"""

from typing import Literal, NamedTuple

from signpost.core.hours.states import State
from signpost.errors import InvalidValue

Joint = Literal[";", ",", "||"]


class HoursSyntaxError(InvalidValue):
    """A text that is no hours expression: what is wrong, where, and how to write it."""

    column: int

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message, column)


class YearRange(NamedTuple):
    """`2024`, `2024-2030/2`, or `2024+` (last is None)."""

    first: int
    last: int | None
    step: int = 1


class WeekRange(NamedTuple):
    """`week 2-52/2`: ISO weeks."""

    first: int
    last: int
    step: int = 1


class MonthRange(NamedTuple):
    """`Nov-Feb`, `2024 Nov-2025 Feb`: whole months."""

    year: int | None
    first: int
    last_year: int | None
    last: int


class Date(NamedTuple):
    """One day of a year: `Dec 25`, `Oct Su[-1]`, `easter`, each with offsets.

    `month` 0 is Easter Sunday. `nth` 0 is a day of the month, otherwise the nth
    `weekday` of it. `toward` +3 moves on to the first Wednesday after it, -3 back to
    the last one before (Monday is 1), 0 stays; `shift` then moves by days.
    """

    year: int | None
    month: int
    day: int = 0
    weekday: int = 0
    nth: int = 0
    toward: int = 0
    shift: int = 0


class DateRange(NamedTuple):
    """`Dec 24-Jan 2`, one day (end is None), or `Dec 24+` (onward)."""

    start: Date
    end: Date | None = None
    onward: bool = False


class Weekdays(NamedTuple):
    """`Mo`, `Mo-Fr`, `Sa-Mo`."""

    first: int
    last: int


class NthWeekday(NamedTuple):
    """`Th[2,-1]`, `Mo[1-3] +2 days`; `nths` holds ranges of 1 to 5 or of -5 to -1."""

    weekday: int
    nths: tuple[tuple[int, int], ...]
    shift: int = 0


class Holiday(NamedTuple):
    """`PH` (bank holidays) or `SH` (school holidays); `PH -1 day` is the eve of one."""

    kind: Literal["PH", "SH"]
    shift: int = 0


class SunTime(NamedTuple):
    """`sunset`, `(sunrise+01:00)`; `shift` in minutes."""

    event: Literal["dawn", "sunrise", "sunset", "dusk"]
    shift: int = 0


class TimeSpan(NamedTuple):
    """`18:00-23:00`; `end` is None for `18:00+`, and past 1440 on the following day."""

    start: int | SunTime
    end: int | SunTime | None
    open_end: bool = False


class Rule(NamedTuple):
    """One rule: on which days, at which times, which state.

    `joint` is how it joins the rules before it: `;` replaces their hours on its days,
    `,` adds to them, `||` fills what they leave closed. Empty selectors mean always.
    `among` limits the holidays in `days` to certain weekdays (`PH Mo-Fr`).
    """

    joint: Joint
    years: tuple[YearRange, ...]
    dates: tuple[MonthRange | DateRange, ...]
    weeks: tuple[WeekRange, ...]
    days: tuple[Weekdays | NthWeekday | Holiday, ...]
    among: tuple[Weekdays | NthWeekday, ...]
    times: tuple[TimeSpan, ...]
    state: State
    comment: str | None = None
    always: bool = False
