"""The months and dates of an hours expression, read from its tokens."""

from typing import cast

from signpost.core.hours.notation import Date, DateRange, MonthRange
from signpost.core.hours.reader import Reader
from signpost.core.hours.tokens import MONTHS

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_STARTS = ("month", "easter", "number")


def read_dates(reader: Reader) -> tuple[MonthRange | DateRange, ...]:
    """`Jan-Mar`, `Dec 25,26`, `2024 Dec 24-Jan 2`, `easter -2 days`, in a list."""
    found = [_item(reader)]
    while reader.kind == ",":
        previous = found[-1]
        reader.advance()
        if reader.at_date:
            found.append(_item(reader))
        elif reader.kind == "number" and isinstance(previous, DateRange) and _continues(previous):
            latest = previous.end or previous.start
            found.append(_range(reader, Date(latest.year, latest.month, _number(reader, latest))))
        else:
            reader.advance(-1)
            break
    return tuple(found)


def _continues(previous: DateRange) -> bool:
    latest = previous.end or previous.start
    return bool(latest.day)


def _item(reader: Reader) -> MonthRange | DateRange:
    year = reader.year() if reader.kind == "number" else None
    if reader.kind == "month" and not _is_date(reader):
        return _months(reader, year)
    return _range(reader, _date(reader, year))


def _is_date(reader: Reader) -> bool:
    """Whether a month is the start of a date: `Dec 25`, `Oct Su[-1]`."""
    after = reader.kind_ahead(1)
    if after == "number":
        return True
    if after != "weekday" or reader.kind_ahead(2) != "[":
        return False
    # `Oct Su[-1]-Mar Su[-1]` is a date, `Oct Su[1],We[2]` is a month with weekdays.
    ahead = 3
    while reader.kind_ahead(ahead) not in ("]", "end"):
        if reader.kind_ahead(ahead) == ",":
            return False
        ahead += 1
    follower, beyond = reader.kind_ahead(ahead + 1), reader.kind_ahead(ahead + 2)
    return follower == "+" or (follower == "-" and beyond in (*_STARTS, "weekday"))


def _months(reader: Reader, year: int | None) -> MonthRange:
    first = last = cast("int", reader.take())
    last_year = year
    if reader.follows("-", "month"):
        reader.advance()
        last = cast("int", reader.take())
        if year is not None and last < first:
            last_year = year + 1
    elif reader.follows("-", "number", "month"):
        reader.advance()
        last_year = reader.year()
        last = cast("int", reader.take())
        if year is None:
            raise reader.error_before("name the year of the first month too")
        if (last_year, last) < (year, first):
            raise reader.error_before("the months run backwards")
    if reader.kind == "number" and not reader.at_year:
        raise reader.error(f"write both ends as dates, as in {MONTHS[first - 1]} 1-Mar 15")
    return MonthRange(year, first, last_year, last)


def _date(reader: Reader, year: int | None, closes: bool = False) -> Date:
    if reader.kind == "easter":
        reader.advance()
        date = Date(year, 0)
    else:
        month = cast("int", reader.expect("month", "a month or easter"))
        if reader.kind == "weekday":
            weekday = cast("int", reader.take())
            if reader.kind != "[":
                raise reader.error("which of them? write it as in Su[1] or Su[-1]")
            nths = reader.nths()
            if len(nths) > 1 or nths[0][0] != nths[0][1]:
                raise reader.error_before("a date has one such day, as in Su[1]")
            date = Date(year, month, 0, weekday, nths[0][0])
        else:
            date = Date(year, month, _number(reader, Date(year, month), closes))
    return _shifted(reader, date)


def _number(reader: Reader, within: Date, closes: bool = False) -> int:
    """A day of the month; the last day of a range may be written past the month's end."""
    day = reader.number(1, 31, "a day of the month")
    length = _LENGTHS[within.month - 1]
    if day <= length:
        return day
    month = MONTHS[within.month - 1]
    if not closes:
        raise reader.error_before(f"{month} has no day {day}; write {month} {length}")
    reader.warnings.append(f'"{month} {day}" should be "{month} {length}"')
    return length


def _shifted(reader: Reader, date: Date) -> Date:
    # `Dec 25 +Mo` is the Monday after it, `Dec 25+ Mo` the Mondays from then on.
    if reader.kind_ahead(1) == "weekday" and (
        reader.kind == "-" or (reader.kind == "+" and reader.touches_next)
    ):
        sign = 1 if reader.take() == "+" else -1
        date = date._replace(toward=sign * (cast("int", reader.take()) + 1))
    return date._replace(shift=reader.day_shift())


def _range(reader: Reader, start: Date) -> DateRange:
    if reader.kind == "+":
        reader.advance()
        return DateRange(start, None, True)
    if reader.kind != "-" or reader.kind_ahead(1) not in _STARTS:
        return DateRange(start)
    reader.advance()
    if reader.kind == "number" and not reader.at_year:
        end = _same_month(reader, start)
    else:
        end = _date(reader, reader.year() if reader.kind == "number" else None, True)
        if end.year is not None and start.year is None:
            raise reader.error_before("name the year of the first date too")
        if end.year is not None and start.year is not None and end.year < start.year:
            raise reader.error_before("the dates run backwards")
    return DateRange(start, end)


def _same_month(reader: Reader, start: Date) -> Date:
    if not start.day:
        raise reader.error("name the month of the last day too")
    end = Date(None, start.month, _number(reader, start, True))
    if end.day <= start.day:
        raise reader.error_before(
            "the days run backwards; name the month of the last one, as in"
            f" {MONTHS[start.month - 1]} {start.day}-{MONTHS[start.month % 12]} {end.day}"
        )
    return _shifted(reader, end)
