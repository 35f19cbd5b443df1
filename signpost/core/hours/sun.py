"""When the sun rises and sets at a point, by the optional library astral."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

NO_POINT = "no_point"
NO_SUN_TIMES = "no_sun_times"
_MINUTES = 1440


def has_sun_times() -> bool:
    """Whether the optional library is here."""
    try:
        import astral  # noqa: F401
    except ImportError:
        return False
    return True


@lru_cache(maxsize=4096)
def sun_minutes(event: str, day: date, point: tuple[float, float] | None, zone: str) -> int | str:
    """Wall-clock minutes of dawn, sunrise, sunset or dusk; a reason code where unknown.

    Dawn and dusk are civil ones, as the OpenStreetMap specification has them. Rounded
    to the minute. Unknown without a point, without astral, or where the sun does not
    do that on the day.
    """
    if point is None:
        return NO_POINT
    try:
        from astral import Observer, sun
    except ImportError:
        return NO_SUN_TIMES
    place = Observer(latitude=point[0], longitude=point[1])
    try:
        moment = getattr(sun, event)(place, date=day, tzinfo=ZoneInfo(zone))
    except ValueError:
        return NO_SUN_TIMES
    days = moment.date().toordinal() - day.toordinal()
    minutes = days * _MINUTES + moment.hour * 60 + moment.minute + (moment.second >= 30)
    return int(min(max(minutes, 0), _MINUTES))
