"""What a record supports at a moment, told the long way round.

Written apart from the code it judges: it tries every day on which a thing of an unsure date may
have happened, every way to keep a bank holiday and both readings of a clock time, and calls open
only what is open in all of them. It knows only the hours of `records.WEEK`.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, product

from dateutil.relativedelta import relativedelta

from signpost.core.places import distance_miles
from tests.builders import CALENDARS, LONDON
from tests.properties.records import WEEK

USED_ALONE = ("anyone", "walk_in", "call_first", "self_referral")
OF_WORK = ("nhs_staff", "doctors")


def hours_state(service, channel, notices, at):
    """Open, closed or unknown: by lives, regimes, holidays, clocks and closures."""
    today = at.astimezone(LONDON).date()
    found = set()
    days = (today - timedelta(days=1), today)
    for plans in product(*(_plans(service, channel, day) for day in days)):
        for fold in (0, 1):
            now = "closed"
            for day, (_, sessions) in zip(days, plans, strict=True):
                for start, end, state in sessions:
                    begins, ends = _boundary(day, start, fold), _boundary(day, end, fold)
                    if begins <= at < ends and now != "open":
                        now = state
            found.add(now)
    for shut in _closures(service, channel, notices, at):
        found = {"closed"} if shut else found | {"closed"}
    return found.pop() if len(found) == 1 else "unknown"


def regimes_running(service, channel, at):
    """Every regime whose session the moment may fall in."""
    today = at.astimezone(LONDON).date()
    return {
        index
        for day in (today - timedelta(days=1), today)
        for index, sessions in _plans(service, channel, day)
        for start, end, _ in sessions
        for fold in (0, 1)
        if _boundary(day, start, fold) <= at < _boundary(day, end, fold)
    }


def _plans(service, channel, day):
    """Every (regime, sessions) that the facts allow for the day; (None, ()) for none."""
    found = set()
    for status, index in product(_statuses(service.life, day), _regimes(channel, day)):
        if status != "running" or index is None:
            found.add((None, ()))
            continue
        regime = channel.regimes[index]
        for weekday in _weekdays(service, regime, day):
            sessions = WEEK[regime.hours].get(weekday, [])
            found.add((index, tuple(sessions)))
    return found


def _statuses(events, day):
    """What the service may be on the day, over every day on which each event may have been."""
    ordinal = day.toordinal()
    choices = []
    for event in events:
        if event.what == "announced":
            continue
        begun = {
            ordinal > when if event.what == "closes" else ordinal >= when
            for when in range(event.when.first, event.when.last + 1)
        }
        if event.basis == "planned":
            begun.add(False)
        choices.append([(event.what, one) for one in begun])
    found = set()
    for world in product(*choices):
        status = "not_yet" if any(event.what == "opens" for event in events) else "running"
        for what, begun in world:
            if begun:
                status = {"opens": "running", "resumes": "running"}.get(what, "away")
        found.add(status)
    return found


def _regimes(channel, day):
    """The indexes of the regimes that may hold on the day; None where none may."""
    ordinal = day.toordinal()
    holding = []
    for regime in channel.regimes:
        since, until = regime.since, regime.until
        begun = {ordinal >= on for on in _days(since)} if since else {True}
        lasts = {ordinal <= on for on in _days(until)} if until else {True}
        holding.append({a and b for a in begun for b in lasts})
    found = set()
    for world in product(*holding):
        found |= {index for index, holds in enumerate(world) if holds} or {None}
    if len(channel.regimes) == 2:
        until, since = channel.regimes[0].until, channel.regimes[1].since
        if until and since and since.first - until.last <= 1:
            found.discard(None)  # one may have followed on the other, and so is taken to have
    return found


def _days(when):
    return range(when.first, when.last + 1)


def _weekdays(service, regime, day):
    """The weekdays whose hours may be kept on the day; None for being closed."""
    nations = (regime.holidays_of,) if regime.holidays_of else service.nations
    found = set()
    for nation in nations or CALENDARS.by_nation:
        if day not in CALENDARS.by_nation[nation].days:
            found.add(day.weekday())
        elif regime.bank_holidays is not None:
            kept = {"as_usual": day.weekday(), "as_sunday": 6, "closed": None}
            found.add(kept[regime.bank_holidays])
        elif regime.hours == "24/7":
            found.add(day.weekday())
        else:
            found |= {day.weekday(), 6, None}
    return {day.weekday()} if regime.hours is None else found


def _boundary(day, minutes, fold):
    """An edge of a session; one that the clocks skip is at the jump or by the old offset."""
    old, new = _instant(day, minutes, 0), _instant(day, minutes, 1)
    if old <= new:
        return new if fold else old
    return old.replace(minute=0) if fold else old


def _instant(day, minutes, fold):
    """A wall time of the day, or of the next where there are more than 24 hours."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def _closures(service, channel, notices, at):
    """For each notice that may shut the channel at the moment: whether it surely does."""
    for notice in notices:
        if notice.effect == "closed" and _bears_on(notice, service, channel):
            shut = _runs(notice, at)
            if True in shut:
                yield shut == {True}


def _bears_on(notice, service, channel):
    return service.id in notice.services or (service.id, channel.id) in [
        tuple(name.split("/")) for name in notice.channels
    ]


def _runs(notice, at):
    """Whether it runs at the moment, over every day or reading of its start and its end."""
    since, until = notice.since, notice.until
    today = at.astimezone(LONDON).date().toordinal()
    if since.minute is None:
        begun = {today >= on for on in range(since.first, since.last + 1)}
    else:
        begun = {at >= one for one in _both(since)}
    if until is None:
        lasts = {True}
    elif until.minute is None:
        lasts = {today <= on for on in range(until.first, until.last + 1)}
    else:
        lasts = {at < one for one in _both(until)}
    return {a and b for a in begun for b in lasts}


def _both(when):
    return [_instant(date.fromordinal(when.first), when.minute, fold) for fold in (0, 1)]


def doubt(service, channel, regime, query, notices):
    """Why this way in must not be called open; None when the record supports it."""
    at = query.at.astimezone(UTC)
    today = at.astimezone(LONDON).date()
    if hours_state(service, channel, notices, at) != "open":
        return "hours"
    for index in regimes_running(service, channel, at):
        if index is not None and _use(channel.regimes[index]) != _use(regime):
            return "another regime may hold"
    return (
        _away(service, channel, regime, query)
        or _unfit(regime, query)
        or _unusable(service, channel, regime, today, at)
        or _unsupported(service, channel, regime, today)
        or _overtaken(service, channel, notices, at)
    )


def _use(regime):
    return regime.number, regime.location, regime.access, regime.response


def _away(service, channel, regime, query):
    place = query.place
    if query.by and channel.kind not in query.by:
        return "another channel"
    if place is None:
        national = service.areas and any(code.startswith(("UK", "NAT")) for code in service.areas)
        return None if national and channel.kind != "in_person" else "no place"
    if service.areas is not None and not set(service.areas) & set(place.areas):
        return "area"
    doors = [way.regimes[0].location.point for way in service.channels if way.kind == "in_person"]
    if channel.kind == "in_person":
        if place.point is None:
            return None if service.areas else "distance unknown"
        usual = 30.0 if service.areas else 15.0
        limit = usual if query.within_miles is None else query.within_miles
        return "far" if distance_miles(place.point, regime.location.point) > limit else None
    if service.areas is None:
        near = place.point and any(distance_miles(place.point, one) <= 15.0 for one in doors)
        return None if near else "area unknown"
    return None


def _unfit(regime, query):
    if query.age is not None and not (regime.min_age or 0) <= query.age <= (regime.max_age or 99):
        return "age"
    asked = set(query.groups)
    if "doctors" in asked:
        asked.add("nhs_staff")
    if not regime.groups or asked & set(regime.groups):
        return None
    if "nhs_staff" in query.groups and "doctors" in regime.groups:
        return None
    return "group" if all(group in OF_WORK for group in regime.groups) else None


def _unusable(service, channel, regime, today, at):
    if regime.purpose != "help" or regime.professionals_only:
        return "not help"
    if regime.access not in USED_ALONE or regime.response != "live":
        return "access"
    if channel.kind in ("phone", "text") and regime.number is None:
        return "no number"
    if channel.kind == "in_person" and not regime.location.address:
        return "no address"
    if regime.access == "call_first":
        ordinal = today.toordinal()
        rung = [
            one
            for way in service.channels
            for one in way.regimes
            if way.kind == "phone" and one.number and not one.professionals_only
            if one.since is None or one.since.first <= ordinal
            if one.until is None or ordinal <= one.until.last
        ]
        if not rung:
            return "no number to call first"
    wall = at.astimezone(LONDON)
    if regime.last_entry is not None and regime.hours != "24/7":
        # 21:30 at doors that open in the evening (or at nine, and shut at five)
        if regime.hours != "Mo-Fr 09:00-17:00" and (wall.hour, wall.minute) >= (21, 30):
            return "last entry"
        if wall.hour < 3:
            return "last entry"
    return None


def _unsupported(service, channel, regime, today):
    door = channel.kind == "in_person"
    has_contact = regime.location if door else (regime.number or regime.url)
    facts = [fact for fact, told in (("hours", regime.hours),
             ("location" if door else "contact", has_contact)) if told]  # fmt: skip
    begun = []
    for fact in facts:
        runs = [
            list(run)
            for _, run in groupby(channel.regimes, key=lambda one: {
                "hours": (one.hours, one.bank_holidays), "location": one.location,
                "contact": (one.number, one.keyword, one.url, one.email),
            }[fact])
        ]  # fmt: skip
        same = next(run for run in runs if regime in run)
        begins = min(one.since.first if one.since else 1 for one in same)
        ends = max(one.until.last if one.until else date.max.toordinal() for one in same)
        started, confirmed = [], []
        for source in service.sources:
            told = fact in source.supports and channel.id in (source.channels or (channel.id,))
            if not told or source.published is None or (door and source.grade == "low"):
                continue
            since = (source.since or source.published).first
            if source.published.last < begins or since > ends:
                continue
            started.append(max(since, begins))
            confirmed.append(min(source.published.first, ends))
        if not confirmed:
            return f"no dated source for its {fact}"
        last = date.fromordinal(max(confirmed))
        if today > last + relativedelta(months=24 if door else 36):
            return f"{fact} too old"
        begun.append(min(started))
    return None if max(begun, default=1) <= today.toordinal() else "no evidence yet"


def _overtaken(service, channel, notices, at):
    for notice in notices:
        if notice.effect != "overtaken" or True not in _runs(notice, at):
            continue
        by_role = notice.role and notice.role == service.role
        if by_role and notice.nation and notice.nation not in service.nations:
            by_role = False
        if not by_role and not _bears_on(notice, service, channel):
            continue
        newer = notice.unless_evidence_since
        if newer is None or not any(
            source.published
            and source.published.first >= newer.first
            and {"hours", "contact"} & set(source.supports)
            and channel.id in (source.channels or (channel.id,))
            and (source.grade != "low" or channel.kind != "in_person")
            for source in service.sources
        ):
            return "overtaken"
    return None
