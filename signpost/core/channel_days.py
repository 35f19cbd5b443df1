"""A channel's days: life, regimes and hours joined into what the hours engine reads.

For every day this gives the plans that the facts allow. A session belongs to the day it starts,
so the end of a regime or a life never cuts a session already begun.
"""

from datetime import date, datetime
from typing import NamedTuple

from signpost.core.calendars import Holidays
from signpost.core.dates import PartialDate
from signpost.core.hours import (
    UNKNOWN,
    DayRules,
    Outlook,
    Plan,
    Readings,
    Reason,
    Schedule,
    Span,
    parse,
)
from signpost.core.lives import life_on
from signpost.core.services import Channel, LifeEvent, Regime, Service

_NOTHING: tuple[Plan, ...] = ((),)
_ALL_DAY_UNKNOWN: Plan = (Span(0, 1440, UNKNOWN, code="hours_unpublished"),)

_UNSURE = {
    ("opens", True): "opening_planned",
    ("opens", False): "opening_day_unknown",
    ("resumes", True): "opening_planned",
    ("resumes", False): "opening_day_unknown",
    ("pauses", True): "pause_unsure",
    ("pauses", False): "pause_unsure",
    ("closes", True): "closing_planned",
    ("closes", False): "closing_day_unknown",
}


class Calendars(NamedTuple):
    """The bank-holiday tables, by nation."""

    by_nation: dict[str, Holidays]

    def of(self, nations: tuple[str, ...]) -> tuple[Holidays, ...]:
        """The distinct tables of these nations (England and Wales share one); all when empty."""
        tables = {
            table.division: table
            for nation, table in self.by_nation.items()
            if not nations or nation in nations
        }
        return tuple(tables.values())


class ChannelDays:
    """A DayPlanner (see core.hours) over a channel's regimes within its service's life."""

    __slots__ = ("_channel", "_dates", "_schedules", "_service", "outlook")

    def __init__(self, service: Service, channel: Channel, calendars: Calendars) -> None:
        self._service = service
        self._channel = channel
        self._schedules = [schedule_of(service, regime, calendars) for regime in channel.regimes]
        self._dates = sorted(_turning_days(service, channel))
        self.outlook = self._find_outlook()

    def regimes_on(self, day: int) -> list[int]:
        """The indexes of the regimes that may be in force on a day (an ordinal)."""
        return [
            index for index, regime in enumerate(self._channel.regimes) if regime.may_hold_on(day)
        ]

    def regimes_at(self, local: datetime) -> list[int]:
        """The indexes of the regimes that may speak for a moment given in wall time.

        Those with a session then, be it one of the evening before; if none has, those that may
        be in force on the day.
        """
        today = local.date().toordinal()
        minute = local.hour * 60 + local.minute
        found = {
            index
            for back in (0, 1)
            for index in self.regimes_on(today - back)
            if self._has_session(index, today - back, minute + back * 1440)
        }
        return sorted(found) or self.regimes_on(today)

    def _has_session(self, index: int, day: int, minute: int) -> bool:
        schedule = self._schedules[index]
        if schedule is None:
            return minute < 1440
        plans = schedule.readings(date.fromordinal(day)).plans
        return any(span.start <= minute < span.end for plan in plans for span in plan)

    def _surely_holds(self, index: int, day: int) -> bool:
        """Whether a regime that may hold on a day does, or has one beside it that does.

        Where the days on which one may end and the next begin touch, the one ended when the
        other began; an end or a start with nothing beside it is known no better than its date.
        """
        regime = self._channel.regimes[index]
        others = [one for at, one in enumerate(self._channel.regimes) if at != index]
        since, until = regime.since, regime.until
        begun = (
            since is None or day >= since.last or any(_touch(one.until, since) for one in others)
        )
        return begun and (
            until is None or day <= until.first or any(_touch(until, one.since) for one in others)
        )

    def _find_outlook(self) -> Outlook:
        """From the last date that a life or a regime names, only the hours decide."""
        found = [schedule.outlook for schedule in self._schedules if schedule is not None]
        settled = date.fromordinal(self._dates[-1]) if self._dates else date.min
        return Outlook(
            max([settled, *(outlook.settled for outlook in found)]),
            max((outlook.period for outlook in found), default=1),
            any(outlook.may_open for outlook in found),
        )

    def alike_until(self, day: date) -> date:
        """The last day up to which all are sure to have this day's readings."""
        ordinal = day.toordinal()
        ends = [turn - 1 for turn in self._dates if turn > ordinal][:1]
        if "running" in life_on(self._service.life, ordinal).possible:
            ends += [
                schedule.alike_until(day).toordinal()
                for index in self.regimes_on(ordinal)
                if (schedule := self._schedules[index]) is not None
            ]
        return date.fromordinal(min(ends)) if ends else date.max

    def readings(self, day: date) -> Readings:
        """Every plan that the facts allow for a day, and why there is more than one."""
        ordinal = day.toordinal()
        life = life_on(self._service.life, ordinal)
        if "running" not in life.possible:
            return Readings(_NOTHING, ())
        plans: list[Plan] = []
        reasons: list[Reason] = []
        indexes = self.regimes_on(ordinal)
        for index in indexes:
            schedule = self._schedules[index]
            if schedule is None:
                plans.append(_ALL_DAY_UNKNOWN)
                continue
            found = schedule.readings(day)
            plans.extend(found.plans)
            reasons.extend(found.reasons)
        sure = any(self._surely_holds(index, ordinal) for index in indexes)
        if not sure:
            plans.append(())
        if indexes and not (sure and len(indexes) == 1):
            reasons.append(Reason("regime_unsure", ""))
        if len(life.possible) > 1 and life.event is not None:
            plans.append(())
            reasons.append(life_reason(life.event))
        return Readings(tuple(dict.fromkeys(plans)), tuple(dict.fromkeys(reasons)))


def _turning_days(service: Service, channel: Channel) -> set[int]:
    """Every day on which what a life or a regime allows may become something else."""
    found = set()
    for event in service.life:
        found |= {event.when.first, event.when.first + 1, event.when.last, event.when.last + 1}
    for regime in channel.regimes:
        for named in (regime.since, regime.until):
            if named is not None:
                found |= {named.first, named.first + 1, named.last, named.last + 1}
    return found


def _touch(until: PartialDate | None, since: PartialDate | None) -> bool:
    """Whether an end and a start may be the two sides of one change."""
    return (
        until is not None
        and since is not None
        and since.first <= until.last + 1
        and until.first <= since.last
    )


def schedule_of(service: Service, regime: Regime, calendars: Calendars) -> Schedule | None:
    """A regime's hours as a schedule; None when no source gives any."""
    if regime.hours is None:
        return None
    nations = (regime.holidays_of,) if regime.holidays_of else service.nations
    rules = DayRules(
        calendars=calendars.of(nations),
        bank_holidays=regime.bank_holidays,
        point=regime.location.point if regime.location else None,
    )
    return Schedule(parse(regime.hours), rules)


def life_reason(event: LifeEvent) -> Reason:
    """Why a life leaves a day unsure: a code of core.reasons, with the date in words."""
    code = _UNSURE[event.what, event.basis == "planned"]
    return Reason(code, event.when.words)
