"""Dates that may be partial: each is a span of days on which the thing may have happened.

Days are proleptic Gregorian ordinals (`date.toordinal`), so that spans compare as integers.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from signpost.errors import InvalidValue

_PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_WORKED_OUT_DAY_MARGIN = 7
"""A day worked out from context ("the week of") may be this many days out either way."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


class PartialDate(NamedTuple):
    """A date as precisely as its source gives it.

    `first` and `last` are the earliest and the latest day it can be; `inferred` says that the
    source did not print it (a trailing `~`).
    """

    text: str
    first: int
    last: int
    inferred: bool

    @property
    def words(self) -> str:
        """As people say it: `12 August 2023`, `August 2023`, `about July 2020`."""
        year, _, rest = self.text.rstrip("~").partition("-")
        month, _, day = rest.partition("-")
        parts = [day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year]
        said = " ".join(part for part in parts if part)
        return f"about {said}" if self.inferred else said


def parse_date(text: str) -> PartialDate:
    """Read `2023-08-12`, `2023-08`, `2023` or one of these with a `~`; raise InvalidValue."""
    found = _PATTERN.fullmatch(text)
    if found is None:
        raise InvalidValue(
            f'"{text}" is not a date; write 2023-08-12, 2023-08 or 2023, with ~ if worked out'
        )
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    inferred = found[4] == "~"
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError as error:
        raise InvalidValue(f'"{text}" is not a day of the calendar: {error}') from None
    margin = _WORKED_OUT_DAY_MARGIN if inferred and day else 0
    return PartialDate(text, first.toordinal() - margin, last.toordinal() + margin, inferred)


def day_words(ordinal: int) -> str:
    """A day as people write it: `12 August 2023`."""
    day = date.fromordinal(ordinal)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def add_months(ordinal: int, months: int) -> int:
    """The same day so many months on, or the month's last day where it has none."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal()


def whole_months(earlier: int, later: int) -> int:
    """Whole months from one day to a later one."""
    start, end = date.fromordinal(earlier), date.fromordinal(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(earlier, months) > later)
