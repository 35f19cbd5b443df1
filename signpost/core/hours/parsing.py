"""Tokens of an hours expression to its rules."""

from functools import lru_cache
from typing import Literal, cast

from signpost.core.hours.dating import read_dates
from signpost.core.hours.expression import Expression
from signpost.core.hours.notation import (
    DateRange,
    Holiday,
    HoursSyntaxError,
    Joint,
    MonthRange,
    NthWeekday,
    Rule,
    SunTime,
    TimeSpan,
    Weekdays,
    WeekRange,
    YearRange,
)
from signpost.core.hours.reader import FIRST_YEAR, LAST_YEAR, Reader
from signpost.core.hours.states import OPEN, UNKNOWN, State
from signpost.core.hours.tokens import tokenize

_MOST_HOLIDAY_SHIFTS = 4  # distinct `PH +n days` of one expression: each doubles its readings
_DAY = 1440


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression a text writes; HoursSyntaxError with the column where it does not."""
    tokens, warnings = tokenize(text)
    reader = Reader(text, tokens, warnings)
    if reader.kind == "end":
        raise reader.error('there are no hours here; write "24/7", or unknown "why"')
    rules = [_rule(reader, ";")]
    while reader.kind != "end":
        joint = _joint(reader)
        if joint is None:
            break
        rules.append(_rule(reader, joint))
    shifts = {
        day.shift
        for rule in rules
        for day in rule.days
        if isinstance(day, Holiday) and day.kind == "PH"
    }
    if len(shifts) > _MOST_HOLIDAY_SHIFTS:
        raise HoursSyntaxError(
            f"an expression may shift PH in at most {_MOST_HOLIDAY_SHIFTS} ways", 0
        )
    return Expression(text, tuple(rules), tuple(warnings))


def _joint(reader: Reader) -> Joint | None:
    kind = reader.kind
    if kind == ";":
        reader.advance()
        if reader.kind == "end":
            reader.warnings.append('the last ";" joins nothing; leave it out')
            return None
        return ";"
    if kind in (",", "||"):
        reader.advance()
        return cast("Joint", kind)
    raise _leftover(reader)


def _leftover(reader: Reader) -> HoursSyntaxError:
    kind = reader.kind
    if kind in ("weekday", "month", "holiday", "number", "week"):
        return reader.error("a new rule starts here; join it with ; (replaces) or , (adds)")
    if kind == "time":
        return reader.error("join several times with a comma, as in 10:00-12:00,14:00-16:00")
    if kind == "/":
        return reader.error("repeated points of time are not supported; write spans of hours")
    return reader.error(f'"{reader.written}" cannot stand here')


def _rule(reader: Reader, joint: Joint) -> Rule:
    start = reader.position
    always = reader.follows("number", "/", "number") and reader.values(3) == ("24", "/", "7")
    years: tuple[YearRange, ...] = ()
    dates: tuple[MonthRange | DateRange, ...] = ()
    weeks: tuple[WeekRange, ...] = ()
    days: tuple[Weekdays | NthWeekday | Holiday, ...] = ()
    among: tuple[Weekdays | NthWeekday, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    if always:
        reader.advance(3)
    else:
        if reader.kind == "number" and reader.at_year and not reader.at_date:
            years = _years(reader)
        if reader.at_date:
            dates = read_dates(reader)
        if reader.kind == "week":
            weeks = _weeks(reader)
        dated = reader.position > start
        if dated and reader.kind == ":":
            reader.advance()
        if reader.kind in ("weekday", "holiday"):
            days, among = _days(reader)
            if reader.kind == ":":
                reader.warnings.append('leave out the ":" after the days')
                reader.advance()
        if reader.kind in ("time", "event", "("):
            times = _times(reader)
    chosen = reader.position > start
    state, comment, said = _state(reader)
    if not chosen and not said:
        raise _no_rule(reader)
    if not said and not times:
        _check_bare(reader, start, years, bool(dates or weeks or days))
    return Rule(joint, years, dates, weeks, days, among, times, state, comment, always)


def _state(reader: Reader) -> tuple[State, str | None, bool]:
    state: State = OPEN
    comment: str | None = None
    said = False
    if reader.kind == "state":
        state = cast("State", reader.take())
        said = True
    if reader.kind == "comment":
        if not said:
            state = UNKNOWN
        comment = str(reader.take()).strip()
        said = True
        if reader.kind == ":":
            raise reader.error("a comment in front of the rule is not supported; put it after")
        if reader.kind == "state":
            raise reader.error('the comment follows the state, as in unknown "by appointment"')
    return state, comment, said


def _no_rule(reader: Reader) -> HoursSyntaxError:
    if reader.kind == "number":
        return reader.error(
            f'"{reader.written}" is no time; write times as HH:MM, such as 09:00-17:00'
        )
    if reader.kind == "end":
        return reader.error("a rule is missing here")
    return reader.error(f'a rule cannot start with "{reader.written}"')


def _check_bare(reader: Reader, start: int, years: tuple[YearRange, ...], has_days: bool) -> None:
    """Refuse a rule without times that could be meant as something else."""
    if reader.kind == "," and has_days:
        raise reader.error(
            "what follows the comma cannot continue this list;"
            " write two rules joined with ; each with its own hours"
        )
    if years and not has_days and not reader.colon_before and all(map(_is_time, years)):
        raise HoursSyntaxError(
            f'"{reader.text_from(start)}" could be years or times of day; write times as HH:MM,'
            ' or add "open" to years',
            reader.column_of(start),
        )


def _is_time(item: YearRange) -> bool:
    """Whether years could be times of day written without their colons."""
    return all(year <= 2400 and year % 100 < 60 for year in (item.first, item.last or 0))


# Years and weeks


def _years(reader: Reader) -> tuple[YearRange, ...]:
    found = [_year_range(reader)]
    while reader.kind == "," and reader.next_is_year:
        reader.advance()
        found.append(_year_range(reader))
    return tuple(found)


def _year_range(reader: Reader) -> YearRange:
    first = reader.year()
    if reader.kind == "+":
        reader.advance()
        return YearRange(first, None)
    if not reader.follows("-", "number"):
        return YearRange(first, first)
    reader.advance()
    last = reader.year()
    if last < first:
        raise reader.error_before(f"the years run backwards; write {last}-{first}")
    if last == first:
        raise reader.error_before(f"that is one year; write {first}")
    return YearRange(first, last, _step(reader))


def _step(reader: Reader) -> int:
    if reader.kind != "/":
        return 1
    reader.advance()
    return reader.number(1, LAST_YEAR - FIRST_YEAR, "a step")


def _weeks(reader: Reader) -> tuple[WeekRange, ...]:
    found: list[WeekRange] = []
    reader.advance()
    while True:
        first = last = reader.number(1, 53, "a week")
        step = 1
        if reader.follows("-", "number"):
            reader.advance()
            last = reader.number(1, 53, "a week")
            if last < first:
                raise reader.error_before(
                    f"the weeks run backwards; write {first:02d}-53,01-{last:02d}"
                )
            step = _step(reader)
        found.append(WeekRange(first, last, step))
        if not reader.follows(",", "number"):
            return tuple(found)
        reader.advance()


# Weekdays and holidays


def _days(
    reader: Reader,
) -> tuple[tuple[Weekdays | NthWeekday | Holiday, ...], tuple[Weekdays | NthWeekday, ...]]:
    days: list[Weekdays | NthWeekday | Holiday] = [_day(reader)]
    while reader.follows(",", "weekday") or reader.follows(",", "holiday"):
        reader.advance()
        days.append(_day(reader))
    among: list[Weekdays | NthWeekday] = []
    if reader.kind == "weekday" and all(isinstance(day, Holiday) for day in days):
        among.append(_weekdays(reader))
        while reader.follows(",", "weekday"):
            reader.advance()
            among.append(_weekdays(reader))
    return tuple(days), tuple(among)


def _day(reader: Reader) -> Weekdays | NthWeekday | Holiday:
    if reader.kind == "weekday":
        return _weekdays(reader)
    kind = cast("Literal['PH', 'SH']", reader.take())
    shift = reader.day_shift()
    if kind == "SH" and shift:
        raise reader.error_before("school holidays cannot be shifted by days")
    return Holiday(kind, shift)


def _weekdays(reader: Reader) -> Weekdays | NthWeekday:
    first = cast("int", reader.take())
    if reader.kind == "[":
        return NthWeekday(first, reader.nths(), reader.day_shift())
    if not reader.follows("-", "weekday"):
        return Weekdays(first, first)
    reader.advance()
    last = cast("int", reader.take())
    if last == first:
        raise reader.error_before("this range is one day or the whole week; write which")
    return Weekdays(first, last)


# Times


def _times(reader: Reader) -> tuple[TimeSpan, ...]:
    found = [_span(reader)]
    while any(reader.follows(",", kind) for kind in ("time", "event", "(")):
        reader.advance()
        found.append(_span(reader))
    return tuple(found)


def _span(reader: Reader) -> TimeSpan:
    column = reader.position
    start = _clock(reader)
    if isinstance(start, int) and start >= _DAY:
        raise reader.error_before("a session starts before 24:00; name the next day for it")
    if reader.kind == "+":
        reader.advance()
        return TimeSpan(start, None, True)
    if reader.kind != "-":
        raise HoursSyntaxError(
            f'"{reader.text_from(column)}" is a moment; write a span, such as 18:00-23:00',
            reader.column_of(column),
        )
    reader.advance()
    if reader.kind not in ("time", "event", "("):
        raise reader.error("the end of the span is missing; write it as HH:MM")
    end = _clock(reader)
    if isinstance(end, int) and isinstance(start, int) and end <= start:
        end += _DAY
    if reader.kind == "+":
        reader.advance()
        return TimeSpan(start, end, True)
    return TimeSpan(start, end)


def _clock(reader: Reader) -> int | SunTime:
    if reader.kind == "time":
        return cast("int", reader.take())
    if reader.kind == "event":
        return SunTime(cast("Literal['dawn']", reader.take()))
    reader.advance()
    event = reader.expect("event", "sunrise, sunset, dawn or dusk")
    if reader.kind not in ("+", "-"):
        raise reader.error("an offset belongs here, as in (sunset-00:30)")
    sign = 1 if reader.take() == "+" else -1
    minutes = cast("int", reader.expect("time", "an offset as HH:MM"))
    reader.expect(")", "a closing bracket")
    return SunTime(cast("Literal['dawn']", event), sign * minutes)
