"""The moment asked about: the clock's, or what somebody typed. The one place that reads the clock.

Typed moments are London wall time unless they carry an offset. A time that the clocks skip or
repeat is refused with its two readings.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from signpost.core.availability import LONDON
from signpost.errors import SignpostError

REMEDY = "write it like 2026-11-24T19:30, tonight 9pm, sat 19:30 or 26/12/2026 19:00"

_TIME = re.compile(
    r"\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)"
    r"|(?P<hour24>\d{1,2})[:.](?P<minute24>\d{2})|(?P<word>noon|midday|midnight))(?![\w:])",
    re.IGNORECASE,
)
_DAY_WORDS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_WEEKDAY = re.compile(
    r"(mon(day)?|tue(s|sday)?|wed(nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?)"
)
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED_MONTH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?"
    r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:\s+(\d{4}))?"
)
_LONGEST = 60
_YEARS = range(1900, 2200)
"""The years that may be asked about: those of the Gregorian calendar with a clock law near ours."""


class Moment(NamedTuple):
    """An aware moment, and whether it was given rather than read from the clock."""

    at: datetime
    frozen: bool


class BadMoment(SignpostError):
    """A moment that cannot be understood."""

    exit_code = 3
    code = "bad_moment"


class AmbiguousMoment(SignpostError):
    """A wall time with two readings: the clocks repeat or skip it, or the words do."""

    exit_code = 3
    code = "ambiguous_moment"

    def __init__(self, text: str, readings: tuple[str, ...]) -> None:
        super().__init__(text)
        self._readings = readings

    @property
    def candidates(self) -> tuple[str, ...]:
        """The readings, as they can be typed."""
        return self._readings


def clock() -> datetime:
    """The machine's time, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def read_moment(
    text: str | None, now: Callable[[], datetime] = clock, zone: ZoneInfo = LONDON
) -> Moment:
    """The moment somebody typed, or the clock's; raise BadMoment or AmbiguousMoment.

    Without an offset it is wall time in the zone.
    """
    typed = " ".join((text or "").split())
    if not typed or typed.lower() == "now":
        return Moment(now(), False)
    if len(typed) > _LONGEST or not typed.isprintable():
        raise BadMoment(f"that is not a moment; {REMEDY}")
    wall = _iso(typed) or _words(typed.lower(), now().astimezone(zone))
    if wall.year not in _YEARS:
        years = f"{_YEARS[0]} to {_YEARS[-1]}"
        raise BadMoment(f'"{typed}" is not within the years {years}; {REMEDY}')
    if wall.tzinfo is not None:
        return Moment(wall.astimezone(UTC), True)
    return Moment(_by_the_clocks(wall, typed, zone), True)


def _real_day(typed: str) -> None:
    try:
        date.fromisoformat(typed)
    except ValueError:
        raise BadMoment(f'"{typed}" is not a day of the calendar; {REMEDY}') from None


def _iso(typed: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", typed):
        return None
    if _ISO_DAY.fullmatch(typed):
        _real_day(typed)
        raise BadMoment(f'"{typed}" has no time of day; add one, such as {typed}T19:00')
    try:
        return datetime.fromisoformat(typed).replace(microsecond=0)
    except ValueError as error:
        if re.match(r"\d{4}-\d{2}-\d{2}T", typed):
            why = "" if "isoformat" in str(error) else f" ({error})"
            raise BadMoment(f'"{typed}" is not a moment{why}; {REMEDY}') from None
        return None


def _words(typed: str, today: datetime) -> datetime:
    found = _TIME.search(typed)
    if found is None:
        raise BadMoment(f'"{typed}" has no time of day that can be read; {REMEDY}')
    rest = (typed[: found.start()] + " " + typed[found.end() :]).replace(",", " ")
    rest = " ".join(word for word in rest.split() if word not in ("at", "on", "the", "of"))
    day = _day(rest, today.date(), typed)
    hour, minute = _time_of(found, typed)
    wall = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - wall time
    if _is_midnight(found):
        raise AmbiguousMoment(
            f'"{typed}": midnight begins and ends a day; say which', _this_day_or_next(wall)
        )
    if rest == "tonight" and hour < 12:
        if found["hour24"] and hour > 0:
            readings = (f"tonight {hour}:{minute:02}pm", f"tomorrow {hour}:{minute:02}am")
            raise AmbiguousMoment(f'"{typed}": morning or evening?', readings)
        raise AmbiguousMoment(
            f'"{typed}": the night before today or the one after it?', _this_day_or_next(wall)
        )
    return wall


def _is_midnight(found: re.Match[str]) -> bool:
    half = (found["half"] or "").lower()
    noon_of_night = half.startswith("a") and found["hour"] == "12" and not int(found["minute"] or 0)
    return (found["word"] or "").lower() == "midnight" or noon_of_night


def _this_day_or_next(wall: datetime) -> tuple[str, str]:
    """The time of that day and of the day after, as they can be typed."""
    after = wall + timedelta(days=1) if wall.year in _YEARS else wall
    return wall.isoformat(timespec="minutes"), after.isoformat(timespec="minutes")


def _time_of(found: re.Match[str], typed: str) -> tuple[int, int]:
    if found["word"]:
        return (0 if found["word"].lower() == "midnight" else 12), 0
    hour = int(found["hour"] or found["hour24"])
    minute = int(found["minute"] or found["minute24"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise BadMoment(f'"{typed}" has no such hour; {REMEDY}')
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise BadMoment(f'"{typed}" has no such time of day; {REMEDY}')
    return hour, minute


def _day(text: str, today: date, typed: str) -> date:
    if not text:
        return today
    if text in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[text])
    if _FULL_WEEKDAY.fullmatch(text):
        return today + timedelta(days=(_WEEKDAYS.index(text[:3]) - today.weekday()) % 7)
    try:
        return _dated(text, today)
    except (ValueError, KeyError):
        raise BadMoment(f'"{typed}" is not a day of the calendar; {REMEDY}') from None


def _dated(text: str, today: date) -> date:
    weekday, _, rest = text.partition(" ")
    if rest and _FULL_WEEKDAY.fullmatch(weekday):
        day = _dated(rest, today)
        if day.weekday() != _WEEKDAYS.index(weekday[:3]):
            raise ValueError(f"{day} is not a {weekday}")
        return day
    if _ISO_DAY.fullmatch(text):
        return date.fromisoformat(text)
    numeric = _NUMERIC.fullmatch(text)
    if numeric is not None:
        number, month, year = (int(part) for part in numeric.groups())
        return date(year + 2000 if year < 100 else year, month, number)
    named = _NAMED_MONTH.fullmatch(text)
    if named is None or bool(named[1]) == bool(named[3]):
        raise ValueError(text)
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    year = int(named[4]) if named[4] else today.year
    return date(year, months.index(named[2][:3]) + 1, int(named[1] or named[3]))


def _by_the_clocks(wall: datetime, typed: str, zone: ZoneInfo) -> datetime:
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    try:
        instants = sorted((first.astimezone(UTC), second.astimezone(UTC)))
    except OverflowError:
        raise BadMoment(f'"{typed}" is outside the calendar; {REMEDY}') from None
    if instants[0] == instants[1]:
        return instants[0]
    readings = tuple(
        instant.astimezone(zone).isoformat(timespec="minutes") for instant in instants
    )
    if instants[0].astimezone(zone).replace(tzinfo=None) != wall:
        raise AmbiguousMoment(
            f'"{typed}" never happens: the clocks go forward over it that night; '
            "ask about the time before or after",
            readings,
        )
    raise AmbiguousMoment(
        f'"{typed}" happens twice: the clocks go back over it that night; '
        "say which with an offset",
        readings,
    )
