"""Wall-clock time of a zone to instants, both ways where the clocks change.

Instants are whole minutes since 1970-01-01T00:00Z. Wall time is written as minutes
from the midnight of a day, which is an ordinal (`date.toordinal`).
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
DAY = 1440
# Days whose neighbours a zone can still be asked about.
FIRST_DAY, LAST_DAY = date(1, 1, 3).toordinal(), date(9999, 12, 29).toordinal()


def instant(moment: datetime) -> int:
    """The minute an aware moment lies in; TypeError for one without a zone."""
    since = moment - EPOCH
    return since.days * DAY + since.seconds // 60


def moment(minute: int) -> datetime:
    """The aware moment, in UTC, at which a minute begins."""
    return EPOCH + timedelta(minutes=minute)


class Change(NamedTuple):
    """The clocks go from one offset to another (minutes east) at an instant."""

    at: int
    before: int
    after: int

    def first(self, day: int, wall: int) -> int:
        """The first instant a wall time may mean; the jump for one that is skipped."""
        start = (day - EPOCH_DAY) * DAY + wall
        early, late = start - self.before, start - self.after
        if early < self.at:
            return early
        return max(late, self.at)

    def last(self, day: int, wall: int) -> int:
        """The last instant a wall time may mean; by the old offset for one that is skipped."""
        start = (day - EPOCH_DAY) * DAY + wall
        early, late = start - self.before, start - self.after
        if late >= self.at:
            return late
        return early


def offset(zone: ZoneInfo, day: int) -> int:
    """Minutes east of UTC at the midnight a day begins with."""
    start = datetime.fromordinal(min(max(day, FIRST_DAY), LAST_DAY)).replace(tzinfo=zone)
    since = start.utcoffset()
    return since.days * DAY + since.seconds // 60 if since is not None else 0


def wall_day(zone: ZoneInfo, minute: int) -> int:
    """The day, by the zone's clocks, that an instant lies in."""
    day = EPOCH_DAY + minute // DAY
    if not FIRST_DAY < day < LAST_DAY:
        return day
    return moment(minute).astimezone(zone).toordinal()


def change_in(zone: ZoneInfo, day: int, before: int, after: int) -> Change:
    """The change between the midnights of a day and of the next, whose offsets differ."""
    low = (day - EPOCH_DAY) * DAY - max(before, after)
    high = (day + 1 - EPOCH_DAY) * DAY - min(before, after)
    while high - low > 1:
        middle = (low + high) // 2
        since = moment(middle).astimezone(zone).utcoffset()
        assert since is not None
        if since.days * DAY + since.seconds // 60 == before:
            low = middle
        else:
            high = middle
    return Change(high, before, after)
