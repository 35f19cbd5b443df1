"""Bank holidays of one nation, as values.

The official table lists the day the nation takes off. When Christmas Day falls on
a Saturday it lists only the Monday or Tuesday that stands in for it; a door that
closes on Christmas Day closes on the Saturday too, so the actual days are added.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from signpost.errors import InvalidValue

Certainty = Literal["yes", "no", "maybe"]

# The days whose substitutes the tables list (Banking and Financial Dealings Act
# 1971, schedule 1; royal proclamations): month, day, title as the table writes it.
_EVERYWHERE = (
    (1, 1, "New Year's Day"),
    (12, 25, "Christmas Day"),
    (12, 26, "Boxing Day"),
)
_FIXED: Mapping[str, tuple[tuple[int, int, str], ...]] = {
    "england-and-wales": _EVERYWHERE,
    "scotland": (*_EVERYWHERE, (1, 2, "2 January"), (11, 30, "St Andrew's Day")),
    "northern-ireland": (
        *_EVERYWHERE,
        (3, 17, "St Patrick's Day"),
        (7, 12, "Battle of the Boyne (Orangemen's Day)"),
    ),
}
_NAMES: Mapping[str, str] = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
_LONGEST_WAIT = 4  # days from an actual day to its substitute, at most


class Holidays(NamedTuple):
    """The bank holidays of one nation: dated, with the years they are known for."""

    nation: str
    division: str
    days: Mapping[date, str]
    first: date
    last: date

    @property
    def settled(self) -> date:
        """The day after which the table names no more dates of its own."""
        return self.last if self.last < date.max else max(self.days, default=date.min)

    def title(self, day: date) -> str | None:
        """What the holiday on this day is called; None on a day not known to be one."""
        if self.first <= day <= self.last:
            return self.days.get(day)
        for month, number, title in _FIXED.get(self.division, _EVERYWHERE):
            if day.month == month and day.day == number:
                return title
        return None

    def certainty(self, day: date) -> Certainty:
        """Whether this day is a bank holiday.

        Inside the table's years that is known. Beyond them the days fixed by date
        are holidays, any other Monday to Friday may become one, a weekend does not.
        """
        if self.first <= day <= self.last:
            return "yes" if day in self.days else "no"
        if self.title(day):
            return "yes"
        return "maybe" if day.weekday() < 5 else "no"


def holidays(
    division: str, rows: Iterable[tuple[date, str]], nation: str | None = None
) -> Holidays:
    """The holidays of a division from its official rows, with the actual days added.

    `nation` is the name to say to people where the division covers two of them.
    """
    if division not in _FIXED:
        raise InvalidValue(
            f'"{division}" is no division of bank holidays; write one of {", ".join(_FIXED)}'
        )
    days = dict(rows)
    if not days:
        raise InvalidValue(f"the table of bank holidays of {division} is empty")
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    listed = [(day, _plain(title)) for day, title in days.items()]
    for year in range(first.year, last.year + 1):
        for month, number, title in _FIXED[division]:
            actual = date(year, month, number)
            if any(
                name == _plain(title) and 0 < (day - actual).days <= _LONGEST_WAIT
                for day, name in listed
            ):
                days.setdefault(actual, title)
    return Holidays(nation or _NAMES[division], division, days, first, last)


def _plain(title: str) -> str:
    return title.replace("’", "'").casefold()
