"""Small tables of bank holidays and shorthands that the tests of hours share."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from signpost.core.calendars import Holidays, holidays
from signpost.core.hours import DayRules, Schedule, Timeline, parse

LONDON = ZoneInfo("Europe/London")

_BOTH_2026 = """
2026-01-01 New Year's Day
2026-04-03 Good Friday
2026-05-04 Early May bank holiday
2026-05-25 Spring bank holiday
2026-12-25 Christmas Day
2026-12-28 Boxing Day
"""


def _table(division: str, nation: str, text: str) -> Holidays:
    rows = [line.split(" ", 1) for line in text.split("\n") if line]
    return holidays(division, [(date.fromisoformat(day), title) for day, title in rows], nation)


ENGLAND = _table(
    "england-and-wales",
    "England",
    "2023-05-08 Coronation of King Charles III\n"
    + _BOTH_2026
    + "2026-04-06 Easter Monday\n2026-08-31 Summer bank holiday",
)
SCOTLAND = _table(
    "scotland",
    "Scotland",
    _BOTH_2026 + "2026-01-02 2 January\n2026-06-15 World Cup\n2026-11-30 St Andrew's Day",
)


def schedule(hours, bank_holidays=None, calendars=(ENGLAND,), **rules):
    return Schedule(parse(hours), DayRules(calendars, bank_holidays, **rules))


def timeline(hours, bank_holidays=None, calendars=(ENGLAND,), zone="Europe/London", **rules):
    return Timeline(schedule(hours, bank_holidays, calendars, zone=zone, **rules), zone)


def london(text):
    """A moment from its wall clock in London, or with an offset of its own."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def wall(moment):
    return None if moment is None else moment.astimezone(LONDON).isoformat()[:16]


def day_of(line, day):
    """A day as a table cell: "09:00-17:00 open, 20:00-24:00 unknown"."""
    start = london(f"{day}T00:00")
    end = start.replace(hour=23, minute=59, second=59)
    cells = []
    for piece in line.intervals(start, end):
        if piece.state != "closed":
            last = piece.end.astimezone(LONDON)
            until = "24:00" if last.second == 59 else f"{last:%H:%M}"
            cells.append(f"{piece.start.astimezone(LONDON):%H:%M}-{until} {piece.state}")
    return ", ".join(cells)
