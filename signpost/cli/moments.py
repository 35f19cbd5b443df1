"""The moment asked about: the clock's, or what somebody typed. The one place that reads the clock.

Typed moments are London wall time unless they carry an offset. A time that the clocks skip or
repeat is refused with its two readings.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

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


def read_moment(text: str | None, now: Callable[[], datetime] = clock) -> Moment:
    """The moment somebody typed, or the clock's; raise BadMoment or AmbiguousMoment."""
    typed = " ".join((text or "").split())
    if not typed or typed.lower() == "now":
        return Moment(now(), False)
    if len(typed) > _LONGEST or not typed.isprintable():
        raise BadMoment(f"that is not a moment; {REMEDY}")
    wall = _iso(typed) or _words(typed.lower(), now().astimezone(LONDON))
    if wall.tzinfo is not None:
        try:
            return Moment(wall.astimezone(UTC), True)
        except OverflowError:
            raise BadMoment(f'"{typed}" is outside the calendar; {REMEDY}') from None
    return Moment(_in_london(wall, typed), True)


def _iso(typed: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", typed):
        return None
    if _ISO_DAY.fullmatch(typed):
        raise BadMoment(f'"{typed}" has no time of day; add one, such as {typed}T19:00')
    try:
        return datetime.fromisoformat(typed).replace(microsecond=0)
    except ValueError as error:
        if re.match(r"\d{4}-\d{2}-\d{2}T", typed):
            raise BadMoment(f'"{typed}" is not a moment ({error}); {REMEDY}') from None
        return None


def _words(typed: str, today: datetime) -> datetime:
    found = _TIME.search(typed)
    if found is None:
        raise BadMoment(f'"{typed}" has no time of day that can be read; {REMEDY}')
    rest = (typed[: found.start()] + " " + typed[found.end() :]).replace(",", " ")
    rest = " ".join(word for word in rest.split() if word not in ("at", "on", "the", "of"))
    day = _day(rest, today.date(), typed)
    if (found["word"] or "") == "midnight":
        start, after = day.isoformat(), (day + timedelta(days=1)).isoformat()
        raise AmbiguousMoment(
            f'"{typed}": midnight begins and ends a day; say which',
            (f"{start}T00:00", f"{after}T00:00"),
        )
    hour, minute = _time_of(found, typed)
    if rest == "tonight" and found["hour24"] and 1 <= hour < 12:
        raise AmbiguousMoment(
            f'"{typed}": morning or evening?', (f"tonight {hour}:{minute:02}pm",
                                                f"tomorrow {hour}:{minute:02}am"),
        )  # fmt: skip
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - wall time


def _time_of(found: re.Match[str], typed: str) -> tuple[int, int]:
    if found["word"]:
        return 12, 0
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


def _in_london(wall: datetime, typed: str) -> datetime:
    first = wall.replace(tzinfo=LONDON, fold=0)
    second = wall.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        try:
            return first.astimezone(UTC)
        except OverflowError:
            raise BadMoment(f'"{typed}" is outside the calendar; {REMEDY}') from None
    at = wall.isoformat(timespec="minutes")
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        before = (wall - timedelta(hours=1)).isoformat(timespec="minutes") + "+00:00"
        after = (wall + timedelta(hours=1)).isoformat(timespec="minutes") + "+01:00"
        raise AmbiguousMoment(
            f'"{typed}" never happens: the clocks go from 1am to 2am that night; '
            "ask about the time before or after",
            (before, after),
        )
    raise AmbiguousMoment(
        f'"{typed}" happens twice: the clocks go back from 2am to 1am that night; '
        "say which with an offset",
        (f"{at}+01:00", f"{at}+00:00"),
    )
