"""One channel at one moment for one person, in the one order of resolution.

Area, life, regime, hours, alert give the state of the hours; evidence, overtaken notices, access
and contact can only lower open to unknown; then the person and the distance.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from signpost.core.alerts import LONDON, closure_at, closure_turns, notice_for
from signpost.core.channel_days import Calendars, ChannelDays
from signpost.core.contacts import access_doubts, contact_of, phone_of, whom_to_ask
from signpost.core.dates import day_words
from signpost.core.eligibility import (
    age_fits,
    age_words,
    conditions,
    fits,
    matches_group,
    person_remarks,
)
from signpost.core.evidence import Freshness, freshness
from signpost.core.hours import CLOSED, OPEN, UNKNOWN, Reason, State, Timeline, combine
from signpost.core.hours.words import clock_words
from signpost.core.lives import known_opening, life_on
from signpost.core.query import LeftOut, Option, Query
from signpost.core.reaching import DOOR_MILES, Reach, reach_of, scope_of
from signpost.core.reasons import Remark, remark
from signpost.core.services import NATIONS, Channel, Notice, Regime, Service

__all__ = [
    "DOOR_MILES",
    "LONDON",
    "Setting",
    "age_words",
    "assess",
    "contact_of",
    "floor_options",
    "matches_group",
    "phone_of",
    "spoken",
]

LATER = timedelta(hours=24)
"""How far ahead what opens later is looked for."""

_FACT_WORDS = {"hours": "hours", "contact": "contact", "location": "address", "life": "dates"}


class Setting(NamedTuple):
    """What every assessment of one answer shares."""

    query: Query
    calendars: Calendars
    notices: tuple[Notice, ...]


def assess(service: Service, channel: Channel, setting: Setting) -> Option | LeftOut | None:
    """One channel at one moment for one person; None for a channel that offers no help."""
    query, notices = setting.query, setting.notices
    local = query.at.astimezone(LONDON)
    day = local.date().toordinal()
    days = ChannelDays(service, channel, setting.calendars)
    speaking = [channel.regimes[index] for index in days.regimes_at(local)]
    regime = _regime_among(service, channel, speaking, day)
    if regime.purpose != "help" or regime.professionals_only:
        return None
    reach = Reach("yes")
    if not service.floor:
        if not fits(regime, query.age, query.groups):
            return LeftOut(service, channel, "not_for_you", tuple(person_remarks(regime)))
        if query.by and channel.kind not in query.by:
            return LeftOut(service, channel, "other_channel", ())
        reach = reach_of(service, channel, regime, query.place, query.within_miles)
        if reach.serves == "no":
            return LeftOut(service, channel, "out_of_area", ())
    timeline = Timeline(days)
    status = timeline.state_at(query.at)
    gone = _gone(service, days, day) if status.state == CLOSED else None
    fresh = _freshness(service, channel, regime, day)
    if gone is None and fresh.verdict == "before" and not service.floor:
        gone = remark("before_evidence", when=day_words(fresh.first or day))
    if gone is not None:
        return LeftOut(service, channel, "gone_or_not_yet", (gone,))
    closure = closure_at(service, channel, notices, query.at)
    if status.state == CLOSED and closure != CLOSED and not service.floor:
        return _opening(service, channel, setting, timeline) or LeftOut(
            service, channel, "closed", ()
        )
    notice = notice_for(service, channel, notices, query.at)
    hours_state = _with_closure(status.state, closure)
    reasons = _hours_remarks(status.reasons) if hours_state == UNKNOWN else []
    if not service.floor:
        reasons += _doubts(fresh, notice)
    if len({_way_in(one) for one in speaking}) > 1:
        reasons.append(remark("regime_unsure"))
    in_the_way = list(access_doubts(service, channel, regime, day))
    reasons += in_the_way
    if reach.serves == "unsure" and channel.kind != "in_person":
        reasons.append(remark("area_unknown"))
    if hours_state == OPEN and regime.last_entry is not None:
        reasons += _last_entry(regime.last_entry, timeline, query.at)
    state = UNKNOWN if hours_state == OPEN and reasons else hours_state
    bearing = service, channel, notices, timeline, query.at
    told = [*conditions(regime, query.age, query.groups)]
    if reach.partly:
        told.append(remark("part_of_area"))
    if query.place is None and scope_of(service, channel) == "nation":
        told.append(remark("nation", detail=" and ".join(service.nations)))
    return Option(
        service=service,
        channel=channel,
        regime=regime,
        scope=scope_of(service, channel),
        state=state,
        hours_state=hours_state,
        usable_alone=not in_the_way,
        check_with=None if state == OPEN else whom_to_ask(service, channel, regime, day),
        reasons=tuple(dict.fromkeys(reasons)),
        until=None if hours_state == CLOSED else _until(*bearing),
        opens=_opens(*bearing) if hours_state == CLOSED and notice is None else None,
        distance_miles=reach.distance_miles,
        rough_distance=reach.rough,
        conditions=tuple(told),
        freshness=fresh,
        notice=notice,
    )


def _regime_among(
    service: Service, channel: Channel, speaking: Sequence[Regime], day: int
) -> Regime:
    """The newest of the regimes that may hold, unless there is no evidence of it as yet."""
    if not speaking:
        return channel.regimes[-1]
    for regime in reversed(speaking):
        if _freshness(service, channel, regime, day).verdict not in ("before", "early"):
            return regime
    return speaking[-1]


def _freshness(service: Service, channel: Channel, regime: Regime, day: int) -> Freshness:
    return freshness(service, channel, regime, day, known_opening(service.life, day))


def _way_in(regime: Regime) -> Regime:
    """A regime without what people need not know to use it rightly at a moment of known state."""
    return regime._replace(
        since=None, until=None, hours=None, bank_holidays=None, holidays_of=None, cost=None,
        languages=(), needs=(), note=None,
    )  # fmt: skip


def _opening(
    service: Service, channel: Channel, setting: Setting, timeline: Timeline
) -> Option | None:
    """What is closed and will surely be open and usable before long, as it will be then."""
    opens = _opens(service, channel, setting.notices, timeline, setting.query.at)
    if opens is None:
        return None
    then = setting._replace(query=setting.query._replace(at=opens))
    option = assess(service, channel, then)
    if not isinstance(option, Option) or option.state != OPEN:
        return None
    return option._replace(state=CLOSED, hours_state=CLOSED, until=None, opens=opens)


def _opens(
    service: Service,
    channel: Channel,
    notices: Sequence[Notice],
    timeline: Timeline,
    at: datetime,
) -> datetime | None:
    """The next sure opening, if it is no more than LATER away: no search runs on for years.

    Where a notice still closes it when its hours begin, that is when the notice ends.
    """
    start = at.astimezone(UTC)
    last = start + LATER
    turns = closure_turns(service, channel, notices)
    for piece in timeline.intervals(start, last + timedelta(minutes=1)):
        if piece.state != OPEN:
            continue
        for moment in (piece.start, *(turn for turn in turns if piece.start < turn < piece.end)):
            if moment <= last and closure_at(service, channel, notices, moment) == OPEN:
                return moment
    return None


def _with_closure(state: State, closure: State) -> State:
    """The state of the hours under a notice of closure, which cuts a session already begun."""
    return state if closure == OPEN else combine((state, CLOSED)) if closure == UNKNOWN else CLOSED


def _until(
    service: Service,
    channel: Channel,
    notices: Sequence[Notice],
    timeline: Timeline,
    at: datetime,
) -> datetime | None:
    """The first instant at which the state of the hours differs, by hours or by notice."""

    def state(moment: datetime) -> State:
        closure = closure_at(service, channel, notices, moment)
        return _with_closure(timeline.state_at(moment).state, closure)

    turns = closure_turns(service, channel, notices)
    moment: datetime | None = at
    while moment is not None and state(moment) == state(at):
        changes = [timeline.next_change(moment), *(turn for turn in turns if turn > moment)]
        moment = min((change for change in changes if change is not None), default=None)
    return moment


def spoken(reason: Reason) -> Remark:
    """A reason of the hours engine in words."""
    if reason.code == "hours_unknown" and not reason.detail:
        return remark("hours_unpublished")
    return remark(reason.code, detail=reason.detail, when=reason.detail)


def _hours_remarks(reasons: Sequence[Reason]) -> list[Remark]:
    """All reasons for unsure hours; a bank holiday that several nations keep is said once."""
    holidays = [one.detail for one in reasons if one.code == "bank_holiday_unstated"]
    if len(holidays) > 1:
        titles = "; ".join(dict.fromkeys(detail.rpartition(", ")[0] for detail in holidays))
        reasons = [
            one._replace(detail=titles) if one.code == "bank_holiday_unstated" else one
            for one in reasons
        ]
    return [spoken(reason) for reason in reasons]


def _gone(service: Service, days: ChannelDays, day: int) -> Remark | None:
    """Why a service does not exist on the day, if it surely does not."""
    life = life_on(service.life, day)
    if life.event is not None and "running" not in life.possible:
        status = next(iter(life.possible)) if len(life.possible) == 1 else "closed"
        code = {"not_yet": "not_yet_open", "paused": "paused"}.get(status, "closed_down")
        return remark(code, when=life.event.when.words)
    if not days.regimes_on(day):
        return remark("no_regime")
    return None


def _doubts(fresh: Freshness, notice: Notice | None) -> Iterator[Remark]:
    if notice is not None:
        yield remark("overtaken" if notice.effect == "overtaken" else "alert", what=notice.what)
    if fresh.verdict == "stale" and fresh.last is not None:
        yield remark("stale", when=day_words(fresh.last).partition(" ")[2])
    elif fresh.verdict == "early" and fresh.first is not None:
        yield remark("before_evidence", when=day_words(fresh.first))
    elif fresh.verdict == "undated":
        yield remark("undated", what=_FACT_WORDS[fresh.missing or "life"])


def _last_entry(minute: int, timeline: Timeline, at: datetime) -> Iterator[Remark]:
    """No newcomers after last entry: from that time of the evening to the session's end.

    Where the clocks change at that time, from the earlier of the two instants it may mean.
    """
    ends = timeline.next_change(at)
    if ends is None:
        return
    ends_wall = ends.astimezone(LONDON).replace(tzinfo=None)
    last = datetime.combine(ends_wall, time.min) + timedelta(minutes=minute)
    if last >= ends_wall:
        last -= timedelta(days=1)
    instants = (last.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if at.astimezone(UTC) >= min(instants):
        yield remark("last_entry", when=clock_words(minute))


def floor_options(services: Sequence[Service], setting: Setting) -> tuple[Option, ...]:
    """The emergency section: floor records of the nation asked about, whatever the filters."""
    place, age = setting.query.place, setting.query.age
    nation = place.nation if place else None
    bare = setting._replace(query=setting.query._replace(place=None, by=(), groups=()))
    found = []
    for service in services:
        if nation in NATIONS and service.nations and nation not in service.nations:
            continue
        for channel in service.channels:
            option = assess(service, channel, bare)
            if isinstance(option, Option) and _may_ring(option, age):
                found.append(option)
    return tuple(sorted(found, key=_floor_key))


_FLOOR_ORDER = ("emergency", "nhs_urgent", "listening", "crisis_text", "child_line")
_FOR_ANY_AGE = ("emergency", "nhs_urgent", "listening")


def _may_ring(option: Option, age: int | None) -> bool:
    return age is None or option.service.role in _FOR_ANY_AGE or age_fits(option.regime, age)


def _floor_key(option: Option) -> tuple[int, int, str, int]:
    role = option.service.role or ""
    order = _FLOOR_ORDER.index(role) if role in _FLOOR_ORDER else len(_FLOOR_ORDER)
    nations = [NATIONS.index(name) for name in option.service.nations if name in NATIONS]
    channel = option.service.channels.index(option.channel)
    return order, min(nations, default=0), option.service.id, channel
