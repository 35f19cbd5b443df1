"""Query to Answer: every channel assessed, in the one order of resolution.

Area, life, regime, hours, alert give the state of the hours; evidence, overtaken notices, access
and contact can only lower open to unknown; then the person, the distance, the rank.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from signpost.core.channel_days import Calendars, ChannelDays
from signpost.core.dates import day_words
from signpost.core.evidence import Freshness, evidenced_since, freshness
from signpost.core.hours import CLOSED, OPEN, UNKNOWN, Reason, Timeline
from signpost.core.lives import known_opening, life_on
from signpost.core.places import Place, Point, distance_miles
from signpost.core.query import LeftOut, Option, Query
from signpost.core.reasons import WORDS, Remark, remark
from signpost.core.services import (
    ALONE,
    GROUPS,
    WITHIN_GROUP,
    WORK_GROUPS,
    Channel,
    Notice,
    Regime,
    Service,
)

LONDON = ZoneInfo("Europe/London")

DOOR_MILES = 30.0
"""A door whose service area holds the place is offered to this straight-line distance."""

UNKNOWN_AREA_MILES = 15.0
"""A door that does not say whom it serves is offered to this distance."""

ROUGH_KM = 2.0
"""A point that may be this far off gives no exact distance."""

LATER = timedelta(hours=24)

_LOWERED_ACCESS = {
    "booking": "book_first",
    "existing_patients": "existing_patients",
    "via_emergency_department": "via_emergency_department",
    "unknown": "access_unknown",
}
_FACT_WORDS = {"hours": "hours", "contact": "contact", "location": "address", "life": "dates"}
_REPLY = {"same_day": "the same day", "days": "within days"}
_CONTACT_WORDS = {
    "phone": "number", "text": "number", "in_person": "street address", "email": "address",
    "web_chat": "link", "app": "link", "online": "link",
}  # fmt: skip


class Reach(NamedTuple):
    """Whether a channel serves the place: `yes`, `unsure` (its area is not known) or `no`."""

    serves: str
    distance_miles: float | None
    rough: bool
    partly: bool


class Setting(NamedTuple):
    """What every assessment of one answer shares."""

    query: Query
    calendars: Calendars
    notices: tuple[Notice, ...]


def assess(service: Service, channel: Channel, setting: Setting) -> Option | LeftOut | None:
    """One channel at one moment for one person; None for a channel that offers no help."""
    query = setting.query
    local = query.at.astimezone(LONDON)
    day = local.date().toordinal()
    days = ChannelDays(service, channel, setting.calendars)
    regime = _regime_on(channel, days, day)
    if regime.purpose != "help" or regime.professionals_only:
        return None
    left_out = _left_out_early(service, channel, regime, query)
    if left_out is not None:
        return left_out
    reach = _reach(service, regime, query)
    if reach.serves == "no":
        return LeftOut(service, channel, "out_of_area", ())
    timeline = Timeline(days)
    status = timeline.state_at(query.at)
    hours_state = status.state
    reasons = [_remark(reason) for reason in status.reasons] if hours_state == UNKNOWN else []
    if hours_state == CLOSED:
        gone = _gone(service, days, day)
        if gone is not None:
            return LeftOut(service, channel, "gone_or_not_yet", (gone,))
    fresh = freshness(service, channel, regime, day, known_opening(service.life, day))
    if fresh.verdict == "before" and fresh.first is not None and not service.floor:
        why = remark("before_evidence", when=day_words(fresh.first))
        return LeftOut(service, channel, "gone_or_not_yet", (why,))
    notice = _notice_for(service, setting, local)
    lowered = [] if service.floor else _doubts(fresh, notice)
    alone, access_doubts = _access(service, channel, regime)
    lowered += access_doubts
    if reach.serves == "unsure" and channel.kind != "in_person":
        lowered.append(remark("area_unknown"))
    opens = None
    if hours_state == CLOSED and not lowered:
        opens = timeline.next_open(query.at)
    if notice is not None and notice.effect == "closed":
        hours_state = CLOSED
    elif hours_state == CLOSED and (opens is None or opens - query.at > LATER):
        return LeftOut(service, channel, "closed", ())
    if hours_state == OPEN and regime.last_entry is not None:
        lowered += _last_entry(regime.last_entry, local, timeline, query.at)
    state = UNKNOWN if hours_state == OPEN and lowered else hours_state
    return Option(
        service=service,
        channel=channel,
        regime=regime,
        scope=_scope(service, channel),
        state=state,
        hours_state=hours_state,
        usable_alone=alone,
        check_with=None if state == OPEN else _check_with(service, channel, regime),
        reasons=tuple(dict.fromkeys(reasons + lowered)),
        until=None if hours_state == CLOSED else timeline.next_change(query.at),
        opens=opens,
        distance_miles=reach.distance_miles,
        rough_distance=reach.rough,
        conditions=tuple(_conditions(service, regime, query, reach)),
        freshness=fresh,
        notice=notice,
    )


def _regime_on(channel: Channel, days: ChannelDays, day: int) -> Regime:
    """The newest regime that may hold on the day (or held the evening before), else the last."""
    for candidate in (day, day - 1):
        indexes = days.regimes_on(candidate)
        if indexes:
            return channel.regimes[indexes[-1]]
    return channel.regimes[-1]


def _left_out_early(
    service: Service, channel: Channel, regime: Regime, query: Query
) -> LeftOut | None:
    if service.floor:
        return None
    if not _fits(regime, query):
        return LeftOut(service, channel, "not_for_you", tuple(_person_remarks(regime)))
    if query.by and channel.kind not in query.by:
        return LeftOut(service, channel, "other_channel", ())
    return None


def _fits(regime: Regime, query: Query) -> bool:
    if query.age is not None and not _age_fits(regime, query.age):
        return False
    if not regime.groups or matches_group(regime, query.groups):
        return True
    asked = set(query.groups)
    open_to_asking = any(
        group not in WORK_GROUPS or WITHIN_GROUP.get(group) in asked for group in regime.groups
    )
    return open_to_asking


def _age_fits(regime: Regime, age: int) -> bool:
    return (regime.min_age or 0) <= age <= (regime.max_age if regime.max_age is not None else 200)


def matches_group(regime: Regime, groups: tuple[str, ...]) -> bool:
    """Whether a regime is for one of the groups the person is known to belong to."""
    belongs = {*groups, *(WITHIN_GROUP[group] for group in groups if group in WITHIN_GROUP)}
    return any(group in belongs for group in regime.groups)


def _person_remarks(regime: Regime) -> Iterable[Remark]:
    if regime.groups:
        yield remark("group", detail=" or ".join(GROUPS[group] for group in regime.groups))
    ages = age_words(regime.min_age, regime.max_age)
    if ages:
        yield remark("age", detail=ages)


def age_words(least: int | None, most: int | None) -> str:
    """Age limits as people read them; empty when there are none."""
    if least is not None and most is not None:
        return f"ages {least} to {most}"
    if least is not None:
        return f"{least} and over"
    if most is not None:
        return f"{most} and under"
    return ""


def _reach(service: Service, regime: Regime, query: Query) -> Reach:
    place = query.place
    point = _point(regime)
    if place is None:
        return _reach_without_place(service, regime)
    if service.areas is not None and not any(code in place.areas for code in service.areas):
        return Reach("no", None, False, False)
    partly = service.areas is not None and all(
        code in place.partly for code in service.areas if code in place.areas
    )
    serves = "unsure" if service.areas is None else "yes"
    if regime.location is None:
        return _reach_of_line(service, place, serves, partly)
    if point is None or place.point is None:
        return Reach("no" if serves == "unsure" else serves, None, False, partly)
    distance = distance_miles(place.point, point)
    limit = UNKNOWN_AREA_MILES if serves == "unsure" else DOOR_MILES
    if distance > (limit if query.within_miles is None else query.within_miles):
        return Reach("no", distance, False, partly)
    rough = place.is_rough or (regime.location.precision_km or 0) >= ROUGH_KM
    return Reach(serves, distance, rough, partly)


def _reach_without_place(service: Service, regime: Regime) -> Reach:
    if regime.location is not None:
        return Reach("no", None, False, False)
    if service.areas is None:
        return Reach("no" if _door_points(service) else "unsure", None, False, False)
    wide = any(code == "UK" or code.startswith("NAT:") for code in service.areas)
    return Reach("yes" if wide else "no", None, False, False)


def _reach_of_line(service: Service, place: Place, serves: str, partly: bool) -> Reach:
    doors = _door_points(service)
    if serves == "unsure" and doors:
        near = place.point is not None and any(
            distance_miles(place.point, door) <= UNKNOWN_AREA_MILES for door in doors
        )
        return Reach("yes" if near else "no", None, False, False)
    return Reach(serves, None, False, partly)


def _point(regime: Regime) -> Point | None:
    location = regime.location
    if location is None or location.lat is None or location.lon is None:
        return None
    return Point(location.lat, location.lon)


def _door_points(service: Service) -> list[Point]:
    points = [_point(regime) for channel in service.channels for regime in channel.regimes]
    return [point for point in points if point is not None]


def _remark(reason: Reason) -> Remark:
    """A reason of the hours engine in words."""
    if reason.code == "hours_unknown" and not reason.detail:
        return remark("hours_unpublished")
    template = WORDS[reason.code]
    return Remark(reason.code, template.format(detail=reason.detail, when=reason.detail))


def _gone(service: Service, days: ChannelDays, day: int) -> Remark | None:
    """Why a service does not exist on the day, if it surely does not."""
    life = life_on(service.life, day)
    when = life.event.when.words if life.event else ""
    if "running" not in life.possible:
        status = next(iter(life.possible)) if len(life.possible) == 1 else "closed"
        code = {"not_yet": "not_yet_open", "paused": "paused"}.get(status, "closed_down")
        return remark(code, when=when)
    if not days.regimes_on(day):
        return remark("no_regime")
    return None


def _notice_for(service: Service, setting: Setting, local: datetime) -> Notice | None:
    day = local.date().toordinal()
    for notice in setting.notices:
        if day < notice.since.first or (notice.until and day > notice.until.last):
            continue
        if notice.effect == "closed" and service.id in notice.services:
            return notice
        if notice.effect == "overtaken" and not service.floor and _overtakes(notice, service):
            return notice
    return None


def _overtakes(notice: Notice, service: Service) -> bool:
    named = service.id in notice.services or (
        notice.role is not None
        and notice.role == service.role
        and (notice.nation is None or notice.nation in service.nations)
    )
    newer = notice.unless_evidence_since
    return named and not (newer and evidenced_since(service, newer.first))


def _doubts(fresh: Freshness, notice: Notice | None) -> list[Remark]:
    doubts = []
    if notice is not None:
        doubts.append(remark("overtaken" if notice.effect == "overtaken" else "alert",
                             what=notice.what))  # fmt: skip
    if fresh.verdict == "stale" and fresh.last is not None:
        doubts.append(remark("stale", when=month_words(fresh.last)))
    elif fresh.verdict == "undated":
        doubts.append(remark("undated", what=_FACT_WORDS[fresh.missing or "life"]))
    return doubts


def month_words(ordinal: int) -> str:
    """The month of a day, as people read it: `December 2024`."""
    return day_words(ordinal).partition(" ")[2]


def _access(service: Service, channel: Channel, regime: Regime) -> tuple[bool, list[Remark]]:
    """Whether one person alone can use it now, and every reason why not."""
    doubts = []
    if contact_of(channel, regime) is None:
        doubts.append(remark("no_contact", contact=_CONTACT_WORDS[channel.kind]))
    if regime.access == "professional_referral":
        via = f" ({regime.referral_via})" if regime.referral_via else ""
        doubts.append(remark("by_referral", via=via))
    elif regime.access in _LOWERED_ACCESS:
        doubts.append(remark(_LOWERED_ACCESS[regime.access]))
    elif regime.access == "call_first" and phone_of(service) is None:
        doubts.append(remark("no_contact", contact="number to call first"))
    if regime.response != "live":
        doubts.append(remark("reply_later", when=_REPLY[regime.response]))
    return not doubts and regime.access in ALONE, doubts


def contact_of(channel: Channel, regime: Regime) -> str | None:
    """What one needs to use a channel: number, link, address; None when it is not published."""
    if channel.kind in ("phone", "text"):
        return regime.number
    if channel.kind == "in_person":
        location = regime.location
        if location is None or not (location.address or (location.name and location.postcode)):
            return None
        parts = (location.name, location.address, location.town, location.postcode)
        return ", ".join(part for part in parts if part)
    if channel.kind == "email":
        return regime.email
    return regime.url


def phone_of(service: Service) -> str | None:
    """The newest number of a service that a member of the public may ring."""
    for channel in service.channels:
        if channel.kind == "phone":
            for regime in reversed(channel.regimes):
                if regime.number and not regime.professionals_only and regime.purpose != "recorded":
                    return regime.number
    return None


def _last_entry(
    minute: int, local: datetime, timeline: Timeline, at: datetime
) -> Iterable[Remark]:
    """No newcomers after last entry: from that time of the evening to the session's end."""
    ends = timeline.next_change(at)
    if ends is None:
        return
    ends_local = ends.astimezone(LONDON)
    last = ends_local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    if last >= ends_local:
        last -= timedelta(days=1)
    if local >= last:
        hour, rest = divmod(minute, 60)
        yield remark("last_entry", when=f"{hour:02}:{rest:02}")


def _scope(service: Service, channel: Channel) -> str:
    if channel.kind == "in_person":
        return "door"
    areas = service.areas or ()
    if "UK" in areas or (service.areas is None and not _door_points(service)):
        return "uk"
    return "nation" if any(code.startswith("NAT:") for code in areas) else "local"


def _check_with(service: Service, channel: Channel, regime: Regime) -> str | None:
    """Whom to ask before relying on an option."""
    if regime.access == "via_emergency_department":
        return "the emergency department (A&E)"
    if regime.access == "professional_referral" and regime.referral_via:
        return regime.referral_via
    number = regime.number if channel.kind == "phone" else phone_of(service)
    if number is not None:
        return number
    for other in service.channels:
        for entry in reversed(other.regimes):
            if entry.email or entry.url:
                return entry.email or entry.url
    if regime.access in ("professional_referral", "existing_patients"):
        return "the person's GP or mental health team"
    return service.organization


def _conditions(
    service: Service, regime: Regime, query: Query, reach: Reach
) -> Iterable[Remark]:
    ages = age_words(regime.min_age, regime.max_age)
    if ages and query.age is None:
        yield remark("age", detail=ages)
    if regime.groups and not matches_group(regime, query.groups):
        yield remark("group", detail=" or ".join(GROUPS[group] for group in regime.groups))
    for who in regime.not_for:
        yield remark("not_for", detail=who.rstrip("."))
    if reach.partly:
        yield remark("part_of_area")


def floor_options(services: Sequence[Service], setting: Setting) -> tuple[Option, ...]:
    """The emergency section: floor records of the nation asked about, whatever the filters."""
    place = setting.query.place
    nation = place.nation if place else None
    bare = setting._replace(query=setting.query._replace(place=None, by=(), groups=()))
    found = []
    for service in services:
        if nation in _NATIONS and nation not in service.nations:
            continue
        for channel in service.channels:
            option = assess(service, channel, bare)
            if isinstance(option, Option) and _age_allows(option, setting.query.age):
                found.append(option)
    return tuple(sorted(found, key=_floor_key))


_NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
_FLOOR_ORDER = ("emergency", "nhs_urgent", "listening", "crisis_text", "child_line")
_ALWAYS = ("emergency", "nhs_urgent", "listening")


def _age_allows(option: Option, age: int | None) -> bool:
    return age is None or option.service.role in _ALWAYS or _age_fits(option.regime, age)


def _floor_key(option: Option) -> tuple[int, int, str, int]:
    role = option.service.role or ""
    order = _FLOOR_ORDER.index(role) if role in _FLOOR_ORDER else len(_FLOOR_ORDER)
    nation = _NATIONS.index(option.service.nations[0]) if option.service.nations else 0
    channel = option.service.channels.index(option.channel)
    return order, nation, option.service.id, channel
