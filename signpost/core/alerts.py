"""Notices: when each is in force, on what it bears, and what it makes of the hours.

A notice runs by London's wall clocks. Where the facts leave its start or its end open (a partial
date, a wall time that the clocks skip or repeat) every reading counts: it surely runs only from
the latest start to the earliest end.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from signpost.core.dates import parse_date
from signpost.core.evidence import evidenced_since
from signpost.core.hours import CLOSED, OPEN, UNKNOWN, State
from signpost.core.services import Channel, Notice, NoticeTime, Service
from signpost.errors import InvalidValue

LONDON = ZoneInfo("Europe/London")

_WALL_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])")


def parse_notice_time(text: str) -> NoticeTime:
    """Read a day, as parse_date does, or `2026-12-01T10:00`; raise InvalidValue."""
    if "T" not in text:
        return NoticeTime(parse_date(text), None)
    found = _WALL_TIME.fullmatch(text)
    if found is None:
        raise InvalidValue(
            f'"{text}" is not a day with a time; write London time without an offset, from 00:00 '
            "to 23:59, such as 2026-12-01T18:00"
        )
    return NoticeTime(parse_date(found[1]), int(found[2]) * 60 + int(found[3]))


def begins(since: NoticeTime) -> tuple[datetime, datetime]:
    """The earliest and the latest moment (UTC) at which a notice from that time may begin."""
    if since.minute is None:
        return _midnight(since.first), _midnight(since.last)
    return _readings(since.first, since.minute)


def ends(until: NoticeTime) -> tuple[datetime, datetime]:
    """The earliest and the latest moment (UTC) from which a notice until that time may be over."""
    if until.minute is None:
        return _midnight(until.first + 1), _midnight(until.last + 1)
    return _readings(until.first, until.minute)


def may_run(notice: Notice, at: datetime) -> bool:
    """Whether a notice may be in force at a moment."""
    begun = begins(notice.since)[0] <= at
    return begun and (notice.until is None or at < ends(notice.until)[1])


def closes(notice: Notice, service: Service, channel: Channel) -> bool:
    """Whether a notice, while it runs, closes a channel. Nothing closes a floor record."""
    return notice.effect == "closed" and not service.floor and _names(notice, service, channel)


def notice_for(
    service: Service, channel: Channel, notices: Sequence[Notice], at: datetime
) -> Notice | None:
    """The notice in force at a moment: of a closure before one of being overtaken.

    Floor records have none: nothing may take an emergency line off the screen.
    """
    if service.floor:
        return None
    for wanted in (CLOSED, UNKNOWN):
        for notice in notices:
            if closes(notice, service, channel) and _closure_at(notice, at) == wanted:
                return notice
    for notice in notices:
        if may_run(notice, at) and _overtakes(notice, service, channel):
            return notice
    return None


def closure_at(
    service: Service, channel: Channel, notices: Sequence[Notice], at: datetime
) -> State:
    """What notices allow at a moment: `closed`, `unknown` where that is not sure, or `open`."""
    bearing = [notice for notice in notices if closes(notice, service, channel)]
    states = {_closure_at(notice, at) for notice in bearing}
    return next((state for state in (CLOSED, UNKNOWN) if state in states), OPEN)


def closure_turns(
    service: Service, channel: Channel, notices: Sequence[Notice]
) -> tuple[datetime, ...]:
    """The moments (UTC) at which a notice of closure may begin to hold or cease to, in order."""
    turns: set[datetime] = set()
    for notice in notices:
        if closes(notice, service, channel):
            turns.update(begins(notice.since), ends(notice.until) if notice.until else ())
    return tuple(sorted(turns))


def _closure_at(notice: Notice, at: datetime) -> State:
    if not may_run(notice, at):
        return OPEN
    begun = begins(notice.since)[1] <= at
    surely = begun and (notice.until is None or at < ends(notice.until)[0])
    return CLOSED if surely else UNKNOWN


def _names(notice: Notice, service: Service, channel: Channel) -> bool:
    return service.id in notice.services or f"{service.id}/{channel.id}" in notice.channels


def _overtakes(notice: Notice, service: Service, channel: Channel) -> bool:
    if notice.effect != "overtaken" or any(
        regime.number is not None and regime.number == notice.number for regime in channel.regimes
    ):
        return False
    named = _names(notice, service, channel) or (
        notice.role is not None
        and notice.role == service.role
        and (notice.nation is None or notice.nation in service.nations)
    )
    newer = notice.unless_evidence_since
    return named and not (newer and evidenced_since(service, channel, newer.first))


def _midnight(day: int) -> datetime:
    """The moment at which a day begins; the calendar's last day stands for any after it."""
    return _readings(min(day, date.max.toordinal()), 0)[0]


def _readings(day: int, minute: int) -> tuple[datetime, datetime]:
    """The two moments that a wall time may mean, in order: the same one on nearly every night."""
    wall = datetime.combine(date.fromordinal(day), time.min) + timedelta(minutes=minute)
    first, second = (wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    return min(first, second), max(first, second)
